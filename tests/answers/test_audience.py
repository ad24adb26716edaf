"""What the public is given: every sum and difference over the documents of one evaluation tells of nobody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.selection import EVERYTHING, AllOf, Between, Not, OneOf, Selection
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import QuestionError
from dashboard.answers.documents import rates_document
from dashboard.answers.grid import GridQuestion, grid
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import COUNT_KEYS
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

MINIMUM = 10
ACCENTS, NOISES = ("Coast", "East", "North", "West"), ("babble", "quiet")


def uneven_frame(seed: int) -> pd.DataFrame:
    """Recordings of accents that few and many speak; not everybody was recorded in every noise."""
    random = np.random.default_rng(seed)
    frame = made_up_frame(seed, n_speakers=70, per_speaker=3)
    accent = {one: random.choice(ACCENTS, p=(0.06, 0.2, 0.5, 0.24)) for one in frame["speaker_id"].unique()}
    frame["accent"] = frame["speaker_id"].map(accent)
    frame["noise"] = np.where(random.random(len(frame)) < random.uniform(0.1, 0.5), *NOISES)
    return frame


def questions() -> list[tuple[tuple[str, ...], Selection, Callable[[pd.DataFrame], Any]]]:
    """Groupings with filters, and the same filters for a table of recordings."""
    filters: list[tuple[Selection, Callable[[pd.DataFrame], Any]]] = [
        (EVERYTHING, lambda f: f["accent"] != "")
    ]
    for name, values in (("accent", ACCENTS), ("noise", NOISES)):
        for size in (1, 2):
            for some in combinations(values, size):
                filters.append((OneOf(name, some), lambda f, n=name, s=some: f[n].isin(s)))
                filters.append((Not(OneOf(name, some)), lambda f, n=name, s=some: ~f[n].isin(s)))
    both = AllOf((OneOf("accent", ("East",)), OneOf("noise", ("quiet",))))
    filters.append((both, lambda f: (f["accent"] == "East") & (f["noise"] == "quiet")))
    filters.append((Not(both), lambda f: ~((f["accent"] == "East") & (f["noise"] == "quiet"))))
    groupings: tuple[tuple[str, ...], ...] = ((), ("accent",), ("noise",), ("accent", "noise"))
    return [(by, where, chosen) for by in groupings for where, chosen in filters]


def published_sets(build: Build, frame: pd.DataFrame, cells: list[tuple[str, str]]) -> list[list[float]]:
    """For every number that some document prints, of which cells it is the sum."""
    known = []
    for by, where, chosen in questions():
        answer = rates(build, RatesQuestion(by=by, where=where, audience=PUBLIC))
        document = rates_document(build.info, answer)
        assert document["audience"] == "public"
        for row in [document["overall"], *document["rows"]]:
            if row["rate"] is None:
                assert all(row[key] in (None, 0) for key in COUNT_KEYS)
                continue
            inside = chosen(frame)
            for name, value in row["group"].items():
                inside = inside & (frame[name] == value)
            recorded = {tuple(one) for one in frame.loc[inside, ["accent", "noise"]].to_numpy().tolist()}
            known.append([float(cell in recorded) for cell in cells])
    return known


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_group_of_few_speakers_follows_from_the_documents_of_an_evaluation(
    tmp_path: Path, seed: int
) -> None:
    frame = uneven_frame(seed)
    build = made_up_build(tmp_path, frame)
    people = frame.groupby(["accent", "noise"])["speaker_id"].agg(frozenset)
    cells = list(people.index)
    known = np.unique(np.array(published_sets(build, frame, cells)), axis=0)
    assert len(known) > 3
    for size in range(1, len(cells) + 1):
        for members in combinations(range(len(cells)), size):
            wanted = np.isin(np.arange(len(cells)), members).astype(float)
            solution, *_ = np.linalg.lstsq(known.T, wanted, rcond=None)
            if np.abs(known.T @ solution - wanted).max() < 1e-7:
                assert len(frozenset().union(*(people.iloc[i] for i in members))) >= MINIMUM


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), uneven_frame(1))


def test_numbers_are_the_exact_ones_rounded_and_verdicts_are_those_of_the_exact_ones(build: Build) -> None:
    question = RatesQuestion(by=("accent",))
    exact = rates_document(build.info, rates(build, question))
    public = rates_document(build.info, rates(build, RatesQuestion(by=("accent",), audience=PUBLIC)))
    shown = [i for i, row in enumerate(public["rows"]) if row["status"] != "suppressed"]
    assert 0 < len(shown) < len(public["rows"])
    for i in shown:
        before, after = exact["rows"][i], public["rows"][i]
        assert after["rate"] == float(f"{before['rate']:.3g}")
        assert after["n_speakers"] == before["n_speakers"] // 5 * 5
        assert after["versus"]["verdict"] == before["versus"]["verdict"]


def test_a_withheld_row_has_no_number_and_says_why(build: Build) -> None:
    rows = rates_document(build.info, rates(build, RatesQuestion(by=("accent",), audience=PUBLIC)))["rows"]
    (coast,) = (row for row in rows if row["group"]["accent"] == "Coast")
    assert coast["status"] == "suppressed"
    assert coast["reason"].startswith("withheld: fewer than 10 speakers")
    numbers = [
        value for part in (coast, coast["versus"]) for value in part.values() if isinstance(value, float)
    ]
    assert numbers == []
    assert coast["versus"]["verdict"] == "undecided"


def test_a_selection_of_a_withheld_group_is_withheld_whole(build: Build) -> None:
    where = OneOf("accent", ("Coast",))
    answer = rates(build, RatesQuestion(where=where, audience=PUBLIC))
    assert rates_document(build.info, answer)["overall"]["status"] == "suppressed"
    table = subgroup(build, SubgroupQuestion(where, audience=PUBLIC)).table
    assert np.isnan(table.statistics.rate).all()
    assert np.isnan(table.judgement.ratio).all()


def test_what_is_left_of_everything_beside_a_withheld_group_is_withheld_too(build: Build) -> None:
    answer = rates(build, RatesQuestion(where=Not(OneOf("accent", ("Coast",))), audience=PUBLIC))
    assert rates_document(build.info, answer)["overall"]["rate"] is None


def test_a_published_subgroup_is_rounded(build: Build) -> None:
    where = OneOf("accent", ("North",))
    exact, public = (
        subgroup(build, SubgroupQuestion(where, audience=audience)).table for audience in ("internal", PUBLIC)
    )
    assert public.statistics.rate[SUBGROUP] == float(f"{exact.statistics.rate[SUBGROUP]:.3g}")
    assert public.judgement.verdict.tolist() == exact.judgement.verdict.tolist()


def test_the_order_of_rows_does_not_tell_the_rates_or_sizes_of_withheld_groups(build: Build) -> None:
    for order in ("size", "rate"):
        arranged = grid(build, GridQuestion("accent", "noise", order=order, audience=PUBLIC))  # type: ignore[arg-type]
        alone = rates(build, RatesQuestion(by=("accent",), audience=PUBLIC)).table
        hidden = [group for i, group in enumerate(ACCENTS) if not np.isfinite(alone.statistics.rate[i])]
        assert list(arranged.rows.groups[-len(hidden) :]) == hidden


def test_rows_in_the_order_of_likeness_are_put_there_by_published_rates_only(build: Build) -> None:
    arranged = grid(build, GridQuestion("accent", "noise", order="alike", audience=PUBLIC))
    published = np.isfinite(arranged.table.statistics.rate[arranged.place[0]]).any(axis=1)
    bare = [str(group) for group, known in zip(arranged.rows.groups, published, strict=True) if not known]
    assert bare
    assert list(arranged.rows.groups[-len(bare) :]) == [accent for accent in ACCENTS if accent in bare]
    assert np.isnan(arranged.table.shrunken[np.isnan(arranged.table.statistics.rate)]).all()


def test_ranges_of_numbers_are_not_selected_for_the_public(tmp_path: Path) -> None:
    frame = uneven_frame(2)
    frame["snr_db"] = np.random.default_rng(0).uniform(0, 30, len(frame)).round(1)
    build = made_up_build(tmp_path, frame)
    with pytest.raises(QuestionError, match="no ranges of numbers"):
        rates(build, RatesQuestion(where=Between("snr_db", 3, 7), audience=PUBLIC))


def test_attributes_with_several_labels_are_not_published(tmp_path: Path) -> None:
    frame = uneven_frame(3)
    frame.loc[::4, "accent"] = "East|North"
    source = tmp_path / "labels.csv"
    frame.to_csv(source, index=False)
    options = IngestOptions("labels", (source,), roles={"accent": "speaker"}, multi={"accent": "|"})
    build = open_build(ingest(options, tmp_path).path)
    with pytest.raises(QuestionError, match="several of its labels"):
        rates(build, RatesQuestion(by=("accent",), audience=PUBLIC))
