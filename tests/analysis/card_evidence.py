"""Evidence of cards, made up by hand: any verdicts, any bounds, any labels, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.card.evidence import Evidence
from analysis.settings import DEFAULTS

NO_VERSUS: dict[str, Any] = {
    "comparator": "complement",
    "share_present": None,
    "ratio": None,
    "low": None,
    "high": None,
    "difference": None,
    "difference_low": None,
    "difference_high": None,
    "p": None,
    "p_adjusted": None,
    "family": "exploratory",
    "family_size": 0,
    "verdict": "undecided",
    "detectable_ratio": None,
    "speakers_needed": None,
    "reason": "this is everything that was selected",
}
EXAMPLES: dict[str, tuple[float, float, float, float]] = {
    "worse": (1.4, 1.2, 1.6, 0.001),
    "slightly worse": (1.1, 1.02, 1.19, 0.01),
    "within": (1.0, 0.9, 1.1, 0.9),
    "better": (0.7, 0.6, 0.75, 0.001),
    "undecided": (1.2, 0.9, 1.5, 0.4),
}
"""Ratio, interval and adjusted p that go with a verdict."""


def made_row(
    group: Mapping[str, str | None], verdict: str = "within", rate: float | None = 0.2, **changes: Any
) -> dict[str, Any]:
    """A row with numbers that fit its verdict; `changes` replaces keys of the row."""
    ratio, low, high, p = EXAMPLES[verdict]
    versus = {
        **NO_VERSUS,
        "ratio": ratio,
        "low": low,
        "high": high,
        "difference": 0.2 * (ratio - 1),
        "difference_low": 0.2 * (low - 1),
        "difference_high": 0.2 * (high - 1),
        "p": p / 2,
        "p_adjusted": p,
        "family_size": 3,
        "verdict": verdict,
        "detectable_ratio": 1.45,
        "speakers_needed": 90 if verdict == "undecided" else None,
        "reason": "could only have seen a ratio of 1.45× or more" if verdict == "undecided" else None,
    }
    known = rate is not None
    row = {
        "group": dict(group),
        "rate": rate,
        "low": rate * 0.9 if known else None,
        "high": rate * 1.1 if known else None,
        "method": "log-jackknife" if known else "none",
        "n_speakers": 20 if known else 0,
        "effective_speakers": 19.5 if known else 0.0,
        "n_utterances": 200 if known else 0,
        "n_words": 2000 if known else 0,
        "errors": round(2000 * rate) if known else 0,
        "substitutions": 200 if known else 0,
        "deletions": 100 if known else 0,
        "insertions": 100 if known else 0,
        "empty_outputs": 1 if known else 0,
        "shrunk": rate,
        "status": "shown" if known else "empty",
        "reason": None if known else "nobody was recorded",
        "versus": versus,
        "floor_bound": rate * 1.12 if known else None,
    }
    if not known:
        versus |= {
            "ratio": None,
            "low": None,
            "high": None,
            "p": None,
            "p_adjusted": None,
            "reason": "nobody was recorded",
        }
    return {**row, **changes, "versus": {**versus, **changes.get("versus", {})}}


def made_grouping(
    by: Sequence[str], rows: Sequence[dict[str, Any]], about_people: bool = True, source: str = "self"
) -> dict[str, Any]:
    mixed = len(by) > 1 and about_people
    return {
        "by": list(by),
        "comparator": "peers" if mixed else "complement",
        "correction": "holm",
        "family_size": len(rows),
        "design_effect": 2.0,
        "rows": list(rows),
        "label_sources": dict.fromkeys(by, source),
        "is_about_people": about_people,
    }


def made_attribute(
    name: str, levels: Sequence[str], role: str = "speaker", source: str = "self"
) -> dict[str, Any]:
    return {
        "name": name,
        "role": role,
        "kind": "category",
        "levels": list(levels),
        "has_missing": False,
        "label_source": source,
        "bin_edges": [],
    }


def made_evidence(**changes: Any) -> Evidence:
    """Three accents, two noises and their grid; keywords replace whole fields."""
    accents = [
        made_row({"accent": "North"}, "within"),
        made_row({"accent": "South"}, "worse", 0.3),
        made_row(
            {"accent": None},
            "undecided",
            0.25,
            versus={"p_adjusted": None, "reason": "not stated is shown but is not a group"},
        ),
    ]
    noises = [made_row({"noise": "quiet"}, "better", 0.15), made_row({"noise": "babble"}, "worse", 0.35)]
    few = {"status": "few speakers", "n_speakers": 4, "reason": "fewer than 10 speakers"}
    cells = [
        made_row({"accent": "North", "noise": "quiet"}, "within", 0.1),
        made_row({"accent": "North", "noise": "babble"}, "undecided", 0.3),
        made_row(
            {"accent": "South", "noise": "quiet"},
            "undecided",
            0.2,
            **few,
            versus={"p_adjusted": None, "reason": "fewer than 10 speakers"},
        ),
        made_row({"accent": "South", "noise": "babble"}, "undecided", None),
    ]
    plain: dict[str, Any] = {
        "evaluation": "made-up",
        "build": "0123456789ab",
        "audience": "internal",
        "system": "System A",
        "about": {"speech_style": "read sentences", "purpose": "a test"},
        "system_about": {"version": "1.0"},
        "notice": None,
        "metric": {
            "id": "wer",
            "label": "Word error rate",
            "unit": "reference word",
            "sentence": "Substitutions, deletions and insertions for every word spoken.",
            "bounded": False,
        },
        "normalizer": {"id": "basic", "version": "1", "sha256": "ab" * 32, "description": "lower case"},
        "aligner": {"id": "levenshtein", "version": "1", "tie_rule": "as in jiwer"},
        "settings": DEFAULTS.to_json(),
        "level": 0.95,
        "cluster_unit": "speaker",
        "counts": {"utterances": 600, "speakers": 60, "words": 6000, "scored": {"System A": 600}},
        "inputs": [{"name": "in.csv", "sha256": "cd" * 32, "bytes": 12345, "rows": 600}],
        "options": {},
        "not_attributes": {},
        "attributes": [
            made_attribute("accent", ["North", "South"]),
            made_attribute("noise", ["quiet", "babble"], "condition", "unknown"),
        ],
        "selection": {
            "sentence": "all recordings",
            "conditions": {"version": 1, "selection": {"kind": "everything"}},
        },
        "overall": made_row({}, "undecided", 0.25, versus=NO_VERSUS),
        "groupings": [made_grouping(["accent"], accents), made_grouping(["noise"], noises, False, "unknown")],
        "grid": made_grouping(["accent", "noise"], cells),
        "findings": [],
        "generator": {"name": "fairhearing", "version": "0.1.0"},
    }
    return Evidence.from_json({**plain, **changes})
