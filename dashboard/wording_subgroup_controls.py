"""Labels of the boxes and buttons of the Subgroup page and of saved subgroups; sentences stand in `wording_subgroup.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.wording import attribute_name

SAVED = "Saved"
NAME = "Name"
NAME_EXAMPLE = "scots-in-noise"
NOTE = "Note"
NOTE_EXAMPLE = "What it is for"
SAVED_BY = "Saved by"
SAVE = "Save"
EXPORT = "Export (JSON)"
COMPARE = "Compare them"
OPEN = "Open"
RENAME = "Rename"
RENAME_IT = "Rename it"
DELETE_SAVED = "Delete"
DELETE_IT = "Delete it"
SAVE_THIS = "Save this subgroup"
THAT_MEET = "Recordings that meet"
CHOOSE_GROUPS = "Choose groups"
ADD_CONDITION = "Add a condition"
ADD_CONDITION_ON = "Add a condition on …"
NESTED = "This subgroup holds conditions inside conditions, which these lines cannot show. Change it below, as typed."
NO_ATTRIBUTE = (
    "The recordings of this evaluation are not described by any attribute, so none can be chosen by one."
)
REMOVE = "Remove"
AS_TYPED = "The same as a typed expression"
AS_TYPED_HELP = "Attributes, values in single quotation marks, and, or, not, in (…), between, is null; reference contains 'word'; a saved subgroup as @name."
STILL_BEFORE = "What is shown here is still the subgroup before this was typed."
COMPARED_WITH = "Compared with"
SPLIT_BY, NOT_SPLIT = "Split by", "nothing"
NOTHING_TO_SPLIT = "Nobody is selected, so there is nothing to split."
WORD_OR_PATTERN = "Word or pattern"
WORD_EXAMPLE, PATTERN_EXAMPLE = "colour", "colou?r"
LISTED = "What is listed"
WITH_ITEM = "Recordings where this went wrong"
ALIGNING = "Aligning words …"
NOBODY_MEETS = "No recording meets these conditions together. Remove one of them, or choose “any of these” where there are several."
IS_OR_NOT = {False: "is", True: "is not"}
GROUPS_OR_RANGE = ("groups", "a range")


def with_readable_names(message: str, attributes: Iterable[str]) -> str:
    """A refusal that lists attributes as they are typed, with what each is called on the pages: "snr_db (signal-to-noise ratio in dB)".

    Names in quotation marks were typed by the reader and stay alone; a name that reads the same needs no second one.
    """
    readable = {name: attribute_name(name) for name in attributes}
    told = {name: words for name, words in readable.items() if words.casefold() != name.casefold()}
    if not told:
        return message
    names = "|".join(map(re.escape, sorted(told, key=len, reverse=True)))
    said, known, rest = message.partition(" Known: ")
    # What was typed is quoted at the end, as it was typed.
    listed, place, typed = rest.partition(" (character ")
    with_words = re.sub(rf"(?<![\w'])({names})(?![\w'])", lambda one: f"{one[0]} ({told[one[0]]})", listed)
    return f"{said}{known}{with_words}{place}{typed}"


def saved_title(n: int) -> str:
    """What opens the list of saved subgroups."""
    return f"Saved subgroups ({n})"


def is_or_is_not(attribute: str) -> str:
    """Whether a condition is turned around, as it is read aloud."""
    return f"{attribute} is or is not"


def groups_of_box(attribute: str) -> str:
    """The groups of a condition, as they are read aloud."""
    return f"Groups by {attribute}"


def saved_as(name: str) -> str:
    """That a subgroup was saved."""
    return f"Saved as {name}."
