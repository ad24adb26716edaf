"""What the list of recordings says: which are listed, what was wrong in each, what may not be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.align import AlignedWord
from dashboard.wording import attribute_name, group_name, group_phrase

RECORDINGS = "The recordings"
ORDER_LABEL, ORDERS = "Order", {"clips": "With sound first", "errors": "Most errors first"}
ERROR_LABEL = "What is wrong"
ERRORS = {
    "any": "Any error or none",
    "substitution": "A substitution",
    "deletion": "A deletion",
    "insertion": "An insertion",
    "empty": "No output at all",
    "none": "Nothing: no error",
}
WORDS_LABEL, WORDS_EXAMPLE = "Said or heard", "a word, or several in a row"
WORDS_HELP = "Recordings with these words in the reference or in the hypothesis, whatever their capitals."
GROUP_LABEL, ALL_GROUPS = "Only", "All groups"
NARROWED = "The list is narrowed. Every number above stays that of the whole subgroup."
NONE_LISTED = "No recording is left in the list. Choose another error, other words or all groups."
COPY, COPY_HINT = "Copy these as text", "One recording after the other: reference, hypothesis, errors."
NOTHING = "(nothing)"
LEGEND = "Reference above, hypothesis below"
LEGEND_ITEMS = {"substitution": "substitution", "deletion": "deletion", "insertion": "insertion"}
LEGEND_SAID, LEGEND_HEARD = "said", "heard"


def page_text(page: int, per_page: int, n: int) -> str:
    """Which recordings of a list are on this page; "" where all of them are."""
    if n <= per_page:
        return ""
    return f" · showing {(page - 1) * per_page + 1:,} to {min(page * per_page, n):,}"


def first_ones_text(n: int, most: int) -> str:
    """That a list ends where the search for its recordings did; "" where it holds all of them."""
    return f" · the first {most:,} that were found" if n >= most else ""


def told_groups(groups: Mapping[str, str | None]) -> str:
    """The groups of a recording, each with what it is a group of: "accent: Scottish · voice variant: higher"."""
    return " · ".join(_told(name, value) for name, value in groups.items())


def _told(name: str, value: str | None) -> str:
    phrase = group_phrase(name, value)
    # A number and a blank say by themselves what they are of.
    return phrase if phrase != value else f"{attribute_name(name)}: {group_name(value)}"


def clip_text(speaker: str, groups: str) -> str:
    """What a player plays, for those who do not see what stands beside it."""
    return f"Recording of {speaker}, {groups}"


def error_counts_text(
    substitutions: int, deletions: int, insertions: int, n_words: int, unit: str = "word"
) -> str:
    """The errors of one recording in words: "2 substitutions, 1 deletion in 9 words"; `unit` is what was counted."""
    kinds = (("substitution", substitutions), ("deletion", deletions), ("insertion", insertions))
    parts = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds if count]
    return f"{', '.join(parts) or 'no error'} in {n_words} {unit if n_words == 1 else f'{unit}s'}"


def errors_text(words: Sequence[AlignedWord]) -> str:
    """The errors of a recording in reading order: "on heard as of, the left out, please added"; "none"."""
    said = {
        "substitution": "{0.reference} heard as {0.hypothesis}",
        "deletion": "{0.reference} left out",
        "insertion": "{0.hypothesis} added",
    }
    return ", ".join(said[word.kind].format(word) for word in words if word.kind in said) or "none"


def read_aloud_text(spoken: str, heard: str, errors: str) -> str:
    """A recording as a screen reader says it."""
    return f"reference: {spoken}; hypothesis: {heard}; errors: {errors}"


def copied_text(heading: str, spoken: str, heard: str, errors: str) -> str:
    """A recording as plain text, a line for each part."""
    return f"{heading}\nreference:  {spoken}\nhypothesis: {heard}\nerrors:     {errors}"


def has_clips(inputs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any file of a build named clips; yes where its files are not known."""
    return not inputs or any("audio" in one["columns"] for one in inputs)


def not_allowed_text(text_allowed: bool, audio_allowed: bool) -> list[str]:
    """What of the recordings may not be shown, and who decides that."""
    hidden = [what for what, allowed in (("texts", text_allowed), ("sound", audio_allowed)) if not allowed]
    if not hidden:
        return []
    options = {"texts": "“Show texts”", "sound": "“Play clips”"}
    return [
        (
            f"The {' and '.join(hidden)} of this evaluation may not be shown. Whoever loads it decides that: "
            f"{' and '.join(options[what] for what in hidden)} on the Data page, or the options of “fairhearing ingest”."
        )
    ]
