"""The Card page beside its tabs: of an earlier build, with its own build deleted, and the places of its claims."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from dashboard import loading_card
from dashboard.commands.main import main
from dashboard.exports.card_bundle import card_files
from dashboard.loading_kept import KEEPER
from dashboard.panels.card_claims import place_of
from dashboard.wording_card_page import claims_about
from data.home import remove_build
from tests.answers.made_up import made_up_build, made_up_frame
from tests.pages.test_card import opened

pytestmark = pytest.mark.pages


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    return tmp_path


def test_the_command_for_an_earlier_build_writes_the_bytes_of_that_build(home: Path, tmp_path: Path) -> None:
    earlier, later = (made_up_build(home, made_up_frame(seed, n_speakers=24)).info for seed in (7, 8))
    assert earlier.build != later.build
    commands = {}
    for info in (earlier, later):
        shown = opened(evaluation=info.name, build=info.build)
        commands[info.build] = next(
            one.value for one in shown.code if one.value.startswith("fairhearing card")
        )
    assert f"{later.name} " in commands[later.build]
    _, *arguments = shlex.split(commands[earlier.build])
    assert main([*arguments, "--out", str(tmp_path / "card")]) == 0
    for name, content in card_files(loading_card.card_of(earlier, "hypothesis", "wer")).items():
        assert (tmp_path / "card" / name).read_bytes() == content


def test_a_card_is_held_against_another_build_once_its_own_is_deleted(home: Path) -> None:
    first, second = (made_up_build(home, made_up_frame(seed, n_speakers=24)).info for seed in (7, 8))
    document = card_files(loading_card.card_of(first, "hypothesis", "wer"), ["json"])["card.json"]
    found = loading_card.verification_of(second, document, None, None)
    assert (found.holds, found.instead_of) == (True, second.build)
    remove_build(first.path.parent, first.build)
    found = loading_card.verification_of(second, document, None, None)
    assert (found.holds, found.instead_of) == (False, None)


@pytest.mark.parametrize(
    ("by", "label"), [(("snr_db",), "Signal-to-noise ratio in dB"), (("age", "noise"), "Age × Noise")]
)
def test_claims_about_groups_stand_under_the_attributes_as_pages_name_them(
    by: tuple[str, ...], label: str
) -> None:
    assert claims_about(by, 3) == f"{label}: 3 claims about single groups"


def test_no_two_tables_of_claims_share_a_place_on_the_page() -> None:
    tables = [("a b",), ("a", "b"), ("b", "a"), ('a", "b',), ("a, b",)]
    assert len({place_of(by) for by in tables}) == len(tables)
