"""Claims about every group at once: the floor, parity within the margin, and summaries.

Owns the rules by which a statement may hold for all groups. A floor needs ten speakers in
every group and a bound for each, and is never said without the overall rate and the largest
gap that is shown. Parity needs each group shown, since not shown is not equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.card.claim import Claim, labels_refusal, metric_name
from analysis.card.evidence import Evidence
from analysis.card.floors import stated_bound
from analysis.card.phrases import (
    CORRECTIONS,
    attributes_phrase,
    comparator_phrase,
    counted,
    group_phrase,
    noun,
    quoted,
)
from analysis.card.rows import Grouping, Row
from analysis.card.sections import Count, Label, Name, Rate, RateSpan, Ratio, RatioSpan, Share, Text, joined
from analysis.judgement import RULE_LEVEL
from analysis.published_digits import significant

FLOOR_SPEAKERS = 10
"""Speakers every group needs before anything is stated for all of them."""
FEWER_THAN_TWO: Text = ("There are fewer than two groups.",)


def floor_claim(evidence: Evidence, grouping: Grouping) -> Claim:
    """An upper bound of the error rate for every group, in one paragraph with the overall rate and the gap."""
    positions, groups = _groups(grouping)
    reason = labels_refusal(grouping) or _withheld_refusal(grouping) or _floor_refusal(evidence, groups)
    claim = Claim(f"floor:{','.join(grouping.by)}", "floor", grouping.by, (), positions)
    if reason:
        said: Text = (
            Label(evidence.system),
            f" keeps its {metric_name(evidence)} at or below a stated bound",
        )
        said = (*said, " for every group by ", *attributes_phrase(grouping.by), ".")
        return Claim(claim.id, claim.kind, claim.by, said, positions, reason)
    text = (*_bound_sentence(evidence, grouping, groups), " ", *_beside_a_floor(evidence, grouping, groups))
    return Claim(claim.id, claim.kind, claim.by, text, positions)


def _groups(grouping: Grouping) -> tuple[tuple[int, ...], list[Row]]:
    """Every group that is not withheld, and where it stands."""
    positions = tuple(
        number for number, row in enumerate(grouping.rows) if row.is_group and not row.is_withheld
    )
    return positions, [grouping.rows[number] for number in positions]


def _n_withheld(grouping: Grouping) -> int:
    return sum(row.is_group and row.is_withheld for row in grouping.rows)


def _withheld_refusal(grouping: Grouping) -> Text:
    """Why nothing may be said of every group: some are withheld, whatever they would show. Empty where none is."""
    count, total = _n_withheld(grouping), sum(row.is_group for row in grouping.rows)
    is_are = " is" if count == 1 else " are"
    withheld: Text = (Count(count), " of the ", Count(total), f" groups{is_are} withheld from the public.")
    return withheld if count else ()


def _floor_refusal(evidence: Evidence, groups: Sequence[Row]) -> Text:
    """Why no bound may be stated for these groups; empty when one may."""
    if len(groups) < 2:
        return FEWER_THAN_TWO
    if evidence.overall.rate is None or not evidence.overall.has_interval:
        return ("There is no overall rate with an interval to say beside it.",)
    needed = max(FLOOR_SPEAKERS, int(evidence.settings["min_speakers"]))
    found = counted(
        (
            (sum(row.rate is None for row in groups), "{was} not recorded"),
            (
                sum(row.rate is not None and row.n_speakers < needed for row in groups),
                f"{{has}} fewer than {needed} {evidence.people}",
            ),
            (
                sum(row.n_speakers >= needed and row.floor_bound is None for row in groups),
                f"{{has}} no interval, because a few {evidence.people} did most of the talking",
            ),
        )
    )
    return ("Of the ", Count(len(groups)), " groups, ", *joined(found), ".") if found else ()


def _bound_sentence(evidence: Evidence, grouping: Grouping, groups: Sequence[Row]) -> Text:
    return (
        "For each of the ",
        Count(len(groups)),
        " groups by ",
        *attributes_phrase(grouping.by),
        f", the {metric_name(evidence)} of ",
        Label(evidence.system),
        " is ",
        Rate(stated_bound(groups)),
        " or lower (",
        Share(RULE_LEVEL),
        " confidence; ",
        *_of_how_many(evidence, grouping, groups),
        ", at least ",
        Count(min(row.n_speakers for row in groups)),
        " in every group).",
    )


def _of_how_many(evidence: Evidence, grouping: Grouping, groups: Sequence[Row]) -> Text:
    """Words and speakers of these groups, without recordings of no group.

    One speaker may stand in several cells; where nobody does, the rows add up to everybody. Else speakers stay unsaid.
    """
    whole = evidence.overall
    if len(groups) == len(grouping.rows):
        words, speakers = whole.n_words, whole.n_speakers
    else:
        words = sum(row.n_words for row in groups)
        # A sum of rounded counts has no more digits than they have.
        words = int(significant(np.array([words]))[0]) if evidence.audience == "public" else words
        speakers = sum(row.n_speakers for row in groups)
    text: Text = (Count(words), f" {evidence.counted}s")
    if len(groups) < len(grouping.rows) and sum(row.n_speakers for row in grouping.rows) != whole.n_speakers:
        return (*text, f" of {evidence.people} in these groups")
    return (*text, " from ", Count(speakers), f" {evidence.people}")


def _beside_a_floor(evidence: Evidence, grouping: Grouping, groups: Sequence[Row]) -> Text:
    """The overall rate and the largest gap shown, without which a floor is never said."""
    row = evidence.overall
    text: Text = ("Over ", Label(str(evidence.selection["sentence"])), " it is ", Rate(row.rate))
    text = (*text, " (", RateSpan(row.low, row.high), "). ", *_gap_sentence(evidence, grouping))
    undecided = sum(group.versus.verdict == "undecided" for group in groups)
    if undecided:
        text = (*text, " For ", Count(undecided), " of the groups it cannot be told yet how they compare.")
    if len(groups) < len(grouping.rows):
        text = (*text, " Recordings without a stated ", *_attribute_names(grouping), " are not part of this.")
    return text


def _attribute_names(grouping: Grouping) -> Text:
    return joined([(Name(name),) for name in grouping.by], " or ")


def _gap_sentence(evidence: Evidence, grouping: Grouping) -> Text:
    gap = largest_gap(grouping)
    compared = comparator_phrase(evidence, grouping)
    if gap is None:
        return ("No group is shown to have a higher rate than ", *compared, ".")
    versus = gap.versus
    ratio: Text = (Ratio(versus.ratio), " (", RatioSpan(versus.low, versus.high), ")")
    who = group_phrase(evidence, gap, grouping.by)
    return ("The largest gap that is shown is ", *ratio, ", for ", *who, " against ", *compared, ".")


def largest_gap(grouping: Grouping) -> Row | None:
    """The group with the highest ratio among those shown to be worse; None where none is."""
    shown = [
        row for row in grouping.rows if row.is_group and row.versus.verdict in {"worse", "slightly worse"}
    ]
    return max(shown, key=lambda row: row.versus.ratio or 0.0, default=None)


def parity_claim(evidence: Evidence, grouping: Grouping) -> Claim:
    """Every group's rate is less than the margin times its comparator's, each one shown."""
    margin = evidence.settings["margin_ratio"]
    positions, groups = _groups(grouping)
    text: Text = ("For every group by ", *attributes_phrase(grouping.by), ", ", Label(evidence.system))
    both_ways = all(row.versus.low is not None and row.versus.low > 1 / margin for row in groups)
    above: Text = (" and more than ", Ratio(1 / margin)) if both_ways else ()
    text = (*text, f" has a {metric_name(evidence)} of less than ", Ratio(margin), *above, " that of ")
    text = (*text, *comparator_phrase(evidence, grouping), ".")
    claim = Claim(f"parity:{','.join(grouping.by)}", "parity", grouping.by, text, positions)
    return claim.refused(
        labels_refusal(grouping) or _withheld_refusal(grouping) or _parity_refusal(groups, margin)
    )


def _parity_refusal(groups: Sequence[Row], margin: float) -> Text:
    if len(groups) < 2:
        return FEWER_THAN_TWO
    verdicts = [row.versus.verdict for row in groups]
    reaching = sum(
        row.versus.verdict == "slightly worse" and (row.versus.high is None or row.versus.high >= margin)
        for row in groups
    )
    reaches = counted(((reaching, "{has} an interval that reaches "),))
    found = [
        *counted(((verdicts.count("worse"), "{are} shown to have a higher rate"),)),
        *((*text, Ratio(margin)) for text in reaches),
        *counted(((verdicts.count("undecided"), "cannot be told yet"),)),
    ]
    return ("Of the ", Count(len(groups)), " groups, ", *joined(found), ".") if found else ()


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def summary_claim(evidence: Evidence, grid: Grouping) -> Claim:
    """How many groups got which verdict."""
    positions, groups = _groups(grid)
    compared = comparator_phrase(evidence, grid)
    found = _counted_verdicts(evidence, groups)
    text: Text = (
        "The " if len(groups) != 1 else "",
        Count(len(groups)),
        f" {noun(len(groups), 'groups')} by ",
        *attributes_phrase(grid.by),
    )
    text = (*text, f" {_is(len(groups))} compared with ", *compared, ": ", *joined(found, "; ", "; "), ".")
    if grid.family_size > 1:
        tested: Text = (" ", Count(grid.family_size), " were tested together, with ")
        text = (*text, *tested, f"{CORRECTIONS[grid.correction]}.")
    if withheld := _n_withheld(grid):
        text = (
            *text,
            " ",
            Count(withheld),
            f" more {_is(withheld)} withheld from the public, and may hold gaps.",
        )
    claim = Claim(f"summary:{','.join(grid.by)}", "summary", grid.by, text, positions)
    return claim.refused(labels_refusal(grid) or (() if groups else FEWER_THAN_TWO))


def _counted_verdicts(evidence: Evidence, groups: Sequence[Row]) -> list[Text]:
    """How many groups have which verdict, each as the end of a sentence about them."""
    verdicts = [row.versus.verdict for row in groups]
    margin, name = Ratio(evidence.settings["margin_ratio"]), metric_name(evidence)
    named: tuple[tuple[str, Text], ...] = (
        ("worse", (f" shown to have a higher {name}",)),
        ("slightly worse", (f" shown to have a higher {name}, by less than ", margin)),
        ("within", (" shown to have less than ", margin, " their rate")),
        ("better", (f" shown to have a lower {name}",)),
    )
    found: list[Text] = []
    for code, words in named:
        if count := verdicts.count(code):
            found.append((Count(count), f" {_is(count)}", *words))
    if undecided := verdicts.count("undecided"):
        few = sum(row.versus.verdict == "undecided" and row.versus.p_adjusted is None for row in groups)
        tail: Text = (", ", Count(few), " of them not tested") if few else ()
        if few == undecided:
            tail = (f" and {'was' if few == 1 else 'were'} not tested",)
        found.append((Count(undecided), " cannot be told yet", *tail))
    return found


def range_claim(evidence: Evidence, grouping: Grouping) -> Claim:
    """From where to where the rate runs over the values of a condition: robustness, not fairness."""
    positions, groups = _groups(grouping)
    known = [row for row in groups if row.status == "shown" and row.has_interval]
    start: Text = (
        "By ",
        *attributes_phrase(grouping.by),
        f", the {metric_name(evidence)} of ",
        Label(evidence.system),
    )
    claim_id = f"range:{','.join(grouping.by)}"
    if len(known) < 2:
        text = (*start, " changes.")
        reason: Text = (f"Fewer than two groups have enough {evidence.people}.",)
        return Claim(claim_id, "range", grouping.by, text, positions, labels_refusal(grouping) or reason)
    ends = [function(known, key=lambda row: row.rate or 0.0) for function in (min, max)]
    lowest, highest = (_one_end(grouping, row) for row in ends)
    left_out = len(groups) - len(known)
    text = (*start, " runs from ", *lowest, " to ", *highest, ".")
    if left_out:
        text = (
            *text,
            " ",
            Count(left_out),
            f" {noun(left_out, 'groups')} with too few {evidence.people} {_is(left_out)} left out of this sentence.",
        )
    if withheld := _n_withheld(grouping):
        text = (*text, " ", Count(withheld), f" more {_is(withheld)} withheld from the public.")
    return Claim(claim_id, "range", grouping.by, text, positions).refused(labels_refusal(grouping))


def _one_end(grouping: Grouping, row: Row) -> Text:
    return (Rate(row.rate), " (", RateSpan(row.low, row.high), ") with ", *quoted(grouping.group_label(row)))
