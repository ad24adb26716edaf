"""Recordings behind a number: shown only where the evaluation allows it, clips never from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.selection import EVERYTHING, OneOf
from analysis.selection_fault import SelectionError
from dashboard.answers.utterances import ListQuestion, selected_utterances
from data.queries_recordings import ScoredUtterance
from tests.answers.made_up import made_up_build, made_up_frame


def test_text_and_audio_stay_hidden_unless_the_evaluation_shows_them(tmp_path: Path) -> None:
    answer = selected_utterances(made_up_build(tmp_path, made_up_frame(1)), None, EVERYTHING)
    assert answer.shown == ()
    assert answer.n_utterances == 320
    assert not answer.text_allowed


def test_shown_words_rebuild_the_reference_and_count_the_errors(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(1), show_text=True)
    answer = selected_utterances(build, None, OneOf("noise", ("babble",)), limit=30)
    assert len(answer.shown) == 30
    for one in answer.shown:
        spoken = [word.reference for word in one.words if word.reference is not None]
        assert " ".join(spoken) == one.utterance.reference
        kinds = [word.kind for word in one.words]
        assert kinds.count("substitution") == one.utterance.substitutions
        assert kinds.count("deletion") == one.utterance.deletions
        assert kinds.count("insertion") == one.utterance.insertions
        assert one.utterance.groups["noise"] == "babble"


def test_pages_do_not_overlap(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(1), show_text=True)
    first = selected_utterances(build, None, EVERYTHING, limit=20)
    second = selected_utterances(build, None, EVERYTHING, limit=20, offset=20)
    names = [one.utterance.utterance_id for one in (*first.shown, *second.shown)]
    assert len(set(names)) == 40


def test_a_clip_outside_the_folder_of_audio_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.wav").write_bytes(b"x")
    home = tmp_path / "home"
    home.mkdir()
    (home / "clip.wav").write_bytes(b"x")
    frame: pd.DataFrame = made_up_frame(1).head(2).assign(audio=["clip.wav", "../secret.wav"])
    build = made_up_build(home, frame, show_text=True, show_audio=True)
    clips = {one.utterance.audio: one.clip for one in selected_utterances(build, None, EVERYTHING).shown}
    assert clips["clip.wav"] == (home / "clip.wav").resolve()
    assert clips["../secret.wav"] is None


@pytest.mark.parametrize(
    ("error", "is_listed"),
    [
        ("substitution", lambda one: one.substitutions > 0),
        ("deletion", lambda one: one.deletions > 0),
        ("insertion", lambda one: one.insertions > 0),
        ("none", lambda one: one.substitutions + one.deletions + one.insertions == 0),
        ("empty", lambda one: not one.hypothesis),
        ("any", lambda _: True),
    ],
)
def test_a_list_is_narrowed_to_one_kind_of_error(
    tmp_path: Path, error: str, is_listed: Callable[[ScoredUtterance], bool]
) -> None:
    build = made_up_build(tmp_path, made_up_frame(1), show_text=True)
    everybody = [one.utterance for one in selected_utterances(build, None, EVERYTHING, limit=999).shown]
    answer = selected_utterances(build, None, EVERYTHING, limit=999, asked=ListQuestion(error=error))
    expected = {one.utterance_id for one in everybody if is_listed(one)}
    assert {one.utterance.utterance_id for one in answer.shown} == expected
    assert answer.n_utterances == len(expected)


def test_words_are_found_whether_they_were_said_or_heard(tmp_path: Path) -> None:
    frame = made_up_frame(1).head(3).copy()
    frame["reference"] = ["Turn ON the lamp", "stay here", "lamps only"]
    hypotheses = [name for name in frame.columns if name.startswith("hypothesis")]
    frame[hypotheses] = "the lamp"
    frame.loc[frame.index[2], hypotheses] = "stay put"
    build = made_up_build(tmp_path, frame, show_text=True)

    def references(words: str) -> set[str]:
        found = selected_utterances(build, None, EVERYTHING, asked=ListQuestion(words=words)).shown
        return {one.utterance.reference for one in found}

    assert references("lamp") == {"Turn ON the lamp", "stay here"}
    assert references("on the") == {"Turn ON the lamp"}
    assert references("stay") == {"stay here", "lamps only"}
    assert references("nowhere") == set()


def test_a_character_is_found_inside_a_text_without_spaces(tmp_path: Path) -> None:
    frame = made_up_frame(1).head(2).copy()
    frame["reference"] = ["น้ำเย็นมาก", "東京に行く"]
    frame[[name for name in frame.columns if name.startswith("hypothesis")]] = "x"
    build = made_up_build(tmp_path, frame, show_text=True)
    found = selected_utterances(build, None, EVERYTHING, asked=ListQuestion(words="東京")).shown
    assert [one.utterance.reference for one in found] == ["東京に行く"]
    found = selected_utterances(build, None, EVERYTHING, asked=ListQuestion(words="เย็น")).shown
    assert [one.utterance.reference for one in found] == ["น้ำเย็นมาก"]


def test_words_are_not_looked_for_where_texts_may_not_be_shown(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(1))
    whole = selected_utterances(build, None, EVERYTHING)
    assert selected_utterances(build, None, EVERYTHING, asked=ListQuestion(words="nowhere")) == whole


def test_what_is_no_word_is_refused(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(1), show_text=True)
    with pytest.raises(SelectionError, match="no letter or digit"):
        selected_utterances(build, None, EVERYTHING, asked=ListQuestion(words="…"))


def test_a_list_is_narrowed_to_a_group_within_the_selection(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(1), show_text=True)
    where, group = OneOf("noise", ("babble",)), ("accent", build.info.attribute("accent").levels[0])
    answer = selected_utterances(build, None, where, limit=999, asked=ListQuestion(group=group))
    groups = [one.utterance.groups for one in answer.shown]
    assert groups
    assert all((one["noise"], one["accent"]) == ("babble", group[1]) for one in groups)
    blank = selected_utterances(build, None, where, limit=999, asked=ListQuestion(group=("accent", None)))
    assert blank.n_utterances == len(blank.shown) > 0
    assert all(one.utterance.groups["accent"] is None for one in blank.shown)
