"""House rules that the linter, the types and the import contracts cannot state.

Each rule reads source text, never runs it, and names every place that breaks
it. CONTRIBUTING.md gives the reasons.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("analysis", "data", "dashboard")
MODULES = sorted(
    path
    for room in (*PRODUCT, "tests", "benchmarks")
    for path in (ROOT / room).rglob("*.py")
    if "__pycache__" not in path.parts
)
PRODUCT_MODULES = [path for path in MODULES if path.relative_to(ROOT).parts[0] in PRODUCT]
MOST_LINES = 300
ROOMS_WITHOUT_A_SUBJECT = {"utils", "util", "common", "helpers", "helper", "misc"}

# What may not be said of a system or of people. Section "Words about people" of
# CONTRIBUTING.md defines the rule and is the only text that may quote it.
NOT_TO_BE_SAID = re.compile(
    r"""
      \bno\ bias\b | \bunbiased\b | \bde-?bias(?:ed|es|ing)?\b | \bproves?\b
    | \bfair\b (?!\s+hearing) | \bworst\ accents?\b | \bbad\ accents?\b | \bpoor\ speakers?\b
    | \bnative-like\b | \bstandard\ english\b | \bwinners?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Who may read which table of a build. Recordings have one reader, so that every
# number is counted in one place; the smaller tables are read by their owners too.
READERS = {
    "utterance": ("data/queries",),
    "score": ("data/queries",),
    "marginal": ("data/queries", "data/marginals"),
    "meta": ("data/queries", "data/marginals", "data/store"),
}
SELECT = re.compile(r"\bSELECT\b.*\bFROM\b|^\s*select\b.*\bfrom\b", re.DOTALL)
PERCENT_SPEC = re.compile(r"[+,]*\.\d+%")
# A width in a style sheet, as in `a{width:50%}`, is not one.
PERCENT_IN_A_TEMPLATE = re.compile(r"\{[\w.\[\]!]*:[<>^+,_ ]*(?:\d*\.\d+)?%\}")


def texts(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and content of every string that is not a docstring; `{}` stands for what is filled in."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    in_f_strings = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    skipped = docstrings | in_f_strings
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = (str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
            found.append((node.lineno, "".join(pieces)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            found.append((node.lineno, node.value))
    return found


def tables_read(text: str) -> set[str]:
    """The tables of a build that a piece of SQL selects from."""
    if not re.search(r"\bselect\b", text, re.IGNORECASE):
        return set()
    named = re.findall(r"\b(?:from|join)\s+(?:\w+\.)?\"?(\w+)", text, re.IGNORECASE)
    return set(named) & READERS.keys()


def percent_formats(tree: ast.AST) -> list[int]:
    """Lines that turn a fraction into a percentage, as `f"{rate:.1%}"` or `"{:.1%}".format(rate)`."""
    specs = (
        (node.lineno, node.format_spec.values[-1])
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.format_spec, ast.JoinedStr)
        and node.format_spec.values
    )
    in_f_strings = [
        line for line, last in specs if isinstance(last, ast.Constant) and str(last.value).endswith("%")
    ]
    in_templates = [
        line
        for line, text in texts(tree)
        if PERCENT_IN_A_TEMPLATE.search(text) or PERCENT_SPEC.fullmatch(text)
    ]
    return in_f_strings + in_templates


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_house_has_rooms_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in PRODUCT_MODULES} == set(PRODUCT)


def test_every_module_says_what_it_owns() -> None:
    assert [name(path) for path in MODULES if not ast.get_docstring(parsed(path))] == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {module: lines for module, lines in lengths.items() if lines > MOST_LINES} == {}


def test_the_map_of_the_house_shows_every_room_and_no_other() -> None:
    rows = re.findall(
        r"^\| (`(?:analysis|data|dashboard)/.*?) \|",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE,
    )
    rooms = [room for row in rows for room in re.findall(r"`(.+?)`", row)]
    modules = [name(path) for path in PRODUCT_MODULES if path.name != "__init__.py"]
    patterns = [room + "*" if room.endswith("/") else room for room in rooms]
    assert [module for module in modules if not any(fnmatch(module, one) for one in patterns)] == []
    assert [room for room in rooms if not any(ROOT.glob(room))] == []


def test_every_room_has_a_subject() -> None:
    parts = {part for path in MODULES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & ROOMS_WITHOUT_A_SUBJECT == set()


def test_every_table_of_a_build_is_read_by_its_own_readers_only() -> None:
    found = [
        f"{name(path)}:{line} reads {table}"
        for path in PRODUCT_MODULES
        for line, text in texts(parsed(path))
        for table in tables_read(text)
        if not name(path).startswith(READERS[table])
    ]
    assert found == []


def test_statistics_and_pages_hold_no_queries() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in PRODUCT_MODULES
        if not name(path).startswith("data/")
        for line, text in texts(parsed(path))
        if SELECT.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "tables"),
    [
        ('q = "SELECT sum(errors) FROM score"', {"score"}),
        ('q = f"select {x} from utterance join score using (row)"', {"utterance", "score"}),
        ('q = f"SELECT a FROM build.utterance WHERE {x}"', {"utterance"}),
        ('q = f"FROM (SELECT speaker{x} FROM utterance) AS u"', {"utterance"}),
        ('"""Select a group from score."""', set()),
        ("q = \"SELECT * FROM read_csv('a')\"", set()),
    ],
)
def test_a_read_of_an_evaluation_is_told_from_prose(source: str, tables: set[str]) -> None:
    assert set().union(*(tables_read(text) for _, text in texts(ast.parse(source)))) == tables


def test_percent_exists_only_in_wording() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in PRODUCT_MODULES
        if name(path).startswith("dashboard/") and not path.name.startswith("wording")
        for line in percent_formats(parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "is_percent"),
    [
        ('f"{rate:.1%}"', True),
        ('f"{rate:>8.{digits}%}"', True),
        ('"{:.0%}".format(rate)', True),
        ('format(rate, ".1%")', True),
        ('f"{seconds:.1f} s"', False),
        ('template = "%{customdata[0]}"', False),
        ('width = "100%"', False),
        ('style = "a{width:50%}"', False),
    ],
)
def test_a_percent_format_is_told_from_other_signs(source: str, is_percent: bool) -> None:
    assert bool(percent_formats(ast.parse(source))) is is_percent


def test_no_page_uses_a_primary_button() -> None:
    """Streamlit labels it in white, which cannot be read on the accent of the dark theme."""
    found = [
        f"{name(path)}:{node.value.lineno}"
        for path in PRODUCT_MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.keyword) and node.arg == "type"
        if isinstance(node.value, ast.Constant) and node.value.value == "primary"
    ]
    assert found == []


def test_no_label_judges_people_or_promises_too_much() -> None:
    found = [
        f"{name(path)}:{line}: {said.group()}"
        for path in PRODUCT_MODULES
        if path.name.startswith("wording") or name(path).startswith(("analysis/card/", "dashboard/exports/"))
        for line, text in texts(parsed(path))
        if (said := NOT_TO_BE_SAID.search(text))
    ]
    assert found == []


def test_no_document_judges_people_or_promises_too_much() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data/samples").rglob("*.md")]
    found = []
    for path in documents:
        text = path.read_text(encoding="utf-8")
        if path.name == "CONTRIBUTING.md":
            text, rules = re.subn(
                r"^## Words about people$.*?(?=^## |\Z)", "", text, flags=re.MULTILINE | re.DOTALL
            )
            assert rules == 1
        found += [f"{name(path)}: {said.group()}" for said in NOT_TO_BE_SAID.finditer(text)]
    assert len(documents) >= 3
    assert found == []


@pytest.mark.parametrize(
    ("sentence", "is_refused"),
    [
        ("The system is unbiased.", True),
        ("a debiased model", True),
        ("the worst accent", True),
        ("Standard English", True),
        ("This is fair.", True),
        ("Fair Hearing assesses fairness", False),
        ("the system makes more errors for speakers who reported a Scottish accent", False),
    ],
)
def test_a_judgement_is_told_from_a_finding(sentence: str, is_refused: bool) -> None:
    assert bool(NOT_TO_BE_SAID.search(sentence)) is is_refused


def test_help_answers_without_loading_what_it_does_not_need() -> None:
    script = (
        "import sys\n"
        "from dashboard.commands.main import main\n"
        "sys.argv = ['fairhearing', '--help']\n"
        "try:\n    code = main()\n"
        "except SystemExit as stop:\n    code = stop.code\n"
        "print(code or 0, *sorted({module.partition('.')[0] for module in sys.modules}), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stderr
    code, *loaded = ran.stderr.splitlines()[-1].split()
    heavy = {"streamlit", "duckdb", "pandas", "pyarrow", "scipy", "sklearn", "sqlglot"}
    assert code == "0"
    assert "usage" in ran.stdout.lower()
    assert heavy & set(loaded) == set()
