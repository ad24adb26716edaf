"""HOME/fairhearing.toml: overrides for every evaluation of a folder, every fault of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.settings import DEFAULTS
from data.errors import InputError
from data.settings_file import FILE_NAME, settings_of


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings_of(tmp_path) is DEFAULTS
    assert settings_of(tmp_path / "nowhere") is DEFAULTS


def test_what_it_names_is_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('margin_ratio = 1.1\nlist_correction = "by"\n')
    assert settings_of(tmp_path) == DEFAULTS.with_overrides({"margin_ratio": 1.1, "list_correction": "by"})


def test_every_fault_is_named_with_near_names(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('margin_rato = 1.1\nlevel = "high"\n[limits]\nx = 1\n')
    with pytest.raises(InputError) as refused:
        settings_of(tmp_path)
    assert len(refused.value.faults) == 3
    assert "Did you mean 'margin_ratio'?" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "said"), [(b"margin_ratio = ", "is no TOML"), (b"\xff\xfe\x00", "is not UTF-8")]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(InputError, match=said):
        settings_of(tmp_path)


def test_a_folder_in_its_place_says_why(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        settings_of(tmp_path)
