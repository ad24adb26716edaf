"""Labels of the heatmap's controls and the headings of its table."""

from __future__ import annotations

ROWS, COLUMNS, PANEL_PER = "Rows", "Columns", "One panel per"
SHOW, ORDER_OF_ROWS, AS = "Show", "Order of rows", "As"
NO_ATTRIBUTE = "None"
RATE, RATIO, VERDICT, UTTERANCES = "Rate", "Ratio", "Verdict", "Utterances"
SHOW_LABELS = {"rate": "Rate", "ratio": "Ratio", "width": "Interval width", "speakers": "Speakers"}
AS_LABELS = {"picture": "Picture", "table": "Table"}
ORDER_LABELS = {
    "declared": "As declared",
    "name": "By name",
    "size": "By speakers",
    "rate": "By rate",
    "alike": "Alike together",
}


def interval_heading(level: str) -> str:
    """The heading of a column of intervals: "95 % interval"."""
    return f"{level} interval"


def counted_heading(counted: str) -> str:
    """The heading of a column of counts: "Words"."""
    return f"{counted.capitalize()}s"
