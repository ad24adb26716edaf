"""Two rates, one above the other: a subgroup and whom it is compared with, as points with intervals.

A pure function of a subgroup's answer. Only the subgroup has a verdict: its words stand under its name,
in colour where it is shown to be worse.
"""

from __future__ import annotations

from analysis.judgement import VERDICTS, WORSE
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer
from dashboard.charts.interval_lines import IntervalLine, LinesPicture, rate_lines
from dashboard.wording import interval_text, percent
from dashboard.wording_subgroup import THIS_SUBGROUP, short_comparator
from dashboard.wording_verdicts import NO_CLAIM, unjudged, verdict_label, verdict_mark


def chart_pair(answer: SubgroupAnswer) -> LinesPicture:
    """The subgroup above the others it is compared with."""
    table = answer.table
    verdict = VERDICTS[int(table.judgement.verdict[SUBGROUP])]
    reason = table.judgement.reason_text(SUBGROUP, table.settings)
    why_not = NO_CLAIM if answer.guessed else unjudged(reason)
    words = why_not or f"{verdict_mark(verdict)} {verdict_label(verdict, table.settings.margin_ratio)}"
    alert = bool(table.judgement.verdict[SUBGROUP] == WORSE) and not why_not
    return rate_lines(
        [
            _line(answer, SUBGROUP, THIS_SUBGROUP, words, alert=alert),
            _line(answer, REST, short_comparator(answer), "", quiet=True),
        ]
    )


def _line(
    answer: SubgroupAnswer, i: int, name: str, words: str, *, alert: bool = False, quiet: bool = False
) -> IntervalLine:
    table = answer.table
    rate, low, high = (
        float(v[i]) for v in (table.statistics.rate, table.intervals.low, table.intervals.high)
    )
    return IntervalLine(
        label=name,
        number=percent(rate),
        value=rate,
        low=low,
        high=high,
        words=words,
        hover=f"{name}: {percent(rate)} ({interval_text(low, high)})\n{words}".strip(),
        alert=alert,
        quiet=quiet,
    )
