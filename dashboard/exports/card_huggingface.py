"""A card as the `model-index` of a Hugging Face model card: one result for each slice.

Owns the projection onto that format, which has no place for groups: a slice stands in the
dataset's `config` and `args`. Rates are percentages there, by the custom of that format. Every
text is a double-quoted scalar, so nothing in it can become YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from analysis.card.content import Card
from analysis.card.rows import Grouping, Row
from dashboard.exports.card_cyclonedx import shown_rows
from dashboard.exports.card_text import visible
from dashboard.wording_card_files import SPEECH_RECOGNITION, as_percentage, slice_text

_TASK = "automatic-speech-recognition"
_EVERYBODY = "all"
_UNSAFE = re.compile(r"[^\w.]+")


def card_huggingface(card: Card) -> bytes:
    """The YAML as UTF-8, to be put between the lines `---` at the top of a model's README."""
    notice = card.evidence.notice
    lines = [f"# {visible(notice)}"] if notice else []
    lines += ["model-index:", f"- name: {_scalar(card.evidence.system)}", "  results:"]
    for grouping, row in shown_rows(card):
        if row.rate is not None:
            lines += _result(card, grouping, row)
    return ("\n".join(lines) + "\n").encode()


def _result(card: Card, grouping: Grouping | None, row: Row) -> Iterator[str]:
    evidence = card.evidence
    by = {} if grouping is None else {name: _value(row.group[name]) for name in grouping.by}
    described = evidence.evaluation if not by else f"{evidence.evaluation} ({slice_text(row.group)})"
    yield f"  - task: {{type: {_TASK}, name: {_scalar(SPEECH_RECOGNITION)}}}"
    yield "    dataset:"
    yield f"      type: {_scalar(evidence.evaluation)}"
    yield f"      name: {_scalar(described)}"
    yield f"      config: {_scalar(_config(by))}"
    yield f"      revision: {_scalar(evidence.build)}"
    yield f"      args: {_flow(by)}"
    yield "    metrics:"
    yield f"    - type: {_scalar(str(evidence.metric['id']))}"
    yield f"      value: {_flow(as_percentage(row.rate or 0.0))}"
    yield f"      name: {_scalar(str(evidence.metric['label']))}"
    yield f"      config: {_scalar(str(evidence.normalizer['id']))}"
    yield f"      args: {_flow(_about(card, grouping, row))}"


def _about(card: Card, grouping: Grouping | None, row: Row) -> dict[str, Any]:
    """Interval, counts, verdict and who gave the labels: a rate never travels alone."""
    known: dict[str, Any] = {"speakers": row.n_speakers, "utterances": row.n_utterances, "words": row.n_words}
    if row.low is not None and row.high is not None:
        level = f"{as_percentage(card.evidence.level):g}"
        known[f"ci{level}"] = [as_percentage(row.low), as_percentage(row.high)]
    if row.group and row.is_group:
        known["verdict"] = row.versus.verdict
        known["status"] = row.status
    if grouping is not None:
        known["labels"] = dict(grouping.label_sources)
    return {**known, "audience": card.evidence.audience}


def _config(by: dict[str, str]) -> str:
    """A slice as one word: accent-scottish_noise-clean."""
    parts = [f"{_word(name)}-{_word(value)}" for name, value in by.items()]
    return "_".join(parts) or _EVERYBODY


def _word(text: str) -> str:
    return _UNSAFE.sub("-", visible(text).lower()).strip("-") or "-"


def _value(value: str | None) -> str:
    return "not stated" if value is None else value


def _flow(value: Any) -> str:
    """A value in the flow style of YAML, of which JSON is a part."""
    return json.dumps(_shown(value), ensure_ascii=False)


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _shown(inner) for key, inner in value.items()}
    return value


def _scalar(text: str) -> str:
    return json.dumps(visible(text), ensure_ascii=False)
