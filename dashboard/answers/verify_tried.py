"""How much was tried, as a card says it, held against the log that it names.

Owns which entries the card summed up, and when nobody here can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
        return known.summary(then), [], []
    if then is not None and then.log is None:
        # Nothing had been tried: every log begins so.
        return (known or Tried(None, _NO_ENTRIES)).summary(_NOTHING), [], [_LOG]
    return (
        None,
        ["how much was looked at before: the log of that is in another folder"],
        [_SUMMARY, "missing.tried"],
    )


def is_open(card: HandedIn, unseen: Sequence[str], on_record: OnRecord, source: Source) -> bool:
    """Whether a card that was made here may have written another log, or none, over its own.

    unseen: the paths that `looked_at_of_card` left out. An evidence file goes with its card, so its log is the card's; a
    folder from which such cards were taken away may be where this one was made. In any other folder, and beside the
    files alone, that log is never at hand.
    """
    begun = on_record.tried is not None and on_record.tried.log is not None
    differs = _SUMMARY in unseen or (begun and _LOG in unseen)
    kind = CardKind(str(card.evidence.get("evaluation")), card.system, card.metric, card.audience)
    return differs and (source == "evidence" or (source == "evaluation" and kind in on_record.taken))


def elsewhere_of(unseen: Sequence[str]) -> Elsewhere | None:
    """How much was tried where no log here tells it: that of another folder does, or the card says nothing was."""
    if _SUMMARY in unseen:
        return "tried"
    return "nothing tried" if _LOG in unseen else None


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
