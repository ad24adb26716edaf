"""Values of several labels: taken apart at their separator, stored as sets, read as memberships."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analysis.attributes import Attribute
from dashboard.commands.main import main
from data.doctor import examine
from data.errors import InputError
from data.ingest import Ingested
from data.store import open_build
from tests.data.made_up import Make

VALUES = ["us", "India , us", "us,us", "", " , ", "NA", "scots,NA", "us,india"]


def table(values: list[str] = VALUES) -> str:
    rows = [f'u{i},s{i},a b,a,"{value}"' for i, value in enumerate(values)]
    return "\n".join(["id,speaker,ref,hyp,accent", *rows, ""])


def made(make: Make, content: str = table(), **options: object) -> Ingested:
    return make(content, **{"multi": {"accent": ","}, "missing": ("NA",), **options})


def accent(done: Ingested) -> Attribute:
    return open_build(done.path).info.attribute("accent")


def stored(done: Ingested) -> Mapping[str, str | None]:
    rows = open_build(done.path).cursor().execute('SELECT utterance_id, "accent (labels)" FROM utterance')
    return dict(rows.fetchall())


def test_labels_are_the_groups_and_sets_are_what_is_stored(make: Make) -> None:
    done = made(make)
    assert accent(done).levels == ("India", "india", "scots", "us")
    assert accent(done).has_missing
    assert accent(done).multi
    assert stored(done) == {
        "u0": "us",
        "u1": "India + us",
        "u2": "us",
        "u3": None,
        "u4": None,
        "u5": None,
        "u6": "scots",
        "u7": "india + us",
    }


def test_a_declared_order_holds_for_labels(make: Make) -> None:
    done = made(make, orders={"accent": ("us", "scots")})
    assert accent(done).levels == ("us", "scots", "India", "india")
    assert stored(done)["u1"] == "us + India"


def test_a_column_that_is_not_named_keeps_its_combinations(make: Make) -> None:
    done = made(make, multi={})
    assert "us,india" in accent(done).levels
    assert not accent(done).multi


def test_any_separator_will_do(make: Make) -> None:
    done = made(make, table(["a; b", "b|c", "c"]), multi={"accent": ";"})
    assert accent(done).levels == ("a", "b", "b|c", "c")


def test_groupings_by_sets_are_not_stored(make: Make) -> None:
    subsets = open_build(made(make).path).info.marginal_subsets
    assert all("accent" not in names for names in subsets)


def test_the_separator_makes_another_build(make: Make) -> None:
    assert made(make).build != made(make, multi={}).build


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"multi": {"acent": ","}}, '--multi names "acent", which is no column'),
        ({"bins": {"accent": (1.0,)}}, "--bins divides them as numbers"),
        ({"orders": {"accent": ("us,india",)}}, '--order lists "us,india"'),
        ({"multi": {"words": ","}}, "worked out from the recordings"),
    ],
)
def test_options_that_do_not_fit_are_refused(make: Make, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        made(make, table(["us", "us,india", "uk"]).replace("u1,s1,a b", "u1,s1,a b c"), **options)


@pytest.mark.parametrize("written", ["accent", "accent=", "=,"])
def test_a_badly_written_separator_is_refused(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", "x.csv", "--name", "x", "--multi", written]) == 2
    assert "expected the attribute and what stands between its labels" in capsys.readouterr().err


def test_a_set_that_changes_within_a_speaker_is_seen(make: Make) -> None:
    rows = [f"s{i // 4},u{i},a,a,{'us' if i % 4 else 'us;uk'}" for i in range(40)]
    content = "\n".join(["speaker,id,ref,hyp,accent", *rows, ""])
    done = made(make, content, multi={"accent": ";"}, roles={"accent": "speaker"})
    found = {fault.code for fault in examine(open_build(done.path))}
    assert "attribute-varies-within-speaker" in found


def test_the_doctor_counts_the_people_of_a_label_and_not_of_a_set(make: Make) -> None:
    rows = [f"s{i},u{i},a b,a b,{'us' if i % 2 else 'us;uk'}" for i in range(40)]
    content = "\n".join(["speaker,id,ref,hyp,accent", *rows, "s40,u40,a,a,uk", ""])
    done = made(make, content, multi={"accent": ";"}, roles={"accent": "speaker"})
    few = [fault for fault in examine(open_build(done.path)) if fault.code == "few-speakers"]
    assert few == []
