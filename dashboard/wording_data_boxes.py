"""Labels of the Data page that name a column, a system, a file or a number; those that never change are `wording_data_controls.py`.

A label that is hidden is read aloud in the place of what stands beside the box.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.wording_data import spoken

IN_FILES_OF_THEIR_OWN, NONE_RECOGNISED = "in files of their own", "none recognised"
TAKEN_AS = "taken as"
_ROWS_NAMED = 8
PLAN_FILE = "plan.json"
PLAN_SET, PLAN_REMOVED = "The plan is set.", "The plan is removed; the log keeps it."


def what_file_holds(shown: str) -> str:
    """The part that a file plays."""
    return f"What {spoken(shown)} holds"


def system_in(column: str) -> str:
    """The name of the system of a column or a file."""
    return f"Name of the system in {spoken(column)}"


def about_of(attribute: str) -> str:
    """The role of an attribute."""
    return f"What {spoken(attribute)} is about"


def labels_from(attribute: str) -> str:
    """The label source of an attribute."""
    return f"Where labels of {spoken(attribute)} come from"


def between_labels(column: str) -> str:
    """What stands between several labels in one value."""
    return f"Between labels of {spoken(column)}"


def more_columns(n: int) -> str:
    """That attributes beyond the boxes stay as they were guessed."""
    return f"{n:,} more columns are taken as guessed; `fairhearing ingest` can say it for each."


def read_as_system(column: str) -> str:
    """Why a column that was taken away is a system all the same."""
    return f"“{column}” is read as a system because of its name; rename the column to leave it out."


def uploaded_as(names: Sequence[str]) -> str:
    """The remark that keeps the names of uploads; "" without any."""
    return f"Uploaded as {', '.join(names)}." if names else ""


def now_current(name: str) -> str:
    """That a build with other words took the place of the one before."""
    return f"This is now the current build of “{name}”."


def could_not_be_done(problem: object) -> str:
    """That a build could not be switched or deleted."""
    return f"That could not be done: {problem}"


def rows_together(rows: Sequence[str]) -> str:
    """The rows that have one and the same fault: 3, 5, 7 … (40 rows)."""
    few = ", ".join(rows[:_ROWS_NAMED])
    return f"{few} … ({len(rows):,} rows)" if len(rows) > _ROWS_NAMED else few


def first_faults(shown: int, n: int) -> str:
    """That a table of faults is cut."""
    return f"The first {shown:,} of {n:,} lines."


def faults_to_download(n_rows: int, n_faults: int) -> str:
    """The button under a table of faults that is cut."""
    return f"The first {n_rows:,} as CSV" if n_faults > n_rows else f"All {n_rows:,} as CSV"


def what_to_do_for_all(advice: str) -> str:
    """Advice that is the same for every fault of a table."""
    return f"What to do: {advice}"


def meant_not_recorded(groups: str) -> str:
    """Groups of a plan that nobody was recorded in."""
    return f"Meant for, but not recorded: {groups}."


def recorded_not_declared(groups: str) -> str:
    """Groups that a plan leaves out."""
    return f"Recorded, but not declared: {groups}."
