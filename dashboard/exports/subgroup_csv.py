"""A subgroup and whom it is compared with, as a CSV file in the form of every table of rates."""

from __future__ import annotations

from analysis.selection_words import to_sentence
from dashboard.answers.mean_spans import MeanSpans, span_keys
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer
from dashboard.exports.table_csv import rows_csv
from dashboard.wording_labels import label_sources, sources_named
from dashboard.wording_subgroup import mix_note
from data.store import EvaluationInfo


def export_subgroup_csv(
    info: EvaluationInfo, answer: SubgroupAnswer, means: tuple[MeanSpans, MeanSpans]
) -> bytes:
    """Two rows, the subgroup and the others; only the first is judged. `means`: intervals of both means of each."""
    names = {SUBGROUP: "subgroup", REST: "complement" if answer.mixed else answer.comparator}
    rows, more = [], []
    for (position, name), spans in zip(names.items(), means, strict=True):
        row = rate_row(answer.table, position)
        versus = {**row["versus"], "comparator": answer.comparator}
        rows.append({**row, "group": {"group": name}, "versus": versus})
        # A mean that is withheld has no interval either.
        known = span_keys(spans).items()
        more.append({key: None if row[key.rpartition("_")[0]] is None else end for key, end in known})
    return rows_csv(_head(info, answer), ["group"], rows, more)


def _head(info: EvaluationInfo, answer: SubgroupAnswer) -> list[tuple[str, str]]:
    question = answer.question
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", answer.table.metric.id),
        ("normalizer", f"{info.normalizer['id']} {info.normalizer['version']}"),
        ("selection", to_sentence(question.where)),
        ("comparator", f"{answer.comparator}: {_others(answer)}"),
        *([("conditions", note)] if (note := mix_note(answer, info.notice is not None)) else []),
        ("audience", question.audience),
        ("level", f"{question.level:g}"),
        ("margin", f"{question.settings.margin_ratio:g}"),
        ("family", "one question; exploratory: not declared in advance"),
        ("labels", label_sources(sources_named(info.attributes, question.where))),
    ]
    return [*lines, ("notice", info.notice)] if info.notice else lines


def _others(answer: SubgroupAnswer) -> str:
    return f"the rest of {to_sentence(answer.pool)}" if answer.others is None else to_sentence(answer.others)
