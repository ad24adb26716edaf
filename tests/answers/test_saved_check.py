"""Saved subgroups at a new build, as a file, for the public, and a file of them seen before it is saved."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from analysis.selection import Between, OneOf
from dashboard import loading_card, loading_saved
from dashboard.answers import saved_check
from dashboard.answers.audience import PUBLIC
from dashboard.answers.findings import add_finding
from dashboard.answers.mean_spans import mean_spans_of_rows, mean_spans_of_subgroup, span_keys
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.saved import save_subgroup, saved_here
from dashboard.answers.saved_check import build_before, check_saved, check_saved_unasked, saved_check_document
from dashboard.answers.saved_files import export_bytes, import_bytes, preview
from dashboard.answers.saved_rates import NOT_FOR_THE_PUBLIC, saved_rates, saved_rates_document
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from dashboard.commands.main import main
from dashboard.exports.saved_csv import export_saved_csv
from dashboard.wording_saved import retested_cells, retested_sentence
from data.errors import InputError
from data.home import find_build
from data.looked_at import tried
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

SOUTH, CAR = OneOf("accent", ("South",)), OneOf("device", ("car",))


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return made_up_build(tmp_path, made_up_frame(7, n_speakers=60), show_text=True)


def rows_of(content: bytes) -> list[dict[str, str]]:
    lines = [line for line in content.decode().splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("".join(lines))))


def test_without_a_build_before_only_the_numbers_of_now_are_told(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    [one] = check_saved(build)
    assert (one.before, one.then, one.change) == (None, None, "same build")
    assert "read from this build" in retested_cells(one)[2]


def test_at_a_new_build_both_numbers_are_told(build: Build, tmp_path: Path) -> None:
    save_subgroup(build.info, "south", SOUTH)
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60), show_text=True)
    before = build_before(again.info)
    assert before is not None
    assert before.info.build == build.info.build
    [one] = check_saved(again)
    for row, asked in ((one.then, build), (one.now, again)):
        assert row is not None
        expected = rate_row(subgroup(asked, SubgroupQuestion(SOUTH)).table, SUBGROUP)
        assert (row["rate"], row["versus"]["ratio"]) == (expected["rate"], expected["versus"]["ratio"])
    assert one.change in ("same verdict", "new verdict")
    assert retested_cells(one)[2].startswith("Was ")
    assert f"held against build {build.info.build}" in retested_sentence([one])
    document = saved_check_document(again.info, [one])
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_another_normaliser_is_another_measure(build: Build, tmp_path: Path) -> None:
    save_subgroup(build.info, "south", SOUTH)
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60), normalizer="none")
    [one] = check_saved(again)
    assert one.change == "not comparable"
    assert "another measure" in retested_cells(one)[2]


def test_one_that_no_longer_fits_says_what_it_was(build: Build, tmp_path: Path) -> None:
    save_subgroup(build.info, "south", SOUTH)
    frame = made_up_frame(8, n_speakers=60).replace({"accent": {"South": "Sud"}})
    [one] = check_saved(made_up_build(tmp_path, frame))
    assert one.change == "gone"
    assert "No recording has accent 'South'" in retested_cells(one)[2]


def test_a_check_puts_no_look_at_the_build_before_on_record(build: Build, tmp_path: Path) -> None:
    save_subgroup(build.info, "south", SOUTH)
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60))
    check_saved(again)
    assert [row[1] for row in tried(tmp_path, "made-up").entries["looks"]] == [again.info.build]


def test_what_nobody_asked_for_is_no_look_and_needs_a_build_before(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_subgroup(build.info, "south", SOUTH)
    with monkeypatch.context() as patched:
        patched.setattr(saved_check, "saved_rates", lambda *_, **__: pytest.fail("It was worked out."))
        assert check_saved_unasked(build) == []
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60))
    [one] = check_saved_unasked(again)
    assert one.now is not None
    assert tried(tmp_path, "made-up").entries["looks"] == []


def test_a_page_that_shows_saved_subgroups_puts_on_record_that_results_were_opened(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    assert loading_saved.checked_subgroups(build.info, None) == []
    save_subgroup(build.info, "south", SOUTH)
    assert loading_saved.checked_subgroups(build.info, None) == []
    assert not opened(build)
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60))
    assert len(loading_saved.checked_subgroups(again.info, None)) == 1
    assert opened(again)


def test_a_page_that_shows_findings_at_a_new_build_puts_on_record_that_results_were_opened(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    assert loading_card.retests_of_all(build.info) == []
    assert not opened(build)
    add_finding(tmp_path, build, RatesQuestion(by=("accent",)), {"accent": "South"}, note="more")
    again = made_up_build(tmp_path, made_up_frame(8, n_speakers=60))
    assert len(loading_card.retests_of_all(again.info)) == 1
    assert opened(again)


def test_an_ingest_that_prints_saved_subgroups_puts_on_record_that_results_were_opened(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "next.csv"
    made_up_frame(8, n_speakers=60).to_csv(source, index=False)
    roles = ["--role", "accent=speaker,noise=condition,device=condition"]
    ingest = ["ingest", str(source), "--name", "made-up", "--home", str(tmp_path), *roles]
    save_subgroup(build.info, "south", SOUTH)
    assert main([*ingest, "--format", "csv"]) == 0
    again = open_build(find_build(tmp_path, "made-up"))
    assert again.info.build != build.info.build
    assert not opened(again)
    assert main(ingest) == 0
    assert "saved subgroups, asked again of this build" in capsys.readouterr().out
    assert opened(again)
    assert tried(tmp_path, "made-up").entries["looks"] == []


def opened(build: Build) -> bool:
    """Whether it is on record that somebody looked at results of a build."""
    return open_build(build.path).info.record.has_opened(build.info.build)


def test_the_file_has_the_numbers_of_the_page(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    save_subgroup(build.info, "nobody", OneOf("accent", ("South",)))
    answer = saved_rates(build)
    for line, row in zip(rows_of(export_saved_csv(build.info, answer)), answer.rows, strict=True):
        assert row.answer is not None
        expected = rate_row(row.answer.table, SUBGROUP)
        assert line["subgroup"] == row.one.saved.name
        assert float(line["rate"]) == expected["rate"]
        assert float(line["ratio"]) == expected["versus"]["ratio"]
        assert line["selection"] == "recordings with accent South"
        for key, end in span_keys(mean_spans_of_subgroup(build, row.answer)).items():
            assert end is not None
            assert float(line[key]) == end
        assert (
            float(line["speaker_mean_low"]) < float(line["speaker_mean"]) < float(line["speaker_mean_high"])
        )


def test_a_group_that_is_saved_has_the_means_of_its_row_in_the_table_of_rates(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    [saved] = saved_rates_document(build, saved_rates(build))["rows"]
    answer = rates(build, RatesQuestion(by=("accent",)))
    position = answer.table.position({"accent": "South"})
    assert position is not None
    expected = span_keys(mean_spans_of_rows(build, answer)[position])
    assert {key: saved[key] for key in expected} == pytest.approx(expected)


def test_the_public_sees_rounded_numbers_with_the_verdict_of_the_family(build: Build) -> None:
    for name, where in (("south", SOUTH), ("car", CAR)):
        save_subgroup(build.info, name, where)
    exact, seen = saved_rates(build), saved_rates(build, audience=PUBLIC)
    for one, other in zip(exact.rows, seen.rows, strict=True):
        assert one.answer is not None
        assert other.answer is not None
        mine, public = one.answer.table, other.answer.table
        assert public.statistics.n_speakers[SUBGROUP] % 5 == 0
        assert public.statistics.rate[SUBGROUP] == pytest.approx(mine.statistics.rate[SUBGROUP], rel=0.005)
        assert public.judgement.verdict[SUBGROUP] == mine.judgement.verdict[SUBGROUP]
    table = rates(build, RatesQuestion(by=("device",), against="complement", audience=PUBLIC)).table
    car, _ = rows_of(export_saved_csv(build.info, seen))
    position = table.position({"device": "car"})
    assert position is not None
    assert float(car["rate"]) == rate_row(table, position)["rate"]


def test_the_public_is_refused_what_is_no_choice_of_groups(tmp_path: Path) -> None:
    frame = made_up_frame(7, n_speakers=60)
    frame["snr_db"] = [float(place % 30) for place in range(len(frame))]
    build = made_up_build(tmp_path, frame)
    save_subgroup(build.info, "loud", Between("snr_db", None, 10.0))
    [row] = saved_rates(build, audience=PUBLIC).rows
    assert (row.answer, row.reason) == (None, NOT_FOR_THE_PUBLIC)
    [line] = rows_of(export_saved_csv(build.info, saved_rates(build, audience=PUBLIC)))
    assert (line["rate"], line["n_speakers"], line["reason"]) == ("", "", NOT_FOR_THE_PUBLIC)


def test_a_file_is_seen_before_it_is_saved(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    save_subgroup(build.info, "car", CAR, "tickets")
    content = export_bytes(build.info).replace(b'"car"', b'"driving"', 1)
    wanted = preview(build.info, content, "mine.json")
    assert [(one.name, one.is_new) for one in wanted] == [("driving", True), ("south", False)]
    assert [one.saved.name for one in saved_here(build.info)] == ["car", "south"]
    assert [one.name for one in import_bytes(build.info, content, "mine.json")] == ["driving"]


def test_a_preview_names_every_fault_that_saving_would(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    plain = json.loads(export_bytes(build.info))
    plain["subgroups"] += [
        {"name": "south", "expression": "device = 'car'"},
        {"name": "two words", "expression": "device = 'car'"},
        {"name": "gone", "expression": "accent = 'Soth'"},
    ]
    content = json.dumps(plain).encode()
    told = []
    for ask in (preview, import_bytes):
        with pytest.raises(InputError) as problem:
            ask(build.info, content, "mine.json")
        told.append([(fault.field, fault.what) for fault in problem.value.faults])
    assert told[0] == told[1]
    assert {field for field, _ in told[0]} == {"subgroup 2", "subgroup 3", "subgroup 4"}
    with pytest.raises(InputError, match="no JSON"):
        preview(build.info, b"{", "mine.json")
