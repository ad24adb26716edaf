"""At a glance: the overall rate, the verdicts by declared table, the bound, and what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.card.content import compose
from analysis.card.judged_with import not_default_text
from analysis.card.sections import Facts, Listing, Paragraph, Section, Table
from analysis.settings import DEFAULTS
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import made_attribute, made_evidence, made_grouping, made_row

PLAN: dict[str, Any] = {
    "set": "2026-01-31T12:00:00Z",
    "sha256": "ab" * 32,
    "before_results": True,
    "declared": {"populations": {"accent": ["North", "South", "West"]}},
}


def glance(**changes: Any) -> Section:
    return compose(made_evidence(**changes)).sections[0]


def facts(section: Section) -> dict[str, str]:
    pairs = [pair for block in section.blocks if isinstance(block, Facts) for pair in block.facts]
    return {term: plain_text(text, 1.25) for term, text in pairs}


def table(section: Section) -> list[list[str]]:
    [found] = [block for block in section.blocks if isinstance(block, Table)]
    return [[plain_text(cell, 1.25) for cell in row] for row in found.rows]


def words(section: Section) -> str:
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    texts += [item for block in section.blocks if isinstance(block, Listing) for item in block.items]
    return "\n".join(plain_text(text, 1.25) for text in texts)


def declared(verdicts: list[str], **changes: Any) -> dict[str, Any]:
    names = [f"g{number}" for number in range(len(verdicts))]
    rows = [
        made_row({"accent": name}, verdict, versus={"family": "planned"}, **changes)
        for name, verdict in zip(names, verdicts, strict=True)
    ]
    return {
        "attributes": [made_attribute("accent", names)],
        "groupings": [made_grouping(["accent"], rows)],
        "grid": None,
        "plan": PLAN,
    }


def test_it_says_which_system_on_what_and_how_it_did_overall() -> None:
    found = facts(glance())
    assert found["System"] == "System A: 1.0"
    assert found["Recordings"] == "20 speakers, 200 utterances, 2,000 words; read sentences"
    assert found["Groups of people"] == "accent (2)"
    assert found["Word error rate, overall"] == "25.0% (22.5–27.5%), 95 % interval by speaker"
    assert found["To verify"].startswith("fairhearing verify card.json --data made-up")


def test_settings_that_are_not_the_default_stand_here_and_under_method() -> None:
    changed = {"margin_ratio": 1.6, "min_speakers": 6}
    card = compose(made_evidence(settings={**DEFAULTS.to_json(), **changed}))
    wanted = "a margin of 1.60×, not the default 1.25×; a minimum number of speakers of 6, not the default 10"
    assert facts(card.sections[0])["Judged with"] == wanted
    method = next(one for one in card.sections if one.id == "method")
    assert facts(method)["Not the default"] == f"Judged with {wanted}."


def test_default_settings_are_not_told_as_others() -> None:
    card = compose(made_evidence())
    assert "Judged with" not in facts(card.sections[0])
    assert all(not_default_text({**DEFAULTS.to_json(), name: 0.123}, "voices") for name in DEFAULTS.to_json())
    assert not_default_text({}, "speakers") == ()


def test_every_verdict_of_a_declared_table_is_counted() -> None:
    section = glance(**declared(["worse", "worse", "slightly worse", "within", "better", "undecided"]))
    assert table(section) == [["accent", "6", "2", "1", "1", "1", "1"]]


def test_the_counts_are_those_of_the_summary_that_is_claimed() -> None:
    evidence = made_evidence(**declared(["worse", "within", "within", "undecided"]))
    card = compose(evidence)
    summary = next(claim for claim in card.claims if claim.kind == "summary")
    said = plain_text(summary.text, 1.25)
    [row] = table(card.sections[0])
    assert "1 is shown to have a higher word error rate; 2 are shown to have less than 1.25× their" in said
    assert "; 1 cannot be told yet." in said
    assert row[1:] == ["4", "1", "0", "2", "0", "1"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (True, "as declared before results were first opened"),
        (False, "as declared in a plan of 2026-01-31, set after results had been opened"),
    ],
)
def test_the_counts_say_when_the_plan_was_set(before: bool, said: str) -> None:
    made = declared(["worse", "within"])
    section = glance(**{**made, "plan": {**PLAN, "before_results": before}})
    [counts] = [block for block in section.blocks if isinstance(block, Table)]
    assert plain_text(counts.caption, 1.25) == f"How many groups have which verdict: {said}."


def test_withheld_groups_are_not_covered() -> None:
    rows = [made_row({"accent": "North"}, "within"), made_row({"accent": "South"}, "undecided")]
    hidden = made_row({"accent": "West"}, "undecided", None, status="suppressed")
    section = glance(audience="public", grid=None, groupings=[made_grouping(["accent"], [*rows, hidden])])
    said = facts(section)["Not covered"]
    assert (
        "1 group that cannot be told yet; 1 group withheld from the public, which may hold gaps that are shown; people"
        in said
    )


def test_what_is_not_covered_tells_declared_tables_from_others() -> None:
    both = declared(["within", "undecided"])
    others = [made_row({"gender": name}, "undecided") for name in ("a", "b")]
    attributes = [*both["attributes"], made_attribute("gender", ["a", "b"])]
    groupings = [*both["groupings"], made_grouping(["gender"], others)]
    said = facts(glance(**{**both, "attributes": attributes, "groupings": groupings}))["Not covered"]
    assert (
        "1 group that cannot be told yet in the declared tables; 2 groups that cannot be told yet in tables that"
        in said
    )


def test_tables_that_are_not_declared_stand_only_where_none_is() -> None:
    assert [row[0] for row in table(glance())] == ["accent", "accent × noise"]
    both = declared(["worse", "within"])
    more = made_grouping(["noise"], [made_row({"noise": "quiet"})], False)
    assert [row[0] for row in table(glance(**{**both, "groupings": [*both["groupings"], more]}))] == [
        "accent"
    ]


def test_groups_shown_to_be_worse_are_named_all_where_they_are_few() -> None:
    assert "by accent: “g0” (1.40×, 1.20–1.60) and “g2” (1.40×, 1.20–1.60)." in words(
        glance(**declared(["worse", "within", "worse"]))
    )
    many = words(glance(**declared(["worse"] * 7)))
    assert "7 groups, with the largest gaps for “g0”" in many
    assert many.count("1.40× (") + many.count("(1.40×,") == 3 + many.count("gap that is shown is 1.40× (")


@pytest.mark.parametrize("before", [True, False])
def test_groups_shown_to_be_worse_in_a_table_the_plan_leaves_out_are_all_named(before: bool) -> None:
    asked = declared(["within", "within"])
    names = [f"h{number}" for number in range(6)]
    verdicts = ["worse"] * 5 + ["undecided"]
    rows = [made_row({"gender": name}, verdict) for name, verdict in zip(names, verdicts, strict=True)]
    rows[4] |= {"status": "suppressed", "rate": None}
    guessed = made_grouping(["age"], [made_row({"age": "old"}, "worse")], source="inferred")
    asked["attributes"] += [made_attribute("gender", names), made_attribute("age", ["old"])]
    asked["groupings"] += [made_grouping(["gender"], rows), guessed]
    section = glance(**{**asked, "plan": {**PLAN, "before_results": before}})
    [line] = [one for one in words(section).splitlines() if "not declared in advance" in one]
    assert ", by gender, not declared in advance: “h0” (1.40×, 1.20–1.60), " in line
    assert [name for name in names if f"“{name}”" in line] == names[:4]
    assert "“old”" not in words(section)
    assert [row[0] for row in table(section)] == ["accent"]


@pytest.mark.parametrize(("n_worse", "named"), [(3, 3), (7, 3)])
def test_cells_shown_to_be_worse_in_a_grid_the_plan_leaves_out_are_named(n_worse: int, named: int) -> None:
    asked = declared(["within", "within"])
    noises = [f"n{number}" for number in range(n_worse + 1)]
    rows = [made_row({"accent": "g0", "noise": name}, "worse") for name in noises[:-1]]
    rows.append(made_row({"accent": "g0", "noise": noises[-1]}, "within"))
    asked["attributes"] += [made_attribute("noise", noises, "condition")]
    section = glance(**{**asked, "grid": made_grouping(["accent", "noise"], rows)})
    [line] = [
        one for one in words(section).splitlines() if "by accent × noise, not declared in advance" in one
    ]
    assert line.count("“g0, n") == named
    assert (f"{n_worse} groups, with the largest gaps for" in line) == (n_worse > named)
    assert [row[0] for row in table(section)] == ["accent"]


def test_a_bound_never_stands_without_the_overall_rate_and_the_largest_gap() -> None:
    said = words(glance(**declared(["worse", "within"])))
    assert "For each of the 2 groups by accent, the word error rate of System A is" in said
    assert "it is 25.0% (22.5–27.5%)" in said
    assert "The largest gap that is shown is 1.40×" in said


def test_where_no_bound_may_be_stated_it_says_why() -> None:
    said = words(glance(**declared(["worse", "within"], n_speakers=4)))
    assert (
        "No bound is stated for every group by accent. Of the 2 groups, 2 have fewer than 10 speakers."
        in said
    )


def test_where_software_guessed_the_labels_that_is_said_once_and_nothing_is_counted() -> None:
    rows = [made_row({"accent": name}, "worse") for name in ("North", "South")]
    guessed = [made_grouping(["accent"], rows, source="inferred")] * 2
    section = glance(groupings=guessed, grid=None)
    assert not any(isinstance(block, Table) for block in section.blocks)
    assert words(section).count("guessed by software") == 1
    assert "“North”" not in words(section)


def test_without_groups_of_people_it_says_that_nothing_can_be_said() -> None:
    section = glance(groupings=[], grid=None, attributes=[])
    assert "names no attribute of the speaker" in words(section)
    assert not any(isinstance(block, Table) for block in section.blocks)


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("public", "Groups by accent are not published, so this card says nothing"),
        ("internal", "There is no table of groups by accent, so this card says nothing"),
    ],
)
def test_an_attribute_without_a_table_is_not_said_to_be_absent(audience: str, said: str) -> None:
    """As for the public, where recordings may have several labels of the only attribute of the speaker."""
    section = glance(groupings=[], grid=None, audience=audience)
    assert facts(section)["Groups of people"].startswith("accent (")
    assert said in words(section)
    assert "names no attribute" not in words(section)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decision": None}, "none on record"),
        (
            {"decision": {"choice": "hold", "reason": "too few", "build": "0123456789ab"}},
            "hold: too few; decider not stated",
        ),
        (
            {"decision": {"choice": "hold", "reason": "too few", "by": "the board", "build": "0123456789ab"}},
            "hold: too few",
        ),
        ({"decision": {"choice": "ship", "build": "0123456789ab"}}, "ship; reason and decider not stated"),
        (
            {"decision": {"choice": "ship", "by": "the board", "build": "f" * 12}},
            "ship; reason not stated (taken on another build)",
        ),
    ],
)
def test_the_decision_stands_there_as_it_was_taken(changes: dict[str, Any], said: str) -> None:
    assert facts(glance(**changes))["Decision"] == said


def test_it_says_what_is_not_covered() -> None:
    found = facts(glance(**declared(["undecided", "within"])))["Not covered"]
    assert "no recording of “North”, “South” and “West” (accent)" in found
    assert "1 group that cannot be told yet" in found
    assert "nobody declared whom the system is meant for" in facts(glance())["Not covered"]


def test_withheld_groups_are_counted_and_not_named() -> None:
    asked = declared(["worse", "within", "within"])
    asked["groupings"][0]["rows"][0] |= {"status": "suppressed", "rate": None}
    section = glance(audience="public", **asked)
    assert table(section) == [["accent", "3", "0", "0", "2", "0", "0", "1"]]
    assert "“g0”" not in words(section)


def test_it_asks_for_nothing_that_is_missing_elsewhere() -> None:
    assert glance().missing == ()
