"""Sizes that are refused are settings of the environment."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from data.errors import InputError
from data.limits import UNPACKED, UPLOADED, SizeLimit
from data.uploads import keep_upload
from tests.data.made_up import ROOT, SMALL, Make

LIMITS = (UPLOADED, UNPACKED)


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_is_what_the_environment_says(limit: SizeLimit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(limit.variable, raising=False)
    assert limit.mb() == limit.usual_mb
    monkeypatch.setenv(limit.variable, " 7 ")
    assert limit.mb() == 7


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "a lot", "9999999", "٣"])
def test_a_limit_that_is_no_size_is_one_sentence(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOADED.variable, text)
    with pytest.raises(InputError, match=f'is "{text}"; expected a whole number of MB from 1 to'):
        UPLOADED.mb()


def test_uploads_and_archives_keep_to_their_limits(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in LIMITS:
        monkeypatch.setenv(limit.variable, "1")
    with pytest.raises(InputError, match="larger than 1 MB"):
        keep_upload(tmp_path, b"a" * 1_000_001)
    packed = gzip.compress((SMALL + "\n" * 1_000_001).encode())
    with pytest.raises(InputError, match="holds more than 1,000,000 bytes"):
        make(packed, file="in.csv.gz")


@pytest.mark.parametrize("limit", LIMITS)
def test_every_limit_is_documented(limit: SizeLimit) -> None:
    text = (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8")
    assert f"| `{limit.variable}` | {limit.usual_mb:,} |" in text
