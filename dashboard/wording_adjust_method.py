"""What a reader takes away from the Conditions tab, in words: facts, copied text, how it was computed.

What it says has to hold of `analysis/`; the sentences on the page are `wording_adjust.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.gap_by_condition import MIN_SPEAKERS
from dashboard.answers.adjust import AdjustAnswer
from dashboard.answers.adjust_counts import attributes_spoken_of
from dashboard.wording import ratio_text
from dashboard.wording_adjust import (
    ESTIMATES,
    SCALE_NOTE,
    SPREAD_NOTE,
    UNADJUSTED,
    association_sentence,
    associations_of,
    change_sentence,
    held_phrase,
    meaning,
    model_note,
    row_name,
    spread_sentence,
    who_sentence,
)
from dashboard.wording_adjust_base import base_sentence, strata_sentence
from dashboard.wording_audience import audience_foot
from dashboard.wording_labels import labels_sentence
from data.store import EvaluationInfo


def adjust_facts(info: EvaluationInfo, answer: AdjustAnswer) -> str:
    """What stands under the tables: who, what is held equal, intervals, labels."""
    asked = answer.question
    labels = labels_sentence({name: info.label_sources[name] for name in attributes_spoken_of(asked)}).rstrip(
        "."
    )
    held = f"{held_phrase(asked.held_equal)} held equal"
    return " · ".join(
        [who_sentence(answer).rstrip("."), held, UNADJUSTED.rstrip("."), audience_foot("internal"), labels]
    )


def copied_adjustment(info: EvaluationInfo, answer: AdjustAnswer, headline: str, source: str) -> str:
    """Sentence, numbers, caveats and build, to be pasted somewhere else."""
    gaps = []
    for row in answer.rows:
        estimates = (row.raw, _values(row.standardised), _values(row.modelled))
        texts = [
            f"{name.lower()} {ratio_text(*(one[key] for key in ('ratio', 'low', 'high')))}"
            for name, one in zip(ESTIMATES.values(), estimates, strict=True)
        ]
        gaps.append(f"{row_name(answer, row.group)}: {', '.join(texts)}.")
    lines = [headline, *gaps, *sentences_beside(info, answer), f"{source}.", info.notice]
    return "\n".join(line for line in lines if line)


def sentences_beside(info: EvaluationInfo, answer: AdjustAnswer) -> list[str]:
    """All that is said of an answer beside its headline and tables."""
    said = [
        meaning(answer),
        base_sentence(answer, info.synthetic),
        strata_sentence(answer),
        model_note(answer),
        *(association_sentence(one, associations_of(answer)) for one in answer.associations),
        SPREAD_NOTE if answer.associations else None,
        *(change_sentence(one) for one in answer.by_condition),
        SCALE_NOTE if answer.by_condition else None,
        spread_sentence(answer, info.synthetic),
        f"{adjust_facts(info, answer)}.",
    ]
    return [sentence for sentence in said if sentence]


def _values(gap: object) -> dict[str, float | None]:
    return {key: getattr(gap, key, None) for key in ("ratio", "low", "high")}


def adjust_method(answer: AdjustAnswer, normalizer: Mapping[str, Any]) -> str:
    """How the three gaps, the spread and the changes are worked out, as Markdown."""
    metric = answer.asked.metric
    lines = (
        f"**{metric.label}.** {metric.sentence} Errors are added up before they are divided.",
        f"**Text.** Compared after the normaliser “{normalizer['id']}”, version {normalizer['version']}.",
        (
            "**As recorded.** The ratio of two rates with whatever mix of conditions each side was recorded in. All three "
            "gaps are against the same others: everybody outside the group of whom what is held equal is stated, those "
            "whose group is not stated included."
        ),
        (
            "**Standardised.** Each side’s rate within every combination of what is held equal, averaged with one set of "
            "weights: the mix of all words. A combination counts where both sides have two speakers or more."
        ),
        (
            "**Modelled.** Poisson regression of errors on words by speaker and combination: one factor for the group, "
            "one for each value of what is held equal, multiplied. It assumes that they do not interact."
        ),
        (
            "**Intervals.** 95 %, leaving out one speaker at a time, because recordings of one speaker are alike: from "
            "all combinations at once; of the model in one step with the speaker’s leverage."
        ),
        (
            "**Who was recorded where.** Shares of utterances. Cramér’s V describes how closely group and condition go "
            "together; it is no test."
        ),
        (
            f"**Within each condition.** Both rates as recorded there. Gaps are compared where both sides have "
            f"{MIN_SPEAKERS} speakers; p is of “the same gap everywhere”, once for ratios and once for points."
        ),
        (
            "**What it cannot say.** Only what was written down is held equal. Attributes that go together entirely "
            "cannot be told apart by any computation; record the combinations that are missing."
        ),
    )
    return "\n\n".join(lines)
