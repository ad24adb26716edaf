"""Labels of the heatmap's controls and the headings of its table."""

from __future__ import annotations

from analysis.attributes import Attribute

ROWS, COLUMNS, PANEL_PER = "Rows", "Columns", "One panel per"
SHOW, ORDER_OF_ROWS, AS = "Show", "Order of rows", "As"
NO_ATTRIBUTE = "None"
RATE, RATIO, VERDICT, UTTERANCES = "Rate", "Ratio", "Verdict", "Utterances"
SHOW_LABELS = {"rate": "Rate", "ratio": "Ratio", "width": "Interval width", "speakers": "Speakers"}
AS_LABELS = {"picture": "Picture", "table": "Table"}
ORDER_LABELS = {
    "name": "By name",
    "size": "By speakers",
    "rate": "By rate",
    "alike": "Alike together",
}

"""The order that groups have by themselves is called by `own_order`."""


def own_order(attribute: Attribute) -> str:
    """What the order is that an attribute's groups have where the reader chose none."""
    if attribute.kind == "number":
        return "By number"
    levels = list(attribute.levels)
    is_alphabetical = levels == sorted(levels, key=lambda level: (level.casefold(), level))
    return "Alphabetical" if is_alphabetical else "As declared"


def interval_heading(level: str) -> str:
    """The heading of a column of intervals: "95 % interval"."""
    return f"{level} interval"


def counted_heading(counted: str) -> str:
    """The heading of a column of counts: "Words"."""
    return f"{counted.capitalize()}s"
