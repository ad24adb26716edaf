"""On the bundled evaluation the search names what plain pivot tables show, and says what it cannot judge.

The pivot tables are pandas' own, of errors counted by rapidfuzz from the source file; nothing in them comes from the
product.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz.distance import Levenshtein

from dashboard.answers.slices import SlicesAnswer, slices
from dashboard.answers.slices_rows import SlicesQuestion
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build

SOURCE = Path(__file__).resolve().parents[2] / "data" / "samples" / "speech.parquet"
SYSTEM = "System A"
ATTRIBUTES = ("accent", "noise", "device", "snr_db")
ROLES = {"accent": "speaker", "noise": "condition", "device": "condition", "snr_db": "condition"}
Where = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """The file with errors and words of each recording."""
    frame = pd.read_parquet(SOURCE).astype({"snr_db": str})
    texts = zip(frame["reference"].str.split(), frame[f"hypothesis_{SYSTEM}"].str.split(), strict=True)
    frame["errors"] = [Levenshtein.distance(reference, hypothesis) for reference, hypothesis in texts]
    return frame.assign(words=frame["reference"].str.split().str.len())


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture(scope="module")
def build(table: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Build:
    home = tmp_path_factory.mktemp("bundled")
    source = home / "speech.csv"
    columns = ["utterance_id", "speaker_id", *ATTRIBUTES, "reference"]
    frame = table[[*columns, f"hypothesis_{SYSTEM}"]]
    frame.rename(columns={f"hypothesis_{SYSTEM}": "hypothesis"}).to_csv(source, index=False)
    return open_build(ingest(IngestOptions("bundled", (source,), roles=ROLES), home).path)


@pytest.fixture(scope="module")
def answer(build: Build) -> SlicesAnswer:
    """A search that is told nothing of what to expect."""
    return slices(build, SlicesQuestion(attributes=("accent", "noise", "device")), quiet)


def pivot(table: pd.DataFrame, by: tuple[str, ...], beside: tuple[str, ...]) -> pd.Series:
    """Rate of each combination over that of all other recordings which share `beside` with it."""
    own = table.groupby(list(by))[["errors", "words"]].sum()
    if beside:
        pool = table.groupby(list(beside))[["errors", "words"]].sum()
        pool = pool.loc[own.index.get_level_values(beside[0])].set_axis(own.index)
    else:
        pool = pd.DataFrame({key: table[key].sum() for key in ("errors", "words")}, index=own.index)
    rest = pool - own
    return (own["errors"] / own["words"]) / (rest["errors"] / rest["words"])


def worst(ratios: pd.Series) -> Where:
    names = [str(name) for name in ratios.index.names]
    values = ratios.idxmax()
    return frozenset(zip(names, values if isinstance(values, tuple) else (values,), strict=True))


def confirmed(answer: SlicesAnswer) -> dict[Where, float]:
    return {
        frozenset(one.where): one.estimate.ratio for one in answer.found if one.test and one.test.confirmed
    }


@pytest.mark.parametrize(
    ("by", "beside"),
    [
        (("noise",), ()),
        (("device",), ()),
        (("accent",), ()),
        (("noise", "device"), ()),
        (("accent", "device"), ("device",)),
    ],
)
def test_the_worst_cell_of_each_pivot_table_is_named_and_confirmed(
    answer: SlicesAnswer, table: pd.DataFrame, by: tuple[str, ...], beside: tuple[str, ...]
) -> None:
    assert worst(pivot(table, by, beside)) in confirmed(answer)


def test_a_worst_cell_that_is_not_named_is_part_of_one_that_is(
    answer: SlicesAnswer, table: pd.DataFrame
) -> None:
    cell = worst(pivot(table, ("accent", "noise"), ("noise",)))
    assert any(named <= cell for named in confirmed(answer))


def test_the_numbers_are_those_of_the_pivot_table(answer: SlicesAnswer, table: pd.DataFrame) -> None:
    assert answer.split is not None
    assert answer.split.n_confirmation == table["speaker_id"].nunique() // 2
    for one in answer.found:
        assert one.test is not None
        inside = table
        for name, value in one.where:
            inside = inside[inside[name] == value]
        both = one.estimate.errors + one.test.estimate.errors
        assert both == inside["errors"].sum()
        assert one.estimate.n_words + one.test.estimate.n_words == inside["words"].sum()


def test_what_nobody_recorded_is_listed_as_not_judged(table: pd.DataFrame, build: Build) -> None:
    names = ("noise", "snr_db")
    answer = slices(build, SlicesQuestion(attributes=names), quiet)
    few = {
        frozenset(zip(names, values, strict=True))
        for values in itertools.product(*(sorted(table[name].unique()) for name in names))
        if table[(table["noise"] == values[0]) & (table["snr_db"] == values[1])]["speaker_id"].nunique() < 20
    }
    assert len(few) == 6
    assert {frozenset(one) for one in answer.cannot_judge} == few
