"""The card for pages: kept under all that people said as well, since they may say more at any time.

As `loading.py`: nothing is decided or computed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.card.changes import Changes
from analysis.card.content import Card, compose
from analysis.card.evidence import Evidence
from dashboard.answers import card, card_changes, findings, findings_check, verify_files
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.card import CardQuestion
from dashboard.answers.card_changes import TakenCard
from dashboard.answers.card_said import Said, record_decision, said_of
from dashboard.answers.families import margin_in_force
from dashboard.answers.findings_check import Retest
from dashboard.answers.plan import note_results_opened
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.saved_check import has_numbers
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.answers.verify import Verification
from dashboard.answers.verify_plan import GivenPlan
from dashboard.answers.verify_record import with_record
from dashboard.answers.verify_said import OnRecord
from dashboard.build_key import BuildKey, key_of
from dashboard.exports.card_json import card_json
from dashboard.loading import EvaluationInfo
from dashboard.loading_kept import KEEPER, kept_in_turn
from data import store


def card_of(
    info: EvaluationInfo, system: str, metric: str, audience: Audience = INTERNAL, template: str | None = None
) -> Card:
    """The card of a system, with what people have said until now."""
    home = store.evaluations_home()
    question = CardQuestion(system, metric, home, audience=audience)
    if template is not None:
        question = CardQuestion(system, metric, home, audience=audience, template=template)
    said = said_of(home, info.name, system)
    return _card(key_of(info), question, _mark(said), said)


def retests_of(info: EvaluationInfo, system: str) -> list[Retest]:
    """Every finding of a system asked again of this build."""
    said = said_of(store.evaluations_home(), info.name, system)
    return _retests(key_of(info), system, _mark(said))


def retests_of_all(info: EvaluationInfo) -> list[Retest]:
    """Every finding of the evaluation asked again of this build. Not kept: it is asked for once, after a build was made."""
    found = findings_check.check_findings(store.evaluations_home(), store.open_build(info.path))
    if has_numbers(found):
        note_results_opened(info)
    return found


def margin_of(info: EvaluationInfo) -> float:
    """The margin that verdicts of a build are judged by."""
    return margin_in_force(info)


def keep_finding(
    info: EvaluationInfo, question: RatesQuestion, group: Mapping[str, str | None], said: Mapping[str, str]
) -> None:
    """Put one group of a table on record, with its exact numbers whoever looks at them; raises `InputError`."""
    build = store.open_build(info.path)
    asked = replace(question, audience=INTERNAL)
    findings.add_finding(store.evaluations_home(), build, asked, group, **said)


def keep_subgroup(
    info: EvaluationInfo,
    question: SubgroupQuestion,
    said: Mapping[str, str],
    search: Mapping[str, Any] | None = None,
) -> None:
    """Put a subgroup on record for the card, with the search that found it; raises `InputError`."""
    home, build = store.evaluations_home(), store.open_build(info.path)
    findings.add_subgroup_finding(home, build, question, **said, search=search)


def change_finding(
    info: EvaluationInfo, finding_id: str, changes: Mapping[str, str], author: str, reason: str
) -> None:
    """Say more of a finding; raises `InputError` with the sentence for who says it."""
    findings.change_finding(store.evaluations_home(), info.name, finding_id, changes, author, reason)


def decision_of(info: EvaluationInfo, system: str) -> Mapping[str, str] | None:
    """What was decided of a system; None where nothing is on record. Not kept: somebody may decide at any time."""
    return said_of(store.evaluations_home(), info.name, system).decision


def decide(info: EvaluationInfo, system: str, what: str, said: Mapping[str, str] | None) -> None:
    """Put a decision or a sign-off on record, or take it back with None; raises `InputError`."""
    record_decision(store.evaluations_home(), info.name, system, info.build, what, said)


def verification_of(
    info: EvaluationInfo,
    document: bytes,
    signature: bytes | None,
    key: bytes | None,
    plan: GivenPlan | None = None,
) -> Verification:
    """A card that was handed in, worked out again from this build; raises `InputError` for what is no card.

    plan: the one that was handed in beside it; None: none was.
    """
    home = store.evaluations_home()
    own = verify_files.own_build(info.path, document)
    found = _verified(key_of(info), document, _mark(OnRecord.of(home, info.name)), own, plan)
    # Cards may be taken away at any time, so whether this one was is never kept.
    return verify_files.with_signature(with_record(found, home), signature, key)


def keep_card(card: Card) -> None:
    """Put a card that is taken away on record, so that the next one can be held against it."""
    card_changes.keep_card(store.evaluations_home(), card, card_json(compose(card.evidence)))


def earlier_cards(card: Card) -> list[TakenCard]:
    """Cards of its kind that were taken away, the last one first."""
    return card_changes.earlier_cards(store.evaluations_home(), card)


def changes_of(card: Card, earlier: TakenCard | bytes) -> Changes:
    """What is different from an earlier card, on record or handed in; raises `InputError` for what is none."""
    home = store.evaluations_home()
    return card_changes.changes_since(
        earlier if isinstance(earlier, bytes) else card_changes.taken_document(home, earlier.id), card
    )


def _mark(said: Said | OnRecord) -> str:
    """What tells all that was said, or is on record, from what was before."""
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()


@kept_in_turn
def _evidence(key: BuildKey, question: CardQuestion) -> Evidence:
    """What takes long, and stays the same whatever people say."""
    return card.evidence_of_data(store.open_build(key.path), question)


def _card(key: BuildKey, question: CardQuestion, mark: str, said: Said) -> Card:
    def made() -> Card:
        evidence = card.with_said(store.open_build(key.path), question, _evidence(key, question), said)
        return compose(evidence, question.template)

    return KEEPER.answer((_card.__qualname__, key, question, mark), made, "heavy")


@kept_in_turn
def _retests(key: BuildKey, system: str, mark: str) -> list[Retest]:  # noqa: ARG001 - part of the key
    return findings_check.check_findings(store.evaluations_home(), store.open_build(key.path), system)


@kept_in_turn
def _verified(
    key: BuildKey,
    document: bytes,
    mark: str,  # noqa: ARG001 - part of the key
    own: Path,  # noqa: ARG001 - part of the key
    plan: GivenPlan | None,
) -> Verification:
    """own: the build it is held against, which is another once the card's own is deleted."""
    return verify_files.verify_against(document, store.evaluations_home(), str(key.path), plan)
