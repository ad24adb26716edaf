"""Hostile text in labels, names and notes is inert and legible in every format."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from html import unescape

import pytest
from docx import Document
from docx.document import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analysis.card.content import compose
from analysis.card.evidence import Evidence
from dashboard.exports.card_cyclonedx import card_cyclonedx
from dashboard.exports.card_docx import card_docx
from dashboard.exports.card_html import card_html
from dashboard.exports.card_huggingface import card_huggingface
from dashboard.exports.card_json import card_json
from dashboard.exports.card_markdown import card_markdown, escape
from dashboard.exports.card_pdf import card_pdf
from dashboard.exports.card_text import visible
from tests.analysis.card_evidence import made_attribute, made_evidence, made_grouping, made_row
from tests.exports.test_card_formats import FINDING, read

HOSTILE = [
    "<script>alert(1)</script>",
    "</style></svg></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "a | b",
    "**bold** _it_ `code` ~~gone~~",
    "[link](javascript:alert(1)) ![image](http://x.test/a.png)",
    "https://example.test www.example.test",
    '=HYPERLINK("http://x.test")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "# heading",
    "1. item",
    "- item",
    "$x^2$ :smile: :red[no]",
    "line one\nline two\r\n\tthree",
    "\u202eright to left override",
    "\x00\x07\x1b[31m",
    "العربية עברית",
    "👩🏽‍💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "```\nfence\n```",
    "&lt;b&gt; &amp; &#x3c;",
    "x" * 10_000,
]


def hostile_evidence(text: str) -> Evidence:
    """The text wherever a person could have written it."""
    rows = [made_row({text: text}, "worse", 0.3), made_row({text: "other"}, "within", 0.2)]
    cells = [
        made_row({text: value, "noise": noise}) for value in (text, "other") for noise in (text, "quiet")
    ]
    finding = {
        **FINDING,
        "note": text,
        "author": text,
        "by": [text],
        "group": {text: text},
        "selection": text,
        "claim": text,
        "state": "accepted",
        "state_reason": text,
    }
    finding["row"] = made_row({text: text}, "worse")
    return made_evidence(
        evaluation=text,
        system=text,
        about={"goal": text, "purpose": text, "speech_style": text},
        system_about={"version": text},
        attributes=[
            made_attribute(text, [text, "other"]),
            made_attribute("noise", [text, "quiet"], "condition"),
        ],
        groupings=[made_grouping([text], rows)],
        grid=made_grouping([text, "noise"], cells),
        findings=[finding],
        inputs=[{"name": text, "sha256": "0", "bytes": 1, "rows": 1}],
        cluster_unit=text,
        decision={
            "choice": "ship with mitigation",
            **dict.fromkeys(
                ("reason", "mitigation", "gaps", "accepted_by", "accepted_until", "review", "by"), text
            ),
            "at": "2027-01-01T00:00:00Z",
            "build": "0123456789ab",
        },
        signed_off={"name": text, "role": text, "date": text, "at": "", "build": "0123456789ab"},
        keywords={"sha256": "0" * 64, "phrases": [text]},
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_html_holds_it_as_text(text: str) -> None:
    document = card_html(compose(hostile_evidence(text)))
    harmless = card_html(compose(hostile_evidence("harmless")))
    reader = read(document)
    assert reader.faults == []
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in read(harmless).tags]
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)
    assert visible(text) in unescape(document.decode())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_holds_it_as_text(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
    shape = [token.type for token in parser.parse(card_markdown(compose(hostile_evidence(text))).decode())]
    harmless = [
        token.type for token in parser.parse(card_markdown(compose(hostile_evidence("harmless"))).decode())
    ]
    assert shape == harmless


@pytest.mark.parametrize("text", [t for t in HOSTILE if t[0] in "=+-@"])
def test_no_cell_of_a_markdown_table_begins_like_a_formula(text: str) -> None:
    for line in card_markdown(compose(hostile_evidence(text))).decode().splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), line


@pytest.mark.parametrize("text", [" ".join(HOSTILE[:-1]), *HOSTILE[15:19], HOSTILE[-1]], ids=range(6))
def test_word_holds_it_as_text(text: str) -> None:
    document = Document(io.BytesIO(card_docx(compose(hostile_evidence(text)))))
    assert shape_of(document) == harmless_shape()
    words = "".join(paragraph.text for paragraph in document.paragraphs)
    assert visible(text).strip() in words.replace("\u2068", "").replace("\u2069", "")


@cache
def harmless_shape() -> list[str]:
    return shape_of(Document(io.BytesIO(card_docx(compose(hostile_evidence("harmless"))))))


def shape_of(document: WordDocument) -> list[str]:
    """Every element of the body but the pieces of text in it."""
    names = (str(element.tag) for element in document.element.body.iter())
    return [name for name in names if not name.endswith(("}t", "}noBreakHyphen"))]


@pytest.mark.parametrize("text", [" ".join(HOSTILE[:-1]), "x" * 10_000], ids=["all at once", "very long"])
def test_a_pdf_can_be_set_whatever_people_wrote(text: str) -> None:
    findings = [{**FINDING, "note": text, "author": text}]
    evidence = (
        hostile_evidence(text) if len(text) < 1000 else made_evidence(findings=findings, system=text[:500])
    )
    assert card_pdf(compose(evidence)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_model_index_holds_it_as_one_scalar(text: str) -> None:
    lines = card_huggingface(compose(hostile_evidence(text))).decode().split("\n")
    harmless = card_huggingface(compose(hostile_evidence("harmless"))).decode().split("\n")
    assert len(lines) == len(harmless)
    name = next(line for line in lines if line.startswith("- name: "))
    assert json.loads(name.removeprefix("- name: ")) == visible(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_cyclonedx_names_the_system(text: str) -> None:
    [component] = json.loads(card_cyclonedx(compose(hostile_evidence(text))))["components"]
    assert component["name"] == visible(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_json_gives_it_back_unchanged(text: str) -> None:
    assert json.loads(card_json(compose(hostile_evidence(text))))["evidence"]["system"] == text


@given(st.text(max_size=60))
def test_escaped_markdown_shows_what_was_written(text: str) -> None:
    shown = visible(text).strip()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x {escape(text)}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    written = "".join(child.content for child in tokens[1].children or [])
    assert re.sub(r"\s+", " ", written).strip() == re.sub(r"\s+", " ", f"x {shown}").strip()
    assert all(child.type in {"text", "text_special"} for child in tokens[1].children or [])


def test_a_lone_surrogate_does_not_stop_the_export() -> None:
    evidence = made_evidence(about={"purpose": "broken \ud800 text"})
    assert "broken \\ud800 text" in json.loads(card_json(compose(evidence)))["evidence"]["about"]["purpose"]
