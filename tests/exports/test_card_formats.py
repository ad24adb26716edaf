"""The formats of a card: golden files, valid HTML, the same bytes again, and what JSON alone can rebuild.

`UPDATE_GOLDEN=1 pytest tests/exports` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import zipfile
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from analysis.card.content import Card, compose
from analysis.card.sections import IntervalPlot
from dashboard.charts.palette import contrast
from dashboard.exports import card_pdf as card_pdf_module
from dashboard.exports.card_bundle import (
    FORMATS,
    MANIFEST,
    UnknownFormat,
    card_archive,
    card_files,
    checked_formats,
)
from dashboard.exports.card_html import card_html
from dashboard.exports.card_html_tables import N_SHADES, shade_of, shades
from dashboard.exports.card_json import NotACard, card_from_json, card_json
from dashboard.exports.card_markdown import card_markdown
from tests.analysis.card_evidence import made_evidence, made_grouping, made_row
from tests.analysis.test_card_annex import made_card

GOLDEN = Path(__file__).parent / "golden"
VOID = {"meta", "br", "img", "path", "circle", "link", "hr"}
FINDING = {
    "id": "f00000000001",
    "note": "Seen again in the second recording session.",
    "author": "an auditor",
    "added": "2026-01-02T03:04:05Z",
    "by": ["accent", "noise"],
    "group": {"accent": "North", "noise": "babble"},
    "selection": "all recordings",
    "recorded_build": "ffffffffffff",
    "recorded": made_row({"accent": "North", "noise": "babble"}, "worse", 0.4),
    "row": made_row({"accent": "North", "noise": "babble"}, "undecided", 0.3),
    "reason": None,
}


@pytest.fixture(scope="module")
def card() -> Card:
    return compose(made_evidence(findings=[FINDING], notice="Synthetic voices: says nothing about people"))


@pytest.mark.parametrize("name", [name for name, _ in FORMATS.values()])
def test_every_format_equals_its_golden_file(card: Card, name: str) -> None:
    written, golden = card_files(card)[name], GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(written)
    assert unpacked(name, written) == unpacked(name, golden.read_bytes())


def unpacked(name: str, content: bytes) -> object:
    """What a person can compare: text as text, the parts of a Word document, whose packing differs between libraries."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {part: archive.read(part) for part in archive.namelist()}
    return content if name.endswith(".pdf") else content.decode()


def test_the_card_for_the_public_equals_its_golden_file() -> None:
    """Two of three accents are withheld, in the table and with every condition."""
    gone: dict[str, Any] = dict.fromkeys(
        ("errors", "substitutions", "deletions", "insertions", "empty_outputs")
    )
    gone |= {"status": "suppressed", "reason": "withheld: fewer than 10 speakers", "effective_speakers": None}
    cells = [made_row({"accent": "North", "noise": noise}, "within") for noise in ("quiet", "babble")]
    accents = [made_row({"accent": "North"}, "within")]
    for accent in ("South", "West"):
        accents.append(made_row({"accent": accent}, "undecided", None, **gone))
        cells += [
            made_row({"accent": accent, "noise": noise}, "undecided", None, **gone)
            for noise in ("quiet", "babble")
        ]
    noises = [made_row({"noise": "quiet"}, "better", 0.15), made_row({"noise": "babble"}, "worse", 0.35)]
    tables = [made_grouping(["accent"], accents), made_grouping(["noise"], noises, about_people=False)]
    grid = made_grouping(["accent", "noise"], cells)
    whole = card_markdown(compose(made_evidence(audience="public", groupings=tables, grid=grid))).decode()
    written = whole.partition("\n## Findings on record")[0]
    golden = GOLDEN / "public-card.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_json_alone_gives_every_format_again(card: Card) -> None:
    again = card_from_json(card_json(card))
    assert card_files(again) == card_files(card)


def test_the_same_evidence_gives_the_same_bytes() -> None:
    one, two = (card_files(compose(made_evidence(findings=[FINDING]))) for _ in range(2))
    assert one == two
    assert card_archive(one) == card_archive(two)


def test_no_file_says_when_it_was_made(card: Card) -> None:
    known = {FINDING["added"], "1980-01-01T00:00:00Z"}
    for name, content in card_files(card).items():
        text = repr(unpacked(name, content)) if name.endswith(".docx") else content.decode("latin-1")
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z?", text)) <= known, name


def test_json_has_sorted_keys_and_ten_digits(card: Card) -> None:
    document = card_json(card).decode()
    plain = json.loads(document)
    assert plain["schema"] == "fairhearing-card/3"
    assert document == json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert all(len(digits) <= 10 for digits in re.findall(r"(?<=\.)0*([1-9]\d*)\b", document))


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{}",
        "[]",
        '{"schema": "other/1"}',
        '{"schema": "fairhearing-card/1"}',
        '{"schema": "fairhearing-card/2"}',
    ],
)
def test_what_is_no_card_is_refused_in_a_sentence(document: str) -> None:
    with pytest.raises(NotACard):
        card_from_json(document)


def test_the_manifest_has_the_hash_of_every_file(card: Card) -> None:
    files = card_files(card)
    manifest = json.loads(files.pop(MANIFEST))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }


def test_the_archive_holds_the_same_bytes(card: Card) -> None:
    files = card_files(card)
    with zipfile.ZipFile(io.BytesIO(card_archive(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match="md, html, pdf, docx, json, cyclonedx, hf"):
        checked_formats(["odt"])
    assert checked_formats(["json", "md", "json"]) == ("json", "md")


class _Reader(HTMLParser):
    """Notes the structure of a document and every tag that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def read(document: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(document.decode())
    reader.close()
    return reader


def test_the_html_is_whole_and_has_one_first_heading(card: Card) -> None:
    reader = read(card_html(card))
    names = [tag for tag, _ in reader.tags]
    assert reader.faults == []
    assert reader.open == []
    assert names.count("h1") == 1
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_the_html_fetches_nothing_and_runs_nothing(card: Card) -> None:
    reader = read(card_html(card))
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in reader.tags}
    for _, attributes in reader.tags:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert b"url(" not in card_html(card)


def test_every_table_has_a_caption_and_headings_with_a_scope(card: Card) -> None:
    document = card_html(card).decode()
    tables = re.findall(r"<table.*?</table>", document, re.DOTALL)
    assert tables
    for table in tables:
        assert "<caption>" in table
        assert "<th>" not in table
        assert '<th scope="col"' in table
        assert '<th scope="row"' in table


def test_ids_are_unique_and_labels_point_at_them(card: Card) -> None:
    tags = read(card_html(card)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in tags:
        for target in (attributes.get("aria-labelledby") or "").split():
            assert target in ids


@pytest.mark.parametrize("dark", [False, True])
def test_every_shade_can_be_read(dark: bool) -> None:
    assert len(shades(dark)) == N_SHADES
    assert all(contrast(ground, text) >= 4.5 for ground, text in shades(dark))


def test_shades_run_from_the_lowest_to_the_highest_rate() -> None:
    assert [shade_of(rate, (0.1, 0.5)) for rate in (0.1, 0.5, 0.0, 0.9)] == [0, N_SHADES - 1, 0, N_SHADES - 1]
    assert shade_of(0.2, (0.2, 0.2)) == 0


def test_the_notice_stands_at_the_top_of_every_format(card: Card) -> None:
    notice = "Synthetic voices: says nothing about people"
    assert notice in card_markdown(card).decode()[:400]
    html = card_html(card).decode()
    assert notice in html[html.index("<body>") : html.index("<main>")]
    assert json.loads(card_json(card))["evidence"]["notice"] == notice
    assert "Refused." in card_markdown(card).decode()


def test_the_html_leads_to_the_annex_and_markdown_has_every_row() -> None:
    card = made_card(30)
    html, markdown = card_html(card).decode(), card_markdown(card).decode()
    targets = re.findall(r'<p class="more"><a href="#([^"]+)"', html)
    assert len(targets) == 2
    assert all(f'<section id="{target}"' in html for target in targets)
    assert (
        markdown.index("## At a glance") < markdown.index("## What was measured") < markdown.index("## Annex")
    )
    assert markdown.partition("## Annex")[2].count("| accent ") == 30 + 60 + 2


def wide_card() -> Card:
    """One of three groups has an interval that goes far beyond its rate."""
    rows = [made_row({"accent": name}, "within", 0.2) for name in ("North", "South")]
    wide = made_row({"accent": "West"}, "undecided", 0.4, low=0.05, high=3.94)
    return compose(made_evidence(groupings=[made_grouping(["accent"], [*rows, wide])], grid=None))


def test_an_interval_that_goes_on_beyond_the_drawing_says_so_in_every_format_that_draws() -> None:
    wide = wide_card()
    mark = "(→ one interval goes on beyond the drawing)"
    with zipfile.ZipFile(io.BytesIO(card_files(wide)["card.docx"])) as word:
        document = word.read("word/document.xml").decode()
    written = card_markdown(wide).decode()
    assert all(mark in text for text in (written, card_html(wide).decode(), document))
    strips = {line.split(" ")[0]: line for line in written.splitlines() if "●" in line and "|" not in line}
    assert "→" in strips["West"]
    assert "→" not in strips["North"]
    # The others are drawn wide enough to be read: the scale is not that of the widest.
    assert strips["North"].index("●") > strips["North"].index(" " * 8) + 8
    [plot] = [
        block
        for whole in wide.sections
        for part in whole.walk()
        for block in part.blocks
        if isinstance(block, IntervalPlot)
    ]
    drawn = card_pdf_module._plot(plot, 1.25)
    assert mark in drawn["title"]
    assert [row["cut"] for row in drawn["rows"]] == [False, False, True]


def test_a_drawing_that_holds_every_interval_has_no_mark(card: Card) -> None:
    assert "→" not in card_markdown(card).decode()
