"""What a finding of the doctor is, and what is known of each kind of fault beforehand.

Owns the shape of a finding and the few phrases that all subjects share. A kind says
what is looked at and from where on it is reported; `docs/doctor.md` is printed from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""error: do not read the results before it is settled. warning: some results mislead. note: good to know."""

MOST_EXAMPLES = 5
EVERYWHERE = "all recordings"
"""Where a finding is that is about no system, attribute or group."""


@dataclass(frozen=True)
class DoctorFault:
    """One finding about a loaded evaluation."""

    code: str
    severity: Severity
    what: str
    """What was found, with its numbers; it names all that `where` does."""
    where: str
    """The system, attribute or group, several with commas; `EVERYWHERE` where it is none of them."""
    count: int
    """How many of what `what` names first: utterances, speakers, groups or systems."""
    examples: tuple[str, ...]
    """At most five, most telling first."""
    consequence: str
    """What it does to the results for somebody who reads them."""
    advice: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; the keys are a contract."""
        return {**asdict(self), "examples": list(self.examples)}


@dataclass(frozen=True)
class FaultKind:
    """One code of the doctor: what is looked at, what follows from a finding, what to do."""

    code: str
    checked: str
    """What is looked at, and the threshold with its reason."""
    consequence: str
    advice: str

    def found(
        self,
        severity: Severity,
        what: str,
        where: str,
        count: int,
        examples: Iterable[str] = (),
        *,
        consequence: str | None = None,
        advice: str | None = None,
    ) -> DoctorFault:
        """A finding of this kind; `consequence` and `advice` where it knows better than the kind."""
        shown = tuple(examples)[:MOST_EXAMPLES]
        return DoctorFault(
            self.code,
            severity,
            what,
            where,
            count,
            shown,
            consequence or self.consequence,
            advice or self.advice,
        )


def of(part: int, whole: int) -> str:
    """`412 of 1,712`."""
    return f"{part:,} of {whole:,}"


def counted(number: int, one: str, several: str | None = None) -> str:
    """`1 speaker`, `2 speakers`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(names: Sequence[str], most: int = 6) -> str:
    """`"a", "b" and "c"`; those beyond the limit are counted."""
    shown = [f'"{name}"' for name in names[:most]]
    rest = len(names) - len(shown)
    if rest:
        shown.append(f"{rest:,} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
