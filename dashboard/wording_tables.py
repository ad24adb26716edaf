"""What a table or picture is called by those who cannot see it: read aloud before its rows, or in its place."""

from __future__ import annotations

from analysis.rates import RateTable
from dashboard.wording import attribute_name, plural

FIRST_ROWS = "The first rows, and what each column is taken for"
FAULTS = "Faults of the file"
SAVED_AGAINST = "Saved subgroups, each against the others"
SLICES_FOUND = "Slices that were found, with their numbers"
GAP_THREE_WAYS = "The gap as recorded, standardised and modelled"
SIDES = "The subgroup and the others in numbers"
SIDES_COMPARED = "The subgroup compared with the others"
RATE_THREE_WAYS = "The rate averaged in three ways"
WORD_SIDES = "Both sides with what stands behind them"
WORD_KINDS = "The excess by kind of error"
TWO_PEOPLE = "Disagreement of two people by group"
LABEL_SOURCES = "Where labels come from"
RATIOS_BY_NORMALISER = "Ratios of the groups under each normaliser"
RATES_BY_NORMALISER = "Rates and words of the groups under each normaliser"
GAPS_BEFORE_AFTER = "Gaps before and after"
GATE_GROUPS = "Every group with its ratio and what the gate says of it"
VERSION_GROUPS = "Every group with both rates, ratio, tests and verdict"
HISTORY_PICTURE = "Overall rate of every system with its interval; the table below has the numbers"
HISTORY = "Every system with its rate and the largest gap shown"
EVERYTHING = "All recordings in numbers"
COMBINATIONS = "Every combination with its rate, interval, ratio and verdict"
COMBINATIONS_COUNTED = "Every combination with its counts"
GAPS_PICTURE = "Change of each group’s gap to the others, with its interval; the table below has the numbers"


def rates_by(attribute: str) -> str:
    """A table of the groups of an attribute."""
    return f"Rates by {attribute_name(attribute)}"


def groups_picture(table: RateTable) -> str:
    """The overview’s picture of every group."""
    return f"{table.metric.label} of {plural(table.attributes[0].name)} with intervals and verdicts; the data button has every number"


def split_picture(table: RateTable) -> str:
    """The picture of a selection by one attribute."""
    by = attribute_name(table.attributes[0].name)
    return f"{table.metric.label} by {by} with intervals and verdicts; the table below has every number"


def ratios_picture(attribute: str) -> str:
    """The picture of two systems group by group."""
    return f"Ratio of the systems’ rates for {plural(attribute)} with intervals and verdicts; “Every number” has the table"


def speakers_picture(sentence: str) -> str:
    """The picture of what becomes of single speakers."""
    return f"Speakers by change of their own rate. {sentence}"


def sides_picture(headline: str) -> str:
    """The picture of a subgroup and the others."""
    return f"{headline} The tables below have every number."


def gaps_picture(headline: str) -> str:
    """Gaps as they are and with other attributes held equal, for those who do not see the picture."""
    return f"{headline} The table below has every number."
