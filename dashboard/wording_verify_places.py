"""Places of a card's JSON in the words of its reader: of which group, claim or finding, and which of its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dashboard.answers.verify import Verification

_STEP = re.compile(r"[^.\[\]]+")
_ROW = re.compile(r"^evidence\.(groupings\[(\d+)\]|grid)\.rows\[(\d+)\](.*)$")
_PART = re.compile(r"^(claims|evidence\.findings)\[(\d+)\](.*)$")
_OF_PARTS = {"claims": "Claim", "evidence.findings": "Finding"}
_WORDS = {
    "rate": "rate",
    "low": "lower end of the interval",
    "high": "upper end of the interval",
    "n_speakers": "number of speakers",
    "n_utterances": "number of utterances",
    "n_words": "number of words",
    "floor_bound": "bound",
    "verdict": "verdict",
    "ratio": "ratio",
    "group": "which group it is",
    "text": "its sentence",
    "reason": "reason",
    "supported": "whether it is carried",
    "family": "whether it was planned",
    "recorded": "numbers of the time",
}
_FACTS = {
    "evidence.build": "The build",
    "evidence.evaluation": "The evaluation",
    "evidence.system": "The system",
    "evidence.notice": "The notice about synthetic voices",
    "evidence.plan": "The plan",
    "evidence.settings": "The settings",
    "evidence.metric": "The metric",
    "evidence.normalizer": "The normaliser",
    "evidence.normalisers": "Rates under other normalisers",
    "evidence.inputs": "The files the build was read from",
    "evidence.attributes": "The attributes",
    "evidence.doctor": "What the doctor found",
    "evidence.looked_at": "How much was tried",
    "evidence.findings": "The findings",
    "evidence.groupings": "The tables of groups",
    "evidence.grid": "The heatmap",
    "evidence.overall": "All recordings",
    "evidence.counts": "How much was recorded",
    "evidence.keywords": "The keywords",
    "evidence.selection": "Which recordings",
    "evidence.about": "What the owner said of the data",
    "claims": "The claims",
    "missing": "What is missing",
    "sign_off": "The sign-off",
    "template": "The outline",
}
_OTHER = "Something no card holds"


def place_words(found: Verification, path: str) -> str:
    """What stands at a path: "Scottish (accent): rate"; a part that no card has is called so."""
    row, part = _ROW.match(path), _PART.match(path)
    if row is not None:
        tables = found.card.evidence["groupings"]
        table = found.card.evidence.get("grid") if row[2] is None else _at(tables, int(row[2]))
        rows = table.get("rows") if isinstance(table, Mapping) else None
        return _with_last(_group(_at(rows, int(row[3]))), row[4])
    if part is not None:
        return _with_last(f"{_OF_PARTS[part[1]]} {int(part[2]) + 1}", part[3])
    steps = _STEP.findall(path)
    start = ".".join(steps[: 2 if steps[:1] == ["evidence"] else 1])
    return _with_last(_FACTS.get(start, _OTHER), path[len(start) :])


def _group(row: Any) -> str:
    """The labels of a group with what they are of."""
    group = row.get("group") if isinstance(row, Mapping) else None
    if not isinstance(group, Mapping) or not group:
        return "A group"
    return ", ".join(f"{value or 'not stated'} ({name})" for name, value in group.items())


def _at(found: Any, place: int) -> Any:
    return found[place] if isinstance(found, list) and place < len(found) else None


def _with_last(what: str, rest: str) -> str:
    """With the last step of the path that has a word."""
    known = [_WORDS[step] for step in _STEP.findall(rest) if step in _WORDS]
    return f"{what}: {known[-1]}" if known else what
