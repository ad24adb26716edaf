"""Cards of a made-up evaluation, and every way of changing one that a reader has to be told of."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis.plan import Plan
from analysis.selection import OneOf
from dashboard.answers.findings import add_finding, add_subgroup_finding
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.subgroup import SubgroupQuestion
from data.looked_at import SUBGROUP, record_look
from data.plans import set_plan
from data.searches import record_search
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

Plain = dict[str, Any]
NAME, SYSTEM = "made-up", "hypothesis"
SEARCH: Plain = {
    "question": "combination", "baseline": None, "attributes": ["accent", "noise"], "depth": 2, "min_speakers": 10,
    "searched": 40, "tested": 12, "listed": 2, "result": "confirmed", "in_both_halves": False, "seed": 0,
    "stratified_by": None, "discovery_speakers": 20, "confirmation_speakers": 20, "sha256": None,
    "found": {"ratio": 1.4, "low": 1.1, "high": None, "n_speakers": 11, "q": 0.01},
    "confirm": {"ratio": 1.3, "low": 1.1, "high": None, "p_holm": 0.01, "n_speakers": 9, "rate": 0.3, "rest_rate": None},
    "explained_by": None,
}  # fmt: skip
"""A search as a finding keeps it."""


def evaluation_with_a_history(home: Path) -> Build:
    """A list of keywords; a plan, two findings, a search and a look are on record."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "keywords.txt").write_text("alpha\nbravo charlie\n", encoding="utf-8")
    build = made_up_build(home, made_up_frame(7, n_speakers=40), keywords=home / "keywords.txt")
    set_plan(home, NAME, Plan((("accent",), ("accent", "noise")), margin_ratio=1.3))
    build = open_build(build.path)
    add_finding(
        home, build, RatesQuestion(SYSTEM, ("accent",)), {"accent": "North"}, "look", "me", "More errors"
    )
    add_subgroup_finding(
        home, build, SubgroupQuestion(OneOf("noise", ("babble",)), SYSTEM), note="babble alone"
    )
    record_search(home, NAME, build.info.build, {"depth": 2}, 40, 3, 1)
    record_look(home, NAME, build.info.build, SUBGROUP, "recordings with accent North")
    return open_build(build.path)


def number_paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where every number of a document stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from number_paths(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from number_paths(inner, (*path, place))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def with_value(document: Plain, path: tuple[str | int, ...], value: Any) -> bytes:
    """The document with another value at one place."""
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return as_bytes(changed)


def as_bytes(document: Plain) -> bytes:
    return json.dumps(document).encode()


def written(path: tuple[str | int, ...]) -> str:
    """A path as a verification writes it."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _swap_groups(card: Plain) -> None:
    rows = card["evidence"]["groupings"][0]["rows"]
    rows[0]["group"], rows[1]["group"] = rows[1]["group"], rows[0]["group"]


def _change_sentence(card: Plain) -> None:
    text = next(claim["text"] for claim in card["claims"] if claim["supported"])
    count = next(token for token in text if isinstance(token, dict) and "count" in token)
    count["count"] += 5


def _edit_words(card: Plain) -> None:
    text = card["claims"][0]["text"]
    place = next(n for n, token in enumerate(text) if isinstance(token, str))
    text[place] = " has no errors over "


def _support_refused(card: Plain) -> None:
    claim = next(claim for claim in card["claims"] if not claim["supported"])
    claim["supported"], claim["reason"] = True, None


def _verdict(card: Plain) -> None:
    versus = card["evidence"]["groupings"][0]["rows"][0]["versus"]
    versus["verdict"] = "within" if versus["verdict"] != "within" else "better"


def _drop(path: tuple[str | int, ...]) -> Callable[[Plain], None]:
    def change(card: Plain) -> None:
        del at(card, path[:-1])[path[-1]]

    return change


def _set(path: tuple[str | int, ...], value: Any) -> Callable[[Plain], None]:
    def change(card: Plain) -> None:
        at(card, path[:-1])[path[-1]] = value

    return change


def _less_tried(card: Plain) -> None:
    card["evidence"]["looked_at"] |= {"searches": 0, "tested": 0, "found": 0, "confirmed": 0}


def _swap_intervals(card: Plain) -> None:
    one, two = (card["evidence"]["groupings"][0]["rows"][place] for place in (0, 1))
    for end in ("low", "high"):
        one[end], two[end] = two[end], one[end]


def _repeat(path: tuple[str | int, ...]) -> Callable[[Plain], None]:
    def change(card: Plain) -> None:
        found = at(card, path)
        found.append(copy.deepcopy(found[0]))

    return change


def _reverse(path: tuple[str | int, ...]) -> Callable[[Plain], None]:
    def change(card: Plain) -> None:
        at(card, path).reverse()

    return change


def _planned(card: Plain) -> None:
    versus = card["evidence"]["groupings"][0]["rows"][0]["versus"]
    versus["family"] = "planned" if versus["family"] != "planned" else "exploratory"


_ROW = ("evidence", "groupings", 0, "rows", 0)
TAMPERINGS: dict[str, tuple[Callable[[Plain], None], str]] = {
    "a digit of a rate": (
        _set(("evidence", "groupings", 0, "rows", 0, "rate"), 0.1234),
        "evidence.groupings[0].rows[0].rate",
    ),
    "an interval made narrower": (_set(("evidence", "overall", "high"), 0.3), "evidence.overall.high"),
    "two groups swapped": (_swap_groups, "evidence.groupings[0].rows[0].group"),
    "a group taken out": (_drop(("evidence", "groupings", 0, "rows", 0)), "evidence.groupings[0].rows"),
    "a whole table taken out": (_drop(("evidence", "groupings", 1)), "evidence.groupings"),
    "the heatmap taken out": (_set(("evidence", "grid"), None), "evidence.grid"),
    "a verdict": (_verdict, "evidence.groupings[0].rows[0].versus.verdict"),
    "another margin": (_set(("evidence", "settings", "margin_ratio"), 2.0), "evidence.settings.margin_ratio"),
    "another declared margin": (
        _set(("evidence", "plan", "declared", "margin", "ratio"), 2.0),
        "evidence.plan.declared.margin.ratio",
    ),
    "the plan taken out": (_set(("evidence", "plan"), None), "evidence.groupings[0].rows[0].versus.family"),
    "a plan set before results": (
        _set(("evidence", "plan", "set"), "2020-01-01T00:00:00Z"),
        "evidence.plan.set",
    ),
    "another build": (_set(("evidence", "build"), "ffffffffffff"), "evidence.build"),
    "another normaliser": (_set(("evidence", "normalizer", "id"), "none"), "evidence.normalizer.id"),
    "another input": (_set(("evidence", "inputs", 0, "sha256"), "0" * 64), "evidence.inputs[0].sha256"),
    "labels by the speakers themselves": (
        _set(("evidence", "attributes", 0, "label_source"), "self"),
        "evidence.attributes[0].label_source",
    ),
    "a number in a sentence": (_change_sentence, "claims["),
    "the words of a claim": (_edit_words, "claims[0].text"),
    "a refused claim supported": (_support_refused, "claims["),
    "a claim taken out": (_drop(("claims", 0)), "claims"),
    "what is missing hidden": (_set(("missing",), {}), "missing"),
    "a finding's numbers": (
        _set(("evidence", "findings", 0, "row", "rate"), 0.01),
        "evidence.findings[0].row.rate",
    ),
    "a finding's numbers of then": (
        _set(("evidence", "findings", 0, "recorded", "rate"), 0.01),
        "evidence.findings[0].recorded.rate",
    ),
    "a finding taken out": (_drop(("evidence", "findings", 1)), "evidence.findings"),
    "searches hidden": (_less_tried, "evidence.looked_at.searches"),
    "fewer subgroups looked at": (
        _set(("evidence", "looked_at", "subgroups"), 0),
        "evidence.looked_at.subgroups",
    ),
    "the log taken out": (_set(("evidence", "looked_at"), None), "evidence.looked_at"),
    "the keywords taken out": (_drop(("evidence", "keywords")), "evidence.keywords"),
    "the keywords denied": (_set(("evidence", "keywords"), None), "evidence.keywords"),
    "a doctor's finding hidden": (_set(("evidence", "doctor"), []), "evidence.doctor"),
    "real voices made synthetic or the reverse": (
        _set(("evidence", "notice"), "Synthetic"),
        "evidence.notice",
    ),
    "another level": (_set(("evidence", "level"), 0.8), "evidence.overall.low"),
    "another metric": (_set(("evidence", "metric", "id"), "deletion-rate"), "evidence.overall.rate"),
    "intervals of two groups swapped": (_swap_intervals, "evidence.groupings[0].rows[0].low"),
    "a group told twice": (_repeat(("evidence", "groupings", 0, "rows")), "evidence.groupings[0].rows"),
    "a table told twice": (_repeat(("evidence", "groupings")), "evidence.groupings"),
    "tables in another order": (_reverse(("evidence", "groupings")), "evidence.groupings[0]"),
    "more speakers": (_set((*_ROW, "n_speakers"), 999), "evidence.groupings[0].rows[0].n_speakers"),
    "a number as a text": (_set((*_ROW, "rate"), "0.1"), "evidence.groupings[0].rows[0].rate"),
    "planned or not": (_planned, "evidence.groupings[0].rows[0].versus.family"),
    "people made conditions": (
        _set(("evidence", "groupings", 0, "is_about_people"), False),
        "evidence.groupings[0].is_about_people",
    ),
    "rates of characters": (_set(("evidence", "metric", "unit"), "character"), "evidence.metric.unit"),
    "other recordings": (
        _set(("evidence", "selection", "sentence"), "recordings with accent North"),
        "evidence.selection.sentence",
    ),
    "other conditions of recordings": (
        _set(("evidence", "selection", "conditions"), {"version": 1, "selection": {"kind": "none"}}),
        "evidence.selection.conditions",
    ),
    "a sign-off": (_set(("sign_off",), {"state": "refused", "reason": "Synthetic"}), "sign_off.state"),
    "a key that no card has": (_set(("endorsement",), "by an authority"), "endorsement"),
    "a fact that no card has": (_set(("evidence", "endorsement"), "by an authority"), "evidence.endorsement"),
    "sections of one's own": (_set(("sections",), [{"title": "No gaps"}]), "sections"),
    "another program": (_set(("evidence", "generator", "name"), "approved"), "evidence.generator.name"),
    "shown to the public as it is": (_set(("evidence", "audience"), "public"), "evidence."),
}
"""A change, and where at least one difference must be found (how its path begins)."""
