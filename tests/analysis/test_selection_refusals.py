"""What is no selection, or none that this evaluation can answer, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    Selection,
    SelectionError,
    from_json,
    to_json,
)
from analysis.selection_check import check
from analysis.selection_link import from_link

ATTRIBUTES = [
    Attribute("accent", "speaker", "category", ("Scottish", "Indian"), has_missing=True),
    Attribute("device", "condition", "category", ("headset", "phone"), has_missing=False),
    Attribute("snr_db", "condition", "number", ("<5", "≥5"), has_missing=True, bin_edges=(5.0,)),
]


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (
            NotStated("acent"),
            "There is no attribute 'acent'; did you mean 'accent'? Known: accent, device, snr_db.",
        ),
        (
            Not(OneOf("\u0430ccent", ("x",))),
            (
                "There is no attribute '\u0430ccent'; did you mean 'accent'? One of its letters is CYRILLIC SMALL LETTER A. "
                "Known: accent, device, snr_db."
            ),
        ),
        (
            AllOf((Everything(), OneOf("accent", ("scottish",)))),
            "No recording has accent 'scottish'; did you mean 'Scottish'? Known: Scottish, Indian.",
        ),
        (
            OneOf("accent", ("Not stated",)),
            (
                "No recording has accent 'Not stated'. Known: Scottish, Indian. "
                "For recordings without a value write accent is null."
            ),
        ),
        (
            OneOf("snr_db", ("7",)),
            "No recording has snr_db '7'. Known: <5, ≥5. For its numbers write no quotation marks, such as snr_db < 10.",
        ),
        (
            Not(Between("device", 1, None)),
            "'device' is a category, and only a number has a range. Choose among its values: headset, phone.",
        ),
        (Not(Not(OneOf("device", ("desk",)))), "No recording has device 'desk'. Known: headset, phone."),
    ],
)
def test_what_an_evaluation_cannot_answer(selection: Selection, sentence: str) -> None:
    with pytest.raises(SelectionError) as refusal:
        check(selection, ATTRIBUTES)
    assert str(refusal.value) == sentence


def test_a_value_that_nobody_has_may_be_left_out() -> None:
    check(AllOf((Not(OneOf("device", ("desk",))), Between("snr_db", -1000, None))), ATTRIBUTES)


def test_an_evaluation_without_attributes_says_so() -> None:
    with pytest.raises(SelectionError, match="this evaluation has none"):
        check(NotStated("accent"), [])


@pytest.mark.parametrize(
    ("build", "part"),
    [
        (lambda: OneOf("accent", ()), "at least one value"),
        (lambda: OneOf("accent", ["x"]), "a tuple"),  # type: ignore[arg-type]
        (lambda: OneOf("accent", (5,)), "is a text, found 5"),  # type: ignore[arg-type]
        (lambda: OneOf("accent", ("a\x00",)), "no text file can hold"),
        (lambda: NotStated("\ud800"), "no text file can hold"),
        (lambda: Between("snr_db", None, None), "has no end"),
        (lambda: Between("snr_db", 10, 5), "Give the lower end first"),
        (lambda: Between("snr_db", 5, 5), "include both ends"),
        (lambda: Between("snr_db", float("nan"), None), "finite"),
        (lambda: Between("snr_db", None, float("inf")), "finite"),
        (lambda: Between("snr_db", 10**400, None), "finite"),
        (lambda: Between("snr_db", "5", None), "is a number, found '5'"),  # type: ignore[arg-type]
        (lambda: Between("snr_db", True, None), "is a number, found True"),
        (lambda: AllOf(()), "at least one condition"),
        (lambda: AnyOf([Everything()]), "at least one condition"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_condition(build: Callable[[], Selection], part: str) -> None:
    with pytest.raises(SelectionError, match=part):
        build()


ONE = {"kind": "one of", "attribute": "accent", "values": ["x"], "or_not_stated": False}
RANGE = to_json(Between("snr_db", 5, 10))["selection"]


def deep(levels: int) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": "everything"}
    for _ in range(levels):
        plain = {"kind": "not", "part": plain}
    return plain


@pytest.mark.parametrize(
    ("plain", "part"),
    [
        (None, "found None"),
        ([], r"found \[\]"),
        ({"version": 1}, "fields selection, version"),
        ({"version": 1, "selection": ONE, "more": 1}, "fields selection, version"),
        ({"version": 2, "selection": ONE}, "version 2; this program reads version 1"),
        ({"version": True, "selection": ONE}, "version True"),
        ({"version": "1", "selection": ONE}, "version '1'"),
        ({"version": 1, "selection": "accent"}, "Found 'accent', expected a condition"),
        ({"version": 1, "selection": {"kind": "like"}}, "'kind' one of: all of, any of, between"),
        ({"version": 1, "selection": {"kind": ["one of"]}}, "expected a condition"),
        ({"version": 1, "selection": {**ONE, "note": ""}}, "fields attribute, kind, or_not_stated, values"),
        ({"version": 1, "selection": {**ONE, "values": "x"}}, "'values' is a list, found 'x'"),
        ({"version": 1, "selection": {**ONE, "values": [None]}}, "is a text, found None"),
        ({"version": 1, "selection": {**ONE, "or_not_stated": 1}}, "true or false, found 1"),
        ({"version": 1, "selection": {**RANGE, "low": "5"}}, "is a number, found '5'"),
        ({"version": 1, "selection": {**RANGE, "low": 50}}, "lower end first"),
        ({"version": 1, "selection": {"kind": "all of", "parts": {}}}, "'parts' is a list"),
        ({"version": 1, "selection": {"kind": "any of", "parts": []}}, "at least one condition"),
        ({"version": 1, "selection": deep(500)}, "inside one another"),
    ],
)
def test_what_is_no_saved_selection(plain: object, part: str) -> None:
    with pytest.raises(SelectionError, match=part):
        from_json(plain)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([ONE, RANGE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "part", "parts", "version", "selection", "low"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_any_other_document_is_refused_with_a_sentence(plain: object) -> None:
    said: set[str] = set()
    for document in (plain, {"version": 1, "selection": plain}):
        try:
            from_json(document)
        except SelectionError as refusal:
            said.add(str(refusal))
    assert "" not in said


@pytest.mark.parametrize(
    "link",
    [
        "{",
        '{"version":1}',
        "{" * 9000,
        "[1]",
        "",
        '{"version":1,"selection":' + "9" * 5000 + "}",
        "x" * 200_000,
    ],
)
def test_what_is_no_link(link: str) -> None:
    with pytest.raises(SelectionError):
        from_link(link, ATTRIBUTES)


def test_a_link_is_checked_against_the_evaluation() -> None:
    link = '{"version":1,"selection":{"kind":"not stated","attribute":"town"}}'
    with pytest.raises(SelectionError, match="no attribute 'town'"):
        from_link(link, ATTRIBUTES)
