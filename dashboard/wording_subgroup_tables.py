"""The tables of the Subgroup page, cell by cell: both sides, and how they compare; why one is not judged.

Takes answers of `answers/subgroup.py` and computes nothing.
"""

from __future__ import annotations

import math

from analysis.judgement import VERDICTS
from analysis.rates import STATUSES, RateTable
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer
from dashboard.wording import interval_text, level_text, number, people, percent, ratio_text, status_text
from dashboard.wording_sentences import status_note, undecided_note
from dashboard.wording_subgroup import THIS_SUBGROUP, short_comparator
from dashboard.wording_verdicts import NO_CLAIM, verdict_label, verdict_mark

WHO, STATUS = "Recordings", "Status"
_NEVER = "Never judged here: "


def subgroup_rows(answer: SubgroupAnswer, synthetic: bool) -> list[dict[str, str]]:
    """The table beside the picture: the subgroup and whom it is compared with, as they are shown."""
    names = {SUBGROUP: THIS_SUBGROUP, REST: short_comparator(answer)}
    return [{WHO: name, **_row(answer, position, synthetic)} for position, name in names.items()]


def _row(answer: SubgroupAnswer, i: int, synthetic: bool) -> dict[str, str]:
    table = answer.table
    low, high = float(table.intervals.low[i]), float(table.intervals.high[i])
    return {
        table.metric.label: percent(float(table.statistics.rate[i])),
        f"{level_text(table.level)} interval": interval_text(low, high),
        people(synthetic).capitalize(): number(int(table.statistics.n_speakers[i])),
        STATUS: status_text(STATUSES[int(table.status[i])], synthetic),
        "Utterances": number(int(table.totals["n_utterances"][i])),
        f"{table.metric.counted.capitalize()}s": number(int(table.totals["n_words"][i])),
        "Substitutions": number(table.count("substitutions", i)),
        "Deletions": number(table.count("deletions", i)),
        "Insertions": number(table.count("insertions", i)),
    }


def comparison_items(answer: SubgroupAnswer, synthetic: bool) -> list[tuple[str, str]]:
    """Ratio, difference, verdict and what could have been seen, each with its label."""
    table = answer.table
    judged, i = table.judgement, SUBGROUP
    verdict = VERDICTS[int(judged.verdict[i])]
    label = verdict_label(verdict, table.settings.margin_ratio)
    items = [
        ("Ratio", ratio_text(float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i]))),
        (
            "Difference",
            points_text(
                *(float(d[i]) for d in (judged.difference, judged.difference_low, judged.difference_high))
            ),
        ),
        ("Verdict", NO_CLAIM if answer.guessed else f"{verdict_mark(verdict)} {label}"),
    ]
    if verdict == "undecided" and not answer.guessed:
        items += [
            ("Could have been seen", _or_more(float(judged.detectable_ratio[i]))),
            (f"{people(synthetic).capitalize()} needed", number(float(judged.speakers_needed[i]))),
        ]
    return items


def difference_note(answer: SubgroupAnswer) -> str | None:
    """That the interval of the difference includes 0 where the verdict, which goes by the ratio, does not; None elsewhere."""
    judged, i = answer.table.judgement, SUBGROUP
    ratio_is_clear = not float(judged.low[i]) <= 1 <= float(judged.high[i])
    if not ratio_is_clear or not float(judged.difference_low[i]) <= 0 <= float(judged.difference_high[i]):
        return None
    return (
        "As a difference in points the interval includes 0, as a ratio it does not include 1: the two need not end alike, and "
        "the verdict goes by the ratio."
    )


def _or_more(ratio: float) -> str:
    return f"{ratio_text(ratio)} or more" if math.isfinite(ratio) else ratio_text(ratio)


def points_text(difference: float, low: float, high: float) -> str:
    """A difference of rates in percentage points with its interval; a dash where it is undefined."""
    if math.isnan(difference):
        return number(None)
    span = "" if math.isnan(low) or math.isnan(high) else f" ({100 * low:+.1f} to {100 * high:+.1f})"
    return f"{100 * difference:+.1f} points{span}".replace("-", "−")


def why_not_judged(table: RateTable, synthetic: bool) -> str | None:
    """Why the subgroup is not judged and what it would take, its reason said once; None where it is judged."""
    status, undecided = status_note(table, SUBGROUP, synthetic), undecided_note(table, SUBGROUP, synthetic)
    if status is None or undecided is None:
        return status or undecided
    reason = status.removeprefix(_NEVER)
    if undecided.casefold().startswith(reason.casefold()):
        return f"{status}{undecided[len(reason) :]}"
    return f"{status} {undecided}"
