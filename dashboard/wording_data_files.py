"""What the Data page says of several files: which holds what, and how their rows join.

Owns labels and sentences only; what joins is told by `answers/join_preview.py`.
"""

from __future__ import annotations

from dashboard.answers.file_parts import FileLook, Part
from dashboard.answers.join_preview import Joined
from dashboard.wording_data import counted
from dashboard.wording_formats import FORMATS

PARTS_HEAD = "Which file is what"
PART_LABELS: dict[Part, str] = {
    "references": "references",
    "system": "outputs of one system",
    "attributes": "attributes",
}
TWICE = "Each system needs a name of its own. Found more than once, or empty: “{}”."


def no_references() -> str:
    """That one of the files has to be the one with what was said."""
    return "None of the files is said to hold the references: what was said, and who said it."


def look_sentence(look: FileLook) -> str:
    """What one of several files was taken for."""
    if not look.format:
        return "nothing in it can be read"
    rows = counted(look.n_rows, "row") if look.is_whole else f"more than {counted(look.n_rows, 'row')}"
    return f"{FORMATS.get(look.format, look.format)}, {rows}, {counted(len(look.columns), 'column')}"


def join_sentence(found: Joined, shown: str, system: str) -> str:
    """How many recordings have a row, and how many rows have no recording."""
    what = f"{shown} ({system})" if system else shown
    if found.problems:
        missing = " and ".join(_MISSING.get(one.field or "", "what it needs") for one in found.problems)
        return f"{what}: no column is recognised as {missing} (found: {', '.join(found.columns)})."
    parts = [f"{found.n_matched:,} of {counted(found.n_known, found.kind)} found"]
    if found.n_unknown:
        belongs = "belongs" if found.n_unknown == 1 else "belong"
        parts.append(f"{counted(found.n_unknown, 'row')} {belongs} to no {found.kind}")
    if found.n_repeated:
        parts.append(f"{counted(found.n_repeated, 'row')} too many for the same {found.kind}")
    return f"{what}: {', '.join(parts)}."


_MISSING = {"id": "the id of the recording", "hypothesis": "what the system wrote"}


ALIKE = "Write the same ids in both files: folders, capitals and signs count."


def join_examples(found: Joined) -> list[str]:
    """The first few ids on either side that found nothing."""
    said = []
    if found.unknown:
        what = f"Not among the {found.kind}s: {_few(found.unknown, found.n_unknown)}"
        said.append(what if found.n_matched else f"{what} {ALIKE}")
    if found.without:
        said.append(f"Without a row: {_few(found.without, found.n_known - found.n_matched)}")
    return said


def _few(ids: tuple[str, ...], n: int) -> str:
    return f"{', '.join(ids)}{' …' if n > len(ids) else '.'}"
