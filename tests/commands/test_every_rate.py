"""No command gives a rate without its interval, counts and status, nor "can't tell yet" without what it would take."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.plan import Plan
from analysis.rates import STATUSES
from dashboard.answers.plan import set_plan
from dashboard.commands.main import main
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.answers.test_condition_mix import unequal_frame
from tests.test_house import NOT_TO_BE_SAID

ASKED = {
    "rates": ("rates", "--system", "A", "--by", "accent,noise"),
    "rates alone": ("rates", "--system", "A"),
    "rates of speakers": ("rates", "--system", "A", "--by", "accent"),
    "rates, another metric": ("rates", "--system", "A", "--by", "accent", "--metric", "wil"),
    "rates, selected": ("rates", "--system", "A", "--by", "accent", "--where", "noise = 'babble'"),
    "rates for the public": ("rates", "--system", "A", "--by", "accent", "--audience", "public"),
    "compare": ("compare", "--systems", "A,B", "--by", "accent"),
    "adjust": ("adjust", "--system", "A", "--attribute", "accent", "--for", "noise"),
    "coverage": ("coverage", "--system", "A", "--by", "accent,noise"),
    "sensitivity": ("sensitivity", "--system", "A", "--by", "accent"),
    "words": ("words", "--system", "A", "--where", "accent = 'North'"),
    "gate": ("gate", "--system", "A", "--by", "accent", "--max-ratio", "1.5"),
    "gate, baseline": ("gate", "--system", "A", "--baseline", "B", "--by", "accent", "--max-ratio", "1.5"),
}
OTHER_COMMANDS = {"list": ("list",), "doctor": ("doctor",), "plan": ("plan",)}
_SIDES_HOLD_THE_COUNTS = re.compile(r"^words\.(kinds|rows)\[")
"""Parts of an excess: their counts stand once, in `sides` of the same document."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two systems, an accent that three people have, a plan with shares, and accents recorded in other noise."""
    folder = tmp_path_factory.mktemp("every")
    frame = unequal_frame().rename(columns={"hypothesis": "hyp_A"})
    frame.loc[frame["speaker_id"].isin(["s0", "s3", "s6"]), "accent"] = "West"
    frame["hyp_B"] = frame["hyp_A"].str.replace("oops oops", "word word", regex=False)
    source = folder / "every.csv"
    frame.to_csv(source, index=False)
    roles = {"accent": "speaker", "noise": "condition", "device": "condition"}
    options = IngestOptions("every", (source,), roles=roles, show_text=True)  # type: ignore[arg-type]
    build = open_build(ingest(options, folder / "home").path)
    shares = (("noise", (("quiet", 0.9), ("babble", 0.1))),)
    set_plan(build.info, Plan(groupings=(("accent",), ("accent", "noise")), shares=shares))
    return folder / "home"


def printed(home: Path, capsys: pytest.CaptureFixture[str], question: tuple[str, ...], form: str) -> str:
    command, *options = question
    capsys.readouterr()
    evaluation = [] if command == "list" else ["every"]
    code = main([command, *evaluation, *options, "--home", str(home), "--format", form])
    shown = capsys.readouterr()
    assert code in (0, 1, 3), shown.err
    return shown.out


def objects(plain: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a document with where it stands."""
    if isinstance(plain, dict):
        yield path, plain
        for name, inner in plain.items():
            yield from objects(inner, f"{path}.{name}")
    elif isinstance(plain, list):
        for number, inner in enumerate(plain):
            yield from objects(inner, f"{path}[{number}]")


def faults_of(path: str, one: dict[str, Any]) -> list[str]:
    """What an object says without what has to stand beside it."""
    found = []
    for suffix in ("", "_a", "_b"):
        if f"rate{suffix}" not in one or isinstance(one[f"rate{suffix}"], dict):
            continue
        named = ("rate_low", "rate_high") if "rate_low" in one else (f"low{suffix}", f"high{suffix}")
        missing = [name for name in named if name not in one]
        if not _SIDES_HOLD_THE_COUNTS.match(path):
            missing += [name for name in ("n_speakers", "status") if name not in one]
            missing += [] if {"n_words", "n_utterances"} & set(one) else ["n_words"]
            if one.get("status", "shown") not in STATUSES:
                missing.append(f"a status, not {one['status']}")
        if not missing and one[f"rate{suffix}"] is not None and one[named[0]] is None:
            missing += [] if one.get("reason") else ["a reason for having no interval"]
        if one[f"rate{suffix}"] is None and not one.get("reason") and one.get("status") != "empty":
            missing += ["a reason for having no rate"]
        found += [f"{path}: no {name}" for name in missing]
    why = one.get("versus_reason") or one.get("reason")
    if one.get("verdict") == "undecided" and one.get("speakers_needed") is None and not why:
        found.append(f"{path}: undecided, and nothing says what it would take")
    return found


@pytest.mark.parametrize("name", ASKED)
def test_no_json_holds_a_bare_rate(name: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(home, capsys, ASKED[name], "json"))
    faults = [fault for path, one in objects(document, ASKED[name][0]) for fault in faults_of(path, one)]
    assert faults == []


@pytest.mark.parametrize("name", [name for name in ASKED if not name.startswith(("gate", "coverage"))])
def test_no_csv_holds_a_bare_rate(name: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(home, capsys, ASKED[name], "csv")
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert rows
    # Rows of a file with several parts leave the columns of other parts empty.
    rows = [{key: value for key, value in row.items() if value or "part" not in row} for row in rows]
    if name != "words":
        faults = [fault for row in rows for fault in faults_of(name, {k: v or None for k, v in row.items()})]
        assert faults == []


def test_no_card_holds_a_bare_rate(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "every", "--system", "A", "--home", str(home), "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    card = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    evidence = card["evidence"]
    faults = [fault for path, one in objects(evidence, "card") for fault in faults_of(path, one)]
    assert faults == []
    assert [mix["mix"] for mix in evidence["overall_mixes"]] == [
        "as tested",
        "every group equal",
        "as planned",
    ]
    [accent] = [one for one in evidence["groupings"] if one["by"] == ["accent"]]
    assert accent["comparator"] == "peers"
    assert accent["gaps"]["range"] > accent["gaps"]["range_expected"]
    written = [path for path in tmp_path.iterdir() if path.suffix in {".md", ".html", ".json"}]
    said = [text.group() for path in written for text in NOT_TO_BE_SAID.finditer(path.read_text("utf-8"))]
    assert len(written) >= 3
    assert said == []


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("name", [*ASKED, *OTHER_COMMANDS])
def test_no_command_says_what_may_not_be_said(
    name: str, form: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(home, capsys, (ASKED | OTHER_COMMANDS)[name], form)
    assert text
    assert not NOT_TO_BE_SAID.search(text)


def test_every_undecided_row_of_a_table_says_why(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("rates", "rates of speakers", "gate"):
        text = printed(home, capsys, ASKED[name], "table")
        undecided = [line for line in text.splitlines() if "tell yet" in line.lower() and "  " in line]
        assert all(re.search(r"tell yet: \w|undecided\s+\w", line) for line in undecided), undecided


def test_the_rule_itself_finds_what_is_bare() -> None:
    assert (
        faults_of(
            "rows", {"rate": 0.1, "low": 0.05, "high": 0.2, "n_speakers": 3, "n_words": 9, "status": "shown"}
        )
        == []
    )
    assert len(faults_of("rows", {"rate": 0.1})) == 5
    assert faults_of("rows", {"verdict": "undecided", "speakers_needed": None, "reason": None})
