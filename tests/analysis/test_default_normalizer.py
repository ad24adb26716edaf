"""Which normaliser is taken where nobody chose one."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import default_normalizer
from analysis.default_normalizer import Letters, letters_of


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        (["so it goes"], "basic"),
        (["así es", "la vida"], "basic"),
        (["हिन्दी में"], "unicode-marks"),
        (["สวัสดี"], "unicode-marks"),
        (["مرحبا", None], "unicode-marks"),
        (["東京です", "OK"], "unicode-marks"),
        (["Ｆｕｌｌ"], "basic"),
        (["да", "no"], "basic"),
        (["да да", "no"], "unicode-marks"),
        (["12", ""], "basic"),
        ([], "basic"),
    ],
)
def test_most_letters_decide(texts: list[str | None], chosen: str) -> None:
    assert letters_of(pa.array(texts, pa.string())).normalizer_id == chosen


@given(st.lists(st.text(max_size=20), max_size=8))
def test_letters_are_counted_one_by_one(texts: list[str]) -> None:
    letters = [c for text in texts for c in text if unicodedata.category(c)[0] == "L"]
    latin = [c for c in letters if "LATIN" in unicodedata.name(unicodedata.normalize("NFKD", c)[0], "")]
    assert letters_of(pa.array(texts, pa.string())) == Letters(len(letters), len(latin))


def test_the_size_of_a_chunk_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pa.array(["a да", None, "b", "में"] * 5)
    whole = letters_of(texts)
    monkeypatch.setattr(default_normalizer, "_CHUNK", 3)
    assert letters_of(texts) == whole
