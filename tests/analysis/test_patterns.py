"""Patterns asked of references: what is let through is what RE2 takes, at once; the rest is refused at its place."""

from __future__ import annotations

import time

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.patterns import MAX_PATTERN, check_pattern
from analysis.selection import ReferenceContains, SelectionError

OFFERED = [
    "colou?r", "(?i)STRASSE", "^the .* end$", r"\bwas\b", "[a-z]+?", "[^aeiou]{2,3}", "(?:one|two)+", "x|", "|", "()", "a{3}", "a{2,}",
    r"\pL\PN", r"\p{Greek}+\p{Lu}", r"[\pL\d-]", r"[-a]", r"[a-]", r"[\]\[]", r"\.\*\?\(\)\[\]\{\}\|\^\$\\\-\/\'", r"\t\n\s\S", "é|ü", "don't",
    "((((a))))", r"\B.", "a|b|c", ".", "[a]", "(?i)", 'a,b;c:d=e!f"g#h%i&j<k>l~m@n`o_p q', "[.$^|()*+?{}]",
    r"(?:\pL{20}){1,2}", r"[^\s\pL]",
]  # fmt: skip


DATABASE = duckdb.connect()


def find(pattern: str, text: str) -> bool:
    [(found,)] = DATABASE.execute("SELECT regexp_matches(?, ?)", [text, pattern]).fetchall()
    return bool(found)


@pytest.mark.parametrize("pattern", OFFERED)
def test_what_is_offered_is_taken_by_the_database(pattern: str) -> None:
    check_pattern(pattern)
    assert find(pattern, "the end") in (True, False)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("", "The pattern is empty, which every reference matches. Write what to look for."),
        ("a(b", "This parenthesis is never closed. Write \\( for the sign itself. (character 2 of the pattern)"),
        ("ab)", "This parenthesis closes nothing. Write \\) for the sign itself. (character 3 of the pattern)"),
        ("a*+", "A repetition cannot be repeated. Put what is repeated in parentheses. (character 3 of the pattern)"),
        ("+a", "Here is nothing that + could repeat. Write \\+ for the sign itself. (character 1 of the pattern)"),
        ("(?!a)", "Of the groups with (? only (?:…) is offered, and (?i) at the start. (character 1 of the pattern)"),
        ("(a)\\1", "\\1 is not offered. Of letters after \\ these are: d D w W s S b B t n p. (character 4 of the pattern)"),
        ("a{1000}", "A count goes from the smaller number to the larger, at most 100. (character 2 of the pattern)"),
        ("a{x", "A count is written {2}, {2,} or {2,5}; write \\{ for the sign itself. (character 2 of the pattern)"),
        ("[z-a]", "A span goes from one sign to a later one, such as a-z. Write \\- for the sign itself. (character 5 of the pattern)"),
        ("[a", "This bracket is never closed. Write \\[ for the sign itself. (character 1 of the pattern)"),
        (r"\p{Klingon}", "This names no kind of letters. Write \\pL, \\p{Lu}, \\pN or a script: \\p{Greek}. (character 1 of the pattern)"),
        ("(a{100}){100}", "The pattern repeats too much. Use smaller counts in { }."),
        ("x" * (MAX_PATTERN + 1), "The pattern has 301 characters; at most 300 are read. Shorten it."),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused_with_its_place(pattern: str, sentence: str) -> None:
    with pytest.raises(SelectionError) as refusal:
        check_pattern(pattern)
    assert str(refusal.value) == sentence


PIECES = st.sampled_from(
    ["a", "é", ".", "*", "+", "?", "{2}", "{1,3}", "{4,}", "{", "}", "(", ")", "(?:", "(?i)", "[", "]", "^", "-", "|", "$", "\\", "\\d",
     "\\pL", "\\p{Han}", "\\b", "\\.", "[a-z]", "[^", " ", ",", "0", "\n", "\\W", "[\\d-\\w]", "&&", "[:alpha:]", "\u202e", "🎉"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=12))
@example("[a-\\d]")
@example("(|)*")
@example("((){100}){100}")
@example("((a{10}){10}){9}")
@example("[--a]")
@example("\\P{Zs}{100}")
@settings(deadline=None, max_examples=300)
def test_whatever_is_let_through_the_database_takes(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except SelectionError:
        return
    assert "\x00" in pattern or find(pattern, "a é-z 0") in (True, False)


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a|aa)+=$", r"(?:\pL{0,20}){2}x", "(.*.*.*)=", "(.{10}){10}b"]
)
def test_no_pattern_that_is_let_through_takes_long(pattern: str) -> None:
    check_pattern(pattern)
    started = time.process_time()
    assert not find(pattern, "a" * 20_000)
    assert time.process_time() - started < 2


@given(st.text(min_size=1, max_size=20))
@settings(deadline=None, max_examples=100)
def test_any_word_is_found_in_itself_or_is_no_word(word: str) -> None:
    try:
        asked = ReferenceContains(word)
    except SelectionError:
        return
    text = f"before {asked.words} after"
    [(found,)] = DATABASE.execute(
        "SELECT regexp_matches(nfc_normalize(?), ?)", [text, asked.pattern]
    ).fetchall()
    assert found
