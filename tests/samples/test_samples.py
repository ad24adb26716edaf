"""The bundled evaluation as it is committed: a whole balanced grid, its clips, and what it says of itself.

Reads the files alone. It needs nothing of the generator, and computes rates its own way.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from rapidfuzz.distance import Levenshtein

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
TABLE = SAMPLES / "speech.parquet"
CLIPS = SAMPLES / "clips"
MOST_BYTES = 2_000_000
WORST_CELLS = 20

ACCENTS = [
    "General American voice",
    "New York voice",
    "Southern British voice",
    "Scottish voice",
    "Lancashire voice",
    "Caribbean-English rules",
    "Hindi-L1 rules",
    "German-L1 rules",
    "Spanish-L1 rules",
    "Mandarin-L1 rules",
    "Portuguese-L1 rules",
    "Arabic-L1 rules",
]
NOISES = ["clean", "street", "machine room", "babble"]
DEVICES = ["headset", "cheap phone", "far-field", "telephone"]
SYSTEMS = ["System A", "System B"]
CELL = ["accent", "noise", "device"]
COLUMNS = [
    "utterance_id",
    "speaker_id",
    "accent",
    "voice_variant",
    "noise",
    "snr_db",
    "device",
    "domain",
    "speaking_rate_wpm",
    "duration_s",
    "audio",
    "reference",
    "hypothesis_System A",
    "hypothesis_System B",
]


@pytest.fixture(scope="module")
def speech() -> pd.DataFrame:
    return pd.read_parquet(TABLE)


@pytest.fixture(scope="module")
def cell_rates(speech: pd.DataFrame) -> pd.DataFrame:
    """Word error rate of each accent × noise × device cell, one column a system."""
    references = [text.split() for text in speech["reference"]]
    counts = speech[CELL].assign(words=[len(words) for words in references])
    for system in SYSTEMS:
        heard = (text.split() for text in speech[f"hypothesis_{system}"])
        counts[system] = [Levenshtein.distance(*pair) for pair in zip(references, heard, strict=True)]
    sums = counts.groupby(CELL, observed=True).sum()
    return sums[SYSTEMS].div(sums["words"], axis=0)


def test_the_columns_are_the_declared_ones(speech: pd.DataFrame) -> None:
    assert list(speech.columns) == COLUMNS
    assert speech.drop(columns="audio").notna().all().all()


@pytest.mark.parametrize(("column", "labels"), [("accent", ACCENTS), ("noise", NOISES), ("device", DEVICES)])
def test_categories_come_in_their_declared_order(
    speech: pd.DataFrame, column: str, labels: list[str]
) -> None:
    assert list(speech[column].cat.categories) == labels
    assert speech[column].cat.ordered


def test_each_of_sixty_speakers_an_accent_is_heard_once_in_every_condition(speech: pd.DataFrame) -> None:
    assert len(speech) == 11_520
    assert speech["utterance_id"].is_unique
    assert (speech.groupby("accent", observed=True)["speaker_id"].nunique() == 60).all()
    assert len(speech[["speaker_id", "accent"]].drop_duplicates()) == 12 * 60
    assert (speech.groupby(["speaker_id", "noise", "device"], observed=True).size() == 1).all()
    assert speech.groupby(["speaker_id", "noise", "device"], observed=True).ngroups == len(speech)


def test_signal_to_noise_is_balanced_over_accents_noises_and_devices(speech: pd.DataFrame) -> None:
    in_noise = speech[speech["noise"] != "clean"]
    assert set(speech.loc[speech["noise"] == "clean", "snr_db"]) == {30}
    assert (in_noise.groupby([*CELL, "snr_db"], observed=True).size() == 20).all()
    assert set(in_noise["snr_db"]) == {20, 13, 7}


def test_accents_read_the_same_sentences_with_the_same_voices(speech: pd.DataFrame) -> None:
    given = ["noise", "snr_db", "device", "voice_variant", "domain", "reference"]
    read = {label: group[given].astype(str).to_numpy().tolist() for label, group in speech.groupby("accent")}
    assert all(rows == read[ACCENTS[0]] for rows in read.values())


def test_the_committed_files_are_small() -> None:
    assert TABLE.stat().st_size <= MOST_BYTES
    assert sum(clip.stat().st_size for clip in CLIPS.iterdir()) <= MOST_BYTES
    compression = pq.ParquetFile(TABLE).metadata.row_group(0).column(0).compression
    assert compression == "ZSTD"


def test_every_clip_is_named_once_and_every_name_is_a_clip(speech: pd.DataFrame) -> None:
    named = speech["audio"].dropna()
    assert named.is_unique
    assert set(named) == {f"clips/{clip.name}" for clip in CLIPS.iterdir()}
    assert 50 <= len(named) <= 80


def test_clips_are_ogg_opus() -> None:
    starts = {clip.name: clip.read_bytes()[:64] for clip in CLIPS.iterdir()}
    assert [name for name, start in starts.items() if start[:4] != b"OggS" or b"OpusHead" not in start] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_of_the_highest_cells_can_be_heard(
    speech: pd.DataFrame, cell_rates: pd.DataFrame, system: str
) -> None:
    heard = set(speech.dropna(subset="audio")[CELL].itertuples(index=False, name=None))
    assert set(cell_rates[system].nlargest(WORST_CELLS).index) - heard == set()


def test_every_accent_noise_and_device_can_be_heard(speech: pd.DataFrame) -> None:
    with_clip = speech.dropna(subset="audio")
    assert set(with_clip["accent"]) == set(ACCENTS)
    assert len(with_clip[["noise", "device"]].drop_duplicates()) == len(NOISES) * len(DEVICES)


@pytest.mark.parametrize("system", SYSTEMS)
def test_nine_cells_in_ten_have_errors_enough_to_be_tested(
    speech: pd.DataFrame, cell_rates: pd.DataFrame, system: str
) -> None:
    words = speech["reference"].str.split().str.len().groupby([speech[name] for name in CELL], observed=True)
    expected_among_peers = cell_rates[system].groupby(["noise", "device"], observed=True).transform("mean")
    assert (words.sum() * expected_among_peers >= 30).mean() >= 0.9


def test_it_says_that_it_says_nothing_about_people() -> None:
    about = json.loads((SAMPLES / "about.json").read_text(encoding="utf-8"))
    assert about["synthetic_voices"] is True
    assert about["notice"] == "Synthetic voices: says nothing about people"
    assert list(about["systems"]) == SYSTEMS
    assert about["notice"] in (SAMPLES / "README.md").read_text(encoding="utf-8")
