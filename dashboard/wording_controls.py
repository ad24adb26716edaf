"""Labels of the frame around every page and of the controls that several pages have: links, buttons, footers of pictures."""

from __future__ import annotations

import signal
from collections.abc import Sequence

NO_EVALUATION = "There is no evaluation yet"
MAKE_ONE = "Make one of a file"
OPEN_BUNDLED = "Or open the bundled one"
CANNOT_BE_SHOWN = "This cannot be shown"
UNEXPECTED = (
    "Something went wrong here that should not. What it was stands on the terminal of the server: "
    "report those lines to whoever looks after it, and try another page or view meanwhile."
)
VIEW_CANNOT_BE_SHOWN = "This view cannot be shown"
SEE_EVALUATIONS = "See the evaluations on this machine"
AS_IT_IS_NOW = "Show this page of the same evaluation as it is now"
NOT_DESCRIBED = "The recordings are not described, so there is nothing to compare."
NEEDS_ATTRIBUTE = (
    "A heatmap needs at least one attribute, such as accent or noise. Load the evaluation with such a column."
)
DOCTOR_LOOKS = "The doctor looks at texts and counts …"
CARRIED = "Carried by the evidence"
REFUSED = "Refused"
NONE_OF_THEM = "None."
EVIDENCE = "Evidence"
SECTIONS = "Sections"
CELL = "Cell"
CHOOSE_CELL = "Click a cell above, or choose it here"
CHOOSE_FROM_LIST = "Choose a combination to read its story"
OPEN_AS_SUBGROUP = "Open as subgroup"
OPEN_HEATMAP = "Open the heatmap"
EXAMPLES = "Examples"
DATA_CSV = "Data (CSV)"
COPY_AS_TEXT = "Copy as text"
SAVE_VIEW = "Save this view"
COPY_LINK = "Copy link"
HOW_COMPUTED = "How this was computed"
SUMS_BY_GROUP = "The sums behind it, by group and speaker:"
SUMS_BY_SIDE = "The sums behind it, by speaker, for the subgroup (1) and the others (0):"
SUMS_BY_SPEAKER_AND_SIDE = "The sums behind it, by speaker, for the subgroup (own) and the others (other):"
SUMS_BY_CONDITION = "The sums behind it, by group, condition and speaker:"
WITH_VALUES = "with the values"
LINK_HELP = "It opens this subgroup wherever this build of the evaluation is."
OPTIONS_GIVEN = "**Options given**"
AUDIENCE = "Audience"
NOT_NEWEST = "This is not its newest build."
SHOW_NEWEST = "Show the newest"
CHANGE_SELECTION = "Change"
RECORDINGS_TO_SHOW = "Recordings to show"
CONDITION_EXAMPLE = "accent = 'Scottish' and not noise = 'clean'"
CONDITION_HELP = "A condition on the attributes of the recordings. The Subgroup page builds it for you."
CLEAR = "Clear"
SELECTION_NOT_SHOWN = ":small[Selection]  \n**cannot be shown**"
NOT_TESTED_ENOUGH = "Not tested enough"
RECORD_NEXT = "What to record next"
EVERY_COMBINATION = "Every combination"
BY = "By"
NOT_DESCRIBED_AT_ALL = "The recordings are not described by anything."
GROUPS_OF = "Groups of"
UNDER_NORMALISERS = "Rates and words under each normaliser"
EVERY_NUMBER = "Every number"
HELD_AGAINST, BOUND = "Held against", "Ratio to stay below"


def with_count(title: str, n: int) -> str:
    """What opens a list, with how many are in it."""
    return f"{title} ({n:,})"


def more_of_the_same(n: int) -> str:
    """What opens the rest of what the doctor says alike."""
    return f"{n:,} more of the same"


def more_of_them(n: int) -> str:
    """What opens the rest of a list."""
    return f"{n:,} more"


def first_of_findings(shown: int, n: int) -> str:
    """Under a list of findings that is cut."""
    return f"The first {shown:,} of {n:,}; the Card page has those of each system."


def more_in_the_table(n: int) -> str:
    """Where the rest of a claim's evidence stands."""
    return f"{n:,} more in the table of the section."


def working_out(n_utterances: int) -> str:
    """What stands in the place of an answer that is not there yet."""
    return f"Working it out from {n_utterances:,} recordings, this once …"


def stopped_apart(code: int) -> str:
    """Why there is no answer of a process of its own; `code` is how it ended, below 0 by a signal."""
    why = (
        "the process that worked it out was stopped, most likely because memory ran out"
        if code == -signal.SIGKILL
        else f"the process that worked it out ended without an answer (code {code})"
    )
    return f"This could not be worked out: {why}. Nothing was changed. Ask again, or select fewer recordings."


def waiting(n_utterances: int) -> str:
    """The same while another question has the turn, most likely somebody else’s."""
    return f"Another question is being worked out first; then this one, from {n_utterances:,} recordings …"


def link_not_here(name: str, build: str | None, here: Sequence[str]) -> str:
    """An evaluation that a link asks for and that nobody loaded here; `here` are those that were. None: any build."""
    named = f" (build {build})" if build else ""
    known = f"Here there is: {', '.join(here)}." if here else "Here there is none yet."
    return f"This link shows the evaluation “{name}”{named}, which is not on this machine. {known}"


def link_of_build(name: str, build: str | None, problem: str) -> str:
    """What is wrong with the build that a link asks for; None: it asks for none."""
    asked = f"This link shows build {build} of “{name}”. " if build else ""
    return f"{asked}{problem}"


def selection_not_here(problem: str) -> str:
    """A selection that a link asks for and that cannot be made here."""
    return f"Its selection does not fit this evaluation. {problem}"
