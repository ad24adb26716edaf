"""The files that set the product up: pins, settings of the server, targets of make."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
    "requirements-bench.txt": PROJECT["dependency-groups"]["bench"],
}


def entries(file: str) -> list[str]:
    """The lines pip reads: no comments, no blank lines."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pins(file: str) -> dict[str, str]:
    """Name → exact version, those of an included file too."""
    found = {}
    for line in entries(file):
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r "))
        elif not line.startswith("-"):
            name, _, version = line.partition("==")
            found[canonicalize_name(name.partition("[")[0])] = version
    return found


@pytest.mark.parametrize("file", GROUPS)
def test_every_requirement_is_exact_and_comes_from_wherever_pip_is_told(file: str) -> None:
    allowed = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==[0-9][0-9a-z.+]*|-r requirements\.txt|-e \.")
    assert [line for line in entries(file) if not allowed.fullmatch(line)] == []


@pytest.mark.parametrize(("file", "ranges"), GROUPS.items())
def test_the_pins_are_what_the_ranges_allow(file: str, ranges: list[str]) -> None:
    pinned = pins(file)
    wanted = [Requirement(text) for text in ranges]
    outside = [
        str(one) for one in wanted if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))
    ]
    assert wanted
    assert outside == []


def test_the_product_itself_is_installed_last_and_in_place() -> None:
    """Streamlit starts an app with only its own folder on the path."""
    assert entries("requirements.txt")[-1] == "-e ."


def test_the_dashboard_installs_no_development_tools() -> None:
    tools = {canonicalize_name(Requirement(text).name) for text in GROUPS["requirements-dev.txt"]}
    # Altair, which Streamlit brings, asks for jsonschema.
    assert tools & pins("requirements.txt").keys() == {"jsonschema"}


def test_the_server_listens_to_this_machine_and_tells_nobody() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["headless"] is True
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert settings["client"]["showErrorLinks"] is False


def test_nothing_in_the_theme_is_fetched() -> None:
    assert "//" not in (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")


def test_streamlit_knows_every_setting() -> None:
    """It ignores a misspelt one, and the default may listen to every interface."""
    from streamlit import config

    def flat(table: dict[str, object], place: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= flat(value, f"{place}{key}.") if isinstance(value, dict) else {place + key}
        return found

    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert flat(settings) - set(config.get_config_options()) == set()


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    answer = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert phony is not None
    assert re.findall(r"^  make ([a-z-]+) +\S", answer, re.MULTILINE) == phony.group(1).split()


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        ("print('3.9') if 'print' in code else sys.exit(1)", "needs Python 3.11 or newer, and"),
        ("print('3.12') if 'print' in code else sys.exit('ensurepip' in code)", "apt install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_refused_in_one_sentence(
    tmp_path: Path, python: str, sentence: str
) -> None:
    stand_in = tmp_path / "python"
    stand_in.write_text(
        f"#!/usr/bin/env python3\nimport sys\ncode = sys.argv[2]\n{python}\n", encoding="utf-8"
    )
    stand_in.chmod(0o755)
    refused = subprocess.run(
        [ROOT / ".ci/create-environment", tmp_path / "environment"],
        env={**os.environ, "PYTHON": str(stand_in)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / "environment").exists()
