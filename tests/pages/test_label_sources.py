"""Who gave the labels stands under every table and picture of groups, and guessed ones are called so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document
from dashboard.exports.comparison_csv import export_comparison_csv
from data.store import evaluations_home, find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
ACCENT = "Labels: accent: guessed by software"
GUESSED = "Groups by accent were guessed by software: no claim is made about them"


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("overview", {}),
        ("heatmap", {}),
        ("heatmap", {"as": "table"}),
        ("subgroup", {"split": "accent"}),
        ("trust", {}),
        ("versions", {}),
    ],
)
def test_a_page_of_groups_says_who_gave_the_labels(
    open_page: Callable[..., AppTest], page: str, parameters: dict[str, str]
) -> None:
    said = texts(open_page(page, "guessed", **parameters))
    assert ACCENT in said
    assert GUESSED in said


VERDICTS = re.compile(
    r"(?<!no )\b(worse|better), shown|served (worse|better)\b(?! than it was)|not worse than 1\.25×, shown|[▲△▽●]",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("overview", {}),
        ("heatmap", {}),
        ("heatmap", {"cell": "East · babble"}),
        ("heatmap", {"as": "table"}),
        ("subgroup", {}),
        ("subgroup", {"where": "accent = 'East'"}),
        ("subgroup", {"where": "noise = 'babble'", "split": "accent"}),
        ("versions", {}),
        ("versions", {"tab": "gaps"}),
    ],
)
def test_no_picture_or_table_gives_a_verdict_on_groups_that_software_guessed(
    open_page: Callable[..., AppTest], page: str, parameters: dict[str, str]
) -> None:
    app = open_page(page, "guessed", **parameters)
    drawn = [element.proto.body for element in app.get("html")]
    drawn += [str(element.proto) for element in app.get("bidi_component")]
    drawn += [element.value.to_string() for element in app.dataframe]
    drawn += [element.value for element in app.markdown]
    # Everything selected is no guessed group: its row of the comparison has a verdict.
    rows = [row for part in drawn for row in (part.split("<tr") if page == "versions" else [part])]
    named = [row for row in rows if "East" in row]
    assert named or (parameters == {} and page == "subgroup")
    assert [found.group() for part in named for found in VERDICTS.finditer(part)] == []


def test_the_file_of_a_comparison_of_guessed_groups_is_that_of_the_command(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(
        "dashboard.panels.versions_footer.draw_takeaway",
        lambda _view, given, _beside: kept.append(given.csv()),
    )
    open_page("versions", "guessed")
    build = open_build(find_evaluation(evaluations_home(), "guessed").path)
    answer = compare(build, CompareQuestion("Alpha", "Beta", ("accent",)))
    assert kept == [export_comparison_csv(compare_document(build.info, answer))]
