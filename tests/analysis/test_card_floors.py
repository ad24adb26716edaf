"""The floor: the bound is the larger of two limits, and the sentence is said exactly when it may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.attributes import Attribute
from analysis.card.claims_for_all import floor_claim, largest_gap
from analysis.card.floors import floor_bounds, stated_bound
from analysis.card.sections import Rate, RateSpan, Ratio
from analysis.metrics import metric
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, default_comparator
from analysis.speaker_counts import SpeakerCounts
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import made_attribute, made_evidence, made_grouping, made_row

VERDICTS = ("worse", "slightly worse", "within", "better", "undecided")


def table_of(errors: list[list[int]], words: int = 100, comparator: Comparator | None = None) -> RateTable:
    """A table with one group for each list, one speaker for each number of errors."""
    group = np.repeat(np.arange(len(errors)), [len(own) for own in errors])
    flat = np.concatenate([np.array(own, float) for own in errors])
    counts = SpeakerCounts.of(
        group, np.arange(len(flat)), flat, np.full(len(flat), float(words)), len(errors)
    )
    attribute = Attribute(
        "accent", "speaker", "category", tuple("abcdefgh"[: len(errors)]), has_missing=False
    )
    codes = np.arange(len(errors)).reshape(-1, 1)
    totals = {"n_words": np.array([len(own) * words for own in errors])}
    comparator = comparator or default_comparator([attribute])
    grouped = grouped_counts([attribute], codes, totals, counts, comparator)
    return rate_table(metric("wer"), [attribute], grouped, comparator, whole_statistics(counts))


def test_the_bound_is_the_larger_of_interval_and_effective_poisson() -> None:
    # The first group's speakers are all alike, so that its jackknife interval is far too short.
    table = table_of([[10] * 12, [2, 30, 11, 5, 9, 40, 3, 8, 21, 13, 6, 17]])
    bounds = floor_bounds(table)
    effective = 1200 / table.design_effect
    poisson = stats.chi2.ppf(0.975, 2 * (0.1 * effective + 1)) / (2 * effective)
    assert bounds[0] == pytest.approx(poisson)
    assert bounds[1] == pytest.approx(table.intervals.high[1])
    assert (bounds >= table.intervals.high).all()


def test_a_group_without_errors_has_a_bound_above_zero() -> None:
    assert floor_bounds(table_of([[0] * 12, [5] * 12]))[0] > 0


def test_a_group_with_two_speakers_has_no_bound() -> None:
    assert np.isnan(floor_bounds(table_of([[5, 6], [5] * 12]))[0])


@pytest.mark.parametrize(
    ("bound", "stated"), [(0.3261, 0.33), (0.33, 0.33), (0.0312, 0.032), (0.031, 0.031), (1.201, 1.21)]
)
def test_a_bound_is_rounded_up(bound: float, stated: float) -> None:
    grouping = made_evidence(
        groupings=[made_grouping(["accent"], [made_row({"accent": "North"}, floor_bound=bound)])]
    )
    assert stated_bound(grouping.groupings[0].rows) == stated


groups = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.one_of(st.none(), st.floats(0.01, 2.0)),
        st.sampled_from(VERDICTS),
        st.booleans(),
    ),
    max_size=6,
)


@given(groups, st.booleans(), st.sampled_from(["self", "annotator", "location", "unknown", "inferred"]))
def test_the_floor_is_said_exactly_when_every_group_supports_it(
    drawn: list[tuple[int, float | None, str, bool]], with_overall: bool, source: str
) -> None:
    rows = [
        made_row(
            {"accent": f"group {number}" if named else None},
            verdict,
            0.2 if speakers else None,
            n_speakers=speakers,
            floor_bound=bound if speakers else None,
        )
        for number, (speakers, bound, verdict, named) in enumerate(drawn)
    ]
    overall = made_row({}, "undecided", 0.25, **({} if with_overall else {"low": None, "high": None}))
    evidence = made_evidence(
        overall=overall,
        groupings=[made_grouping(["accent"], rows, source=source)],
        attributes=[made_attribute("accent", [f"group {n}" for n in range(6)], source=source)],
    )
    grouping = evidence.groupings[0]
    claim = floor_claim(evidence, grouping)
    named = [(speakers, bound) for speakers, bound, _, is_named in drawn if is_named]
    enough = all(speakers >= 10 and bound is not None for speakers, bound in named)
    assert claim.supported == (len(named) >= 2 and enough and with_overall and source != "inferred")
    if claim.supported:
        bounds = [row.floor_bound for row in grouping.rows if row.is_group]
        said = next(token.rate for token in claim.text if isinstance(token, Rate))
        assert said is not None
        assert all(bound is not None and bound <= said for bound in bounds)
        # Never without the overall rate and the largest gap that is shown, in the same paragraph.
        assert Rate(evidence.overall.rate) in claim.text
        assert RateSpan(evidence.overall.low, evidence.overall.high) in claim.text
        gap = largest_gap(grouping)
        if gap is None:
            assert any("No group is shown" in token for token in claim.text if isinstance(token, str))
        else:
            assert Ratio(gap.versus.ratio) in claim.text
    else:
        assert claim.reason
        assert not any(isinstance(token, Rate) for token in claim.text)


def test_a_minimum_that_was_lowered_does_not_lower_what_a_floor_needs() -> None:
    evidence = made_evidence()
    rows = [made_row({"accent": name}, n_speakers=8) for name in ("North", "South")]
    lowered = made_evidence(
        settings={**evidence.settings, "min_speakers": 5}, groupings=[made_grouping(["accent"], rows)]
    )
    assert not floor_claim(lowered, lowered.groupings[0]).supported


def counted(rows: list[dict[str, object]], **changes: object) -> str:
    """The sentence of the floor by accent of an evaluation with 66 speakers and 6,600 words."""
    overall = made_row({}, n_speakers=66, n_words=6600)
    evidence = made_evidence(groupings=[made_grouping(["accent"], rows)], overall=overall, **changes)
    return plain_text(floor_claim(evidence, evidence.groupings[0]).text, 1.25)


def of(name: str | None, n_speakers: int) -> dict[str, object]:
    return made_row({"accent": name}, n_speakers=n_speakers, n_words=n_speakers * 100)


def test_words_and_speakers_of_the_floor_are_those_of_its_groups() -> None:
    assert "6,600 words from 66 speakers, at least 30 in every group" in counted([of("a", 36), of("b", 30)])
    stated = counted([of("a", 34), of("b", 30), of(None, 2)])
    assert "6,400 words from 64 speakers, at least 30 in every group" in stated


def test_speakers_who_stand_in_several_rows_are_not_added_up() -> None:
    twice = counted([of("a", 60), of("b", 60), of(None, 2)])
    assert "12,000 words of speakers in these groups, at least 60 in every group" in twice


def test_a_sum_of_rounded_words_has_no_more_digits_than_they() -> None:
    rows = [of("a", 30), of("b", 34), of(None, 2)]
    rows[0]["n_words"] = 61_100
    assert "64,500 words from" in counted(rows, audience="public")
