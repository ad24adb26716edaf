"""The doctor on evaluations of real people's speech and on the bundled one: what it must name, and silence elsewhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.columns import ColumnMapping
from data.doctor import DoctorFault, examine
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build

ROOT = Path(__file__).resolve().parents[3]
PREDICTIONS = {
    "amazon en-US": "amazon/en-US/dec-9-2019",
    "amazon en-GB": "amazon/en-GB/dec-9-2019",
    "amazon en-IN": "amazon/en-IN/dec-9-2019",
    "google en-US": "google/en-US/dec-4-2019",
    "google en-GB": "google/en-GB/dec-5-2019",
    "google en-IN": "google/en-IN/dec-5-2019",
}
MAPPING = ColumnMapping.parse(("speaker=client_id", "id=path", "reference=sentence"))


def artie_systems(real_data: Path) -> dict[str, Path]:
    """Cleaned and original outputs as systems of their own; two of the originals have no header."""
    return {
        name + form: real_data / "artie" / "predictions" / f"{path}{form}.tsv"
        for name, path in PREDICTIONS.items()
        for form in ("", "-original")
    }


def artie(real_data: Path, folder: Path, **options: object) -> tuple[DoctorFault, ...]:
    chosen = IngestOptions(
        name="artie",
        sources=(real_data / "artie" / "artie-bias-corpus.tsv",),
        systems=artie_systems(real_data),
        mapping=MAPPING,
        **options,  # type: ignore[arg-type]
    )
    return examine(open_build(ingest(chosen, folder).path))


@pytest.fixture(scope="module")
def found(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[DoctorFault, ...]:
    return artie(real_data, tmp_path_factory.mktemp("artie"))


def of_code(faults: tuple[DoctorFault, ...], code: str) -> list[tuple[str, int]]:
    return [(fault.where, fault.count) for fault in faults if fault.code == code]


def test_both_amazon_files_that_are_one_are_named(found: tuple[DoctorFault, ...]) -> None:
    assert of_code(found, "identical-systems") == [
        ("amazon en-GB, amazon en-GB-original", 2),
        ("amazon en-IN, amazon en-IN-original", 2),
    ]


def test_cleaned_copies_are_told_from_other_systems(found: tuple[DoctorFault, ...]) -> None:
    pairs = {where for where, _ in of_code(found, "near-identical-systems")}
    assert pairs == {
        f"{name}, {name}-original"
        for name in ("amazon en-US", "google en-US", "google en-GB", "google en-IN")
    }


def test_the_sentences_name_both_pairs_and_count_the_null_outputs(found: tuple[DoctorFault, ...]) -> None:
    said = [fault.what for fault in found]
    for accent in ("GB", "IN"):
        pair = f'"amazon en-{accent}" and "amazon en-{accent}-original" wrote the same text in all 1,712 utterances'
        assert any(sentence.startswith(pair) for sentence in said)
    for accent, number in (("GB", 69), ("IN", 137)):
        null = f'The whole output of google en-{accent}-original is "null" in {number} of 1,712 utterances'
        assert any(sentence.startswith(null) for sentence in said)


def test_the_word_null_is_found_as_an_output_and_na_as_a_group(found: tuple[DoctorFault, ...]) -> None:
    assert sorted(of_code(found, "placeholder-value")) == [
        ("accent", 562),
        ("age", 14),
        ("gender", 20),
        ("google en-GB-original", 69),
        ("google en-IN-original", 137),
    ]


def test_nothing_else_is_said_of_artie(found: tuple[DoctorFault, ...]) -> None:
    assert {fault.code for fault in found} == {
        "identical-systems",
        "near-identical-systems",
        "placeholder-value",
        "one-sided-normalisation",
        "empty-output-by-group",
        "few-speakers",
        "inferred-labels",
    }


def test_following_the_advice_makes_the_findings_go(real_data: Path, tmp_path: Path) -> None:
    after = artie(
        real_data,
        tmp_path / "after",
        missing=("NA",),
        null_hypothesis="null",
        label_sources={"accent": "self", "gender": "self", "age": "self"},
    )
    assert of_code(after, "placeholder-value") == []
    assert of_code(after, "inferred-labels") == []
    assert ("accent", 562) in of_code(after, "missing-attribute")
    assert sorted(where for where, _ in of_code(after, "empty-output-by-group") if "," not in where) == [
        "google en-IN",
        "google en-IN-original",
    ]


def test_nothing_grave_is_said_of_the_bundled_evaluation(tmp_path: Path) -> None:
    samples = ROOT / "data" / "samples" / "speech.parquet"
    if not samples.is_file():
        pytest.skip(f"no bundled evaluation at {samples}")
    rows = pd.read_parquet(samples)
    roles = {"accent": "speaker", "voice_variant": "speaker", "noise": "condition", "device": "condition"}
    options = IngestOptions(name="bundled", sources=(samples,), roles=roles)  # type: ignore[arg-type]
    faults = examine(open_build(ingest(options, tmp_path).path))
    assert [fault for fault in faults if fault.severity != "note"] == []
    assert len(rows) > 0
