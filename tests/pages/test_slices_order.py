"""In which order the slices that were found stand, and which of them lead the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.answers.slices import FoundSlice, SlicesAnswer, slices
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.wording import percent
from dashboard.wording_slices import reported, slice_name
from dashboard.wording_slices_page import surest_sentence
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import find_evaluation, open_build
from tests.pages.conftest import texts
from tests.pages.test_slices import opened, quiet, said, searched

pytestmark = pytest.mark.pages


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Counts of 160 speakers: twice the errors for few of them, A, and half as many more for all of them in babble."""
    folder = tmp_path_factory.mktemp("order")
    rows = [
        f"s{k},{'ABCDEFGH'[k % 8]},{noise},{int(more * (48 if k % 8 == 0 else 24)) + k // 8 % 5},120"
        for k in range(160)
        for noise, more in (("clean", 1), ("babble", 1.5)) * 4
    ]
    source = folder / "counts.csv"
    source.write_text("speaker_id,accent,noise,errors,words\n" + "\n".join(rows), encoding="utf-8")
    roles = {"accent": "speaker", "noise": "condition"}
    ingest(IngestOptions("counts", (source,), roles=roles), folder / "home")
    return folder / "home"


@pytest.fixture(scope="module")
def answer(home: Path) -> SlicesAnswer:
    build = open_build(find_evaluation(home, "counts").path)
    return slices(build, SlicesQuestion(build.info.systems[0]), quiet)


@pytest.mark.parametrize("order", ["surest", "ratio", "errors"])
def test_the_list_stands_in_the_order_that_the_address_names(
    home: Path, answer: SlicesAnswer, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    def size(one: FoundSlice) -> float:
        return {"ratio": reported(one).ratio, "errors": reported(one).excess_errors}.get(order, 0.0)

    assert len(answer.found) > 1
    assert all(one.test is not None and one.test.confirmed for one in answer.found)
    app = searched(opened(home, monkeypatch, sorted=order))
    [table] = [text for text in said(app).split("</table>") if "Slices that were found" in text]
    expected = [slice_name(one) for one in sorted(answer.found, key=size, reverse=True)]
    places = [table.index(f">{name}</th>") for name in expected]
    assert places == sorted(places)


def test_ratio_and_excess_errors_are_orders_of_their_own(answer: SlicesAnswer) -> None:
    by_ratio = max(answer.found, key=lambda one: reported(one).ratio)
    by_errors = max(answer.found, key=lambda one: reported(one).excess_errors)
    assert slice_name(by_ratio) != slice_name(by_errors)


def test_the_surest_confirmed_stand_under_the_headline_and_in_the_text_to_copy(
    home: Path, answer: SlicesAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = next(one for one in answer.found if one.names_speakers)
    others = next(one for one in answer.found if not one.names_speakers)
    sentence = surest_sentence(answer, synthetic=False)
    for words, one in (("that name speakers", named), ("about conditions or content alone", others)):
        assert f"{words}: {slice_name(one)}, {percent(reported(one).rate)} against" in sentence
    app = searched(opened(home, monkeypatch))
    assert sentence in texts(app).replace("\\", "")
    assert any(sentence in code.value for code in app.code)
