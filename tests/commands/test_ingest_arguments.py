"""Options of an ingest that were written in a way nothing can be made of: how to write them."""

from __future__ import annotations

import pytest

from dashboard.commands.main import main


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("a=1,b=2", "--bins a=1 --bins b=2."),
        ("snr=5,10,rate=2,3", "--bins snr=5,10 --bins rate=2,3."),
        ("a=b=2", "such as"),
    ],
)
def test_bins_of_several_attributes_say_how_to_write_them(
    written: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", "x.csv", "--name", "a", "--bins", written]) == 2
    assert advice in capsys.readouterr().err
