"""The card for pages: kept under all that people said as well, since they may say more at any time.

As `loading.py`: nothing is decided or computed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import streamlit as st

from analysis.card.content import Card, compose
from analysis.card.evidence import Evidence
from dashboard.answers import card, findings, findings_check, verify_files
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.card import CardQuestion
from dashboard.answers.card_said import Said, record_decision, said_of
from dashboard.answers.findings_check import Retest
from dashboard.answers.verify import Verification
from dashboard.build_key import BuildKey, key_of
from dashboard.loading import MOST_ANSWERS, EvaluationInfo
from data import store

MOST_VERIFIED = 8


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


def change_finding(
    info: EvaluationInfo, finding_id: str, changes: Mapping[str, str], author: str, reason: str
) -> None:
    """Say more of a finding; raises `InputError` with the sentence for who says it."""
    findings.change_finding(store.evaluations_home(), info.name, finding_id, changes, author, reason)


def decide(info: EvaluationInfo, system: str, what: str, said: Mapping[str, str] | None) -> None:
    """Put a decision or a sign-off on record, or take it back with None; raises `InputError`."""
    record_decision(store.evaluations_home(), info.name, system, info.build, what, said)


def verification_of(
    info: EvaluationInfo, document: bytes, signature: bytes | None, key: bytes | None
) -> Verification:
    """A card that was handed in, worked out again from this build; raises `InputError` for what is no card."""
    home = store.evaluations_home()
    mark = _mark(said_of(home, info.name, ""))
    found = _verified(key_of(info), document, mark)
    return verify_files.with_signature(found, signature, key)


def _mark(said: Said) -> str:
    """What tells all that was said from what was said before."""
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _evidence(key: BuildKey, question: CardQuestion) -> Evidence:
    """What takes long, and stays the same whatever people say."""
    return card.evidence_of_data(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _card(key: BuildKey, question: CardQuestion, mark: str, _said: Said) -> Card:  # noqa: ARG001 - part of the key
    build = store.open_build(key.path)
    evidence = card.with_said(build, question, _evidence(key, question), _said)
    return compose(evidence, question.template)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _retests(key: BuildKey, system: str, mark: str) -> list[Retest]:  # noqa: ARG001 - part of the key
    return findings_check.check_findings(store.evaluations_home(), store.open_build(key.path), system)


@st.cache_data(max_entries=MOST_VERIFIED, show_spinner=False)
def _verified(key: BuildKey, document: bytes, mark: str) -> Verification:  # noqa: ARG001 - part of the key
    return verify_files.verify_against(document, store.evaluations_home(), str(key.path))
