"""What decides that a word is wrong: chosen, stored in the build, used again wherever texts are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.selection import Everything
from dashboard.answers.utterances import selected_utterances
from data.add_system import add_systems
from data.add_system_options import AddedOptions
from data.errors import InputError
from data.scoring_choice import scoring_of
from data.store import Build, open_build
from tests.data.made_up import Make

GONNA = "id,speaker,reference,hypothesis,accent\nu1,s1,I'm gonna go,I am going to go,x\nu2,s2,go now,gonna now,y\n"
HINDI = "id,speaker,reference,hypothesis,accent\nu1,s1,यह हिन्दी है,यह हिन्दी है,x\nu2,s2,नमस्ते,नमस्ते जी,y\n"
THAI = "id,speaker,reference,hypothesis,accent\nu1,s1,น้ำเย็น,น้ำเย็น,x\nu2,s2,สวัสดี,สวัสดิ,y\n"


def listed(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def errors(build: Build) -> list[tuple[int, int, int]]:
    sql = "SELECT substitutions, deletions, insertions FROM score JOIN utterance USING (row_id) ORDER BY utterance_id"
    return build.cursor().execute(sql).fetchall()


def shown(build: Build) -> list[tuple[int, int, int]]:
    kinds = [
        [word.kind for word in one.words] for one in selected_utterances(build, None, Everything()).shown
    ]
    order = [one.utterance.utterance_id for one in selected_utterances(build, None, Everything()).shown]
    counted = [tuple(row.count(k) for k in ("substitution", "deletion", "insertion")) for row in kinds]
    return [counts for _, counts in sorted(zip(order, counted, strict=True))]  # type: ignore[misc]


def test_forms_that_count_as_the_same_are_no_errors_and_what_is_shown_has_as_many(
    make: Make, tmp_path: Path
) -> None:
    plainly = open_build(make(GONNA, show_text=True).path)
    forms = listed(tmp_path, "forms.txt", "gonna = going to\n")
    build = open_build(make(GONNA, show_text=True, equivalences=forms).path)
    assert errors(build) == shown(build) != errors(plainly) == shown(plainly)
    assert build.info.normalizer["id"].startswith("basic+forms-")
    assert build.info.normalizer["sha256"] != plainly.info.normalizer["sha256"]
    assert build.info.build != plainly.info.build


def test_every_aligner_shows_the_errors_it_counted(make: Make) -> None:
    text = "id,speaker,reference,hypothesis,accent\nu1,s1,p q r a b,a b s t u,x\nu2,s2,a,a,y\n"
    fewest = open_build(make(text, show_text=True).path)
    by_weight = open_build(make(text, show_text=True, aligner="sclite").path)
    assert errors(by_weight) == shown(by_weight) == [(0, 3, 3), (0, 0, 0)]
    assert errors(fewest) == shown(fewest)
    assert (by_weight.info.aligner["id"], by_weight.info.aligner["version"]) == ("sclite", "1")
    assert by_weight.info.build != fewest.info.build


def test_keywords_are_counted_and_their_hash_is_part_of_the_build(make: Make, tmp_path: Path) -> None:
    build = open_build(make(GONNA, keywords=listed(tmp_path, "k.txt", "Gonna!\nnow # soon\n")).path)
    sql = "SELECT n_keywords, keyword_misses FROM score JOIN utterance USING (row_id) ORDER BY utterance_id"
    assert build.cursor().execute(sql).fetchall() == [(1, 1), (1, 0)]
    assert build.info.keywords is not None
    assert build.info.keywords["phrases"] == ["gonna", "now"]
    others = make(GONNA, keywords=listed(tmp_path, "k.txt", "gonna\n")).build
    same = make(GONNA, keywords=listed(tmp_path, "l.txt", "now\ngonna\n")).build
    assert len({build.info.build, others, make(GONNA).build}) == 3
    assert same == build.info.build


@pytest.mark.parametrize(
    ("text", "chosen", "unit"),
    [(GONNA, "basic", "word"), (HINDI, "unicode-marks", "word"), (THAI, "unicode-marks", "character")],
)
def test_the_letters_choose_the_normaliser_and_the_build_says_so(
    make: Make, text: str, chosen: str, unit: str
) -> None:
    info = open_build(make(text).path).info
    assert (info.normalizer["id"], info.unit) == (chosen, unit)
    assert info.normalizer["letters"]["all"] > 0


def test_an_explicit_normaliser_always_wins(make: Make) -> None:
    info = open_build(make(THAI, normalizer="basic").path).info
    assert (info.normalizer["id"], info.unit) == ("basic", "word")
    assert "letters" not in info.normalizer
    assert make(THAI, normalizer="unicode-marks").build != make(THAI).build


def test_asking_again_without_a_normaliser_finds_the_build_that_is_there(make: Make) -> None:
    assert [make(HINDI).is_new for _ in range(2)] == [True, False]


def test_the_number_of_processes_makes_no_difference_to_the_build(make: Make) -> None:
    assert make(GONNA, processes=1).build == make(GONNA, processes=4).build
    with pytest.raises(InputError, match="--processes 0"):
        make(GONNA, processes=0)


def test_a_build_gives_its_scoring_again(make: Make, tmp_path: Path) -> None:
    forms = listed(tmp_path, "forms.txt", "ok = okay = o k\n")
    keywords = listed(tmp_path, "k.txt", "go now\n")
    build = open_build(make(GONNA, equivalences=forms, keywords=keywords, aligner="sclite").path)
    [(stored,)] = build.cursor().execute("SELECT value->>'$' FROM meta WHERE key = 'scoring'").fetchall()
    scoring = scoring_of(build.info)
    assert scoring.identity["normalizer"][2] in stored
    assert scoring.keywords is not None
    assert scoring.keywords.sha256 in stored
    assert scoring.normalizer.equivalences is not None


def test_a_system_that_is_added_is_scored_with_the_lists_of_the_build(make: Make, tmp_path: Path) -> None:
    forms = listed(tmp_path, "forms.txt", "gonna = going to\n")
    keywords = listed(tmp_path, "k.txt", "gonna\n")
    build = open_build(make(GONNA, equivalences=forms, keywords=keywords, aligner="sclite").path)
    more = listed(tmp_path, "b.csv", "id,hypothesis\nu1,I'm going to go\nu2,go now\n")
    added = open_build(add_systems(build, AddedOptions({"B": more})).made.path)
    sql = "SELECT substitutions + deletions + insertions, n_keywords, keyword_misses FROM score WHERE system = 1"
    assert added.cursor().execute(f"{sql} ORDER BY row_id").fetchall() == [(0, 1, 0), (0, 0, 0)]


@pytest.mark.parametrize(
    ("option", "text", "faults"),
    [
        (
            "equivalences",
            "gonna\n\n# a remark\na = \nok = okay\n",
            [
                "list.txt, row 1: “gonna” has no “=”. Write two forms, as in “gonna = going to”.",
                "list.txt, row 4: There is nothing on one side of “=”. Write a form there or leave the line out.",
            ],
        ),
        (
            "equivalences",
            "# nothing\n",
            [
                "list.txt: The list says of no forms that they count as the same. Write a line such as gonna = going to."
            ],
        ),
        ("keywords", "", ["list.txt: The list has no keyword. Write one word or phrase to a line."]),
        (
            "keywords",
            "fire\n…\n",
            [
                (
                    "list.txt, row 2: The normaliser basic leaves no word of “…”, so it cannot be looked for. "
                    "Leave the line out, or choose another normaliser."
                )
            ],
        ),
    ],
)
def test_faults_of_a_list_are_reported_all_at_once_with_their_lines(
    make: Make, home: Path, tmp_path: Path, option: str, text: str, faults: list[str]
) -> None:
    with pytest.raises(InputError) as refused:
        make(GONNA, **{option: listed(tmp_path, "list.txt", text)})
    assert [str(fault) for fault in refused.value.faults] == faults
    assert not home.exists()


def test_both_lists_are_looked_at_before_anything_is_refused(make: Make, tmp_path: Path) -> None:
    bad = (tmp_path / "bad.txt", tmp_path / "utf.txt")
    bad[0].write_text("gonna\n", encoding="utf-8")
    bad[1].write_bytes(b"caf\xe9\n")
    with pytest.raises(InputError) as refused:
        make(GONNA, equivalences=bad[0], keywords=bad[1])
    assert [(fault.file, fault.row) for fault in refused.value.faults] == [("bad.txt", 1), ("utf.txt", 1)]


def test_a_list_that_is_not_there_is_refused(make: Make, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*forms\.txt"):
        make(GONNA, equivalences=tmp_path / "forms.txt")


def test_counts_without_texts_take_no_list(make: Make, tmp_path: Path) -> None:
    keywords = listed(tmp_path, "k.txt", "fire\n")
    with pytest.raises(InputError, match="holds counts and no texts, so --keywords") as refused:
        make("id,speaker,n,s,d,i\nu1,s1,5,1,0,0\n", keywords=keywords, aligner="sclite")
    assert len(refused.value.faults) == 2


def test_what_the_normaliser_leaves_no_word_of_is_refused_in_both_lists(make: Make, tmp_path: Path) -> None:
    forms = listed(tmp_path, "forms.txt", "!! = b\ngonna = going to\n")
    keywords = listed(tmp_path, "k.txt", "now\n!?\n")
    with pytest.raises(InputError) as refused:
        make(GONNA, equivalences=forms, keywords=keywords)
    assert [(fault.file, fault.row, fault.what) for fault in refused.value.faults] == [
        (
            "forms.txt",
            None,
            "The normaliser basic leaves no word of “!!”, so it cannot count as the same as another.",
        ),
        ("k.txt", 2, "The normaliser basic leaves no word of “!?”, so it cannot be looked for."),
    ]
