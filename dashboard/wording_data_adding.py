"""What the Data page says where a system is added to an evaluation.

Owns labels and sentences only.
"""

from __future__ import annotations

from dashboard.answers.ingest_process import Made

ADD = "Add the system"
ADD_LEAD = (
    "One file with what another system, or another version, wrote for the recordings of an evaluation, joined by id. The "
    "files of the evaluation are not needed. It gets a new build; the plan and findings stay."
)
OUTPUT = "What the system wrote"
UNSCORED = "Leave recordings without a row unscored, instead of calling them a fault"
ADDED_WAYS_ON = (
    ("versions", "Who gets worse, who better", ":material/compare_arrows:"),
    ("heatmap", "Heatmap", ":material/grid_on:"),
    ("trust", "All the doctor finds", ":material/stethoscope:"),
)


def added_headline(made: Made, system: str) -> str:
    """That the system is there."""
    return f"“{system}” is a system of “{made.name}” (build {made.build[:8]})."


def name_taken(evaluation: str, system: str) -> str:
    """That another system has this name."""
    return f"“{evaluation}” has a system “{system}” already. Give this one another name."
