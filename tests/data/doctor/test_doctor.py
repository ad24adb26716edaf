"""Each code of the doctor on an evaluation that has the fault, and silence on one that has none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pytest

from data.doctor import EVERYWHERE, KINDS, QUICK_CHECKS, SEVERITIES, DoctorFault, examine, quick_examine
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.data.doctor.made_up import OPTIONS, findings, made_up_build, sound_frame
from tests.data.doctor.spoiled import SPOILED, Spoiled

PERSONAL = ("worst", "bad accent", "poor", "unbiased", "native-like")


def only(faults: tuple[DoctorFault, ...], code: str) -> list[DoctorFault]:
    return [fault for fault in faults if fault.code == code]


def test_the_doctor_finds_nothing_in_a_sound_evaluation(tmp_path: Path) -> None:
    assert findings(tmp_path, sound_frame()) == ()


@pytest.fixture(scope="module")
def of_case(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Spoiled], tuple[DoctorFault, ...]]:
    """What the doctor says of a spoiled evaluation; each is made once."""

    @cache
    def examined(place: int) -> tuple[DoctorFault, ...]:
        case = SPOILED[place]
        return findings(tmp_path_factory.mktemp("case"), case.spoil(sound_frame()), **case.options)

    return lambda case: examined(SPOILED.index(case))


def case_name(case: Spoiled) -> str:
    return f"{case.code}-{case.spoil.__name__}"


@pytest.mark.parametrize("case", SPOILED, ids=case_name)
def test_a_fault_is_found_with_place_number_and_advice(
    of_case: Callable[[Spoiled], tuple[DoctorFault, ...]], case: Spoiled
) -> None:
    faults = of_case(case)
    found = [fault for fault in only(faults, case.code) if case.says in fault.what]
    assert [fault.where.startswith(case.where) for fault in found] == [True], faults
    assert found[0].severity == case.severity
    assert found[0].count >= 0
    assert len(found[0].examples) <= 5
    assert found[0].consequence
    assert found[0].advice
    texts = " ".join((found[0].what, found[0].consequence, found[0].advice, *found[0].examples))
    assert "%" not in texts
    assert not [word for word in PERSONAL if word in texts.casefold()]


@pytest.mark.parametrize("case", SPOILED, ids=case_name)
def test_the_sentence_of_a_finding_names_every_place_it_is_about(
    of_case: Callable[[Spoiled], tuple[DoctorFault, ...]], case: Spoiled
) -> None:
    for fault in of_case(case):
        places = [] if fault.where in (EVERYWHERE, "all systems") else fault.where.split(", ")
        unnamed = [one for one in places if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", fault.what)]
        assert unnamed == [], fault


TRUE_AS_WELL = {
    "taken over device (--cluster)": {"few-speakers"},
    "region is a coarser accent": {"inferred-labels"},
    "1 pair of groups of device differs by one letter": {"few-speakers"},
    'snr_db was read as words because of "inf" and "n/a"': {"placeholder-value"},
    "vowel signs and other marks": {"no-errors"},
    "in Thai script, written without spaces": {"no-errors"},
    "mostly Latin for Devanagari": {"no-errors"},
}
"""What else is true of a spoiled evaluation, by what is said of it: two devices are few units, texts in other scripts are copied."""


@pytest.mark.parametrize("case", SPOILED, ids=case_name)
def test_a_fault_does_not_raise_another_one(
    of_case: Callable[[Spoiled], tuple[DoctorFault, ...]], case: Spoiled
) -> None:
    faults = of_case(case)
    assert {fault.code for fault in faults} - {case.code} == TRUE_AS_WELL.get(case.says, set()), faults


def test_utterances_without_output_are_named_with_the_group_that_holds_them(tmp_path: Path) -> None:
    frame = sound_frame()
    source, second = tmp_path / "refs.csv", tmp_path / "b.csv"
    frame.drop(columns="hypothesis_B").to_csv(source, index=False)
    kept = frame[(frame["accent"] != "western") | (frame.index % 2 == 0)]
    kept[["utterance_id", "hypothesis_B"]].rename(columns={"hypothesis_B": "hypothesis"}).to_csv(
        second, index=False
    )
    options = IngestOptions(
        name="short", sources=(source,), systems={"B": second}, allow_missing=True, **OPTIONS
    )
    [fault] = examine(open_build(ingest(options, tmp_path / "home").path))
    assert (fault.code, fault.where, fault.count) == ("unequal-utterances", "B", 80)
    assert "80 of 480 utterances have no output" in fault.what
    assert any("accent = western: 80 of 80" in example for example in fault.examples)


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (
            "UPDATE score SET n_words = n_words + 1 WHERE system = 1 AND row_id < 6",
            "reference-differs-between-systems",
            "6 of 480",
        ),
        ("UPDATE utterance SET duration_s = 'infinity' WHERE row_id < 4", "non-finite-number", "4 of 480"),
    ],
)
def test_a_build_that_was_made_otherwise_is_not_trusted(
    tmp_path: Path, change: str, code: str, says: str
) -> None:
    path = shutil.copy(made_up_build(tmp_path, sound_frame()).path, tmp_path / "other.duckdb")
    connection = duckdb.connect(str(path))
    connection.execute(change)
    connection.close()
    [fault] = only(examine(open_build(path)), code)
    assert says in fault.what
    assert fault.severity == "error"


def test_every_code_is_tested() -> None:
    tested = {case.code for case in SPOILED} | {"unequal-utterances", "reference-differs-between-systems"}
    assert {kind.code for kind in KINDS} == tested
    assert len(KINDS) == len({kind.code for kind in KINDS})


def test_quick_checks_find_the_same_as_the_whole_examination(tmp_path: Path) -> None:
    frame = sound_frame()
    frame = frame.assign(
        gender=frame["gender"].where(frame.index % 4 > 0, "NA"), hypothesis_B=frame["hypothesis_A"]
    )
    build = made_up_build(tmp_path, frame)
    quick = quick_examine(build)
    codes = {kind.code for check in QUICK_CHECKS for kind in check.kinds}
    assert quick == tuple(fault for fault in examine(build) if fault.code in codes)
    assert [fault.code for fault in quick] == ["placeholder-value"]


def test_findings_stand_in_the_order_of_their_weight(tmp_path: Path) -> None:
    frame = sound_frame()
    frame = frame.assign(
        gender=frame["gender"].where(frame.index % 4 > 0, "NA"), hypothesis_B=frame["hypothesis_A"]
    )
    faults = findings(tmp_path, frame, label_sources={})
    places = [SEVERITIES.index(fault.severity) for fault in faults]
    assert places == sorted(places)
    assert [fault.code for fault in faults] == ["identical-systems", "placeholder-value", "inferred-labels"]


def test_texts_are_shown_only_where_the_evaluation_may_show_them(tmp_path: Path) -> None:
    frame = sound_frame()
    spoiled = frame.assign(hypothesis_A=frame["hypothesis_A"].where(frame.index % 50 > 0, "yes " * 40))
    [hidden] = only(findings(tmp_path / "a", spoiled, show_text=False), "runaway-output")
    [shown] = only(findings(tmp_path / "b", spoiled), "runaway-output")
    assert not any("yes" in example for example in hidden.examples)
    assert all("yes" in example for example in shown.examples)


def test_the_same_build_gives_the_same_findings(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, SPOILED[0].spoil(sound_frame()))
    assert examine(build) == examine(build)


@pytest.mark.parametrize(("words", "found"), [(5, True), (14, True), (2, False)])
def test_a_system_without_errors_is_a_fault_only_where_there_are_words_enough_to_tell(
    tmp_path: Path, words: int, found: bool
) -> None:
    text = " ".join(["word"] * words)
    rows = [f"u{i},s{i % 12},{text},{text}" for i in range(100 if words == 5 else 24)]
    source = tmp_path / "short.csv"
    source.write_text("\n".join(["utterance_id,speaker,reference,hypothesis", *rows]) + "\n")
    faults = examine(
        open_build(ingest(IngestOptions(name="short", sources=(source,)), tmp_path / "home").path)
    )
    assert ("no-errors" in {one.code for one in faults}) == found


def test_rows_of_counts_without_errors_are_not_called_utterances(tmp_path: Path) -> None:
    source = tmp_path / "counts.csv"
    rows = [f"s{i},40,40,0,0,0" for i in range(30)]
    source.write_text("\n".join(["speaker,n_words,hits,substitutions,deletions,insertions", *rows]) + "\n")
    faults = examine(
        open_build(ingest(IngestOptions(name="counts", sources=(source,)), tmp_path / "home").path)
    )
    [fault] = [one for one in faults if one.code == "no-errors"]
    assert fault.what.endswith("has no error in any of 30 rows of counts.")
