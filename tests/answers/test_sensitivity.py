"""Rates under other normalisers: those of a build made with each, the stored ones under its own, and what moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.expression import from_expression
from analysis.metrics import METRICS
from analysis.normalize import NORMALIZERS
from analysis.selection import EVERYTHING
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.answers.sensitivity import Sensitivity, sensitivity
from dashboard.answers.sensitivity_document import long_rows, sensitivity_rows
from dashboard.wording_sensitivity import FLAG, sensitivity_line, sensitivity_sentence
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.queries_references import stored_meta
from data.rescoring import rescore
from data.scoring_choice import stored_scoring
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

WRITTEN = {"alpha": "Alpha,", "bravo": "it's", "charlie": "gonna", "delta": "um delta", "echo": "twenty-one"}


def frame(seed: int = 5) -> pd.DataFrame:
    """References with capitals, commas, contractions and numbers, of which some outputs have none."""
    made = made_up_frame(seed, n_speakers=45, per_speaker=6)
    words = made["reference"].str.split()
    made["reference"] = [" ".join(WRITTEN.get(word, word) for word in one) for one in words]
    plain = made["hypothesis"].str.split()
    kept = made["accent"].isin(["South", ""])
    made["hypothesis"] = [
        " ".join(WRITTEN.get(word, word) if keep else word for word in one)
        for one, keep in zip(plain, kept, strict=True)
    ]
    return made


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Build]:
    """The same texts, ingested under each normaliser."""
    root = tmp_path_factory.mktemp("sensitivity")
    return {name: made_up_build(root / name, frame(), normalizer=name) for name in NORMALIZERS}


def under(answer: Sensitivity, name: str) -> list[dict]:
    [one] = [one for one in answer.under if one.id == name]
    return rate_rows(one.table)


@pytest.mark.parametrize("own", NORMALIZERS)
def test_a_new_count_under_the_own_normaliser_gives_the_stored_scores(
    builds: dict[str, Build], own: str
) -> None:
    build = builds[own]
    scoring, n = stored_scoring(stored_meta(build.cursor())), build.info.counts["utterances"]
    again = rescore(build.cursor(), 0, EVERYTHING, n, scoring, [scoring.normalizer]).scores[own]
    names = ", ".join(again.column_names)
    stored = build.cursor().execute(f"SELECT {names} FROM score ORDER BY row_id").df()
    pd.testing.assert_frame_equal(again.to_pandas(), stored, check_dtype=False)


def test_a_list_of_forms_is_part_of_the_own_normaliser(tmp_path: Path) -> None:
    (tmp_path / "forms.txt").write_text("gonna = going to\n")
    build = made_up_build(tmp_path / "home", frame(), normalizer="basic", equivalences=tmp_path / "forms.txt")
    scoring, n = stored_scoring(stored_meta(build.cursor())), build.info.counts["utterances"]
    own = scoring.normalizer.id
    again = rescore(build.cursor(), 0, EVERYTHING, n, scoring, [scoring.normalizer]).scores[own]
    stored = build.cursor().execute("SELECT substitutions FROM score ORDER BY row_id").df()
    assert again["substitutions"].to_pylist() == stored["substitutions"].tolist()
    answer = sensitivity(build, RatesQuestion(by=("accent",)))
    assert [one.id for one in answer.under] == [own, *NORMALIZERS]


@pytest.mark.parametrize("name", NORMALIZERS)
@pytest.mark.parametrize("metric", [name for name in METRICS if name != "keyword-miss-rate"])
def test_rates_are_those_of_a_build_made_with_the_normaliser(
    builds: dict[str, Build], name: str, metric: str
) -> None:
    question = RatesQuestion(by=("accent", "noise"), metric=metric)
    answer = sensitivity(builds["basic"], question)
    assert under(answer, name) == rate_rows(rates(builds[name], question).table)


@pytest.mark.parametrize("where", ["noise = 'babble'", "accent = 'North' or device = 'phone'"])
def test_a_selection_and_a_comparator_are_those_of_rates(builds: dict[str, Build], where: str) -> None:
    selection = from_expression(where, builds["none"].info.attributes)
    question = RatesQuestion(by=("accent",), where=selection, against="accent=North")
    answer = sensitivity(builds["basic"], question)
    assert under(answer, "none") == rate_rows(rates(builds["none"], question).table)
    [own] = [one for one in answer.under if one.is_own]
    assert rate_rows(own.table) == rate_rows(rates(builds["basic"], question).table)


def test_a_group_that_is_written_as_its_references_moves_and_is_flagged(builds: dict[str, Build]) -> None:
    answer = sensitivity(builds["unicode-marks"], RatesQuestion(by=("accent",)))
    rows = {row["group"]["accent"]: row for row in sensitivity_rows(answer)}
    assert rows["South"]["moves"]
    assert rows["South"]["largest_change"] < -0.05
    own, other = (rows["South"]["normalizers"][name]["versus"]["ratio"] for name in ("unicode-marks", "none"))
    assert rows["South"]["normalizers"]["none"]["change"] == pytest.approx(other / own - 1)
    assert rows[None]["largest_change"] is None


def test_a_group_of_one_speaker_is_never_flagged_and_its_movement_is_said(tmp_path: Path) -> None:
    made = frame()
    accents = {"s0": "South"}
    made["accent"] = [accents.get(one, "North") for one in made["speaker_id"]]
    plain = made["speaker_id"] != "s0"
    made.loc[plain, "hypothesis"] = made.loc[plain, "hypothesis"].str.lower()
    build = made_up_build(tmp_path / "home", made, normalizer="unicode-marks")
    answer = sensitivity(build, RatesQuestion(by=("accent",)))
    lines = [sensitivity_line(answer, i, synthetic=False) for i in range(len(answer.own.table))]
    alone = next(line for line in lines if line["Accent"] == "South")
    assert abs(answer.movements.largest[lines.index(alone)]) > 0.05
    assert FLAG not in str(alone["Largest change"])
    assert str(alone["Largest change"]).endswith("few speakers")
    assert not any(row["moves"] or row["enough_speakers"] for row in sensitivity_rows(answer))
    assert "would move as far" in sensitivity_sentence(answer, synthetic=False)


def test_words_per_group_are_given_under_each_normaliser(builds: dict[str, Build]) -> None:
    answer = sensitivity(builds["basic"], RatesQuestion(by=("accent",)))
    for row in sensitivity_rows(answer):
        counts = {name: one["n_words"] for name, one in row["normalizers"].items()}
        assert counts["whisper-english"] != counts["basic"] == counts["none"]


def test_there_is_one_long_row_for_each_group_and_normaliser(builds: dict[str, Build]) -> None:
    answer = sensitivity(builds["basic"], RatesQuestion(by=("accent",)))
    assert len(long_rows(answer)) == len(answer.own.table) * len(NORMALIZERS)
    whole = sensitivity(builds["basic"], RatesQuestion())
    assert [row["normalizer"] for row in long_rows(whole)] == [
        "basic",
        "none",
        "whisper-english",
        "unicode-marks",
    ]


def test_progress_rises_to_all_of_it(builds: dict[str, Build]) -> None:
    told: list[tuple[int, int]] = []
    sensitivity(builds["basic"], RatesQuestion(), lambda _, done, total: told.append((done, total)))
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert told[-1] == (270 * 3, 270 * 3)


def test_a_text_that_a_normaliser_cannot_read_leaves_it_out_with_the_reason(tmp_path: Path) -> None:
    made = made_up_frame(1, n_speakers=12, per_speaker=3)
    made.loc[0, "hypothesis"] = "9" * 5000
    answer = sensitivity(made_up_build(tmp_path, made), RatesQuestion(by=("accent",)))
    assert [one.id for one in answer.under] == ["basic", "none", "unicode-marks"]
    assert "cannot read a number" in answer.refusals["whisper-english"]


def test_a_normaliser_that_damages_the_script_is_shown_with_a_warning_and_flags_nothing(
    tmp_path: Path,
) -> None:
    words = ["पानी", "गर्मी", "बहुत", "चाहिए", "जाएँगे"]
    rng = np.random.default_rng(2)
    lines = ["id,speaker,accent,reference,hypothesis"]
    for n in range(400):
        reference = list(rng.choice(words, 6))
        wrong = 0.4 if n % 40 < 20 else 0.1
        heard = [word[0] if rng.random() < wrong else word for word in reference]
        lines.append(f"u{n},s{n % 40},{'A' if n % 40 < 20 else 'B'},{' '.join(reference)},{' '.join(heard)}")
    (tmp_path / "in.csv").write_text("\n".join(lines), encoding="utf-8")
    options = IngestOptions("x", (tmp_path / "in.csv",), normalizer="unicode-marks")
    answer = sensitivity(open_build(ingest(options, tmp_path / "home").path), RatesQuestion(by=("accent",)))
    damaged = {one.id: one.damage for one in answer.under if one.damage}
    assert list(damaged) == ["whisper-english"]
    assert "different words become equal" in str(damaged["whisper-english"])
    assert not answer.movements.moves.any()


def test_a_build_of_counts_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("speaker,accent,words,errors\ns1,x,10,1\ns2,y,10,2\n")
    build = open_build(ingest(IngestOptions("x", (tmp_path / "counts.csv",)), tmp_path / "home").path)
    with pytest.raises(QuestionError, match="holds counts and no texts"):
        sensitivity(build, RatesQuestion(by=("accent",)))
