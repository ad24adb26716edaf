"""Who is compared with whom: defaults from roles, what is refused, and the pools as loops over groups."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute, Role
from analysis.roles import (
    Comparator,
    ComparatorError,
    comparator_from_text,
    default_comparator,
    is_fairness,
    strata,
)


def attribute(name: str, role: Role, *levels: str) -> Attribute:
    return Attribute(name, role, "category", levels or ("a", "b"), has_missing=True)


ACCENT = attribute("accent", "speaker", "scots", "welsh", "irish")
GENDER = attribute("gender", "speaker")
NOISE = attribute("noise", "condition", "street", "café")
DEVICE = attribute("device", "condition")
TOPIC = attribute("topic", "content")
EVERY = (ACCENT, GENDER, NOISE, DEVICE, TOPIC)


@pytest.mark.parametrize(
    ("by", "kind"),
    [
        ([ACCENT], "peers"),
        ([ACCENT, GENDER], "peers"),
        ([NOISE, DEVICE], "complement"),
        ([TOPIC], "complement"),
        ([ACCENT, NOISE], "peers"),
        ([DEVICE, GENDER, NOISE], "peers"),
        ([TOPIC, ACCENT], "peers"),
        ([], "complement"),
    ],
)
def test_speakers_are_compared_with_their_peers_and_conditions_alone_with_everybody_else(
    by: list[Attribute], kind: str
) -> None:
    assert default_comparator(by).kind == kind
    assert comparator_from_text(None, by) == default_comparator(by)


def test_only_speakers_alone_may_turn_out_to_need_no_mix_of_conditions() -> None:
    found = [default_comparator(by).where_mixes_differ for by in ([ACCENT, GENDER], [ACCENT, NOISE], [NOISE])]
    assert found == [True, False, False]
    assert not comparator_from_text("peers", [ACCENT]).where_mixes_differ


@pytest.mark.parametrize(("by", "fairness"), [([ACCENT, NOISE], True), ([NOISE, TOPIC], False), ([], False)])
def test_conditions_alone_are_robustness_and_not_fairness(by: list[Attribute], fairness: bool) -> None:
    assert is_fairness(by) is fairness


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("peers", Comparator("peers")),
        ("complement", Comparator("complement")),
        ("overall", Comparator("overall")),
        ("accent=welsh", Comparator("reference", "accent", "welsh")),
        ("noise=café", Comparator("reference", "noise", "café")),
    ],
)
def test_a_comparator_is_read_and_written_alike(text: str, comparator: Comparator) -> None:
    found = comparator_from_text(text, [ACCENT, NOISE])
    assert found == comparator
    assert found.label == text


@pytest.mark.parametrize(
    ("text", "by", "message"),
    [
        ("peers", [NOISE], "grouping needs an attribute of the speaker. Use --against complement"),
        ("best", [ACCENT], "'best' is not a comparator. Use peers, complement, overall, or ATTRIBUTE=VALUE"),
        ("gender=a", [ACCENT], "one of the grouping's attributes (accent)"),
        (
            "accent=scotts",
            [ACCENT],
            "'scotts' is not a group of accent. Did you mean 'scots'? Known: scots, welsh",
        ),
        ("accent=", [ACCENT], "'' is not a group of accent. Known"),
        ("accent=scots", [], "attributes (none)"),
    ],
)
def test_a_comparator_that_cannot_be_had_is_refused_with_those_that_can(
    text: str, by: list[Attribute], message: str
) -> None:
    with pytest.raises(ComparatorError) as refused:
        comparator_from_text(text, by)
    assert message in str(refused.value)


# ---------------------------------------------------------------- pools


recorded_codes = st.sets(
    st.tuples(*(st.integers(-1, len(a.levels) - 1) for a in EVERY)), min_size=1, max_size=30
)


@given(recorded_codes, st.sets(st.integers(0, 4), min_size=1))
def test_peers_share_every_value_that_is_not_about_the_speaker(
    recorded: set[tuple[int, ...]], chosen: set[int]
) -> None:
    by = [EVERY[column] for column in sorted(chosen)]
    codes = np.array(sorted({tuple(row[column] for column in sorted(chosen)) for row in recorded}))
    number, n_pools = strata(by, codes, Comparator("peers"))
    assert sorted(set(number.tolist())) == list(range(n_pools))
    for i, j in itertools.combinations(range(len(codes)), 2):
        shared = all(codes[i, k] == codes[j, k] for k, a in enumerate(by) if a.role != "speaker")
        assert (number[i] == number[j]) is np.bool_(shared)


@pytest.mark.parametrize("kind", ["complement", "overall"])
def test_everybody_is_one_pool(kind: str) -> None:
    number, n_pools = strata([ACCENT], np.array([[-1], [0], [2]]), Comparator(kind))  # type: ignore[arg-type]
    assert (number.tolist(), n_pools) == ([0, 0, 0], 1)


def test_a_reference_is_the_declared_group_with_all_else_equal() -> None:
    codes = np.array([[0, 0], [0, 1], [1, 0], [2, 1], [-1, 0]])
    number, n_pools = strata([ACCENT, NOISE], codes, Comparator("reference", "accent", "scots"))
    assert (number.tolist(), n_pools) == ([0, 1, 0, 1, 0], 5)


def test_a_reference_nobody_recorded_is_missing_and_not_another_group() -> None:
    codes = np.array([[0, 0], [1, 1]])
    number, _ = strata([ACCENT, NOISE], codes, Comparator("reference", "accent", "scots"))
    assert number.tolist() == [0, -1]


@pytest.mark.parametrize("kind", ["peers", "complement", "overall"])
def test_no_recorded_groups_have_no_pools(kind: str) -> None:
    number, n_pools = strata([ACCENT, NOISE], np.zeros((0, 2), np.int64), Comparator(kind))  # type: ignore[arg-type]
    assert len(number) == 0
    assert n_pools <= 1
