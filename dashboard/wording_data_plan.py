"""What the form of the plan says: its labels, its help, and percentages for the fractions a plan holds.

Owns labels and sentences only. What a plan declares in sentences is `wording_plan.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.wording_time import moment

PLAN_LEAD = (
    "What is declared before looking: whom a system is for, which groupings count, and which difference matters. Verdicts of a "
    "declared grouping stay the same whatever is filtered or sorted; everything else is exploratory."
)
NOW_SET, WHAT_TO_DECLARE, ANOTHER_PLAN = "What is set now", "Declare a plan", "Declare another plan"
WHOM, WHAT_COUNTS, WHICH_DIFFERENCE = "Whom the system is for", "What counts", "Which difference matters"
EXPECTED_USE, WHO_DECIDED = (
    "Expected use: the share of each group where the system is used",
    "Who decided, and when",
)
GROUPS_HELP = (
    "A group nobody was recorded in can be typed; it is then named as missing wherever the plan is shown."
)
GROUPINGS_HELP = "Attributes whose groups are compared; several make combinations. All groups of a grouping are corrected together."
GROUPING = "Grouping {}"
ANOTHER_GROUPING = "Another grouping"
COMPARATOR, ONE_GROUP_LABEL = "Each group is compared with", "That group"
ONE_GROUP = "one group"
COMPARATORS = {
    "default": "others in the same conditions, or all others",
    "peers": "others in the same conditions",
    "complement": "all others",
    ONE_GROUP: "one declared group",
}
METRIC, NORMALIZER = "Metric", "Normaliser"
ANY_NORMALIZER = "not declared"
RATIO, POINTS = "Ratio that matters", "Least gap, percentage points"
RATIO_HELP = "1.25: an error rate a quarter higher than that of the others."
POINTS_HELP = "A smaller gap is never called worse, whatever its ratio."
FLOOR, FLOOR_HELP = (
    "Highest rate for any group, %",
    "Every group is to stay at or below it. Empty: not declared.",
)
MIN_SPEAKERS = "Speakers a group needs"
SHARES_OF = "Attributes whose use is known"
OWNER, OWNER_EXAMPLE = "Decided by", "product safety"
DATE, DATE_EXAMPLE = "On", "2026-01-31"
SET, START_AGAIN, FROM_FILE = "Set the plan", "Fill in the groups as recorded", "Fill in from plan.json"
DOWNLOAD, REMOVE = "Download plan.json", "Remove"
REMOVE_QUESTION = (
    "Without a plan the defaults hold, and every verdict is exploratory. The log keeps what was set."
)
SAME_PLAN = "This is the plan that is set."
NO_JSON = "The file is no JSON in UTF-8. A plan that is set can be downloaded here as an example."


def after_results(opened: str) -> str:
    """That a plan set now will be marked as set after the results."""
    return f"Results of this evaluation were first opened {moment(opened)}, so a plan set now is marked as set afterwards."


def points_of(fraction: float | None) -> float | None:
    """A fraction as the percentage a box holds."""
    return None if fraction is None else round(100 * fraction, 6)


def fraction_of(points: float | None) -> float | None:
    """The percentage of a box as the fraction a plan holds."""
    return None if points is None else round(points / 100, 8)


def shares_sum(shares: Mapping[str, float]) -> str:
    """What the shares of an attribute add up to."""
    return f"Together {sum(share for share in shares.values()):g} of 100 %."
