"""How much was tried, as a card says it, held against the log that it names.

Owns which entries the card summed up, which findings it has of them, and when nobody here can tell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.card.canonical import canonical
from dashboard.answers.audience import PUBLIC
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_reading import HandedIn
from dashboard.answers.verify_said import OnRecord
from dashboard.answers.verify_standing import Elsewhere, Source
from data.card_log import CardKind
from data.errors import InputError
from data.looked_at import LookedAt, Tried

_SUMMARY, _LOG = "evidence.looked_at", "evidence.looked_at.log"


def looked_at_of_card(card: HandedIn, on_record: OnRecord) -> tuple[LookedAt | None, list[str], list[str]]:
    """How much was tried when the card was made, from the log that it names."""
    plain, known = card.evidence.get("looked_at"), on_record.tried
    if plain is None and known is None:
        return None, [], []
    then = _as_of(plain)
    if plain is not None and then is None:
        raise InputError("What this card says of how much was looked at cannot be read.")
    if known is not None and (then is None or then.log == known.log):
        return _summed(known, then), [], []
    if then is not None and then.log is None:
        # Nothing had been tried: every log begins so.
        return (known or Tried(None, _NO_ENTRIES)).summary(_NOTHING), [], [_LOG]
    return (
        None,
        ["how much was looked at before: the log of that is in another folder"],
        [_SUMMARY, "missing.tried"],
    )


def _summed(known: Tried, then: LookedAt | None) -> LookedAt:
    """The log as far as the card sums it up: by its counts, or, where those are not of its sha256, by that."""
    by_counts = known.summary(then)
    if then is None or by_counts.sha256 == then.sha256:
        return by_counts
    return known.summary_of(then.sha256) or by_counts


def is_open(card: HandedIn, unseen: Sequence[str], on_record: OnRecord, source: Source) -> bool:
    """Whether a card that was made here may have written another log, or none, over its own.

    unseen: the paths that `looked_at_of_card` left out. An evidence file goes with its card, so its log is the card's, up to
    its last entry unless the card was taken away before that; a folder from which such cards were taken away may be where this one was made. In any other folder, and beside the
    files alone, that log is never at hand.
    """
    begun = on_record.tried is not None and on_record.tried.log is not None
    differs = _SUMMARY in unseen or (begun and _LOG in unseen)
    kind = CardKind(str(card.evidence.get("evaluation")), card.system, card.metric, card.audience)
    if source == "evidence":
        return differs or (_is_shorter(card, on_record) and not _is_among(card, on_record))
    return differs and source == "evaluation" and kind in on_record.taken


def is_another(card: HandedIn, on_record: OnRecord) -> bool:
    """Whether an evidence file has digests of cards of this kind, and of none that reads as this one."""
    return bool(_digests(card, on_record)) and not _is_among(card, on_record)


def kind_key(system: str, metric: str, audience: str) -> str:
    """Under which an evidence file has digests of cards."""
    return json.dumps([system, metric, audience])


def _is_among(card: HandedIn, on_record: OnRecord) -> bool:
    return card_digest(card.plain) in _digests(card, on_record)


def _digests(card: HandedIn, on_record: OnRecord) -> Sequence[str]:
    return on_record.cards.get(kind_key(card.system, card.metric, card.audience), ())


def _is_shorter(card: HandedIn, on_record: OnRecord) -> bool:
    """Whether the log at hand has more than the card sums up: it went on since then, or the card left that out."""
    known, then = on_record.tried, _as_of(card.evidence.get("looked_at"))
    return known is not None and known.summary() != (known.summary(then) if then else None)


def elsewhere_of(card: HandedIn, unseen: Sequence[str]) -> tuple[Elsewhere, ...]:
    """How much was tried where no log here tells it: that of another folder does, or the card says nothing was."""
    if _SUMMARY in unseen:
        return ("tried", "findings") if card.findings else ("tried",)
    return ("nothing tried",) if _LOG in unseen else ()


def missing_findings(card: HandedIn, on_record: OnRecord) -> tuple[Difference, ...]:
    """Findings that were on record when the card was made, were never withdrawn and are not in it."""
    looked = card.evidence.get("looked_at")
    known = on_record.tried
    if (
        card.audience == PUBLIC
        or known is None
        or not isinstance(looked, dict)
        or looked.get("log") != known.log
    ):
        return ()
    count = looked.get("findings")
    then = {row[0] for row in known.entries["findings"][: count if isinstance(count, int) else 0]}
    printed = {one.get("id") for one in card.findings}
    return tuple(
        Difference("evidence.findings", None, {"id": finding_id})
        for finding_id, of in on_record.standing.items()
        if of == (card.system, card.metric) and finding_id in then and finding_id not in printed
    )


def unknown_findings(card: HandedIn, on_record: OnRecord) -> tuple[Difference, ...]:
    """Findings of the card that its own log never heard of: by that log, or by their number where it is not at hand."""
    known = on_record.tried
    then = _as_of(card.evidence.get("looked_at"))
    if then is not None and len(card.findings) > then.findings:
        return (Difference("evidence.findings", len(card.findings), then.findings),)
    if known is None or known.log is None or then is None or then.log != known.log:
        return ()
    logged = {row[0] for row in known.entries["findings"][: then.findings]}
    return tuple(
        Difference(f"evidence.findings[{place}].id", one.get("id"), None)
        for place, one in enumerate(card.findings)
        if one.get("id") not in logged
    )


def card_digest(plain: Mapping[str, Any]) -> str:
    """What tells a card that was taken away from any other: of its evidence and its claims."""
    said = canonical([plain.get(key) for key in ("evidence", "claims")])
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "backslashreplace")).hexdigest()


_NO_ENTRIES: dict[str, list[list[Any]]] = {"looks": [], "searches": [], "findings": [], "withdrawn": []}
_NOTHING = LookedAt(None, 0, 0, 0, 0, 0, 0, 0, 0, "")


def _as_of(plain: object) -> LookedAt | None:
    """The card's own summary as a value; None where it is none."""
    names = list(LookedAt.__dataclass_fields__)
    if not isinstance(plain, dict) or set(plain) != set(names):
        return None
    counts = [plain[name] for name in names if name not in ("log", "sha256")]
    whole = all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in counts)
    texts = isinstance(plain["sha256"], str) and (plain["log"] is None or isinstance(plain["log"], str))
    return LookedAt(**plain) if whole and texts else None
