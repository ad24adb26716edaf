"""House rules about answers that are kept: not by Streamlit's caches, and by the modules of loading alone."""

from __future__ import annotations

import ast

import pytest

from tests.test_house import PRODUCT_MODULES, name, parsed


def cache_decorators(tree: ast.AST) -> list[int]:
    """Lines that name `st.cache_data` or `st.cache_resource`, by attribute or by import."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"cache_data", "cache_resource"})
        or (isinstance(node, ast.ImportFrom) and any(name.name.startswith("cache_") for name in node.names))
    ]


def imported(tree: ast.AST) -> set[str]:
    """Full names of what a module imports, of modules and of what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_nothing_is_kept_by_a_cache_to_which_and_is_or() -> None:
    found = {name(path): cache_decorators(parsed(path)) for path in PRODUCT_MODULES}
    assert [module for module, lines in found.items() if lines] == []


@pytest.mark.parametrize(
    "source",
    ["@st.cache_data\ndef f(): ...", "streamlit.cache_resource(f)", "from streamlit import cache_data"],
)
def test_a_cache_is_noticed_however_it_is_named(source: str) -> None:
    assert cache_decorators(ast.parse(source))


def test_answers_are_kept_by_loading_alone() -> None:
    found = [
        name(path)
        for path in PRODUCT_MODULES
        if not name(path).startswith("dashboard/loading")
        and {"dashboard.loading_kept", "dashboard.loading_turns"} & imported(parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "from dashboard.loading_kept import KEEPER",
        "from dashboard import loading_kept, state",
        "import dashboard.loading_kept as k",
    ],
)
def test_an_import_is_noticed_however_it_is_written(source: str) -> None:
    assert "dashboard.loading_kept" in imported(ast.parse(source))
