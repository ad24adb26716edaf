"""One recording as inert HTML: what was said over what was heard, word against word.

Owns the marks of errors. Each has a shape beside its colour (a struck word over its
replacement, a dashed gap, a word with a plus), so that it can be told apart in grey and
without colour vision. Every text from outside is escaped here and nowhere else; the page
runs no script. Two colours follow the theme through `light-dark`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pyarrow as pa

from analysis.align import AlignedWord
from analysis.script_words import is_scored_by_character, without_parting_spaces, words_of_any_script
from dashboard.charts.palette import DARK, LIGHT
from dashboard.wording_recordings import (
    LEGEND,
    LEGEND_HEARD,
    LEGEND_ITEMS,
    LEGEND_SAID,
    NOTHING,
    errors_text,
    read_aloud_text,
    told_groups,
)

_ERROR = f"light-dark({LIGHT.alert}, {DARK.alert})"
_GROUND = "light-dark(#fbeee2, #3a2a1d)"
_QUIET = f"light-dark({LIGHT.faint}, {DARK.faint})"
_LINE = f"light-dark({LIGHT.rule}, {DARK.rule})"

_WORDS = "font-size:1rem;--apart:0.4em"
# Larger, so that marks above and below a letter can be told apart; no word space between the columns.
_CHARACTERS = "font-size:1.15rem;word-spacing:-0.25em;--apart:0.15em"
_WORD = (
    "display:inline-flex;flex-direction:column;margin-block-end:0.45em;margin-inline-end:var(--apart,0.4em);line-height:1.5;"
    "max-width:100%;word-spacing:normal"
)
_CELL = "unicode-bidi:isolate;overflow-wrap:anywhere;min-height:1.5em"
_MARKED = f"{_CELL};color:{_ERROR};background:{_GROUND};border-radius:0.2em;padding:0 0.2em"
_STYLES = {
    "hit": (_CELL, f"{_CELL};color:{_QUIET}"),
    "substitution": (
        f"{_CELL};color:{_ERROR};text-decoration:line-through;padding:0 0.2em",
        f"{_MARKED};font-weight:600",
    ),
    "deletion": (
        f"{_CELL};color:{_ERROR};padding:0 0.2em",
        f"{_CELL};border:1px dashed {_ERROR};border-radius:0.2em;min-width:1.6em",
    ),
    "insertion": (
        f"{_CELL};min-width:1em",
        f"{_MARKED};font-weight:600;border-bottom:2px solid {_ERROR}",
    ),
}
# Out of sight and still read aloud; `display:none` would be skipped.
_UNSEEN = (
    "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;"
    "user-select:none"
)


def aligned_html(words: Sequence[AlignedWord]) -> str:
    """Reference over hypothesis, wrapped; one sentence says the same to a screen reader."""
    spoken, heard = spoken_text(words), heard_text(words)
    read_aloud = read_aloud_text(spoken, heard, errors_text(words))
    # Characters of a script without spaces stand as near as their script has them.
    size = _CHARACTERS if unit_of(words) == "character" else _WORDS
    columns = " ".join(_column(word) for word in words)
    return (
        f'<p style="{_UNSEEN}">{escape(read_aloud)}</p>'
        f'<div dir="auto" aria-hidden="true" style="{size}">{columns}</div>'
    )


def unit_of(words: Sequence[AlignedWord]) -> str:
    """What the words of a recording are: "character" where a normaliser parted a script without spaces, else "word"."""
    written = [text for word in words for text in (word.reference, word.hypothesis) if text]
    whole = " ".join(written)
    is_parted = is_scored_by_character(whole) and words_of_any_script(whole).split() == written
    return "character" if is_parted else "word"


def spoken_text(words: Sequence[AlignedWord]) -> str:
    """The reference in one line."""
    return _one_line([word.reference for word in words if word.reference is not None])


def heard_text(words: Sequence[AlignedWord]) -> str:
    """The hypothesis in one line."""
    return _one_line([word.hypothesis for word in words if word.hypothesis is not None])


def _one_line(words: Sequence[str]) -> str:
    """Words with spaces between them, characters of scripts without spaces with none."""
    [text] = without_parting_spaces(pa.array([" ".join(words)], pa.string())).to_pylist()
    return str(text) or NOTHING


def heading_html(speaker: str, groups: Mapping[str, str | None], counts: str) -> str:
    """Who spoke, in which conditions, and how many errors there are: one quiet line."""
    conditions = told_groups(groups)
    parts = [f"<strong>{_isolated(speaker)}</strong>"]
    parts += [_isolated(conditions)] if conditions else []
    parts.append(f'<span style="white-space:nowrap">{escape(counts)}</span>')
    separator = f'<span aria-hidden="true" style="color:{_LINE}"> | </span>'
    return (
        f'<div style="font-size:0.85rem;color:{_QUIET};margin-bottom:0.3rem;overflow-wrap:anywhere">'
        f"{separator.join(parts)}</div>"
    )


def recording_html(heading: str, words: Sequence[AlignedWord]) -> str:
    """A recording with its heading, between two thin lines; without words only the heading."""
    body = aligned_html(words) if words else ""
    return f'<div style="border-top:1px solid {_LINE};padding-top:0.55rem">{heading}{body}</div>'


def legend_html() -> str:
    """What the marks mean, drawn with the marks themselves."""
    shown = {
        "substitution": AlignedWord("substitution", LEGEND_SAID, LEGEND_HEARD),
        "deletion": AlignedWord("deletion", LEGEND_SAID, None),
        "insertion": AlignedWord("insertion", None, LEGEND_HEARD),
    }
    items = " ".join(
        f'<span style="display:inline-flex;align-items:center;gap:0.3em;margin-right:1.2em">'
        f'<span aria-hidden="true">{_column(word)}</span><span>{escape(LEGEND_ITEMS[kind])}</span></span>'
        for kind, word in shown.items()
    )
    line = f"font-size:0.85rem;color:{_QUIET};display:flex;flex-wrap:wrap;align-items:center;column-gap:0.5em"
    return f'<div style="{line}"><span>{escape(LEGEND)}:</span> {items}</div>'


def _column(word: AlignedWord) -> str:
    above, below = _STYLES[word.kind]
    heard = f"+{word.hypothesis}" if word.kind == "insertion" else word.hypothesis
    return (
        f'<span style="{_WORD}"><span style="{above}">{_word(word.reference)}</span>'
        f'<span style="{below}">{_word(heard)}</span></span>'
    )


def _word(text: str | None) -> str:
    """A word, or a space that keeps the line's height where there is none."""
    return escape(text) if text else "&nbsp;"


def _isolated(text: str) -> str:
    """Text of unknown direction that must not turn its neighbours around."""
    return f"<bdi>{escape(text)}</bdi>"
