"""Expressions that are refused: each with a sentence and its place, none with a traceback."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.expression import from_expression, to_expression
from analysis.selection import Between, NotStated, OneOf, ReferenceContains, SelectionError

ATTRIBUTES = [
    Attribute("accent", "speaker", "category", ("Scottish", "Indian"), has_missing=True),
    Attribute("device", "condition", "category", ("headset", "phone"), has_missing=True),
    Attribute("snr_db", "condition", "number", ("<5", "≥5"), has_missing=True, bin_edges=(5.0,)),
]


def refusal(text: str) -> SelectionError:
    with pytest.raises(SelectionError) as found:
        from_expression(text, ATTRIBUTES)
    return found.value


@pytest.mark.parametrize(
    ("text", "sentence", "position"),
    [
        (
            "snr_db < 10 and acent = 'x'",
            (
                "There is no attribute 'acent'; did you mean 'accent'? Known: accent, device, snr_db. "
                "(character 17: acent = 'x')"
            ),
            16,
        ),
        (
            "device='phone' and accent='Scotish'",
            (
                "No recording has accent 'Scotish'; did you mean 'Scottish'? Known: Scottish, Indian. "
                "(character 27: 'Scotish')"
            ),
            26,
        ),
        (
            "accent = Scottish",
            "'Scottish' is no attribute. A value stands in single quotation marks. (character 10: Scottish)",
            9,
        ),
        (
            "accent = 'Scottish' or",
            "After 'or' expected '(', 'everything', 'not', a 'value' or an attribute; found the end. (at the end)",
            22,
        ),
        (
            "accent < 5",
            (
                "'accent' is a category, and only a number has a range. Choose among its values: Scottish, Indian. "
                "(character 10: 5)"
            ),
            9,
        ),
        (
            "accent = 'Scottish' -- and so on",
            "Comments are not part of an expression. Remove --. (character 21: -- and so on)",
            20,
        ),
        (
            "snr_db between 1 or 2",
            (
                "This does not read as a condition. Write attribute, comparison, value, joined by and, or, not. "
                "(character 18: or 2)"
            ),
            17,
        ),
    ],
)
def test_a_refusal_says_what_and_where(text: str, sentence: str, position: int) -> None:
    found = refusal(text)
    assert str(found) == sentence
    assert found.position == position


HOSTILE = {
    "no attribute": [
        "x = 1", "аccent = 'Indian'", "ａccent = 'Indian'", "accent1 = 'Indian'", "row_id = 1", "speaker = 1",
        '"snr_db (number)" < 5', "utterance.accent = 'Indian'", "main.utterance.accent = 'x'", 'accent = "Indian"',
        "accent = 'Indian' and t", "_ = 1", "rowid = 1", "case when 1 then 2 end", "cast = 1", "true", "accent = false",
        "\N{KELVIN SIGN} = 1", "date '2020-01-01' = accent", "interval = 1", "accent is distinct", "any = 1", "x'41' = accent",
    ],
    "Functions": [
        "lower(accent) = 'x'", "accent = lower ('x')", "count(*) > 1", "accent('x')", "read_csv('/etc/passwd')",
        "accent = getenv('HOME')", "snr_db < sqrt(4)", "accent = any('x')", "accent = concat('a','b')", "array(1) = 1",
        "cast(accent as int) = 1", "snr_db < random()", "pg_sleep(10)", "coalesce(accent, 'x') = 'x'", "snr_db (5)",
    ],
    "query": [
        "accent in (select 1)", "select 1", "exists (select 1)", "accent = 'x' union select 1", "with x as (select 1)",
        "accent = (select accent from utterance)", "DROP TABLE utterance", "insert into score values (1)", "delete from score",
        "values (1)", "update utterance set accent = 1", "from utterance",
    ],
    "';' does not belong": ["accent = 'Indian';", "accent = 'Indian'; drop table score", ";", "accent = 'Indian' ; ;"],
    "Comments": ["accent = 'Indian' --", "accent /**/ = 'Indian'", "--", "/* */ accent = 'Indian'", "snr_db < 5 /* or */", "snr_db = 5--3"],
    "not asked of an attribute": ["accent contains 'x'", "accent not matches 'x'", "contains 'x'", "reference like 'x'", "'x' contains reference", "reference contains contains 'x'", "accent like 'Sc%'", "accent ILIKE 'x'", "accent not like 'x'", "accent similar to 'x'", "accent glob '*'"],
    "Two constants": ["1 = 1", "'a' = 'a'", "'' = ''", "1 < 2", "1 <> 2 or accent = 'Indian'", "accent = 'Indian' or 1=1", "-1 = -1"],
    "chained": ["snr_db < 1 < 2", "1 < snr_db < 2", "accent = 'Indian' = 'Indian'"],
    "single quotation marks": ["accent = 'it's'", "accent = Indian", "accent in (Indian)"],
    "Two attributes": ["accent = device", "accent = accent", "snr_db < snr_db", "accent <> device"],
    "Arithmetic": ["snr_db + 1 < 5", "snr_db < 5 + 1", "snr_db * 2 = 4", "snr_db / 2 < 5", "snr_db - 1 < 5", "snr_db < 5 - 1", "snr_db % 2 = 0", "accent || 'x' = 'y'", "snr_db ^ 2 = 4", "~snr_db = 1", "snr_db & 1 = 1", "snr_db < +5", "snr_db < - - 5"],
    "category": ["accent < 5", "accent between 1 and 2", "'x' >= accent", "device > 'a'", "5 > device"],
    "number": ["snr_db < 'x'", "snr_db between '1' and '2'", "snr_db < '5'", "snr_db < 1e", "snr_db < 1_000", "snr_db < 0x1F", "snr_db < .5", "snr_db < 5.", "snr_db < 5dB", "snr_db < 1.2.3", "snr_db < ٣"],
    "finite": ["snr_db < 1e999", "snr_db = -1e400", "snr_db between -1e999 and 5", "snr_db < " + "9" * 400],
    "lower end": ["snr_db between 10 and 5", "snr_db not between 3 and -3"],
    "null": ["accent = null", "accent <> NULL", "snr_db < null"],
    "No recording": ["accent = ''", "accent = 'scottish'", "accent = '%'", "snr_db = '7'", "accent in ('Indian', 'x')", "not not accent = 'x'", "not accent <> 'x'", "accent = 5", "accent = 'Indian ' ", "accent = 'x''; drop table score'"],
    "never closed": ["accent = 'x", 'accent = "x', "(accent = 'Indian'", "accent in ('Indian'", "'", '"', "(" * 25],
    "closes nothing": ["accent = 'Indian')", ")", "accent = 'Indian') or (accent = 'Indian'", "())"],
    "parentheses inside": ["(" * 26 + "accent = 'Indian'" + ")" * 26, "(" * 2000, "not (" * 26 + "snr_db < 5" + ")" * 26],
    "nested too deeply": ["not " * 900 + "accent = 'Indian'", "not " * 70 + "accent = 'Indian'"],
    "at most 4000 are read": ["x" * 4001, " " * 5000, "(" * 100_000, "accent = '" + "x" * 4000 + "'", "not " * 100_000],
    "NUL": ["accent = 'Indian'\x00", "\x00", "accent = 'a\x00b'"],
    "empty": ["", " ", "\n\t"],
    "quotation mark": ["accent = ‘Indian’", "accent = “Indian”", "`accent` = 'Indian'", "accent = «Indian»"],
    "not part of an expression": [
        "accent = $$x$$", "accent = ?", "snr_db < $1", "#1 = 2", "accent = 'Indian'\\", "accent\u00a0= 'Indian'",
        "accent ＝ 'Indian'", "accent = 'Indian'\u200b", "{accent: 1}", "[1] = [1]", "accent = 'Indian' 🎉", "accent ≠ 'Indian'", "\u202eaccent = 'x'", "accent = :x", "accent\u2003= 'Indian'", "snr_db ≤ 5", "accent = 'Indian'\x1b[31m", "accent = 'x'::int", "accent = 'Indian' AND\x0bTRUE",
    ],
    "no saved subgroup": ["@accent = 'x'", "@x", "accent = 'Indian' and @scots", "not (@x)", "@а"],
    "follows @ at once": ["@ x", "@", "@'x'", "@@x", "@-x", "@_x", "@(accent = 'Indian')"],
    "what a system wrote": ["hypothesis contains 'x'", "not hypothesis matches 'x'", "HYPOTHESIS = ''", "hypothesis(1)"],
    "so it is no word": ["reference contains ''", "reference contains ' '", "reference contains '%'", "reference contains '…'"],
    "characters of words": ["reference contains '" + "x" * 101 + "'"],
    "of the pattern": [
        "reference matches '('", "reference matches 'a**'", "reference matches 'a)'", "reference matches '[a'", "reference matches '\\1'",
        "reference matches '(?=x)'", "reference matches '(?<n>x)'", "reference matches 'a{101}'", "reference matches '\\pQ'",
        "reference matches '*'", "reference matches '[b-a]'", "reference matches '\\'", "reference matches '[[:alpha:]]'",
        "reference matches 'a{2,1}'", "reference matches '(?s).'", "reference matches '^*'", "reference matches '" + "(" * 30 + ")" * 30 + "'",
    ],
    "repeats too much": ["reference matches '((a{100}){100}){100}'", "reference matches '(\\pL{40}){40}'"],
    "pattern is empty|pattern has": ["reference matches ''", "reference matches '" + "x" * 301 + "'"],
    "expected|does not read": [
        "reference", "reference = 'x'", "reference is null", "reference in ('x')", "reference contains", "reference contains 5",
        "reference contains accent", "reference not 'x'", "reference matches ('x')", "reference contains ('x')",
        "reference contains 'x' 'y'", "reference matches reference", "reference not matches",
        "reference not accent = 'Indian'", "reference between 'a' and 'b'", "accent = reference",
        "accent", "not accent", "accent =", "= 'Indian'", "accent 'Indian'", "5 between 1 and 9", "1 in (1)", "accent == 'Indian'", "accent = 'Indian' 'Scottish'",
 "accent in 'Indian'", "accent in ()", "accent in device", "accent in ('Indian') in ('Indian')",
        "(accent, device) = ('Indian', 'phone')", "accent is 'Indian'", "accent is not 'Indian'", "null", "not null", "is null",
        "accent is null is null", "and", "accent = 'Indian' and and device = 'phone'", "accent = 'Indian' not device = 'phone'",
        "snr_db between 1", "snr_db between and 2", "snr_db between 1 and 2 and 3", "everything = 1",
        "everything everything", "()", "accent = (('Indian'))", "(accent) = 'Indian'", "accent , device", "not", "accent not 'x'",
        "snr_db => 5", "snr_db =< 5", "snr_db <> = 5", "accent in (accent)", "accent in (null)", "accent in ('Indian' 'x')", "- snr_db = 5",
    ],
}  # fmt: skip
CASES = [(reason, text) for reason, texts in HOSTILE.items() for text in texts]


def test_there_are_enough_hostile_expressions() -> None:
    assert len({text for _, text in CASES}) >= 200


@pytest.mark.parametrize(("reason", "text"), CASES)
def test_a_hostile_expression_is_refused_with_a_sentence(reason: str, text: str) -> None:
    found = refusal(text)
    assert re.search(reason, str(found)), str(found)
    assert str(found).isprintable()
    assert len(str(found)) < 400
    assert found.position is None or 0 <= found.position <= len(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "snr_db < 5 and @scot",
            (
                "There is no saved subgroup @scot; did you mean 'Scots'? Known: Scots, town, words, old. "
                "(character 16: @scot)"
            ),
        ),
        (
            "@TOWN",
            (
                "The saved subgroup @town does not fit this evaluation. There is no attribute 'town'. "
                "Known: accent, device, snr_db. (character 1: @TOWN)"
            ),
        ),
        (
            "not @old",
            (
                "The saved subgroup @old does not fit this evaluation. No recording has accent 'Gaelic'. "
                "Known: Scottish, Indian. (character 5: @old)"
            ),
        ),
        (
            "@words",
            "The saved subgroup @words does not fit this evaluation. Not shown. (character 1: @words)",
        ),
        ("snr_db < 5 or reference contains 'x'", "Not shown. (character 15: reference contains 'x')"),
    ],
)
def test_what_is_saved_or_asked_of_texts_is_refused_at_its_place(text: str, sentence: str) -> None:
    saved = {
        "Scots": OneOf("accent", ("Scottish",)),
        "town": NotStated("town"),
        "words": ReferenceContains("x"),
        "old": OneOf("accent", ("Gaelic",)),
    }
    with pytest.raises(SelectionError) as found:
        from_expression(text, ATTRIBUTES, saved, texts_refused="Not shown.")
    assert str(found.value) == sentence


def test_a_letter_that_only_looks_right_names_no_attribute() -> None:
    kind = Attribute("kind", "content", "category", ("read",), has_missing=False)
    # The lower case of the Kelvin sign is an ordinary k.
    with pytest.raises(SelectionError, match="One of its letters is KELVIN SIGN"):
        from_expression("\N{KELVIN SIGN}ind = 'read'", [kind])


PIECES = [
    "accent", "snr_db", "device", "reference", "contains", "matches", "@noisy", '"accent"', "'Indian'", "'x'", "5", "-", "1e3", "=", "<", ">=", "<>", "(", ")", ",", "and", "or",
    "not", "in", "between", "is", "null", "everything", "select", "like", ";", "--", "/*", "'", '"', "lower(", "\x00", "é", "\ud800",
    "::", "$1", "case", ".", "*", "\n", "🎉", "'it''s'", "x", "true", "1.", "{", "}", "[", "\\", "%", "cast(", "interval",
]  # fmt: skip
WHOLE = "accent in ('Scottish','Indian') and snr_db between 5 and 10 or not (device = 'phone' and accent is not null)"
WHOLE += " or reference not contains 'Indian' and (@noisy or reference matches 'x')"
SAVED = {"noisy": Between("snr_db", None, 5)}


def fuzzed(chance: random.Random) -> str:
    """Pieces in any order, a whole expression with some pieces changed, or any characters."""
    match chance.randrange(4):
        case 0:
            return chance.choice([" ", ""]).join(chance.choices(PIECES, k=chance.randrange(1, 14)))
        case 1:
            # Only what the grammar knows, so that many get past the first checks.
            return " ".join(chance.choices(PIECES[:28], k=chance.randrange(1, 12)))
        case 2:
            pieces = re.findall(r"'[^']*'|@?\w+|\S|\s", WHOLE)
            for _ in range(chance.randrange(3)):
                pieces[chance.randrange(len(pieces))] = chance.choice([*PIECES, "", " "])
            return "".join(pieces)
        case _:
            return "".join(
                chr(chance.choice([chance.randrange(128), chance.randrange(0x110000)]))
                for _ in range(chance.randrange(40))
            )


def assert_read_or_refused(seeds: range) -> None:
    accepted = 0
    said: set[str] = set()
    for seed in seeds:
        text = fuzzed(random.Random(seed))
        try:
            selection = from_expression(text, ATTRIBUTES, SAVED)
        except SelectionError as found:
            said.add(str(found))
            continue
        accepted += 1
        assert from_expression(to_expression(selection), ATTRIBUTES) == selection, text
    assert "" not in said
    assert accepted > len(seeds) / 100, "fuzz that is never accepted tests the first check only"


def test_no_text_ends_in_anything_but_a_selection_or_a_refusal() -> None:
    assert_read_or_refused(range(4000))


@pytest.mark.long
def test_no_text_of_twenty_thousand_ends_in_anything_else() -> None:
    assert_read_or_refused(range(4000, 24_000))


@given(st.text())
@settings(deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    said: set[str] = set()
    for whole in (text, f"accent = '{text}'", f"accent {text} 'Indian'", f'"{text}" = 5'):
        try:
            from_expression(whole, ATTRIBUTES)
        except SelectionError as found:
            said.add(str(found))
    assert "" not in said
