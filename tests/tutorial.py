"""The tutorial as its reader has it: the file it makes, the commands it names, and the labels it sends the reader to."""

from __future__ import annotations

import contextlib
import re
import runpy
import shlex
from pathlib import Path

from tests.test_house import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial-own-data.md").read_text(encoding="utf-8")


def write_example(folder: Path) -> Path:
    """Do what step 1 says; the file it makes."""
    [program] = re.findall(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
    (folder / "example.py").write_text(program, encoding="utf-8")
    with contextlib.chdir(folder):
        runpy.run_path("example.py")
    return folder / "results.csv"


def commands() -> list[list[str]]:
    """The commands of its last part, without the name of the program."""
    [block] = re.findall(r"```console\n(.*?)```", TUTORIAL, re.DOTALL)
    return [shlex.split(line)[2:] for line in block.splitlines()]


def labels(number: int) -> list[str]:
    """What stands in bold in the numbered lines of one step."""
    step = TUTORIAL.split(f"\n## {number}. ")[1].split("\n## ")[0]
    numbered = re.findall(r"^\d\. .*(?:\n   .*)*", step, re.MULTILINE)
    return [label for line in numbered for label in re.findall(r"\*\*(.+?)\*\*", line)]
