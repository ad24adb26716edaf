"""Every metric of a build, pooled and as means of speakers and utterances, against plain loops over its texts."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import jiwer
import numpy as np
import pandas as pd
import pytest
from rapidfuzz.distance import Levenshtein

from analysis.metrics import METRICS
from analysis.selection import AnyOf, NotStated, OneOf
from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates, rates_query
from dashboard.answers.rows import rate_rows
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.queries import pair_counts
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

EVERYBODY = AnyOf((OneOf("accent", ("North", "South", "East")), NotStated("accent")))
KEYWORDS = ("alpha", "kilo", "mike")
Sums = dict[str, float]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return made_up_frame(7)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame) -> Build:
    folder = tmp_path_factory.mktemp("home")
    (folder / "keywords.txt").write_text("\n".join(KEYWORDS) + "\n")
    return made_up_build(folder, frame, keywords=folder / "keywords.txt")


def counted(reference: str, hypothesis: str) -> Sums:
    """What one recording has, by jiwer."""
    words = jiwer.process_words(reference, hypothesis)
    spoken = reference.split()
    kept = [
        spoken[k]
        for part in words.alignments[0]
        if part.type == "equal"
        for k in range(part.ref_start_idx, part.ref_end_idx)
    ]
    n_keywords = sum(word in KEYWORDS for word in spoken)
    return {
        "h": words.hits,
        "s": words.substitutions,
        "d": words.deletions,
        "i": words.insertions,
        "one": 1,
        "wrong": hypothesis != reference,
        "empty": hypothesis == "",
        "catastrophic": words.wer > 0.5,
        "characters": len(reference),
        "character_errors": Levenshtein.distance(reference, hypothesis),
        "keywords": n_keywords,
        "missed": n_keywords - sum(word in KEYWORDS for word in kept),
    }


def lost(t: Sums) -> float:
    return 1 - t["h"] / (t["h"] + t["s"] + t["d"]) * (t["h"] / (t["h"] + t["s"] + t["i"]) if t["h"] else 0)


def per(events: Callable[[Sums], float], units: Callable[[Sums], float]) -> Callable[[Sums], float]:
    return lambda t: events(t) / units(t) if units(t) else math.nan


def words(t: Sums) -> float:
    return t["h"] + t["s"] + t["d"]


def errors(t: Sums) -> float:
    return t["s"] + t["d"] + t["i"]


BY_DEFINITION: dict[str, Callable[[Sums], float]] = {
    "wer": per(errors, words),
    "cer": per(lambda t: t["character_errors"], lambda t: t["characters"]),
    "mer": per(errors, lambda t: words(t) + t["i"]),
    "wil": lost,
    "substitution-rate": per(lambda t: t["s"], words),
    "deletion-rate": per(lambda t: t["d"], words),
    "insertion-rate": per(lambda t: t["i"], words),
    "word-f1-error": lambda t: 1 - 2 * t["h"] / (2 * t["h"] + 2 * t["s"] + t["d"] + t["i"]),
    "sentence-error-rate": per(lambda t: t["wrong"], lambda t: t["one"]),
    "empty-output-rate": per(lambda t: t["empty"], lambda t: t["one"]),
    "catastrophic-rate": per(lambda t: t["catastrophic"], lambda t: t["one"]),
    "keyword-miss-rate": per(lambda t: t["missed"], lambda t: t["keywords"]),
}


def together(parts: list[Sums]) -> Sums:
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def mean(values: list[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known)


@pytest.mark.parametrize("metric", METRICS)
def test_the_pooled_rate_and_both_means_equal_plain_loops_over_the_texts(
    build: Build, frame: pd.DataFrame, metric: str
) -> None:
    value = BY_DEFINITION[metric]
    rows = frame.assign(
        counts=[counted(r, h) for r, h in zip(frame["reference"], frame["hypothesis"], strict=True)]
    )
    table = rates(build, RatesQuestion(by=("accent",), metric=metric)).table
    for row in rate_rows(table):
        mine = rows[rows["accent"] == (row["group"]["accent"] or "")]
        by_speaker = [together(list(part)) for _, part in mine.groupby("speaker_id")["counts"]]
        assert row["rate"] == pytest.approx(value(together(list(mine["counts"]))), rel=1e-9)
        assert row["speaker_mean"] == pytest.approx(mean([value(one) for one in by_speaker]), rel=1e-9)
        of_utterances = mean([value(one) for one in mine["counts"]])
        assert row["utterance_mean"] == pytest.approx(of_utterances, abs=1e-7)


@pytest.mark.parametrize("metric", METRICS)
def test_the_query_that_is_shown_gives_the_sums_that_are_used(build: Build, metric: str) -> None:
    question = RatesQuestion(by=("accent", "noise"), metric=metric, where=OneOf("device", ("phone", "car")))
    query = rates_query(build, question)
    shown = build.cursor().execute(query.sql, query.parameters).df()
    attributes = [build.info.attribute(name) for name in question.by]
    used = pair_counts(build.cursor(), attributes, 0, question.where, metric=METRICS[metric])
    codes = used.codes[used.group]
    found = pd.DataFrame(
        {"code_0": codes[:, 0], "code_1": codes[:, 1], "speaker": used.speaker, **used.columns}
    )
    keys = ["code_0", "code_1", "speaker"]
    assert (
        shown.sort_values(keys).to_numpy(np.int64) == found[list(shown)].sort_values(keys).to_numpy()
    ).all()


@pytest.mark.parametrize("metric", METRICS)
def test_a_subgroup_has_the_numbers_of_its_row_in_the_table(build: Build, metric: str) -> None:
    where = OneOf("accent", ("North",))
    [row] = [
        one
        for one in rate_rows(rates(build, RatesQuestion(by=("accent",), metric=metric)).table)
        if one["group"]["accent"] == "North"
    ]
    found = rate_rows(subgroup(build, SubgroupQuestion(where, metric=metric)).table)[SUBGROUP]
    for name in ("rate", "low", "high", "speaker_mean", "utterance_mean", "n_words", "errors"):
        assert found[name] == pytest.approx(row[name], rel=1e-9), name
    for name in ("ratio", "low", "high", "difference_high"):
        assert found["versus"][name] == pytest.approx(row["versus"][name], rel=1e-7), name


def test_stored_and_recorded_means_of_utterances_are_the_same_to_the_last_digit(build: Build) -> None:
    stored, recorded = (
        rates(build, RatesQuestion(by=("noise",), where=where))
        for where in (RatesQuestion().where, EVERYBODY)
    )
    assert stored.stored
    assert not recorded.stored
    assert stored.table.utterance_mean.tolist() == recorded.table.utterance_mean.tolist()
    assert stored.whole.utterance_mean.tolist() == recorded.whole.utterance_mean.tolist()


def test_utterances_without_words_have_no_rate_of_their_own_and_are_left_out_of_the_mean(
    tmp_path: Path,
) -> None:
    source = tmp_path / "silence.csv"
    source.write_text(
        "id,speaker_id,reference,hypothesis\n1,a,one two,one\n2,a,,ghost words\n3,b,one,one\n4,b,,\n"
    )
    found = rates(open_build(ingest(IngestOptions("silence", (source,)), tmp_path).path), RatesQuestion())
    [row] = rate_rows(found.whole)
    assert (row["n_utterances"], row["errors"], row["n_words"]) == (4, 3, 3)
    assert row["rate"] == 1
    assert row["utterance_mean"] == 0.25


def test_without_keywords_the_keyword_miss_rate_says_how_to_give_them(
    tmp_path: Path, frame: pd.DataFrame
) -> None:
    build = made_up_build(tmp_path, frame)
    with pytest.raises(QuestionError, match=r"Keyword miss rate is not known .* --keywords FILE"):
        rates(build, RatesQuestion(metric="keyword-miss-rate"))


@pytest.mark.parametrize(
    ("columns", "known", "unknown"),
    [
        (
            "utterance_id,speaker_id,words,errors",
            ("wer", "catastrophic-rate"),
            ("cer", "mer", "wil", "keyword-miss-rate"),
        ),
        ("speaker_id,accent,words,errors", ("wer",), ("catastrophic-rate", "sentence-error-rate", "mer")),
    ],
)
def test_counts_alone_say_which_metrics_they_do_not_give(
    tmp_path: Path, columns: str, known: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    source = tmp_path / "counts.csv"
    source.write_text(f"{columns}\n" + "\n".join(f"x{k},s{k},{5 + k % 3},{k % 4}" for k in range(20)))
    build = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    for metric in known:
        assert rates(build, RatesQuestion(metric=metric)).whole.statistics.rate[0] > 0
    for metric in unknown:
        with pytest.raises(QuestionError, match=r"is not known for this evaluation\. The source gives"):
            rates(build, RatesQuestion(metric=metric))


def test_rows_that_are_many_utterances_have_no_mean_of_utterances(tmp_path: Path) -> None:
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,words,errors\n" + "\n".join(f"s{k},90,{k}" for k in range(20)))
    build = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    [row] = rate_rows(rates(build, RatesQuestion()).whole)
    assert row["utterance_mean"] is None
    assert row["speaker_mean"] == pytest.approx(9.5 / 90)


def test_a_rate_that_is_no_ratio_is_not_standardised(build: Build) -> None:
    with pytest.raises(QuestionError, match="no plain ratio"):
        adjust_for(build, AdjustQuestion("accent", ("noise",), metric="wil"))
