"""What the Data page says: of a file, of its columns, of faults, of an evaluation that was made.

Owns labels and sentences only. What a file holds is told by `answers/preview.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.attributes import Attribute, LabelSource, Role
from dashboard.answers.ingest_process import Made, Refused, Step
from dashboard.answers.preview import Preview
from dashboard.wording import NOT_STATED, attribute_name
from dashboard.wording_formats import FORMATS
from dashboard.wording_time import clock_time
from data.columns import HOLDS_NO_TEXT
from data.errors import Fault

TITLE = "Load evaluations, add systems, declare a plan"
LOAD, ADD, PLAN, HERE = "Load", "Add a system", "Plan", "On this machine"
TABS = {"load": LOAD, "add": ADD, "plan": PLAN, "here": HERE}
"""Tabs of the page, by their name in a link."""
LEAD = (
    "One row per recording: who spoke, what was said, what each system wrote, and whatever describes the speaker and "
    "the recording. Nothing leaves this machine."
)
EXAMPLE_TITLE = "A file may look like this"
EXAMPLE_BUTTON = "Download this example (CSV)"
EXAMPLE_NOTE = (
    "480 recordings of 60 made-up speakers, two made-up systems. Choose it above to try everything that follows. "
    "Other names of columns are matched in the next step."
)
MAKE = "Make the evaluation"
SEVERAL_LABELS = "Several labels in one value"
SEVERAL_LABELS_HELP = "As “England English,Scottish English”. Each label becomes a group, and a recording counts in each of its groups."
MORE_READING = "Advanced: format, sampling unit"
FORMAT_OF_FILE = "Format of the files"
CLUSTER, CLUSTER_IS_SPEAKER = "Sampling unit", "the speaker"
CLUSTER_HELP = "What was drawn at random where that is not the speaker, such as the call. Intervals go by it."
GROUPING = "Bins of numbers, order of groups"
GROUPING_WHICH = "Attributes with bins or an order of their own"
GROUPING_HELP = "Numbers are cut into thirds and groups stand in alphabetical order unless it is said here."
BINS_EXAMPLE = "5, 10"
BINS_HELP = "Inner edges, rising, with commas between them. A bin holds its lower edge."
ORDER_EXAMPLE = "choose the groups in their order"
MORE_ON_SCORING = "Advanced: forms that count as the same, keywords, aligner"
EQUIVALENCES, EQUIVALENCES_EXAMPLE = "Forms that count as the same", "gonna = going to\ncolour = color"
EQUIVALENCES_HELP = "One line for each set of forms. They count as the same on either side."
KEYWORDS, KEYWORDS_EXAMPLE = "Keywords whose misses are counted", "fire brigade\nambulance"
KEYWORDS_HELP = "One word or phrase a line."
LIST_NAMES = {"equivalences.txt": EQUIVALENCES, "keywords.txt": KEYWORDS}
"""Lists that are written on the page, by the names of the files they are handed on as."""
ALIGNER = "How errors are found between two texts (aligner)"
ALIGNER_LABELS = {
    "levenshtein-words": "the fewest errors there can be (levenshtein-words)",
    "sclite": "weighed 4, 3, 3 as NIST’s sclite does (sclite)",
}
PATHS_ARE_LOCAL = (
    "A path can be given only where the dashboard answers to this machine alone: whoever reaches it could otherwise "
    "read files here. Upload the file instead."
)
PATH, ANOTHER_PATH = (
    "Or a path on this machine",
    "And another, for systems or attributes in files of their own",
)
PATH_EXAMPLE = "/data/results.csv"
PATH_HELP = "A file, or a folder of Parquet, Kaldi or a saved dataset."
UNEXPECTED = "Something went wrong that should not"
MAY_BE_WRITTEN = "Whether a build is there all the same stands under “On this machine”."
NOTHING_WRITTEN = "Nothing was written, and what was there before is as it was."
STOPPED = "It was stopped before the evaluation was whole."
STOPS = "Leaving this page stops it; nothing is written then."

FIELD_LABELS = {
    "reference": "What was said (reference)",
    "speaker": "Speaker",
    "id": "Id of the recording",
    "audio": "Clip",
    "duration": "Duration in seconds",
    "reference_2": "A second person’s transcription",
}
ROLE_LABELS: dict[Role, str] = {
    "speaker": "about the speaker",
    "condition": "about the conditions",
    "content": "about the content",
}
SOURCE_LABELS: dict[LabelSource, str] = {
    "self": "labels: from the speakers",
    "annotator": "labels: by annotators",
    "location": "labels: from the place",
    "inferred": "labels: guessed by software",
    "unknown": "labels: source not known",
}
MISSING_SPEAKER_LABELS = {
    "fault": "are a fault",
    "drop": "are left out",
    "one": "count as one speaker’s",
}
BY_CONTENT = "told by its content"
_WHERE_OPTIONS_ARE = {
    "--missing-speaker": "Recordings without speaker",
    "--missing": "Values that mean “not stated”",
    "--allow-missing": "Leave recordings without output unscored",
    "--null-hypothesis": "Text that stands for an empty output",
    "--map": "Which column is what",
    "--attributes": "What describes the recordings",
    "--normalizer": "What counts as the same word",
    "--show-text": "Show texts",
    "--equivalences": EQUIVALENCES,
    "--keywords": KEYWORDS,
    "--multi": SEVERAL_LABELS,
    "--bins": GROUPING,
    "--order": GROUPING,
    "--from": FORMAT_OF_FILE,
    "--cluster": CLUSTER,
}
_BOX_OF_ATTRIBUTE = {"--role": "first", "--label-source": "second"}
"""Which of the two boxes of each attribute."""
_STEPS = {"reading": "Reading and checking", "scoring": "Comparing words", "writing": "Writing"}
_GROUPS_SHOWN = 4


def counted(n: int, what: str) -> str:
    """A number with its noun: 1 row, 2,000 rows."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def upload_label(most_mb: int, several: bool) -> str:
    """What may be handed in."""
    return f"Upload files, up to {most_mb:,} MB each" if several else f"Upload a file, up to {most_mb:,} MB"


def handed_in_again(name: str) -> str:
    """That of two uploads with one name the later is taken."""
    return (
        f"{name} was handed in more than once; the last one is read. To read both, give them different names."
    )


def file_sentence(name: str, seen: Preview) -> str:
    """What the file was taken for."""
    rows = f"{seen.n_rows:,} {'row' if seen.n_rows == 1 else 'rows'}"
    if not seen.is_whole:
        rows = f"more than {rows}"
    return f"{name}: {FORMATS.get(seen.format, seen.format)}, {rows}, {len(seen.columns):,} columns."


def unread_notice(seen: Preview) -> list[str]:
    """That some rows are faulty already, where they are."""
    n = seen.n_faults
    return [
        f"{n:,} {'fault was' if n == 1 else 'faults were'} met on the way. Making the evaluation lists every fault with its row."
    ] * bool(n)


def taken_as(column: str, seen: Preview) -> str:
    """What a column of the preview is, in a word or two."""
    field = next((field for field, taken in seen.fields.items() if taken == column), None)
    if field:
        return {"reference_2": "second reference"}.get(field, field)
    system = next((name for name, taken in seen.systems.items() if taken == column), None)
    if system:
        return f"system {system}"
    counted = next((name for name, taken in seen.counted.items() if column in taken), None)
    if counted:
        return f"counts of {counted}"
    role = next((one.role for one in seen.attributes if one.name == column), None)
    return ROLE_LABELS[role] if role else "left out" if column in seen.left_out else "–"


def bins_label(column: str) -> str:
    """The box for the edges of one number's bins."""
    return f"Bins of {spoken(column)}"


def order_label(column: str) -> str:
    """The box for the groups of one attribute, in their order."""
    return f"Order of {spoken(column)}"


def spoken(column: str) -> str:
    """A column's name for a label, as in the file where that needs no escaped signs, which a screen reader would read out.

    A dash or an underscore between letters is no markup.
    """
    words = (word.strip("_-") for word in re.sub(r"[^\w-]+", " ", column).split())
    return " ".join(word for word in words if word) or "the column"


def attribute_caption(attribute: Attribute) -> str:
    """An attribute's name with its groups: accent · 16 groups: American, Australian …"""
    levels, n = attribute.levels, len(attribute.levels)
    shown = ", ".join(levels[:_GROUPS_SHOWN]) + (" …" if n > _GROUPS_SHOWN else "")
    stated = f"; some {NOT_STATED}" if attribute.has_missing else ""
    return f"{attribute_name(attribute.name)} · {n:,} {'group' if n == 1 else 'groups'}: {shown}{stated}"


def not_yet(n_problems: int) -> str:
    """Why the button cannot be pressed."""
    what = "what is written in orange" if n_problems == 1 else "what the orange lines ask for"
    return f"Before it can be made: settle {what} under “Which column is what”."


def problem_sentence(fault: Fault, is_one_file: bool = True) -> str:
    """A field without a column, as the page asks for it."""
    if HOLDS_NO_TEXT in fault.what:
        what = fault.what.replace("The column", f"The column “{fault.field}”", 1)
        return f"{what} Choose another, or write what is inside in columns of their own, such as “speaker_id” and “accent”."
    if fault.field == "hypothesis":
        said = "No column is recognised as what a system wrote. Choose it under “What systems wrote”"
        return f"{said}{'' if is_one_file else ', or say above which file holds it'}."
    label = FIELD_LABELS.get(fault.field or "", fault.field or "this")
    if "may each be" in fault.what:
        return f"{fault.what} Choose one for “{label}”."
    # The rest of the advice is what to type in a command.
    near, _, _ = fault.advice.partition("?")
    meant = f" {near}?" if near.startswith("Did you mean") and near != fault.advice else ""
    return f"No column is recognised as “{label}”.{meant} Choose it below."


def step_text(step: Step) -> str:
    """How far an ingest has come."""
    label = _STEPS.get(step.step, step.step)
    if step.total <= 1:
        return f"{label} …"
    rate = "" if step.rate_per_s is None else f", {step.rate_per_s:,.0f} a second"
    left = "" if step.remaining_s is None else f", {clock_time(step.remaining_s)} left"
    what = " recordings" if step.step == "scoring" else ""
    return f"{label}: {step.done:,} of {step.total:,}{what}{rate}{left}"


def refused_headline(refused: Refused, is_one_file: bool = True) -> str:
    """That there is no build, and how much is wrong."""
    if not refused.faults:
        # What nobody expected may have come after the build was there.
        written = MAY_BE_WRITTEN if refused.sentence.startswith(UNEXPECTED) else NOTHING_WRITTEN
        return f"{refused.sentence.rstrip('.')}. {written}"
    faults = counted(refused.n_faults, "fault")
    return f"{f'The file has {faults}' if is_one_file else f'{faults} in all'}. {NOTHING_WRITTEN}"


def made_headline(made: Made) -> str:
    """That there is an evaluation."""
    if made.is_new:
        return f"“{made.name}” is made (build {made.build[:8]})."
    return f"This very build of “{made.name}” was here already ({made.build[:8]}); it is the current one."


def options_legend(texts: Iterable[str], page: str = "On this page") -> str | None:
    """Where a page has the options that some advice names; None where it names none. `page` begins the sentence."""
    named = {option for text in texts for option in re.findall(r"--[a-z-]+", text)}
    found = [f"{option} is “{label}”" for option, label in _WHERE_OPTIONS_ARE.items() if option in named]
    found += [
        f"{option} is the {place} box of each attribute under “What describes the recordings”"
        for option, place in _BOX_OF_ATTRIBUTE.items()
        if option in named
    ]
    return f"{page} {'; '.join(found)}." if found else None


def overwrite_label(name: str, n_builds: int) -> str:
    """What somebody has to agree to before an evaluation gets a new build."""
    return (
        f"“{name}” is on this machine already ({n_builds} {'build' if n_builds == 1 else 'builds'}). "
        "Make this its current build; of older ones the last two are kept."
    )
