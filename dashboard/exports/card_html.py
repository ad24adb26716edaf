"""A card as one HTML file: nothing is fetched, no script runs, and it prints on A4.

Owns the document around the content. Everything from the data is escaped, and a policy in
the head forbids whatever could slip through.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files

from analysis.card.content import Card
from analysis.card.sections import (
    Block,
    Commands,
    Facts,
    HeatTable,
    IntervalPlot,
    Listing,
    Paragraph,
    Section,
    SeeAlso,
    Table,
    Text,
)
from dashboard.exports.card_html_tables import N_SHADES, html_heat_table, html_table, html_text, shades_css
from dashboard.exports.card_plot import plot_caption, plot_svg
from dashboard.exports.card_text import visible
from dashboard.wording_card import NOT_STATED, axis_text, marks_legend, plain_text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def card_html(card: Card) -> bytes:
    """The document as UTF-8."""
    margin = card.evidence.settings["margin_ratio"]
    title = escape(visible(plain_text(card.title, margin)))
    notice = card.evidence.notice
    banner = f'<p class="notice"><strong>{escape(visible(notice))}</strong></p>' if notice else ""
    body = "".join(_section(section, 2, margin) for section in card.sections)
    document = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"<header><h1>{html_text(card.title, margin)}</h1>\n"
        f'<p class="subtitle">{html_text(card.subtitle, margin)}</p>{banner}</header>\n'
        f"{_contents(card, margin)}\n<main>{body}</main>\n</body>\n</html>\n"
    )
    return document.encode()


def _style() -> str:
    """Figures and shades first, so that what is said of paper in the document's sheet stands above them."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{shades_css(dark=True)}}}"
    return f"{_sheet('card_figures.css')}{shades_css()}\n{dark}\n{_sheet('card.css')}"


def figures_css(dark: bool) -> str:
    """What the figures of a card need on a page that has its own colours."""
    return f"{_sheet('card_figures.css')}{shades_css(dark)}"


def _sheet(name: str) -> str:
    return files("dashboard.exports").joinpath(name).read_text(encoding="utf-8")


def _contents(card: Card, margin: float) -> str:
    links = "".join(f'<li><a href="#{s.id}">{html_text(s.title, margin)}</a></li>' for s in card.sections)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def _section(section: Section, level: int, margin: float) -> str:
    heading = f'<h{level} id="{section.id}-title">{html_text(section.title, margin)}</h{level}>'
    body = _blocks(section, margin)
    parts = "".join(_section(part, level + 1, margin) for part in section.parts)
    return (
        f'\n<section id="{section.id}" aria-labelledby="{section.id}-title">{heading}{body}{parts}</section>'
    )


def _blocks(section: Section, margin: float) -> str:
    heat = heat_panels(section, margin)
    parts = [
        _block(block, f"{section.id}-{number}", margin)
        for number, block in enumerate(section.blocks)
        if not isinstance(block, HeatTable)
    ]
    return "".join([*parts, heat])


def heat_panels(section: Section, margin: float) -> str:
    """The heat tables of a section with their key; empty where it has none."""
    heat = [block for block in section.blocks if isinstance(block, HeatTable)]
    if not heat:
        return ""
    panels = "".join(html_heat_table(table, margin) for table in heat)
    return f'{_scale_key(heat[0], margin)}<div class="panels">{panels}</div>'


def _block(block: Block, block_id: str, margin: float) -> str:
    match block:
        case Paragraph(text, tone):
            css = "" if tone == "plain" else f' class="{tone}"'
            return f"<p{css}>{html_text(text, margin)}</p>"
        case Listing(items):
            return f"<ul>{''.join(f'<li>{html_text(item, margin)}</li>' for item in items)}</ul>"
        case Facts(facts):
            return f"<dl>{''.join(_fact(term, text, margin) for term, text in facts)}</dl>"
        case Commands(lines):
            return f'<pre tabindex="0">{escape(chr(10).join(visible(line) for line in lines))}</pre>'
        case Table():
            return html_table(block, margin)
        case HeatTable():
            return html_heat_table(block, margin)
        case SeeAlso(text, section):
            return f'<p class="more"><a href="#{section}">{html_text(text, margin)}</a></p>'
        case IntervalPlot():
            caption = f"<figcaption>{html_text(plot_caption(block), margin)}</figcaption>"
            return f"<figure>{caption}{plot_svg(block, block_id, margin)}</figure>"


def _fact(term: str, text: Text, margin: float) -> str:
    known = html_text(text, margin) if text else f'<em class="unstated">{NOT_STATED}</em>'
    return f"<div><dt>{escape(visible(term))}</dt><dd>{known}</dd></div>"


def _scale_key(table: HeatTable, margin: float) -> str:
    """The shades from lowest to highest rate, and what the shapes mean."""
    low, high = table.scale
    steps = "".join(f'<span class="s{number}"></span>' for number in range(N_SHADES))
    scale = f'<span class="scale" aria-hidden="true">{steps}</span>'
    return f'<p class="key">{axis_text(low)} {scale} {axis_text(high)}<br>{escape(marks_legend(margin))}</p>'
