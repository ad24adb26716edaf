"""What the Versions page says of a decision: the short form, and the memo with what was found and decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.attributes import Attribute
from analysis.metrics import METRICS
from dashboard.wording import group_names, rate_text, ratio_text
from dashboard.wording_card_page import DECISION_FIELDS, DECISION_LABELS
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_versions import (
    CAVEAT,
    RELEASE_GATE,
    Document,
    judged_groups,
    undecided_text,
    versions_caption,
    versions_facts,
    versions_headline,
    worded,
)

LEAD = "What follows from it, in the words of whoever decides. It stands in the card of {system} as well."
MORE_IN_CARD = "Mitigation, accepted gaps, review and sign-off"
ONLY_WHAT_IS_SEEN = "Recorded here, it holds choice, reason and name; mitigation, accepted gaps and review are then said again in the card."
FIELDS = ("reason", "by")
MEMO_TITLE = "To be pasted into a memo"
NO_DECISION = "No decision on {system} is on record."


def decided_text(decision: Mapping[str, Any] | None, system: str, build: str) -> str:
    """What was decided of a system, by whom and when; says so where it was another build, or nothing was decided."""
    if decision is None:
        return NO_DECISION.format(system=system)
    known = str(decision.get("choice", ""))
    choice = DECISION_LABELS.get(known, known)
    facts = [
        f"{label}: {decision[key]}".rstrip(".") for key, label in DECISION_FIELDS.items() if decision.get(key)
    ]
    taken = f"recorded {str(decision.get('at', ''))[:10]}, names as typed"
    if decision.get("build") != build:
        taken += f"; it was taken on build {decision.get('build')}, not on this one"
    return ". ".join([f"Decision on {system}: {choice} ({taken})", *facts]) + "."


def versions_copy(
    document: Document,
    attributes: Sequence[Attribute],
    synthetic: bool,
    declared: str,
    decided: str = "",
    gaps: str = "",
    gate: str = "",
) -> str:
    """Sentence, numbers, caveat, decision and build, to be pasted into a memo.

    declared: `wording_plan.family_sentence`; gaps: `wording_versions_gaps.shown_gaps`; gate: what the release gate says.
    """
    rows = [
        f"- {group_names(row['group'])}: {rate_text(row['rate_a'], row['low_a'], row['high_a'])} → {rate_text(row['rate_b'], row['low_b'], row['high_b'])}, "
        f"{ratio_text(row['ratio'], row['low'], row['high'])}, {worded(row, document)}"
        + (f" ({why})" if (why := undecided_text(row, synthetic)) else "")
        for row in ([] if guessed_by_software(attributes) else judged_groups(document))
    ]
    source = f"Evaluation {document['evaluation']}, build {document['build']} · metric {METRICS[document['metric']].label.casefold()}"
    lines = [
        versions_headline(document, attributes),
        *([gaps] if gaps else []),
        f"{versions_caption(document, synthetic)}.",
        *([f"{RELEASE_GATE}. {gate}"] if gate else []),
        *rows,
        f"{versions_facts(document, synthetic, declared)}.",
    ]
    lines += [CAVEAT, *([decided] if decided else []), f"{source}."]
    return "\n".join([*lines, *([document["notice"]] if document["notice"] else [])])
