"""Public evaluations give the error rates that are known of them."""

from __future__ import annotations

import contextlib
import json
import shlex
from pathlib import Path

import pytest

from dashboard.commands.main import main
from data.columns import ColumnMapping
from data.hypotheses import NO_HEADER
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, find_evaluation, open_build
from tests.data.made_up import ROOT

# All, accent us, indian and england; empty outputs. Made with ASCII punctuation deleted only.
ARTIE_RATES = {
    "amazon en-US": (0.2533, 0.191, 0.352, 0.218, 11),
    "amazon en-GB": (0.2494, 0.195, 0.339, 0.203, 5),
    "amazon en-IN": (0.3464, 0.319, 0.332, 0.359, 14),
    "google en-US": (0.2585, 0.194, 0.298, 0.300, 36),
    "google en-GB": (0.3301, 0.293, 0.388, 0.284, 69),
    "google en-IN": (0.5950, 0.657, 0.376, 0.723, 137),
    "deepspeech 0.5.1": (0.4976, 0.413, 0.644, 0.437, 0),
    "deepspeech 0.6.0": (0.4301, 0.358, 0.557, 0.406, 0),
    "deepspeech 0.7.3": (0.4152, 0.333, 0.546, 0.404, 3),
}
LIBRISPEECH_RATES = {
    "wav2vec2-base": 0.0606,
    "wav2vec2-large": 0.0382,
    "hubert-base": 0.0656,
    "hubert-large": 0.0350,
}
ERRORS = "CAST(sum(substitutions + deletions + insertions) AS DOUBLE) / sum(n_words)"


def documented_command(name: str) -> list[str]:
    """The arguments of the first command of docs/real-speech.md that makes the evaluation of that name."""
    text = (ROOT / "docs" / "real-speech.md").read_text(encoding="utf-8").replace("\\\n", " ")
    line = next(
        line
        for line in text.splitlines()
        if line.startswith("fairhearing ingest") and f"--name {name} " in line
    )
    return shlex.split(line)[1:]


@pytest.fixture(scope="module")
def artie(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    home = tmp_path_factory.mktemp("artie")
    with contextlib.chdir(real_data / "artie"):
        assert main([*documented_command("artie"), "--home", str(home)]) == 0
    return open_build(find_evaluation(home, "artie").path)


@pytest.mark.parametrize("system", ARTIE_RATES)
def test_artie_gives_the_known_rates(artie: Build, system: str) -> None:
    sql = f"SELECT accent, {ERRORS} FROM score JOIN utterance USING (row_id) WHERE system = ? GROUP BY CUBE (accent)"
    number = artie.info.systems.index(system)
    rates = artie.cursor().execute(sql, [number]).fetchall()
    overall = artie.cursor().execute(f"SELECT {ERRORS} FROM score WHERE system = ?", [number]).fetchall()
    empty = (
        artie.cursor()
        .execute("SELECT count(*) FROM score WHERE system = ? AND hypothesis = ''", [number])
        .fetchall()
    )
    by_accent = {accent: rate for accent, rate in rates if accent is not None}
    found = (overall[0][0], *(by_accent[accent] for accent in ("us", "indian", "england")))
    assert found == pytest.approx(ARTIE_RATES[system][:4], abs=0.005)
    assert empty == [(ARTIE_RATES[system][4],)]


def test_artie_has_969_speakers_and_no_accent_called_na(artie: Build) -> None:
    assert (artie.info.counts["utterances"], artie.info.counts["speakers"]) == (1712, 969)
    accent = artie.info.attribute("accent")
    assert "NA" not in accent.levels
    not_stated = artie.cursor().execute("SELECT count(*) FROM utterance WHERE accent IS NULL").fetchall()
    assert accent.has_missing
    assert not_stated[0][0] >= 562


def test_librispeech_gives_the_known_rates(real_data: Path, tmp_path: Path) -> None:
    files = {
        system: real_data / "librispeech-test-clean" / f"LibriSpeech_for_DivExplorer_{system}.csv"
        for system in LIBRISPEECH_RATES
    }
    options = IngestOptions(
        "librispeech",
        (files["wav2vec2-base"],),
        files,
        mapping=ColumnMapping.parse(["id=file"]),
        attributes=("gender", "n_pauses"),
        normalizer="none",
    )
    build = open_build(ingest(options, tmp_path).path)
    rates = (
        build.cursor()
        .execute(f"SELECT system, {ERRORS} FROM score GROUP BY system ORDER BY system")
        .fetchall()
    )
    assert build.info.systems == tuple(LIBRISPEECH_RATES)
    assert [rate for _, rate in rates] == pytest.approx(list(LIBRISPEECH_RATES.values()), abs=0.0005)


def test_a_published_file_is_ingested_as_it_is_and_its_own_rates_are_no_attribute(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)
    source = real_data / "librispeech-test-clean" / "LibriSpeech_for_DivExplorer_wav2vec2-base.csv"
    mapping = ColumnMapping.parse(["id=file", "system:wav2vec2-base=transcription"])
    info = open_build(ingest(IngestOptions("x", (source,), mapping=mapping), tmp_path).path).info
    assert info.systems == ("wav2vec2-base",)
    assert info.attribute("gender").role == "speaker"
    assert info.not_attributes["WER"].startswith("holds results of a recogniser")


ORIGINALS = {
    "amazon en-GB": "amazon/en-GB/dec-9-2019",
    "amazon en-IN": "amazon/en-IN/dec-9-2019",
    "google en-GB": "google/en-GB/dec-5-2019",
    "google en-IN": "google/en-IN/dec-5-2019",
}


def test_artie_loads_with_cleaned_and_original_files_as_systems_of_their_own(
    real_data: Path, tmp_path: Path
) -> None:
    folder = real_data / "artie"
    systems = {name: folder / f"predictions/{file}.tsv" for name, file in ORIGINALS.items()}
    systems |= {f"{n} original": folder / f"predictions/{file}-original.tsv" for n, file in ORIGINALS.items()}
    options = IngestOptions(
        "artie",
        (folder / "artie-bias-corpus.tsv",),
        systems,
        attributes=("accent", "gender", "age"),
        label_sources=dict.fromkeys(("accent", "gender", "age"), "self"),
        missing=("NA",),
    )
    build = open_build(ingest(options, tmp_path).path)
    assert build.info.counts["scored"] == dict.fromkeys(systems, 1712)
    assert build.info.label_sources == {"accent": "self", "gender": "self", "age": "self"}
    sql = "SELECT system, count(*) FROM score WHERE hypothesis = 'null' GROUP BY system ORDER BY system"
    nulls = {build.info.systems[system]: n for system, n in build.cursor().execute(sql).fetchall()}
    assert nulls == {"google en-GB original": 69, "google en-IN original": 137}
    without_header = {one["system"] for one in build.info.inputs if NO_HEADER in one["notices"]}
    assert without_header == {"google en-GB original", "google en-IN original"}
    reference = next(one for one in build.info.inputs if one["system"] is None)
    assert reference["columns"] == {"id": "path", "speaker": "client_id", "reference": "sentence"}


def test_the_sources_of_labels_are_in_every_table_of_artie(
    artie: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(artie.path.parents[1]), "--system", "amazon en-US", "--by", "accent"]
    capsys.readouterr()
    assert main(["rates", "artie", *home, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["label_sources"] == {"accent": "self"}
