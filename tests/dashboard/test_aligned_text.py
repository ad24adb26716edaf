"""Reference over hypothesis as HTML: every error has its mark, and no text is anything but text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from analysis.align import AlignedWord, aligned_words
from dashboard.panels.aligned_text import (
    aligned_html,
    heading_html,
    heard_text,
    legend_html,
    recording_html,
    spoken_text,
    unit_of,
)
from dashboard.panels.html_table import table_html
from dashboard.wording_markup import UNSEEN, plain
from tests.hostile_texts import HOSTILE


class Parts(HTMLParser):
    """Tags, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_was_written(text: str) -> None:
    words = [
        AlignedWord("substitution", text, text),
        AlignedWord("insertion", None, text),
        AlignedWord("deletion", text, None),
    ]
    heading = heading_html(text, {"accent": text, "noise": None}, "1 error")
    parts = Parts(recording_html(heading, words))
    assert parts.tags <= {"div", "p", "span", "strong", "bdi"}
    assert parts.attributes <= {"style", "dir", "aria-hidden"}
    errors = f"{text} heard as {text}, {text} added, {text} left out"
    assert f"reference: {text} {text}; hypothesis: {text} {text}; errors: {errors}" in parts.said
    assert text in parts.said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_table_is_text(text: str) -> None:
    parts = Parts(table_html([{text: text, "Words": 1200}], {text}, text))
    assert parts.tags == {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert parts.said == [text, "Words", text, "1,200"]
    assert parts.attributes <= {"style", "role", "tabindex", "aria-label", "scope"}


@pytest.mark.parametrize("sign", list("\\`*_[]<>$&^~:|#"))
def test_no_sign_of_markdown_is_left_bare(sign: str) -> None:
    assert plain(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize(
    "text", [":material/home:", ":+1:", "https://evil.example", "www.evil.example", "a@b.example"]
)
def test_what_is_looked_for_after_markdown_is_parted_by_what_nobody_sees(text: str) -> None:
    shown = plain(text).replace("\\", "")
    assert shown.count(UNSEEN) == 1
    assert shown.replace(UNSEEN, "") == text


def test_a_screen_reader_is_told_both_sentences_and_what_is_wrong_once() -> None:
    parts = Parts(aligned_html(aligned_words("turn on the lamp now", "so turn of the now")))
    errors = "so added, on heard as of, lamp left out"
    read_aloud = f"reference: turn on the lamp now; hypothesis: so turn of the now; errors: {errors}"
    assert parts.said.count(read_aloud) == 1


def test_errors_differ_by_shape_and_not_by_colour_alone() -> None:
    words = [AlignedWord("substitution", "on", "of"), AlignedWord("deletion", "the", None)]
    html = aligned_html(
        [*words, AlignedWord("hit", "lamp", "lamp"), AlignedWord("insertion", None, "please")]
    )
    assert html.count("line-through") == 1
    assert html.count("dashed") == 1
    assert "+please" in html


def test_a_recording_without_words_says_nothing() -> None:
    assert spoken_text([]) == "(nothing)"
    assert heard_text([AlignedWord("deletion", "lamp", None)]) == "(nothing)"
    assert "reference" not in recording_html("heading", [])


def test_words_of_either_direction_keep_their_place() -> None:
    html = aligned_html(aligned_words("שלום עולם", "שלום world"))
    assert 'dir="auto"' in html
    assert html.count("unicode-bidi:isolate") == 2 * 2


def test_the_legend_shows_every_mark() -> None:
    assert all(
        word in legend_html()
        for word in ("substitution", "deletion", "insertion", "line-through", "dashed", "+heard")
    )


def test_characters_of_a_script_without_spaces_stand_together() -> None:
    words = aligned_words("น้ำ เ ย็ น", "น้ำ เ ย็")
    assert (unit_of(words), spoken_text(words), heard_text(words)) == ("character", "น้ำเย็น", "น้ำเย็")
    assert "--apart:0.15em" in aligned_html(words)


@pytest.mark.parametrize(
    ("reference", "unit"),
    [("turn on the lamp", "word"), ("أين المفتاح", "word"), ("น้ำเย็น", "word"), ("東 京", "character")],
)
def test_a_script_is_counted_by_character_only_where_a_normaliser_parted_it(
    reference: str, unit: str
) -> None:
    assert unit_of(aligned_words(reference, reference)) == unit


def test_the_first_words_decide_the_direction_of_the_columns() -> None:
    html = aligned_html(aligned_words("أين المفتاح", "أين هو المفتاح"))
    assert '<div dir="auto"' in html
    # A margin at the right would stand at the wrong end of a word that is read from the right.
    assert "margin-inline-end" in html
    assert "margin:0 0.4em" not in html
