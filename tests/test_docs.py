"""Documents say what the product does: every metric, setting, verdict, format, command and page is in them."""

from __future__ import annotations

import ast
import json
import re
import shlex
from dataclasses import fields
from importlib import import_module, util
from pathlib import Path

import pytest

from analysis.judgement import VERDICTS
from analysis.metrics import METRICS
from analysis.normalize import NORMALIZERS
from analysis.plan import Plan
from analysis.plan_reading import plan_from_json
from analysis.settings import DEFAULTS, Settings
from dashboard.commands.dispatch import COMMANDS
from dashboard.commands.main import main
from data.formats.registry import FORMATS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLAN = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
NUMBERS = (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")
DOCS = README + "".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_is_documented(metric: str) -> None:
    assert f"`{metric}`" in NUMBERS


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_documented_with_its_default(setting: str) -> None:
    default = getattr(DEFAULTS, setting)
    written = default if isinstance(default, str) else f"{default:g}"
    assert re.search(rf"\| `{setting}` \| {re.escape(written)} \|", NUMBERS)


@pytest.mark.parametrize("key", [key for key in Plan(()).to_json() if key != "version"])
def test_every_key_of_a_plan_is_documented(key: str) -> None:
    assert re.search(rf"^\| .*`{key}`.* \|", PLAN, re.MULTILINE)


def test_the_documented_plan_can_be_read() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PLAN, re.DOTALL)
    assert plan_from_json(json.loads(example)).to_json() == json.loads(example)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_documented(verdict: str) -> None:
    assert f"| `{verdict}` |" in NUMBERS


@pytest.mark.parametrize("normalizer", NORMALIZERS)
def test_every_normaliser_is_documented(normalizer: str) -> None:
    assert f"`{normalizer}`" in DOCS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented(name: str) -> None:
    assert re.search(rf"\b{re.escape(name)}\b", (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"fairhearing {command}" in DOCS


@pytest.mark.parametrize(
    "page", sorted(path.stem for path in (ROOT / "dashboard" / "app_pages").glob("[a-z]*.py"))
)
def test_every_page_is_documented(page: str) -> None:
    assert page.capitalize() in README


def commands_of_the_readme() -> list[str]:
    """Lines of the README's console blocks that call the command line and end by themselves."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ fairhearing")]
    return [line for line in lines if "serve" not in line]


@pytest.mark.parametrize("line", commands_of_the_readme())
def test_commands_of_the_readme_run(
    line: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.getbasetemp() / "readme-home"
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    monkeypatch.chdir(tmp_path_factory.getbasetemp())
    if not home.exists():
        assert main(["sample"]) == 0
    assert main(shlex.split(line)[1:]) == 0


def commands_of_the_workflow() -> list[str]:
    """What the steps of the gate's example workflow run, in order."""
    gate = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    [workflow] = re.findall(r"```yaml\n(.*?)```", gate, re.DOTALL)
    return [line.strip() for line in workflow.splitlines() if line.strip().startswith("fairhearing ")]


def test_the_workflow_of_the_gate_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["utterance_id,speaker_id,accent,reference,hypothesis_current,hypothesis_candidate"]
    for speaker in range(40):
        accent = ("Irish", "Scottish")[speaker % 2]
        for n in range(6):
            wrong = ("one two three four five", "one two tree four", "one too three four five")
            current, candidate = wrong[(speaker + n) % 3], wrong[(speaker * 2 + n) % 3]
            rows.append(f"u{speaker}-{n},s{speaker},{accent},one two three four five,{current},{candidate}")
    (tmp_path / "results.csv").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    codes = [main(shlex.split(line)[1:]) for line in commands_of_the_workflow()]
    assert len(codes) == 4
    assert codes == [0] * 4
    assert {file.name for file in tmp_path.glob("*.xml")} == {"baseline.xml", "groups.xml"}


def test_files_that_documents_link_to_exist() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("howto-*.md")), ids=lambda page: page.stem)
def test_what_a_how_to_imports_and_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    written = {path.removesuffix(".py").replace("/", ".") for path in re.findall(r"`([\w/]+\.py)`", text)}
    modules = [ast.parse(block) for block in blocks if "import " in block]
    imports = [node for module in modules for node in module.body if isinstance(node, ast.ImportFrom)]
    own = [one for one in imports if str(one.module).split(".")[0] in ("analysis", "data", "dashboard")]
    there = {one: util.find_spec(str(one.module)) for one in own}
    assert {one.module for one, found in there.items() if found is None} <= written
    for one in (one for one, found in there.items() if found):
        module = import_module(str(one.module))
        missing = [name.name for name in one.names if not hasattr(module, name.name)]
        assert [name for name in missing if util.find_spec(f"{one.module}.{name}") is None] == []
