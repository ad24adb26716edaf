"""What a verification amounts to: a card holds, holds as far as was checked, or does not hold.

Owns the three results and the reservations under which a card's numbers may agree without its having been checked
whole. It compares nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboard.answers.signing import holds as signature_holds
from dashboard.answers.verify_differences import Compared
from dashboard.answers.verify_plan import OtherPlan, Planned

Result = Literal["holds", "partly checked", "does not hold"]
Source = Literal["evaluation", "evidence", "source"]
"""What a card was held against: a build, a file of counts, or the files a build is made of."""
Reservation = Literal["plan", "settings", "tried", "sentences", "form", "record"]
"""What nobody could tell: whether the card's plan was ever set, whether its settings were agreed on, how much was
tried, what the sentences of another version say, what an earlier form does not hold, whether this is the card that
was taken away from here."""
Elsewhere = Literal["tried", "nothing tried", "plan set", "findings"]
"""What the card alone says, since the log of it is that of another folder: how much was tried before, that nothing
was, when its plan was set, and which findings were put on record with which numbers. None of it can be checked from here, so it is told and is no reservation."""


def result_of(numbers: Compared, text: str, reservations: Sequence[Reservation]) -> Result:
    """The result, from what differs and what could not be checked."""
    if numbers.differences or not signature_holds(text):
        return "does not hold"
    return "partly checked" if reservations else "holds"


def plan_is_open(planned: Planned) -> bool:
    """Whether nothing here tells that the card's plan, or that it had none, is what was declared."""
    other: OtherPlan | None = planned.other
    return planned.from_card or (other is not None and other.card is None)
