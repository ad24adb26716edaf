"""One section for each metric, page, setting and command; each says what the code says, and its example runs."""

from __future__ import annotations

import ast
import json
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.metrics import METRICS
from analysis.settings import DEFAULTS, Settings
from dashboard.commands.dispatch import COMMANDS
from dashboard.commands.main import main
from data.limits import UNPACKED, UPLOADED
from tests import tutorial
from tests.test_house import ROOT
from tests.written_documents import with_options

DOCS = ROOT / "docs"
# What no example can do by itself: it serves for ever, needs files of the reader's, or takes minutes.
NOT_RUN = ("serve", "ingest", "add-system", "remove", "sign", "sensitivity", "slices")
PAGES = sorted(path.stem.capitalize() for path in (ROOT / "dashboard" / "app_pages").glob("[a-z]*.py"))
STATE = (ROOT / "dashboard" / "state.py").read_text(encoding="utf-8")
EXAMPLE = (
    "id,speaker,reference,hypothesis\n1,a,turn on the heating,turn on the heeting please\n2,b,good morning,\n"
)


def text_of(document: str) -> str:
    return (DOCS / document).read_text(encoding="utf-8")


def sections(document: str, level: str = "##") -> dict[str, str]:
    """Text by heading of one level."""
    parts = re.split(rf"^{level} (.+)\n", text_of(document), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_metric_has_a_section_in_their_order() -> None:
    assert [*sections("metrics.md")] == [*METRICS]


@pytest.fixture(scope="module")
def two_recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the example of the metrics' page."""
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "example.csv").write_text(EXAMPLE, encoding="utf-8")
    (folder / "keywords.txt").write_text("heating\n", encoding="utf-8")
    options = ["--name", "example", "--keywords", str(folder / "keywords.txt"), "--home", str(folder)]
    assert main(["ingest", str(folder / "example.csv"), *options]) == 0
    return folder


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_what_it_is_and_its_example_holds(
    name: str, two_recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    metric, section = METRICS[name], sections("metrics.md")[name]
    assert f"**{metric.label}.** {metric.sentence}" in section
    [value] = re.findall(r"\*\*In the example\*\*: .*= (\d\.\d{3})", section)
    capsys.readouterr()
    assert (
        main(["rates", "example", "--metric", name, "--format", "json", "--home", str(two_recordings)]) == 0
    )
    assert f"{json.loads(capsys.readouterr().out)['overall']['rate']:.3f}" == value


def test_the_example_of_the_metrics_is_the_one_on_their_page() -> None:
    for cell in EXAMPLE.replace("\n", ",").split(",")[4:]:
        assert cell in text_of("metrics.md")


def test_every_setting_has_a_section_with_its_default() -> None:
    written = sections("settings.md", "###")
    assert [*written] == [field.name for field in fields(Settings)]
    for name, section in written.items():
        default = getattr(DEFAULTS, name)
        assert f"Default: `{default if isinstance(default, str) else format(default, 'g')}`." in section


def test_every_variable_of_the_environment_is_a_setting_with_a_row() -> None:
    code = [
        path.read_text(encoding="utf-8")
        for room in ("data", "dashboard")
        for path in (ROOT / room).rglob("*.py")
    ]
    variables = {name for text in code for name in re.findall(r"\"(FAIRHEARING_\w+)\"", text)}
    assert {UPLOADED.variable, UNPACKED.variable} <= variables
    assert {name for name in variables if f"| `{name}` |" not in text_of("settings.md")} == set()


def test_every_page_has_a_section() -> None:
    assert {*PAGES} <= sections("pages.md").keys()


def parameters_of(source: str) -> set[str]:
    """Names of link parameters that a panel or page of its own holds: its constants that it hands on or records."""
    tree = ast.parse(source)
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, values = ast.unparse(node.targets[0]).strip("()"), ast.unparse(node.value).strip("()")
            constants |= dict(zip(names.split(", "), values.split(", "), strict=False))
    if "state.record(" not in source:
        return set()
    used = {
        part.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for given in node.args
        for part in (given.keys if isinstance(given, ast.Dict) else [given])
        if isinstance(part, ast.Name)
    }
    held = (constants[name] for name in used & constants.keys())
    return {one[1:-1] for one in held if re.fullmatch(r"'[a-z]+'", one)}


def test_a_parameter_is_told_from_other_constants() -> None:
    source = 'A, B = "one", "two"\nC = "the asked"\nD = "four"\nprepare(A, C)\nstate.record({B: None})\n'
    assert parameters_of(source) == {"one", "two"}


PANELS = [
    path.read_text(encoding="utf-8")
    for room in ("panels", "app_pages")
    for path in (ROOT / "dashboard" / room).glob("*.py")
]
PARAMETERS = {*re.findall(r"^[A-Z]+ = \"(\w+)\"$", STATE, re.MULTILINE)}.union(*map(parameters_of, PANELS))


@pytest.mark.parametrize("parameter", sorted(PARAMETERS - {"none"}))
def test_parameters_of_links_are_documented(parameter: str) -> None:
    assert f"`{parameter}`" in text_of("pages.md")


def test_every_command_has_a_section_in_their_order() -> None:
    assert [*sections("commands.md")] == [*COMMANDS]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_its_purpose_example_output_and_exit_codes(name: str) -> None:
    section = sections("commands.md")[name]
    purpose = COMMANDS[name][1]
    assert section.strip().startswith(f"{purpose[0].upper()}{purpose[1:]}.")
    assert f"$ fairhearing {name}" in section
    assert "**Exit codes**: 0" in section
    assert f"<!-- options of {name} -->" in section


def test_options_in_the_documents_are_those_of_the_commands() -> None:
    written = text_of("commands.md")
    assert written == with_options(written), "write them again: python -m tests.written_documents"


def test_examples_of_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert main(["sample"]) == 0
    for name, section in sections("commands.md").items():
        [example] = re.findall(r"^\$ (.+)$", section, re.MULTILINE)
        if name not in NOT_RUN:
            assert main(shlex.split(example)[1:]) == 0, example


def test_the_tutorial_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    results = tutorial.write_example(tmp_path)
    assert len(results.read_text(encoding="utf-8").splitlines()) == 481
    for command in tutorial.commands():
        assert main(command) == 0, command
    said = capsys.readouterr().out
    assert re.search(r"^Island .*Worse, shown$", said, re.MULTILINE)
    assert (tmp_path / "card" / "card.html").exists()
