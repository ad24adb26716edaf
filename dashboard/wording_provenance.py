"""What a build was made of, in words: facts, options, the part that each file plays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from analysis.card.phrases import LABEL_SOURCES
from dashboard.wording import attribute_name, listed, number, of_count, people
from dashboard.wording_scoring import scoring_sentences
from data.store import EvaluationInfo

MADE_OF, MADE_OF_NOTHING = (
    "**Made of**, with the SHA-256 of each file",
    "What it was made of is not known.",
)
ROLES = {
    "speaker": "about the speaker",
    "condition": "about the conditions",
    "content": "about the content",
}
NORMALIZER_BOX = "What counts as the same word"
_NAMES = {
    "format": "format",
    "map": "columns",
    "map_systems": "columns of systems",
    "attributes": "attributes",
    "roles": "what attributes are about",
    "label_sources": "labels",
    "bins": "bins",
    "orders": "orders",
    "missing": "not stated",
    "null_hypothesis": "empty output",
    "allow_missing": "recordings without output are unscored",
    "cluster": "sampling unit",
    "missing_speaker": "recordings without speaker",
    "show_text": "texts are shown",
    "show_audio": "clips are played",
}


def facts_of_build(info: EvaluationInfo) -> list[tuple[str, str]]:
    """What tells this build from others."""
    normalizer, aligner, counts = info.normalizer, info.aligner, info.counts
    n_speakers = int(counts["speakers"])
    is_people = info.cluster_unit == "speaker"
    unit = people(info.synthetic, n_speakers) if is_people else f"values of {info.cluster_unit}"
    facts = [
        ("Build", info.build),
        ("Made", info.created.replace("T", " ").replace("Z", " UTC") or "at a time that is not known"),
        (
            "Holds",
            f"{of_count(counts['utterances'], 'utterances')} of {number(counts['speakers'])} {unit}, {of_count(counts['words'], info.unit + 's')}",
        ),
        ("Systems", ", ".join(info.systems)),
        ("Normaliser", f"{normalizer['id']} {normalizer['version']}: {normalizer['description']}"),
        ("Aligner", f"{aligner['id']} {aligner['version']}: {aligner['tie_rule']}"),
    ]
    if normalizer["sha256"]:
        facts.insert(5, ("Fingerprint of the normaliser (SHA-256)", str(normalizer["sha256"])))
    facts += [("Comparison of texts", _on_pages(sentence)) for sentence in scoring_sentences(info)]
    if info.note:
        facts.append(("Remark", info.note))
    return facts


def _on_pages(sentence: str) -> str:
    """A sentence of the command line as a page says it."""
    return sentence.replace("--normalizer chooses", f"“{NORMALIZER_BOX}” on the Data page chooses")


def not_attributes_title(n: int) -> str:
    """What opens the list of columns that groups are not made by."""
    return f"Columns that are no attribute, and why ({n:,})"


def part_of_input(system: str | None) -> str:
    """What a file was read for."""
    if system is None:
        return "references"
    return f"outputs of {system}" if system else "attributes"


def file_facts(one: Mapping[str, Any]) -> str:
    """What is known of one file besides its name and hash."""
    rows = of_count(one["rows"], "rows")
    return f"{part_of_input(one['system'])}, {one['format']}, {rows}, {size_text(one['bytes'])}"


def size_text(n_bytes: int) -> str:
    """A file's size: 532 B, 4.1 kB, 12.0 MB."""
    if n_bytes < 1_000:
        return f"{n_bytes} B"
    return f"{n_bytes / 1_000:.1f} kB" if n_bytes < 1_000_000 else f"{n_bytes / 1_000_000:,.1f} MB"


def options_of_build(options: Mapping[str, Any]) -> list[str]:
    """The options that were given, in words; none where all are the usual ones."""
    parts = []
    for name, value in options.items():
        if value in (None, False, "", [], {}, ()):
            continue
        label = _NAMES.get(name, name.replace("_", " "))
        parts.append(label if value is True else f"{label}: {_of_attributes(name, value)}")
    return parts


def _of_attributes(option: str, value: Any) -> str:
    """A value in words; where it is about attributes, they are called as everywhere on the pages."""
    if option == "attributes":
        return ", ".join(map(attribute_name, value))
    phrases = {"roles": ROLES, "label_sources": LABEL_SOURCES}.get(option)
    if phrases is not None:
        together: dict[str, list[str]] = {}
        for name, one in value.items():
            together.setdefault(phrases.get(one, one), []).append(attribute_name(name))
        return "; ".join(f"{listed(names)} {said}" for said, names in together.items())
    if option in ("bins", "orders") and isinstance(value, Mapping):
        return _written({attribute_name(name): one for name, one in value.items()})
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_written(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)


def build_label(info: EvaluationInfo) -> str:
    """One build in a list."""
    made = f", made {info.created[:16].replace('T', ' ')} UTC" if info.created else ""
    return f"Build {info.build}{made}: {info.normalizer['id']}, {of_count(info.counts['utterances'], 'utterances')}"


def delete_question(name: str, n_builds: int) -> str:
    """What goes, and what has to be typed."""
    builds = "its build" if n_builds == 1 else f"its {n_builds} builds"
    return f"This deletes “{name}” with {builds} for good; your own files stay. Type its name to go on."


def deleted_sentence(name: str) -> str:
    """What is gone."""
    return f"“{name}” is deleted."
