"""Findings in words: whom one is about, its state, and what became of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from dashboard.answers.findings_check import Retest, selection_sentence
from dashboard.answers.versions_comparable import Comparability
from dashboard.wording import group_names, percent, ratio_text
from dashboard.wording_verdicts import verdict_in_sentence

STATE_LABELS = {"open": "Open", "mitigated": "Mitigated", "accepted": "Accepted", "withdrawn": "Withdrawn"}
STATE_HELP = (
    "Mitigated: something was done about it. Accepted: somebody answers for it as it is. Withdrawn: it leaves the "
    "card. Every change needs a reason and stays on record."
)
CHANGE_LABELS = {
    "same build": "put on record on this build",
    "gone": "cannot be asked of this build",
    "not comparable": "not comparable",
    "new verdict": "another verdict now",
    "same verdict": "same verdict",
}


RETESTS = "Findings on record, asked again of this build"
RETEST_COLUMNS = ("Finding", "System", "State", "Then and now")


def retest_cells(one: Retest, margin: float) -> tuple[str, str, str, str]:
    """One finding as the cells of a table."""
    kept = one.finding
    said = retest_sentence(one, margin)
    return finding_name(one), kept.system, STATE_LABELS[kept.state], f"{said[:1].upper()}{said[1:]}"


def finding_name(one: Retest) -> str:
    """Whom a finding is about."""
    kept = one.finding
    if not kept.by:
        return selection_sentence(kept)
    named = group_names({name: kept.group.get(name) for name in kept.by})
    among = selection_sentence(kept)
    return named if among == "all recordings" else f"{named}, among {among}"


class ThenAndNow(Protocol):
    """A finding or a saved subgroup asked of two builds."""

    @property
    def then(self) -> Mapping[str, Any] | None: ...
    @property
    def now(self) -> Mapping[str, Any] | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def compared(self) -> Comparability: ...
    @property
    def change(self) -> str: ...


def retest_sentence(one: ThenAndNow, margin: float) -> str:
    """What a finding's numbers were and are: "was 1.4×, now 1.1× (0.9–1.3): can't tell yet"."""
    if one.now is None:
        return f"was {_short(one.then)}; it cannot be asked of this build: {one.reason}"
    if one.change == "same build":
        return f"{_full(one.now, margin)}, read from this build"
    if one.change == "not comparable":
        return f"now {_full(one.now, margin)}. The numbers of then are of another measure: {' '.join(one.compared.reasons)}"
    badge = f". {' '.join(one.compared.reasons)}" if one.compared.reasons else ""
    return f"was {_short(one.then)}, now {_full(one.now, margin)}{badge}"


def changed_sentence(found: list[Retest]) -> str:
    """How many findings have another verdict now, or cannot be held against what they were."""
    counts = {change: sum(one.change == change for one in found) for change in CHANGE_LABELS}
    parts = [f"{counts[change]:,} {label}" for change, label in CHANGE_LABELS.items() if counts[change]]
    return f"{len(found):,} {'finding' if len(found) == 1 else 'findings'} asked again: {', '.join(parts)}."


def _short(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return percent(None)
    ratio = (row.get("versus") or {}).get("ratio")
    return percent(row.get("rate")) if ratio is None else ratio_text(ratio)


def _full(row: Mapping[str, Any], margin: float) -> str:
    versus = row["versus"]
    if row["rate"] is None:
        return "nobody recorded"
    if versus["ratio"] is None:
        return f"{percent(row['rate'])}, without a comparison: {versus['reason']}"
    ratio = ratio_text(versus["ratio"], versus["low"], versus["high"])
    return f"{ratio}: {verdict_in_sentence(versus['verdict'], margin)}"
