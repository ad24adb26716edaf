"""Lists of forms that count as the same: how they are read, and what they do to the errors of two texts."""

from __future__ import annotations

import time
from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import equivalences
from analysis.align import align_texts
from analysis.equivalences import EquivalenceError, Equivalences, grouped, read_equivalences
from analysis.normalize import normalize_texts, normalizer, with_equivalences

LIST = read_equivalences(
    """
    # what people say and how it may be written
    gonna = going to
    colour = color
    ok = okay = o k
    finna = fixing to  # as good as
    it's = it is
    it's = it has
    """
)
WORDS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.lists(WORDS, max_size=7).map(" ".join)
FORMS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LISTS = st.lists(st.lists(FORMS, min_size=2, max_size=3), min_size=1, max_size=3).map(grouped)


def errors(reference: str, hypothesis: str) -> int:
    found = align_texts(pa.array([reference]), pa.array([hypothesis]))
    return int(found.substitutions[0] + found.deletions[0] + found.insertions[0])


def errors_with(chosen: Equivalences, reference: str, hypothesis: str) -> int:
    return errors(reference, chosen.agreed(reference, hypothesis))


def fewest_errors(chosen: Equivalences, reference: str, hypothesis: str) -> int:
    """The obvious way: every way to line the two up, forms of one group against each other for nothing."""
    spoken, heard = reference.split(), hypothesis.split()
    same = {(a, b) for group in chosen.groups for a in group for b in group}

    @cache
    def rest(at: int, to: int) -> int:
        if at == len(spoken) and to == len(heard):
            return 0
        ways = [
            rest(at + len(a), to + len(b))
            for a, b in same
            if tuple(spoken[at : at + len(a)]) == a and tuple(heard[to : to + len(b)]) == b
        ]
        if at < len(spoken) and to < len(heard):
            ways.append(rest(at + 1, to + 1) + (spoken[at] != heard[to]))
        ways += [rest(at + 1, to) + 1] if at < len(spoken) else []
        ways += [rest(at, to + 1) + 1] if to < len(heard) else []
        return min(ways)

    return rest(0, 0)


@pytest.mark.parametrize(
    ("reference", "hypothesis", "agreed"),
    [
        ("i am gonna go", "i am going to go", "i am gonna go"),
        ("i am going to go", "i am gonna go", "i am going to go"),
        ("he is finna leave", "he is fixing to leave", "he is finna leave"),
        ("o k then", "okay then", "o k then"),
        ("the colour of it", "the colors of it", "the colors of it"),
        ("i am gonna go", "i am gone to go", "i am gone to go"),
        ("going to", "going too", "going too"),
        ("gonna colour gonna", "going to color going to", "gonna colour gonna"),
        ("ok ok", "ok okay now", "ok ok now"),
        ("the way is going to be long", "the way is gonna be lone", "the way is going to be lone"),
        ("going to school", "gonna school", "going to school"),
        ("", "gonna", "gonna"),
        ("gonna", "", ""),
        ("", "", ""),
    ],
)
def test_a_form_is_written_as_the_reference_has_it_where_it_stands_for_it(
    reference: str, hypothesis: str, agreed: str
) -> None:
    assert LIST.agreed(reference, hypothesis) == agreed


def test_a_form_that_shares_one_with_others_is_the_same_as_all() -> None:
    assert errors_with(LIST, "it is here", "it has here") == 0


@given(LISTS, TEXTS, TEXTS)
@settings(max_examples=600, deadline=None)
def test_errors_are_the_fewest_of_all_ways_to_line_up_and_the_same_from_either_side(
    chosen: Equivalences, one: str, other: str
) -> None:
    fewest = fewest_errors(chosen, one, other)
    assert errors_with(chosen, one, other) <= fewest <= errors(one, other)
    assert fewest == fewest_errors(chosen, other, one)


@given(
    *[st.lists(st.sampled_from("gonna going to it's is it ok o k x y".split()), max_size=8).map(" ".join)] * 2
)
@settings(max_examples=300, deadline=None)
def test_texts_agree_whole_whichever_side_is_the_reference(one: str, other: str) -> None:
    assert (errors_with(LIST, one, other) == 0) == (errors_with(LIST, other, one) == 0)


def test_errors_are_counted_in_the_words_of_the_reference() -> None:
    """“going to” missed is two words, “gonna” missed is one: the reference is not rewritten."""
    assert errors_with(LIST, "gonna going to", "gonna it's") == 2
    assert errors_with(LIST, "gonna it's", "gonna going to") == 1


@given(LISTS, TEXTS)
def test_identical_texts_stay_identical(chosen: Equivalences, text: str) -> None:
    assert chosen.agreed(text, text) == text


@given(LISTS, TEXTS, TEXTS, st.data())
@settings(deadline=None)
def test_an_alternative_on_either_side_costs_nothing(
    chosen: Equivalences, before: str, after: str, data: st.DataObject
) -> None:
    if not chosen.groups:
        return
    group = data.draw(st.sampled_from(chosen.groups))
    one, other = (
        " ".join(f"{before} {' '.join(form)} {after}".split())
        for form in (data.draw(st.sampled_from(group)), data.draw(st.sampled_from(group)))
    )
    assert chosen.agreed(one, other) == one
    assert chosen.agreed(other, one) == other


@given(TEXTS, TEXTS)
def test_words_that_are_not_in_the_list_are_not_touched(one: str, other: str) -> None:
    assert LIST.agreed(one, other) == other


def test_lists_that_say_the_same_have_one_hash_and_others_another() -> None:
    same = [
        [["a", "b c"], ["d", "e"]],
        [["e", "d"], ["b  c", "a"]],
        [["a", "b c"], ["d", "e"], ["e", "d"], ["x"]],
    ]
    assert len({grouped(lines).sha256 for lines in same}) == 1
    assert grouped([["a", "b"], ["b", "c"]]) == grouped([["c", "b", "a"]])
    assert grouped([["a", "bc"], ["d", "e"]]).sha256 != grouped(same[0]).sha256
    assert grouped(LIST.lines) == LIST


def test_every_faulty_line_is_named() -> None:
    with pytest.raises(EquivalenceError) as raised:
        read_equivalences("gonna\na = b\n= c\n\n# gonna\nx = " + "w " * 9)
    message = str(raised.value)
    assert "line 1: “gonna” has no “=”" in message
    assert "line 3: there is nothing on one side" in message
    assert "line 6:" in message
    assert "more than 8 words" in message
    assert "line 2" not in message


def test_a_list_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equivalences, "MOST_FORMS", 3)
    with pytest.raises(EquivalenceError, match="4 forms, and at most 3"):
        read_equivalences("a = b\nc = d")


def test_a_pair_that_needs_too_many_steps_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equivalences, "MOST_STEPS", 50)
    one, other = "gonna " + "x " * 40 + "end", "going to " + "y " * 40 + "end"
    assert LIST.agreed(one, other) == other


def test_long_texts_with_few_errors_take_little_time() -> None:
    words = ["gonna" if place % 50 == 0 else f"w{place}" for place in range(2_000)]
    one = " ".join(words)
    other = one.replace("gonna", "going to").replace("w77 ", "v77 ")
    start = time.process_time()
    assert errors_with(LIST, one, other) == 1
    assert time.process_time() - start < 2


def test_a_derived_normaliser_has_a_name_and_a_hash_of_its_own() -> None:
    base = normalizer("whisper-english")
    derived = with_equivalences(base, LIST)
    assert derived.id == f"whisper-english+forms-{LIST.sha256[:8]}"
    assert derived.sha256 != base.sha256
    assert derived.sha256 == with_equivalences(base, grouped(reversed(LIST.lines))).sha256
    assert derived.sha256 != with_equivalences(base, grouped([*LIST.lines, ["a", "b"]])).sha256
    assert derived.sha256 != with_equivalences(normalizer("basic"), LIST).sha256
    assert derived.description.startswith(base.description)
    assert "4 sets of forms" in with_equivalences(base, grouped(LIST.lines[:4])).description
    with pytest.raises(ValueError, match="has a list of equivalent forms already"):
        with_equivalences(derived, LIST)


def test_forms_are_read_in_the_words_of_the_normaliser() -> None:
    forms = read_equivalences("Tryna = trying to\nIt's = it has\num = like\ncolour = color")
    derived = with_equivalences(normalizer("whisper-english"), forms)
    assert derived.equivalences is not None
    assert derived.equivalences.lines == [["it has", "it is"], ["trying to", "tryna"]]


def test_texts_of_a_column_agree_pair_by_pair() -> None:
    derived = with_equivalences(normalizer("basic"), LIST)
    references = normalize_texts(derived, pa.array(["I'm gonna go.", "Nice colour!", "", "yes", "ok"]))
    hypotheses = normalize_texts(derived, pa.array(["im going to go", "nice color", "okay", "yes", "o k?"]))
    agreed = derived.agreed(references, hypotheses)
    assert agreed.to_pylist() == ["im gonna go", "nice colour", "okay", "yes", "ok"]
    assert normalizer("basic").agreed(references, hypotheses) is hypotheses
    assert len(derived.agreed(references[:0], hypotheses[:0])) == 0
