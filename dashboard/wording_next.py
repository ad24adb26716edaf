"""Where a page leads: the questions that follow from it, each answered by another page."""

from __future__ import annotations

WHAT_NOW = "What now?"
WITHOUT_SELECTION = "Show this page without the selection"
NEEDS_SPEAKERS = "To compare groups of speakers, load the evaluation with a column that tells them apart, such as accent or age."
LOAD_LINK, ADD_SYSTEM_LINK = "Load files", "Add the other version here"
NEXT: dict[str, tuple[tuple[str, str] | tuple[str, str, str], ...]] = {
    "overview": (
        ("heatmap", "In which conditions? The heatmap"),
        ("versions", "Who gets worse with a new version?"),
        ("versions", "What does the release gate say?", "gate"),
        ("slices", "Who else is served worse? Search"),
        ("trust", "Can these numbers be relied on?"),
        ("card", "Write it up in a card"),
    ),
    "heatmap": (
        ("subgroup", "Look into one group"),
        ("slices", "Who else is served worse? Search"),
        ("card", "Write it up in a card"),
    ),
    "subgroup": (
        ("slices", "Search all combinations"),
        ("versions", "How do two systems differ?"),
        ("card", "See what the card says", "claims"),
    ),
    "slices": (
        ("subgroup", "Describe a subgroup yourself"),
        ("trust", "What could not be seen? Coverage", "coverage"),
        ("card", "Write it up in a card"),
    ),
    "versions": (
        ("subgroup", "Look into one group"),
        ("trust", "Can these numbers be relied on?"),
        ("card", "Write it up in a card"),
    ),
    "trust": (
        ("overview", "Back to what was found"),
        ("data", "Declare or change the plan", "plan"),
        ("card", "Write it up in a card"),
    ),
}
"""By page: the pages that follow, each with the question it answers, and the tab that does unless it is the first."""
