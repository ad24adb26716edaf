"""Every page, in every state of an evaluation: what may not be said, and what "can't tell yet" has to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.judgement import UNDECIDED
from analysis.settings import Settings
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.wording_sentences import undecided_note
from data.home import find_build
from data.store import open_build
from tests.pages.conftest import texts
from tests.test_house import NOT_TO_BE_SAID

PAGES = sorted(
    path.stem for path in (Path(__file__).resolve().parents[2] / "dashboard" / "app_pages").glob("*.py")
    if path.stem != "__init__"
)  # fmt: skip
pytestmark = pytest.mark.pages


def everything(app: AppTest) -> Iterator[str]:
    """Every element as it is sent to the browser: labels, help, pictures and tables included."""
    waiting: list[Any] = list(app._tree.children.values())
    while waiting:
        node = waiting.pop()
        waiting += list(getattr(node, "children", {}).values())
        if (proto := getattr(node, "proto", None)) is not None:
            yield str(proto)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("home", ["full", "no-conditions", "guessed"])
def test_no_page_says_what_may_not_be_said(open_page: Callable[..., AppTest], page: str, home: str) -> None:
    said = list(everything(open_page(page, home)))
    assert said
    assert [found.group() for text in said for found in NOT_TO_BE_SAID.finditer(text)] == []


@pytest.mark.parametrize("page", ["overview", "heatmap", "subgroup", "card", "trust"])
def test_no_page_for_the_public_says_it_either(open_page: Callable[..., AppTest], page: str) -> None:
    said = list(everything(open_page(page, audience="public")))
    assert said
    assert [found.group() for text in said for found in NOT_TO_BE_SAID.finditer(text)] == []


@pytest.mark.parametrize(
    ("by", "settings"),
    [
        (("accent",), Settings(min_speakers=40)),
        (("accent", "noise"), Settings(min_speakers=40)),
        (("accent", "noise", "device"), Settings(margin_ratio=1.02)),
    ],
)
def test_whatever_cannot_be_told_yet_says_why_and_what_it_would_take(
    homes: Path, by: tuple[str, ...], settings: Settings
) -> None:
    build = open_build(find_build(homes / "full", "full"))
    table = rates(build, RatesQuestion("Alpha", by, settings=settings)).table
    undecided = np.flatnonzero(table.judgement.verdict == UNDECIDED).tolist()
    assert undecided
    for i in undecided:
        note = undecided_note(table, i, synthetic=True)
        needed = table.judgement.speakers_needed[i]
        assert note
        if np.isfinite(needed) and needed > table.statistics.n_speakers[i] > 0:
            assert "would show a ratio of" in note


def test_the_overview_gives_the_range_beside_chance_and_three_overall_rates(
    open_page: Callable[..., AppTest],
) -> None:
    lines = texts(open_page("overview")).split("\n")
    captions = [line.removeprefix(":small[").replace("**", "") for line in lines]
    [apart] = [one for one in captions if one.startswith("Range between groups")]
    assert "would be expected if all 4 were equal" in apart
    [mixes] = [one for one in captions if one.startswith("Overall under other mixes")]
    assert "every accent equal" in mixes
    assert "as planned: not known, because no plan says" in mixes
    assert "48 voices" in mixes
