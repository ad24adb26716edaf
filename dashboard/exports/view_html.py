"""A view as one HTML file: the sentence, the picture, the table, the method, and where it all comes from.

Nothing is fetched and no script runs, so that it opens offline, in a mail and in ten years; it prints on A4. Owns
the document; pictures come as finished markup whose texts are escaped, everything else is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PARTED = "\u2060"
"""Stands after a star that is no print, until bold print is made."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~$&^=:])")


@dataclass(frozen=True)
class Picture:
    """One figure of a view."""

    title: str
    markup: str
    """HTML without scripts, its texts escaped."""


@dataclass(frozen=True)
class SavedView:
    """What is kept of a page."""

    sentence: str
    notice: str | None
    """What must stand beside every number of the evaluation; None: nothing."""
    pictures: Sequence[Picture]
    rows: Sequence[Mapping[str, object]]
    """Every number as the page writes it, all with the same keys; empty: no table."""
    lines: Sequence[str]
    """Numbers, caveat, evaluation and build, as the page copies them."""
    method: str
    """How it was computed, as the page's Markdown: paragraphs and bold print."""
    picture_css: str = ""


def export_view_html(view: SavedView) -> bytes:
    """The document as UTF-8."""
    notice = f'<p class="notice">{escape(view.notice)}</p>' if view.notice else ""
    pictures = "".join(
        f"<figure><figcaption>{escape(one.title)}</figcaption>{one.markup}</figure>" for one in view.pictures
    )
    document = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(view.sentence)}</title>\n<style>\n{_sheet()}{view.picture_css}</style>\n</head>\n<body>\n"
        f"<main><h1>{escape(view.sentence)}</h1>{notice}{pictures}{_said(view.lines)}{_table(view.rows)}"
        f"<section><h2>How this was computed</h2>{_paragraphs(view.method)}</section></main>\n</body>\n</html>\n"
    )
    return document.encode()


def _sheet() -> str:
    return files("dashboard.exports").joinpath("view.css").read_text(encoding="utf-8")


def _said(lines: Sequence[str]) -> str:
    return f'<div class="facts">{"".join(f"<p>{escape(line)}</p>" for line in lines if line)}</div>'


def _table(rows: Sequence[Mapping[str, object]]) -> str:
    if not rows:
        return ""
    names = list(rows[0])
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(row[name]) for name in names)}</tr>" for row in rows)
    return (
        "<section><h2>Every number</h2>"
        f'<div class="scroll"><table class="numbers"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></section>'
    )


def _cell(value: object) -> str:
    text = "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    kind = ' class="n"' if text[:1].isdigit() or text in ("–", "") else ""
    return f"<td{kind}>{escape(text)}</td>"


def _paragraphs(markdown: str) -> str:
    """Paragraphs and bold print; what was escaped for Markdown stands as it was written."""
    paragraphs = [part.strip() for part in markdown.split("\n\n") if part.strip()]
    plain = [escape(_ESCAPED.sub(_kept, part)) for part in paragraphs]
    bold = [_BOLD.sub(r"<strong>\1</strong>", part).replace(_PARTED, "") for part in plain]
    return "".join(f"<p>{part}</p>" for part in bold)


def _kept(sign: re.Match[str]) -> str:
    """The sign itself; a star is parted from its twin, so that it stays a star."""
    return f"*{_PARTED}" if sign.group(1) == "*" else sign.group(1)
