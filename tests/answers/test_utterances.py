"""Recordings behind a number: shown only where the evaluation allows it, clips never from outside."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.selection import EVERYTHING, OneOf
from dashboard.answers.utterances import selected_utterances
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
