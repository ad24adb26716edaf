"""What the first page says before any evaluation is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.wording import listed
from dashboard.wording_plan import before_or_after
from data.doctor import SEVERITIES, DoctorFault
from data.store import EvaluationInfo

QUESTION = "Whom does your speech recogniser hear well, and whom less?"
WHAT_IT_DOES = (
    "Fair Hearing compares a system’s errors between groups of speakers and conditions, each number with its "
    "interval, and says what is shown, what is not, and what cannot be told yet."
)
NONE_YET = (
    "There is no evaluation on this machine yet. Look around in the bundled one, whose voices a program made, or load "
    "your own."
)
OPEN_BUNDLED = "Open the bundled evaluation"
LOAD_OWN, LOAD_LINK, ADD_LINK = "Load your own", "Load files", "Add a system to an evaluation"
GUIDE_LINK = "What do the words mean? Read the guide"
HOW_TO_LOAD = (
    "One row per recording: who spoke, what was said, what each system wrote, and whatever describes the speaker "
    "and the recording. Nothing leaves this machine."
)
OR_TYPE = (
    "The same from a terminal. In the folder of the project, type `source .venv/bin/activate` once, or `.venv/bin/fairhearing` "
    "for `fairhearing`:"
)
WAYS_IN = (
    ("overview", "Overview", ":material/insights:"),
    ("heatmap", "Heatmap", ":material/grid_on:"),
    ("versions", "Versions", ":material/compare_arrows:"),
    ("trust", "Trust", ":material/verified:"),
    ("card", "Card", ":material/description:"),
)
"""Pages that an evaluation is opened with: page, label, icon."""
ANSWERS = (
    (
        ":material/insights:",
        "Overview",
        "Which groups are served worse, by how much, and where it cannot be told yet.",
    ),
    (
        ":material/grid_on:",
        "Heatmap",
        "In which conditions, with an interval in every cell. A click tells the cell’s story.",
    ),
    (
        ":material/compare_arrows:",
        "Versions",
        "Whom a new version harms, on the same recordings, and what a release gate says.",
    ),
    (":material/description:", "Card", "Claims with their evidence, to be signed, handed out and verified."),
)
"""What an evaluation answers, for whoever has none yet: icon, page, sentence."""


def described_by(names: str) -> str:
    """The attributes of an evaluation; `names` as they are listed, "" for none."""
    return f"Described by {names}." if names else "Not described."


def plan_state(info: EvaluationInfo) -> str:
    """Whether groups were declared in advance, in a few words."""
    return "No plan" if info.plan is None else f"Plan set {before_or_after(info.plan)}"


def doctor_state(findings: Sequence[DoctorFault] | None, quick: bool) -> str:
    """What the doctor found, or only its quick look; None: nobody looked, because the evaluation is large."""
    if findings is None:
        return "Doctor: see Trust"
    counts = {severity: sum(one.severity == severity for one in findings) for severity in SEVERITIES}
    parts = [f"{n:,} {severity}{'' if n == 1 else 's'}" for severity, n in counts.items() if n]
    return f"Doctor{', at a quick look' if quick else ''}: {listed(parts) or 'nothing found'}"


def systems_text(systems: Sequence[str]) -> str:
    """Which systems were scored: "2 systems: A and B"."""
    return f"{len(systems):,} {'system' if len(systems) == 1 else 'systems'}: {listed(list(systems))}"


def build_text(info: EvaluationInfo, n_builds: int) -> str:
    """Build and day, how many builds are kept, and the name, where the heading is a title."""
    kept = f" · {n_builds:,} builds kept" if n_builds > 1 else ""
    name = f"{info.name} · " if info.about.get("title") else ""
    return f"{name}build {info.build[:8]} · {info.created[:10]}{kept}"
