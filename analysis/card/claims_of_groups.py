"""Claims about one group: what may be said of it against its comparator, by its verdict.

Owns one sentence for each verdict. "Can't tell yet" always says what could have been seen
and how many speakers it would take, or which minimum was missed.
"""

from __future__ import annotations

from analysis.card.claim import Claim, labels_refusal, metric_name
from analysis.card.evidence import Evidence
from analysis.card.phrases import (
    CORRECTIONS,
    comparator_phrase,
    group_phrase,
    reason_text,
    stands_alone,
)
from analysis.card.rows import Grouping, Row
from analysis.card.sections import (
    Count,
    Label,
    Points,
    PointsLimit,
    PointsSpan,
    PValue,
    Rate,
    RateSpan,
    Ratio,
    RatioSpan,
    Text,
)
from analysis.published_digits import seen_from


def group_claim(evidence: Evidence, grouping: Grouping, position: int) -> Claim:
    """The sentence that goes with a group's verdict; refused where software guessed the labels."""
    row = grouping.rows[position]
    kind = row.versus.verdict
    text = _undecided(evidence, grouping, row) if kind == "undecided" else _decided(evidence, grouping, row)
    name = ",".join(f"{attribute}={row.group[attribute]}" for attribute in grouping.by)
    return Claim(f"group:{name}", kind, grouping.by, text, (position,)).refused(labels_refusal(grouping))


def _decided(evidence: Evidence, grouping: Grouping, row: Row) -> Text:
    versus = row.versus
    who, compared = group_phrase(evidence, row, grouping.by), comparator_phrase(evidence, grouping)
    return (
        Label(evidence.system),
        *_says(evidence, row),
        *who,
        ": ",
        Rate(row.rate),
        " (",
        RateSpan(row.low, row.high),
        "), which is ",
        Ratio(versus.ratio),
        " (",
        RatioSpan(versus.low, versus.high),
        ") that of ",
        *compared,
        ", a difference of ",
        Points(versus.difference),
        " (",
        PointsSpan(versus.difference_low, versus.difference_high),
        "); ",
        *_tested(grouping, row),
        *_size(evidence, row),
    )


def _says(evidence: Evidence, row: Row) -> Text:
    """What is established, up to the name of the group."""
    name, margin = metric_name(evidence), evidence.settings["margin_ratio"]
    if row.versus.verdict == "better":
        return (f" has a lower {name} for ",)
    if row.versus.verdict == "within":
        return (f" has a {name} that is shown to be less than ", Ratio(margin), " that of others for ")
    if row.versus.verdict == "slightly worse":
        small = row.versus.high is not None and row.versus.high < margin
        by: Text = (Ratio(margin),) if small else (PointsLimit(evidence.settings["margin_points"]),)
        return (f" has a higher {name}, by less than ", *by, ", for ")
    return (f" has a higher {name} for ",)


def _tested(grouping: Grouping, row: Row) -> Text:
    if row.versus.p_adjusted is None:
        return ("from exact limits.",)
    if row.versus.family_size <= 1:
        return ("p ", PValue(row.versus.p_adjusted), ".")
    family: Text = (
        " after looking at ",
        Count(row.versus.family_size),
        f" groups ({CORRECTIONS[grouping.correction]}).",
    )
    return ("p ", PValue(row.versus.p_adjusted), *family)


def _size(evidence: Evidence, row: Row) -> Text:
    """Whether a difference that is worse is also larger than the margin."""
    if row.versus.verdict != "worse":
        return ()
    margin = evidence.settings["margin_ratio"]
    larger = row.versus.low is not None and row.versus.low >= margin
    return (" It is larger than " if larger else " It may be smaller than ", Ratio(margin), ".")


def _undecided(evidence: Evidence, grouping: Grouping, row: Row) -> Text:
    who, compared = group_phrase(evidence, row, grouping.by), comparator_phrase(evidence, grouping)
    text: Text = ("It cannot be told yet how ", Label(evidence.system), " does for ", *who)
    if row.rate is None:
        return (*text, ": nobody was recorded.")
    text = (*text, " against ", *compared, ": ", Rate(row.rate), " (", RateSpan(row.low, row.high), ")")
    if row.versus.p_adjusted is None:
        reason = reason_text(evidence, row.versus.reason) or "too little is known"
        return (*text, ", not tested: ", reason, ".", *_needed(evidence, row))
    text = (*text, ", ", Ratio(row.versus.ratio), " (", RatioSpan(row.versus.low, row.versus.high), ").")
    if stands_alone(row):
        alone = " Taken by itself it would stand out; after looking at "
        text = (*text, alone, Count(row.versus.family_size), " groups it does not.")
    if row.versus.detectable_ratio is not None:
        seen = Ratio(seen_from(row.versus.detectable_ratio))
        text = (*text, " The data could have shown a ratio of ", seen, " or more.")
    return (*text, *_needed(evidence, row))


def _needed(evidence: Evidence, row: Row) -> Text:
    if row.versus.speakers_needed is None or row.versus.speakers_needed <= row.n_speakers:
        return ()
    margin = evidence.settings["margin_ratio"]
    seen = row.versus.detectable_ratio
    # Where the margin could have been seen already, the number is what the ratio found would take.
    what: Text = (" To see ", Ratio(margin))
    if row.versus.p_adjusted is not None and seen is not None and seen <= margin:
        what = (" To settle a ratio of ", Ratio(row.versus.ratio))
    there_are = f" {evidence.people} would be needed; there {'is' if row.n_speakers == 1 else 'are'} "
    return (*what, ", about ", Count(row.versus.speakers_needed), there_are, Count(row.n_speakers), ".")
