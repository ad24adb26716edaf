"""Error counts of a group of utterances, and the rate they give.

Owns the one rule of adding up: counts are added, rates never are. It knows no
alignment, database or page; whoever sums utterances into groups makes these.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class ErrorCounts:
    """What was right and wrong in some utterances, as whole numbers that may be added."""

    hits: int
    substitutions: int
    deletions: int
    insertions: int
    n_utterances: int = 0
    empty_outputs: int = 0
    """Utterances for which the recogniser returned no word; at most `n_utterances`."""

    def __post_init__(self) -> None:
        """Raise `ValueError` for counts that no utterances can have."""
        for field in fields(self):
            count = getattr(self, field.name)
            if count < 0:
                raise ValueError(f"{field.name} is {count}; a count is 0 or more.")
        if self.empty_outputs > self.n_utterances:
            raise ValueError(
                f"empty_outputs is {self.empty_outputs} of {self.n_utterances} utterances; "
                "it counts some of them, so it cannot be larger."
            )

    @staticmethod
    def zero() -> ErrorCounts:
        """The counts of no utterances: what a sum starts from."""
        return ErrorCounts(0, 0, 0, 0)

    def __add__(self, other: ErrorCounts) -> ErrorCounts:
        """The counts of both sets of utterances together."""
        if not isinstance(other, ErrorCounts):
            return NotImplemented
        return ErrorCounts(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    @property
    def errors(self) -> int:
        """Substitutions, deletions and insertions together."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def n_words(self) -> int:
        """Words of the references: hits, substitutions and deletions."""
        return self.hits + self.substitutions + self.deletions

    @property
    def n_hypothesis_words(self) -> int:
        """Words of the hypotheses: hits, substitutions and insertions."""
        return self.hits + self.substitutions + self.insertions

    @property
    def word_error_rate(self) -> float | None:
        """Errors per reference word, (S + D + I) / (H + S + D), which may exceed 1.

        None when there are no reference words, whatever was inserted; `reason` then says so.
        """
        return self.errors / self.n_words if self.n_words else None

    @property
    def reason(self) -> str | None:
        """Why there is no rate, as a sentence; None when there is one."""
        if self.n_words:
            return None
        if self.insertions:
            return f"The references have no words, so there is no rate (inserted words: {self.insertions})."
        return "The references have no words." if self.n_utterances else "There are no utterances."
