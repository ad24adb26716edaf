"""`fairhearing rates` prints the known rates of public evaluations: the whole way from files to JSON."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.answers.mean_spans import mean_spans, mean_spans_beside
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.saved import where_typed
from dashboard.answers.subgroup import SubgroupQuestion, subgroup
from dashboard.answers.subgroup_means import averages
from dashboard.commands.main import main
from data.store import find_evaluation, open_build
from tests.data.test_real_data import ARTIE_RATES, LIBRISPEECH_RATES, documented_command

PUBLISHED_SUBGROUP = (
    "gender = 'F' and speed_rate_word_trimmed > 0.35 and trimmed_duration <= 3.60 and n_pauses <= 3"
)


@pytest.fixture(scope="module")
def home(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    with contextlib.chdir(real_data / "artie"):
        assert main([*documented_command("artie"), "--home", str(folder)]) == 0
    speech = real_data / "librispeech-test-clean"
    for system in LIBRISPEECH_RATES:
        source = speech / f"LibriSpeech_for_DivExplorer_{system}.csv"
        columns = "gender,speed_rate_word_trimmed,trimmed_duration,n_pauses"
        given = ["ingest", str(source), "--name", system, "--map", "id=file", "--normalizer", "none"]
        named = ["--map", f"system:{system}=transcription", "--attributes", columns, "--home", str(folder)]
        assert main([*given, *named]) == 0
    return folder


def printed(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["rates", *arguments, "--home", str(home), "--format", "json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.parametrize("system", ARTIE_RATES)
def test_artie_by_accent(home: Path, capsys: pytest.CaptureFixture[str], system: str) -> None:
    document = printed(home, capsys, "artie", "--system", system, "--by", "accent")
    by_accent = {row["group"]["accent"]: row["rate"] for row in document["rows"]}
    found = (document["overall"]["rate"], *(by_accent[accent] for accent in ("us", "indian", "england")))
    assert found == pytest.approx(ARTIE_RATES[system][:4], abs=0.005)
    assert document["overall"]["empty_outputs"] == ARTIE_RATES[system][4]
    assert document["label_sources"] == {"accent": "self"}


@pytest.mark.parametrize("system", LIBRISPEECH_RATES)
def test_librispeech_overall(home: Path, capsys: pytest.CaptureFixture[str], system: str) -> None:
    document = printed(home, capsys, system)
    assert document["overall"]["rate"] == pytest.approx(LIBRISPEECH_RATES[system], abs=0.0005)


def test_the_published_subgroup_pooled_is_not_what_was_printed_of_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overall = printed(home, capsys, "wav2vec2-base", "--where", PUBLISHED_SUBGROUP)["overall"]
    assert overall["rate"] == pytest.approx(0.1474, abs=0.00005)
    assert (overall["n_utterances"], overall["n_words"], overall["n_speakers"]) == (79, 407, 18)
    assert overall["low"] < 0.1474 < overall["high"]


def test_the_published_subgroup_is_held_like_for_like(home: Path) -> None:
    build = open_build(find_evaluation(home, "wav2vec2-base").path)
    where = where_typed(build.info, PUBLISHED_SUBGROUP)
    answer = subgroup(build, SubgroupQuestion(where))
    pooled, _, of_utterances = averages(
        answer,
        rates(build, RatesQuestion()).whole,
        mean_spans_beside(build, answer.question),
        mean_spans(build, RatesQuestion()),
    )
    assert (pooled.own, of_utterances.own) == pytest.approx((0.1474, 0.1730), abs=0.00005)
    assert (pooled.everything, of_utterances.everything) == pytest.approx((0.0606, 0.0672), abs=0.00005)
    assert pooled.from_everything == pytest.approx(0.0868, abs=0.00005)
    assert of_utterances.from_everything == pytest.approx(0.1058, abs=0.00005)
