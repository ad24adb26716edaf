"""The numbers of a card as a person reads them: each kind of token as text.

Owns what a token of `analysis/card/sections.py` looks like in every format. Percent, ratios
and verdicts are those of `wording.py`, so that card and pages print alike.
"""

from __future__ import annotations

import math

from analysis.card.claim import Claim
from analysis.card.content import Card
from analysis.card.rows import Row
from analysis.card.sections import (
    Count,
    Label,
    Name,
    Number,
    Points,
    PointsLimit,
    PointsSpan,
    PValue,
    Rate,
    RateSpan,
    Ratio,
    RatioSpan,
    Section,
    Share,
    Text,
    Token,
    Verdict,
)
from dashboard.wording import (
    UNDEFINED,
    attribute_name,
    counts_text,
    interval_text,
    level_text,
    number,
    percent,
    ratio_text,
    verdict_label,
    verdict_mark,
)
from dashboard.wording_audience import WITHHELD_IN_CELL
from dashboard.wording_verdicts import FEW_MARK, legend, verdict_in_sentence

NO_INTERVAL = "no interval"
NOT_STATED = "not stated"
FEW_SPEAKERS = "few speakers"
NOT_TESTED = "not tested"
WITHHELD = WITHHELD_IN_CELL
SMALLEST_P = 0.001
CONTENTS = "Contents"
PAGE = "page"


def token_text(token: Token, margin: float) -> str:
    """One piece of a sentence as text; `margin` is what verdicts were judged by."""
    match token:
        case str():
            return token
        case Label(label):
            return label
        case Name(attribute):
            return attribute_name(attribute)
        case Verdict(verdict):
            return f"{verdict_mark(verdict)} {verdict_label(verdict, margin)}"
        case _:
            return _number_text(token)


def _number_text(token: Token) -> str:
    match token:
        case Rate(rate):
            return percent(rate)
        case RateSpan(low, high):
            return NO_INTERVAL if low is None or high is None else interval_text(low, high)
        case Ratio(ratio):
            return ratio_text(ratio)
        case RatioSpan(low, high):
            return _ratio_span(low, high)
        case Points(points):
            return UNDEFINED if points is None else f"{_points(points)} points"
        case PointsSpan(low, high):
            return NO_INTERVAL if low is None or high is None else f"{_points(low)} to {_points(high)}"
        case PointsLimit(points):
            return f"{100 * points:g} percentage point{'' if points == 0.01 else 's'}"
        case Count(count):
            return number(count)
        case Number(value):
            return UNDEFINED if value is None else f"{value:g}"
        case Share(share):
            return level_text(share)
        case PValue(p):
            return UNDEFINED if p is None else ("under 0.001" if p < SMALLEST_P else f"{p:.3f}")
    raise TypeError(f"{token!r} is not a piece of a card.")


def _ratio_span(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return NO_INTERVAL
    ends = (0.0 if low is None else low, math.inf if high is None else high)
    return ratio_text(1.0, *ends).partition("(")[2].rstrip(")")


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−")


def plain_text(text: Text, margin: float) -> str:
    """A whole text without any markup, for titles and alternatives of pictures."""
    return "".join(token_text(token, margin) for token in text)


def cell_rate(row: Row) -> str:
    """The rate in a cell of a heat table."""
    return percent(row.rate)


def cell_span(row: Row) -> str:
    """The interval in a cell of a heat table."""
    return NO_INTERVAL if not row.has_interval else interval_text(row.low, row.high, 0)


def cell_mark(row: Row) -> str:
    """The shape in a cell: the verdict's, or that of few speakers, which are never judged."""
    if not row.is_group:
        return ""
    return FEW_MARK if row.status == "few speakers" else verdict_mark(row.versus.verdict)


def cell_words(row: Row, margin: float) -> str:
    """What the shape in a cell means, for those who do not see it."""
    if not row.is_group:
        return NOT_STATED
    return FEW_SPEAKERS if row.status == "few speakers" else verdict_in_sentence(row.versus.verdict, margin)


def marks_legend(margin: float) -> str:
    """Every shape with its words."""
    return legend(margin)


def card_headline(card: Card) -> str:
    """What the card can say and what it lacks, in one sentence."""
    carried = sum(claim.supported for claim in card.claims)
    refused = len(card.claims) - carried
    missing = sum(len(items) for _, items in card.missing)
    claims = f"{card.evidence.system}: the evidence carries {carried:,} {_plural('claim', carried)}"
    rest = f" and refuses {refused:,}" if refused else ""
    lacks = f"; a reader looks for {missing:,} {_plural('fact', missing)} that {'is' if missing == 1 else 'are'} missing"
    return f"{claims}{rest}{lacks if missing else ''}."


def card_caption(card: Card) -> str:
    """What the card covers."""
    row = card.evidence.overall
    synthetic = card.evidence.notice is not None
    counts = counts_text(row.n_speakers, row.n_utterances, row.n_words, synthetic)
    return f"All recordings, whatever is selected elsewhere · {counts} · for {card.evidence.audience} use"


def card_footer(card: Card) -> str:
    """What stands at the foot of every printed page."""
    evidence = card.evidence
    return f"{evidence.evaluation}, build {evidence.build} · for {evidence.audience} use"


def outline_label(section: Section, margin: float) -> str:
    """A section in the outline, with how much of it is missing."""
    missing = sum(len(part.missing) for part in section.walk())
    title = plain_text(section.title, margin)
    return f"{title} ({missing} missing)" if missing else title


def claim_kind(claim: Claim, margin: float) -> str:
    """What sort of claim it is."""
    if claim.kind in {"worse", "slightly worse", "within", "better", "undecided"}:
        return f"{verdict_mark(claim.kind)} {verdict_label(claim.kind, margin)}"
    return {
        "overall": "Overall",
        "floor": "Bound for every group",
        "parity": f"Every group within {margin:g}×",
        "summary": "Count of verdicts",
        "range": "Range over a condition",
    }[claim.kind]


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def cut_text(count: int) -> str:
    """What the arrow at the end of an interval means."""
    what = "one interval goes" if count == 1 else f"{count:,} intervals go"
    return f" (→ {what} on beyond the drawing)"


def axis_text(rate: float) -> str:
    """A rate beside the axis of a plot."""
    return percent(rate, 0 if abs(rate * 100 - round(rate * 100)) < 1e-9 else 1)


def plot_description(rows: tuple[tuple[str, Row], ...], overall: float | None) -> str:
    """What a plot of intervals shows, for those who do not see it."""
    drawn = [(row.rate, name, row.is_group) for name, row in rows if row.rate is not None]
    # Where no group is drawn, recordings without a stated one are all there is.
    rates = [one for one in drawn if one[2]] or drawn
    low, high = min(rates), max(rates)
    groups = sum(row.is_group for _, row in rows)
    others = "" if groups == len(rows) else ", and recordings whose group is not stated"
    return (
        f"{groups} {_plural('group', groups)} with {'its rate and interval' if groups == 1 else 'their rates and intervals'}{others}, from {percent(low[0])} ({low[1]}) to "
        f"{percent(high[0])} ({high[1]}); the dashed line is the overall rate, {percent(overall)}. "
        "Every number stands in the table of these groups."
    )
