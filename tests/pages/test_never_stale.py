"""Evaluation, build, system, current system, metric, audience, selection and tab change in every order, by boxes, links and "back".

No number is of another state.

After every change the page is held against two others that know nothing of the way there: the same link opened by
a colleague with no answer kept, and the answers worked out anew for the state that the reader asked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import ACCENTS, DEVICES, NOISES
from tests.pages.made_up import make_evaluation
from tests.pages.reader import CHANGES, PAGES, WAYS, Reader

pytestmark = pytest.mark.pages
WITHOUT, WITH = WAYS[1:]
# A page, and how it is reached or what is done there; "" is the navigation, "back" leads wherever it does.
LENDING = (
    ("versions", ""),
    ("overview", ""),
    ("overview", WITHOUT),
    ("overview", "back"),
    ("versions", "back"),
    ("overview", ""),
    ("versions", ""),
    ("overview", WITHOUT),
    ("overview", "system"),
    ("versions", ""),
    ("versions", WITH),
    ("overview", ""),
    ("versions", "back"),
    ("versions", "back"),
    ("versions", "evaluation"),
    ("overview", ""),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two evaluations with the same names of everything, and two builds of the first."""
    folder = tmp_path_factory.mktemp("never-stale")
    for name, more in (("first", {"device": DEVICES}), ("first", {}), ("second", {"device": ("tablet",)})):
        make_evaluation(folder, name, {"accent": ACCENTS}, {"noise": NOISES, **more}, show_text=True)
    return folder


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 30))])
def test_no_change_in_any_order_leaves_a_number_behind(
    home: Path, page: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    reader = Reader(home, (page,), seed)
    trail = reader.drawn.sample([*CHANGES, *WAYS], len(CHANGES) + len(WAYS))
    trail += ["back", *reader.drawn.sample([*CHANGES[2:], *WAYS], 2)]
    for i, what in enumerate(trail):
        reader.change(what)
        reader.check((page, trail[: i + 1], reader.state))


def test_a_comparison_that_a_page_lent_is_nobodys_choice(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    reader = Reader(home, PAGES, 1)
    reader.change("system")
    for i, (page, what) in enumerate(LENDING):
        reader.pages = (page,)
        if what:
            reader.change(what)
        else:
            reader.go(page)
        reader.check((LENDING[: i + 1], reader.state))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 30))
def test_a_comparison_that_a_page_lent_is_nobodys_choice_in_any_order(
    home: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    reader = Reader(home, ("overview", "versions"), seed)
    reader.change("system")
    trail: list[str] = []
    for _ in range(12):
        what = reader.drawn.choice(
            ["overview", "versions", "versions", "evaluation", "current", *WAYS, "back"]
        )
        trail.append(what)
        (reader.go if what in PAGES else reader.change)(what)
        reader.check((trail, reader.state))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 30))])
def test_what_was_asked_for_goes_from_page_to_page(
    home: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    reader = Reader(home, PAGES, seed)
    trail = []
    for _ in range(12):
        page, what = reader.drawn.choice(PAGES), reader.drawn.choice([*CHANGES, *WAYS, *WAYS])
        trail.append((page, what))
        reader.go(page)
        reader.change(what)
        reader.check((trail, reader.state))
