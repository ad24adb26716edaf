"""`fairhearing sample`: the bundled evaluation, with roles and label sources that were decided by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.attributes import Attribute
from analysis.plan_check import check_plan
from dashboard.answers.plan import read_plan
from dashboard.commands import sample
from dashboard.commands.main import main
from data.store import find_evaluation


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like data/samples with twelve recordings."""
    rows = range(12)
    frame = pd.DataFrame(
        {
            "utterance_id": [f"u{i}" for i in rows],
            "speaker_id": [f"s{i // 4}" for i in rows],
            "accent": [("Scottish", "Indian")[i // 4 % 2] for i in rows],
            "voice_variant": "f1",
            "noise": [("clean", "street")[i % 2] for i in rows],
            "snr_db": [(30, 7)[i % 2] for i in rows],
            "device": "headset",
            "domain": "travel",
            "speaking_rate_wpm": [150.0 + i for i in rows],
            "duration_s": [2.0 + i for i in rows],
            "audio": None,
            "reference": "a b",
            "hypothesis_System A": "a b",
            "hypothesis_System B": "a",
        }
    )
    frame.to_parquet(tmp_path / "speech.parquet")
    (tmp_path / "about.json").write_text('{"synthetic_voices": true}')
    monkeypatch.setattr(sample, "SAMPLES", tmp_path)
    return tmp_path


def test_the_bundled_evaluation_has_its_roles_and_its_notice(samples: Path, tmp_path: Path) -> None:
    assert main(["sample", "--home", str(tmp_path / "home")]) == 0
    info = find_evaluation(tmp_path / "home", "synthetic-voices")
    assert info.systems == ("System A", "System B")
    assert {a.name: a.role for a in info.attributes} == {
        "accent": "speaker",
        "voice_variant": "speaker",
        "noise": "condition",
        "snr_db": "condition",
        "device": "condition",
        "domain": "content",
        "speaking_rate_wpm": "content",
        "duration": "content",
    }
    assert info.label_sources["accent"] == "annotator"
    assert info.notice == "Synthetic voices: says nothing about people"
    assert (info.show_text, info.show_audio) == (True, True)
    assert info.audio_folder == str(samples)


def test_the_bundled_plan_is_set_before_results_once(samples: Path, tmp_path: Path) -> None:
    (samples / "plan.json").write_text(
        '{"groupings": [["accent"]], "populations": {"noise": ["street", "wind"]}}'
    )
    home = ["--home", str(tmp_path / "home")]
    main(["sample", *home])
    held = find_evaluation(tmp_path / "home", "synthetic-voices").plan
    assert held is not None
    assert held.before_results
    assert main(["plan", "synthetic-voices", "--remove", *home]) == 0
    main(["sample", *home])
    assert find_evaluation(tmp_path / "home", "synthetic-voices").plan is None


def test_the_plan_of_the_checkout_fits_the_bundled_recordings() -> None:
    plan = read_plan(Path(__file__).parents[2] / "data" / "samples" / "plan.json")
    frame = pd.read_parquet(Path(__file__).parents[2] / "data" / "samples" / "speech.parquet")
    attributes = [
        Attribute(name, role, "category", tuple(frame[name].unique()), has_missing=False)
        for name, role in (("accent", "speaker"), ("noise", "condition"), ("device", "condition"))
    ]
    found = check_plan(plan, attributes, "basic", {})
    assert (found.faults, found.notes, found.not_declared) == ((), (), ())
    assert found.without_data == (("noise", ("wind",)),)


def test_a_second_run_leaves_the_build_as_it_is(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sample", "--home", str(tmp_path / "home")]
    main(arguments)
    path = find_evaluation(tmp_path / "home", "synthetic-voices").path
    before = path.stat().st_mtime_ns
    capsys.readouterr()
    assert main(arguments) == 0
    assert "was there already" in capsys.readouterr().out
    assert path.stat().st_mtime_ns == before


def test_a_checkout_without_recordings_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sample, "SAMPLES", tmp_path)
    assert main(["sample", "--home", str(tmp_path / "home")]) == 2
    assert "is missing from this checkout" in capsys.readouterr().err
