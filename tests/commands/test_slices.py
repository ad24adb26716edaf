"""`fairhearing slices`: one document, the numbers of the table of rates, a trace in the log, and refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.expression import from_expression
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.answers.slices import slices
from dashboard.answers.slices_lattice import slice_lattice
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.commands.main import main
from dashboard.wording_slices import IN_BOTH_HALVES, NOT_CONFIRMED, result_text
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.searches import logged_searches
from data.store import Build, open_build

SPEAKERS, PER_SPEAKER = 160, 8
WORDS = "alpha bravo charlie delta echo foxtrot golf hotel india juliet".split()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    frame().to_csv(folder / "made-up.csv", index=False)
    ingest(
        IngestOptions(
            name="made-up",
            sources=(folder / "made-up.csv",),
            roles={"accent": "speaker", "gender": "speaker", "noise": "condition", "device": "condition"},
            multi={"spoken": ","},
        ),
        folder,
    )
    return folder


@pytest.fixture(scope="module")
def build(home: Path) -> Build:
    [path] = (home / "made-up").glob("*.duckdb")
    return open_build(path)


def frame() -> pd.DataFrame:
    """Half of the words of South in babble are wrong, else a tenth."""
    random = np.random.default_rng(4)
    rows = []
    for speaker in range(SPEAKERS):
        accent, gender = ["North", "South", "East"][speaker % 3], ["f", "m"][speaker // 3 % 2]
        spoken = ["English", "Welsh", "English,Welsh"][int(random.integers(3))]
        own = random.lognormal(0, 0.2)
        for k in range(PER_SPEAKER):
            noise = str(random.choice(["quiet", "babble"]))
            wrong = own * (0.5 if (accent, noise) == ("South", "babble") else 0.1)
            reference = list(random.choice(WORDS, 10))
            hypothesis = [word if random.random() > wrong else "oops" for word in reference]
            rows.append(
                {
                    "utterance_id": f"u{speaker}-{k}",
                    "speaker_id": f"s{speaker}",
                    "accent": accent,
                    "gender": gender,
                    "noise": noise,
                    "device": "" if k == 0 else str(random.choice(["headset", "phone"])),
                    "spoken": spoken,
                    "reference": " ".join(reference),
                    "hypothesis": " ".join(hypothesis),
                }
            )
    return pd.DataFrame(rows)


def document(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    assert main(["slices", "made-up", "--home", str(home), "--format", "json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


def test_json_is_one_document_with_its_keys(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(home, capsys)
    head = {"evaluation", "build", "settings", "audience", "selection", "notice", "family", "label_sources"}
    own = {"question", "searched", "tested", "too_few", "attributes", "depth", "seconds", "slices", "split"}
    assert head | own <= set(found)
    assert found["searched"] == found["tested"] + found["too_few"]
    assert sorted(found["attributes"]) == ["accent", "device", "gender", "noise", "spoken"]
    keys = "where sentence expression rate rest_rate ratio low high p q n_speakers n_words excess_errors"
    keys += " contributions explained_by confirmed confirm"
    for one in found["slices"]:
        assert set(keys.split()) <= set(one)
    first = found["slices"][0]
    assert first["where"] == [["accent", "=", "South"], ["noise", "=", "babble"]]
    assert set(first["contributions"]) == {"accent=South", "noise=babble"}
    assert (first["confirmed"], first["in_both_halves"], first["comparator"]) == (True, True, "peers")
    assert set(first["confirm"]) >= {"ratio", "low", "high", "p_holm", "n_speakers"}
    assert found["split"]["discovery_speakers"] + found["split"]["confirmation_speakers"] == SPEAKERS


def test_what_was_put_aside_names_what_explains_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(home, capsys, "--no-confirm")
    aside = [one for one in found["slices"] if one["explained_by"] is not None]
    assert aside
    assert {one["explained_by"] for one in aside} == {found["slices"][0]["expression"]}
    assert found["split"] is None
    assert found["second_opinion"] == []
    assert all(one["confirmed"] is None for one in found["slices"])


def test_without_a_test_a_slice_has_the_numbers_of_the_table_of_rates(build: Build) -> None:
    answer = slices(build, SlicesQuestion(confirm=False), quiet)
    first = answer.found[0]
    assert first.where == (("accent", "South"), ("noise", "babble"))
    table = rates(build, RatesQuestion(by=("accent", "noise"))).table
    [row] = [r for r in rate_rows(table) if r["group"] == dict(first.where)]
    for name in ("ratio", "low", "high"):
        assert getattr(first.estimate, name) == pytest.approx(row["versus"][name], rel=1e-8)
    assert first.estimate.rate == pytest.approx(row["rate"])
    assert first.estimate.n_speakers == row["n_speakers"]
    assert first.estimate.n_words == row["n_words"]


def test_the_expression_selects_the_slice(
    build: Build, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = document(home, capsys)["slices"][0]
    answer = slices(build, SlicesQuestion(), quiet)
    assert from_expression(first["expression"], build.info.attributes) == answer.found[0].selection


def test_the_same_seed_gives_the_same_answer(build: Build) -> None:
    first, again = (slices(build, SlicesQuestion(seed=2), quiet) for _ in range(2))
    assert first.found == again.found
    assert first.split is not None
    assert again.split is not None
    assert first.split.sha256 == again.split.sha256


def test_labels_of_which_a_recording_may_have_several_are_conditions_of_their_own(build: Build) -> None:
    answer = slices(build, SlicesQuestion(attributes=("spoken", "noise"), depth=2, confirm=False), quiet)
    # Two labels, two noises, and each label in each noise; no two labels together.
    assert answer.searched == 2 + 2 + 4


def test_only_the_named_attributes_are_combined(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(home, capsys, "--attributes", "noise,accent", "--depth", "2")
    assert (found["attributes"], found["searched"]) == (["accent", "noise"], 5 + 6)


def test_every_search_is_put_on_record(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(logged_searches(home, "made-up"))
    found = document(home, capsys, "--seed", "9", "--question", "combination")
    logged = logged_searches(home, "made-up")
    assert len(logged) == before + 1
    last = logged[-1]
    assert (last.asked["seed"], last.asked["question"], last.tested) == (9, "combination", found["tested"])
    assert last.confirmed == sum(one["confirmed"] is True for one in found["slices"])


def test_the_table_is_read_by_people(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slices", "made-up", "--home", str(home)]) == 0
    out = capsys.readouterr().out
    assert "too small to judge" in out
    assert "accent South · noise babble" in out
    assert IN_BOTH_HALVES in out
    assert "a pattern, not a named group" in out
    assert "(seed 0)" in out


def test_csv_has_a_row_for_every_slice(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["slices", "made-up", "--home", str(home), "--format", "csv"]) == 0
    text = capsysbinary.readouterr().out.decode("utf-8-sig")
    rows = list(
        csv.DictReader(io.StringIO("".join(li for li in text.splitlines(True) if not li.startswith("#"))))
    )
    assert rows[0]["expression"] == "accent = 'South' and noise = 'babble'"
    assert {"confirm.ratio", "confirm.p_holm", "explained_by"} <= set(rows[0])


def test_a_slice_that_was_not_confirmed_says_so(build: Build) -> None:
    answer = slices(build, SlicesQuestion(), quiet)
    failed = [one for one in answer.found if one.test and not one.test.confirmed]
    assert failed
    assert all(result_text(one).startswith(NOT_CONFIRMED) for one in failed)


def test_progress_says_what_is_combined(build: Build) -> None:
    said: list[tuple[str, int, int]] = []
    slices(build, SlicesQuestion(), lambda *step: said.append(step))
    assert any("accent × noise" in step for step, _, _ in said)
    assert all(0 <= done <= total for _, done, total in said)


def test_the_lattice_shows_what_each_condition_leaves_and_adds(build: Build) -> None:
    lattice = slice_lattice(build, SlicesQuestion(), [("noise", "babble"), ("accent", "South")])
    assert lattice.slice.where == (("accent", "South"), ("noise", "babble"))
    assert [one.where for one in lattice.wider] == [(), (("accent", "South"),), (("noise", "babble"),)]
    assert {one.where[1] for one in lattice.narrower if one.where[1][0] == "gender"} == {
        ("gender", "f"),
        ("gender", "m"),
    }
    whole = next(one for one in lattice.wider if not one.where)
    assert whole.estimate.n_speakers == SPEAKERS
    with pytest.raises(QuestionError, match="has no group"):
        slice_lattice(build, SlicesQuestion(), [("accent", "West")])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--depth", "5"), "1 to 4 conditions"),
        (("--depth", "1", "--question", "combination"), "two conditions at least"),
        (("--min-speakers", "5"), "The default is 20"),
        (("--seed", "-1"), "must not be negative"),
        (("--attributes", "accnt"), "did you mean 'accent'"),
        (("--attributes", "accent,,noise"), "leaves the name of an attribute empty"),
        (("--metric", "wil"), "no plain ratio"),
        (("--where", "accent = 'Scottish'"), "Scottish"),
        (("--min-speakers", "90"), "too few for a slice"),
        (("--system", "nobody"), "There is no system"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert main(["slices", "made-up", "--home", str(home), *options]) == 2
    assert said in capsys.readouterr().err
