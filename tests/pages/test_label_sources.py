"""Who gave the labels stands under every table and picture of groups, and guessed ones are called so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

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
