"""What a filter can get out of the public: nothing that the same table without it withholds, in rows or in comparisons."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.rates import NOBODY, SUPPRESSED
from analysis.selection import EVERYTHING, AllOf, AnyOf, Everything, Not, OneOf, Selection
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.documents import rates_document
from dashboard.answers.grid import GridQuestion, grid
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import COUNT_KEYS, rate_rows
from dashboard.answers.saved import save_subgroup
from dashboard.answers.saved_rates import saved_rates, saved_rates_document
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

MINIMUM = 10
GROUPS = {"accent": ("Coast", "East", "North", "West"), "noise": ("babble", "quiet")}
GROUPINGS = (("accent",), ("noise",), ("accent", "noise"))
COAST, QUIET = OneOf("accent", ("Coast",)), OneOf("noise", ("quiet",))
SEEDS = (1, 2, 3)
NOTHING = {"rate", "low", "high", "speaker_mean", "utterance_mean", "shrunk", *COUNT_KEYS}
_HOME = TemporaryDirectory()


@cache
def made(seed: int) -> pd.DataFrame:
    """Recordings of accents that few and many speak; not everybody was recorded in every noise."""
    random = np.random.default_rng(seed)
    frame = made_up_frame(seed, n_speakers=70, per_speaker=3)
    speakers = frame["speaker_id"].unique()
    accent = dict(
        zip(speakers, random.choice(GROUPS["accent"], len(speakers), p=(0.06, 0.2, 0.5, 0.24)), strict=True)
    )
    noise = np.where(random.random(len(frame)) < random.uniform(0.1, 0.5), *GROUPS["noise"])
    return frame.assign(accent=frame["speaker_id"].map(accent), noise=noise)


@cache
def evaluation(seed: int) -> Build:
    return made_up_build(Path(_HOME.name) / str(seed), made(seed))


def comparators(by: tuple[str, ...]) -> list[str | None]:
    """Every kind that a grouping can be compared by, each of its groups as the named one."""
    named = [f"{name}={group}" for name in by for group in GROUPS[name]]
    return [None, "complement", "overall", *(["peers"] if "accent" in by else []), *named]


@st.composite
def filters(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> Selection:
    """Selections that speak of some attributes and of nothing else."""
    if depth and draw(st.booleans()):
        parts = tuple(draw(st.lists(filters(names, depth=depth - 1), min_size=1, max_size=3)))
        joined: tuple[Selection, ...] = (AllOf(parts), AnyOf(parts), Not(parts[0]))
        return draw(st.sampled_from(joined))
    name = draw(st.sampled_from(names))
    return OneOf(
        name, tuple(draw(st.lists(st.sampled_from(GROUPS[name]), min_size=1, max_size=3, unique=True)))
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[int, tuple[str, ...], str | None, Selection, Selection]:
    """An evaluation, a grouping with its comparator, what it is judged within, and the same with groups hidden."""
    by = draw(st.sampled_from(GROUPINGS))
    free = tuple(sorted(set(GROUPS) - set(by)))
    within = draw(st.one_of(st.just(EVERYTHING), filters(free, depth=1))) if free else EVERYTHING
    own = draw(filters(by))
    where = own if within == EVERYTHING else AllOf((own, within))
    return draw(st.sampled_from(SEEDS)), by, draw(st.sampled_from(comparators(by))), within, where


@cache
def table_of(
    seed: int, by: tuple[str, ...], against: str | None, where: Selection, audience: Audience
) -> dict[str, Any]:
    build = evaluation(seed)
    answer = rates(build, RatesQuestion(by=by, where=where, against=against, audience=audience))
    return {**rates_document(build.info, answer), "kept": answer.family.kept}


def assert_a_part_of(
    shown: list[dict[str, Any]], whole: list[dict[str, Any]], kept: tuple[bool, ...]
) -> None:
    """Rows that stay are those of the table without the filter, the others have no number."""
    for stays, before, after in zip(kept, whole, shown, strict=True):
        if stays:
            assert after == before
        else:
            assert not any(after[key] for key in NOTHING)
            assert after["versus"]["verdict"] == "undecided"
            assert [after["versus"][key] for key in ("ratio", "low", "high", "difference", "p")] == [None] * 5


@pytest.mark.parametrize("audience", [INTERNAL, PUBLIC])
@hypothesis_settings(max_examples=40, deadline=None)
@given(questions())
def test_a_filter_on_the_groups_shows_a_part_of_the_table_and_nothing_else(
    audience: Audience, asked: tuple[int, tuple[str, ...], str | None, Selection, Selection]
) -> None:
    seed, by, against, within, where = asked
    whole = table_of(seed, by, against, within, audience)
    shown = table_of(seed, by, against, where, audience)
    assert_a_part_of(shown["rows"], whole["rows"], shown["kept"])
    assert shown["condition_mix"] == whole["condition_mix"]
    assert shown["every_group"] is None or all(shown["kept"])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_reference_group_that_is_withheld_is_not_given_away_by_the_rows_that_stay(seed: int) -> None:
    whole = table_of(seed, ("accent",), "accent=Coast", EVERYTHING, PUBLIC)
    assert next(row for row in whole["rows"] if row["group"]["accent"] == "Coast")["status"] == "suppressed"
    for group in GROUPS["accent"][1:]:
        rows = table_of(seed, ("accent",), "accent=Coast", OneOf("accent", (group,)), PUBLIC)["rows"]
        assert all(row["versus"]["ratio"] is None for row in rows)


@hypothesis_settings(max_examples=25, deadline=None)
@given(questions())
def test_the_heatmap_shows_the_public_a_part_of_the_table(
    asked: tuple[int, tuple[str, ...], str | None, Selection, Selection],
) -> None:
    seed, by, _, within, where = asked
    rows, columns = (*by, None)[:2]
    arranged = grid(evaluation(seed), GridQuestion(str(rows), columns, where=where, audience=PUBLIC))
    kept = arranged.answer.family.kept
    assert kept is not None
    whole = table_of(seed, by, None, within, PUBLIC)["rows"]
    assert_a_part_of(rate_rows(arranged.table), whole, kept)
    assert rate_rows(arranged.everything) == table_of(seed, by, None, EVERYTHING, PUBLIC)["rows"]


@pytest.mark.parametrize("seed", SEEDS)
def test_saved_subgroups_give_the_public_the_rates_of_the_table_or_none(seed: int, tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made(seed))
    for by in GROUPINGS:
        for row in table_of(seed, by, None, EVERYTHING, PUBLIC)["rows"]:
            if None not in row["group"].values():
                where = AllOf(tuple(OneOf(name, (group,)) for name, group in row["group"].items()))
                save_subgroup(build.info, "-".join(row["group"].values()), where)
    document = saved_rates_document(build, saved_rates(build, audience=PUBLIC))
    found = {row["subgroup"]["name"]: row for row in document["rows"]}
    for by in GROUPINGS:
        for row in table_of(seed, by, None, EVERYTHING, PUBLIC)["rows"]:
            saved = found.get("-".join(str(group) for group in row["group"].values()))
            assert saved is None or saved["rate"] in (None, row["rate"])
            assert saved is None or saved["rate"] is not None or saved["versus"]["ratio"] is None


def test_a_named_group_can_be_hidden_where_systems_are_compared_and_subgroups_split(tmp_path: Path) -> None:
    frame = made(1)
    heard = frame["hypothesis"].where(np.arange(len(frame)) % 5 > 0, "oops")
    frame = frame.assign(hypothesis_new=heard).rename(columns={"hypothesis": "hypothesis_old"})
    build = made_up_build(tmp_path, frame)
    where = OneOf("accent", ("East", "North"))
    compared = compare(build, CompareQuestion("old", "new", ("accent",), where))
    assert int((compared.status != NOBODY).sum()) == 2
    for audience in (INTERNAL, PUBLIC):
        split = rates(
            build, RatesQuestion("new", ("noise",), where=QUIET, against="noise=babble", audience=audience)
        )
        assert int((split.table.status != NOBODY).sum()) == 1
        answer = subgroup(build, SubgroupQuestion(where, "new", against="accent=Coast", audience=audience))
        assert (answer.table.status[SUBGROUP] == SUPPRESSED) == (audience == PUBLIC)


def meant(where: Selection, frame: pd.DataFrame) -> pd.Series:
    """Which recordings a selection is about, by what its parts say."""
    match where:
        case OneOf(name, values):
            return frame[name].isin(values)
        case Not(part):
            return ~meant(part, frame)
        case AllOf(parts):
            return pd.concat([meant(part, frame) for part in parts], axis=1).all(axis=1)
        case AnyOf(parts):
            return pd.concat([meant(part, frame) for part in parts], axis=1).any(axis=1)
        case Everything():
            return pd.Series(True, frame.index)
    raise AssertionError(where)


def compared_with(
    against: str, within: pd.Series, own: pd.Series, group: dict[str, str], frame: pd.DataFrame
) -> pd.Series:
    """Recordings behind the other side of a ratio, by the definition of each comparator."""
    if against == "overall":
        return within
    if against == "complement":
        return within & ~own
    if against == "peers":
        return within & ~own & (frame["noise"] == group["noise"])
    name, _, value = against.partition("=")
    wanted = {**group, name: value}
    return within & (frame[list(wanted)] == pd.Series(wanted)).all(axis=1)


def told_sets(seed: int, cells: list[tuple[str, str]]) -> np.ndarray:
    """For every rate and every other side of a ratio that some public document gives: of which cells it is made."""
    build, frame, told = evaluation(seed), made(seed), set()

    def tell(rows: pd.Series) -> None:
        recorded = set(map(tuple, frame.loc[rows, ["accent", "noise"]].to_numpy().tolist()))
        told.add(tuple(cell in recorded for cell in cells))

    some = [
        *(OneOf("accent", (group,)) for group in GROUPS["accent"]),
        OneOf("accent", ("East", "West")),
    ]
    both = AllOf((OneOf("accent", ("East",)), QUIET))
    selections: tuple[Selection, ...] = (EVERYTHING, *some, Not(COAST), QUIET, Not(QUIET), both, Not(both))
    for by in GROUPINGS:
        for against in comparators(by)[1:]:
            if against == "peers" and "noise" not in by:
                continue
            for where in selections:
                answer = rates(build, RatesQuestion(by=by, where=where, against=against, audience=PUBLIC))
                within = meant(answer.family.within, frame)
                for row in rate_rows(answer.table):
                    if None in row["group"].values():
                        continue
                    own = within & (frame[list(by)] == pd.Series(row["group"])).all(axis=1)
                    if row["rate"] is not None:
                        tell(own)
                    if row["versus"]["ratio"] is not None:
                        tell(compared_with(str(against), within, own, row["group"], frame))
    return np.array(sorted(told), float)


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_no_group_of_few_speakers_follows_from_whom_others_are_compared_with(seed: int) -> None:
    people = made(seed).groupby(["accent", "noise"])["speaker_id"].agg(frozenset)
    cells = list(people.index)
    known = told_sets(seed, cells)
    assert len(known) > 3
    for size in range(1, len(cells) + 1):
        for members in combinations(range(len(cells)), size):
            wanted = np.isin(np.arange(len(cells)), members).astype(float)
            solution, *_ = np.linalg.lstsq(known.T, wanted, rcond=None)
            if np.abs(known.T @ solution - wanted).max() < 1e-7:
                assert len(frozenset().union(*(people.iloc[i] for i in members))) >= MINIMUM
