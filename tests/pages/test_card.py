"""The Card page without a browser: full, empty, one group, a missing attribute; findings; downloads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import loading_card
from dashboard.answers.findings import add_finding, findings
from dashboard.answers.rates import RatesQuestion
from dashboard.commands.main import main
from dashboard.exports.card_bundle import FORMATS, card_files
from dashboard.loading_kept import KEEPER
from dashboard.wording_card_files import FORMAT_LABELS
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

pytestmark = pytest.mark.pages
APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


@pytest.fixture(autouse=True)
def fresh_caches() -> None:
    KEEPER.forget()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    return tmp_path


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.switch_page("app_pages/card.py")
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning]
    labels = [element.label for element in app.expander]
    return "\n".join([*(str(element.value) for element in shown), *labels])


def test_a_full_evaluation_shows_outline_claims_and_downloads(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=60))
    app = opened()
    assert "the evidence carries" in app.title[0].value
    listed = [option.replace("\\", "").split(" (")[0] for option in app.radio(key="section").options]
    wanted = [
        "What was measured",
        "Fairness and bias",
        "Robustness",
        "Findings on record",
        "Provenance",
        "Sign-off",
    ]
    assert [title for title in listed if title in wanted] == wanted
    words = words_of(app)
    assert app.header[0].value == "At a glance"
    assert "**Missing here:** " in words_of(opened(section="fairness"))
    assert "Refused:" in words
    assert len(app.get("download_button")) >= 4


def test_a_section_is_a_link(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24))
    app = opened(section="robustness")
    assert app.header[0].value == "Robustness"
    assert "robustness, not fairness" in words_of(app)
    app.radio(key="section").set_value("limits").run()
    assert app.header[0].value == "Coverage and limits"


def test_an_evaluation_without_attributes_says_what_is_missing(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=12)[["utterance_id", "speaker_id", "reference", "hypothesis"]]
    source = home / "bare.csv"
    frame.to_csv(source, index=False)
    assert main(["ingest", str(source), "--name", "bare"]) == 0
    assert "names no attribute of the speaker" in words_of(opened())
    assert "an attribute of the speaker" in words_of(opened(section="fairness"))


def test_one_group_is_no_comparison(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=24, missing=0.0)
    made_up_build(home, frame.assign(accent="North"))
    words = words_of(opened())
    assert "There are fewer than two groups." in words


def test_an_evaluation_where_nobody_spoke_has_a_card_all_the_same(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=6)
    made_up_build(home, frame.assign(reference="", hypothesis=""))
    assert "There is no rate" in words_of(opened())


def test_a_missing_attribute_of_conditions_leaves_no_grid(home: Path) -> None:
    source = home / "people.csv"
    made_up_frame(7, n_speakers=24).drop(columns=["noise", "device"]).to_csv(source, index=False)
    assert main(["ingest", str(source), "--name", "people", "--role", "accent=speaker"]) == 0
    app = opened(section="fairness")
    assert "By accent" in words_of(app)
    assert "by conditions" not in words_of(app)


def test_one_section_is_open_and_each_other_is_a_line_that_opens_it(home: Path) -> None:
    """A card of hundreds of groups is no page to scroll through."""
    made_up_build(home, made_up_frame(7, n_speakers=60))
    app = opened()
    assert app.header[0].value == "At a glance"
    labels = [element.label.replace("\\", "").split(" (")[0] for element in app.expander]
    assert {"What was measured", "Fairness and bias", "Robustness", "Sign-off"} <= set(labels)
    fairness = opened(section="fairness")
    assert fairness.header[0].value == "Fairness and bias"
    assert "At a glance" in [element.label for element in fairness.expander]


def test_the_line_about_a_long_table_leads_to_the_annex(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=60)
    made_up_build(home, frame.assign(place=[f"place {n % 30:02d}" for n in range(len(frame))]))
    app = opened(section="robustness")
    [way] = [one for one in app.button if "by place" in one.label and "in the annex" in one.label]
    way.click().run()
    assert not app.exception
    assert app.header[0].value == "Annex"


def test_synthetic_voices_cannot_be_signed_off(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24), about={"synthetic_voices": True})
    app = opened()
    assert "Sign\\-off refused" in words_of(app) or "Sign-off refused" in words_of(app)
    assert "says nothing about people" in words_of(app)


def kept_finding(home: Path) -> Build:
    build = made_up_build(home, made_up_frame(7, n_speakers=36))
    add_finding(
        home,
        build,
        RatesQuestion("hypothesis", ("accent", "noise")),
        {"accent": "North", "noise": "babble"},
        "hear it",
    )
    return build


def test_a_finding_is_listed_and_can_be_withdrawn(home: Path) -> None:
    build = kept_finding(home)
    app = opened()
    assert "hear it" in words_of(app)
    [kept] = findings(home, build.info.name)
    app.selectbox(key=f"state {kept.id}").set_value("withdrawn")
    app.text_input(key=f"reason {kept.id}").set_value("it was the street")
    app.button(key=f"save {kept.id}").click().run()
    assert not app.exception
    assert "hear it" not in words_of(app)
    assert findings(home, build.info.name) == []


def test_the_downloads_are_the_files_of_the_command(home: Path, tmp_path: Path) -> None:
    build = kept_finding(home)
    assert main(["card", build.info.name, "--out", str(tmp_path / "card")]) == 0
    for name, content in card_files(loading_card.card_of(build.info, "hypothesis", "wer")).items():
        assert (tmp_path / "card" / name).read_bytes() == content


def test_every_format_and_every_outline_can_be_taken_away(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24))
    app = opened()
    buttons = [element.label for element in app.main.get("download_button")]
    assert {*FORMAT_LABELS.values(), "All, as zip"} <= set(buttons)
    assert list(FORMAT_LABELS) == sorted(FORMATS, key=list(FORMAT_LABELS).index)
    app.selectbox(key="card_template").set_value("classic").run()
    assert not app.exception
    assert "--template classic" in " ".join(element.value for element in app.code)


def test_a_change_without_a_reason_is_refused_and_nothing_is_kept(home: Path) -> None:
    build = kept_finding(home)
    app = opened()
    [kept] = findings(home, build.info.name)
    app.selectbox(key=f"state {kept.id}").set_value("accepted")
    app.button(key=f"save {kept.id}").click().run()
    assert "only with a reason" in app.error[0].value.replace("\\", "")
    assert findings(home, build.info.name) == [kept]


def test_a_claim_of_ones_own_stands_in_the_card(home: Path) -> None:
    build = kept_finding(home)
    app = opened()
    [kept] = findings(home, build.info.name)
    app.text_input(key=f"claim {kept.id}").set_value("Babble is loud")
    app.button(key=f"save {kept.id}").click().run()
    assert not app.exception
    assert "Babble is loud" in words_of(app)
    assert findings(home, build.info.name)[0].claim == "Babble is loud"


def test_a_decision_and_a_sign_off_stand_in_the_card_until_they_are_taken_back(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24))
    app = opened(section="sign-off")
    assert "Not signed off" in words_of(app)
    app.button(key="sign off").click().run()
    assert "Type the name" in app.error[0].value
    next(one for one in app.text_input if one.label == "Name").set_value("A. Person")
    app.button(key="sign off").click().run()
    assert "A. Person" in words_of(app).replace("\\", "")
    next(one for one in app.radio if one.label == "Decision").set_value("hold")
    next(one for one in app.text_area if one.label == "Reason").set_value("too few speakers")
    app.button(key="record card decision").click().run()
    assert not app.exception
    decision = opened(section="decision")
    assert "too few speakers" in words_of(decision)
    decision.button(key="take back card decision").click().run()
    assert "No decision is on record" in words_of(decision)


def test_a_card_is_verified_by_upload_and_a_tampered_one_is_red(home: Path) -> None:
    build = kept_finding(home)
    taken = loading_card.card_of(build.info, "hypothesis", "wer")
    document = card_files(taken, ["json"])["card.json"]
    app = opened()
    app.file_uploader(key="verify_card").set_value([("card.json", document, "application/json")]).run()
    assert "none that was taken away from here reads as it does" in words_of(app)
    loading_card.keep_card(taken)
    app.run()
    assert "The card holds" in app.success[0].value
    assert "recomputed and equal" in words_of(app)
    tampered = json.loads(document)
    tampered["evidence"]["overall"]["rate"] = 0.01
    bad = json.dumps(tampered).encode()
    app.file_uploader(key="verify_card").set_value([("card.json", bad, "application/json")]).run()
    assert "The card does not hold" in app.error[0].value
    assert "is not what the data give" in words_of(app)
    tampered["evidence"]["evaluation"] = "elsewhere"
    other = json.dumps(tampered).encode()
    app.file_uploader(key="verify_card").set_value([("card.json", other, "application/json")]).run()
    assert "The card says it is of “elsewhere”" in words_of(app)
    app.file_uploader(key="verify_card").set_value([("card.json", b"{}", "application/json")]).run()
    assert "not the JSON of a card" in app.error[0].value.replace("\\", "")


def test_a_card_that_was_judged_with_other_settings_says_so_in_a_warning(home: Path) -> None:
    build = kept_finding(home)
    plain = json.loads(
        card_files(loading_card.card_of(build.info, "hypothesis", "wer"), ["json"])["card.json"]
    )
    plain["evidence"]["settings"]["margin_ratio"] = 1.6
    app = opened()
    document = json.dumps(plain).encode()
    app.file_uploader(key="verify_card").set_value([("card.json", document, "application/json")]).run()
    assert "was judged with a margin of 1.60×, here 1.25×" in words_of(app).replace("\\", "")


def test_a_card_is_held_against_what_is_on_record_by_now(home: Path) -> None:
    build = kept_finding(home)
    plain = json.loads(
        card_files(loading_card.card_of(build.info, "hypothesis", "wer"), ["json"])["card.json"]
    )
    plain["evidence"]["looked_at"]["findings"] += 1
    document = json.dumps(plain).encode()

    def absent() -> list[object]:
        found = loading_card.verification_of(build.info, document, None, None).numbers.differences
        return [one.recomputed for one in found if one.path == "evidence.findings"]

    assert absent() == []
    question = RatesQuestion(by=("accent",))
    added = add_finding(home, build, question, {"accent": "South"}, note="kept by somebody else")
    assert absent() == [{"id": added.id}]


def test_what_changed_since_the_last_card_is_told_with_its_cause(home: Path) -> None:
    build = kept_finding(home)
    assert "nothing to hold this one against" in words_of(opened())
    loading_card.keep_card(loading_card.card_of(build.info, "hypothesis", "wer"))
    assert "Nothing is different" in words_of(opened())
    made_up_build(home, made_up_frame(7, n_speakers=36).assign(hypothesis="oops"))
    said = words_of(opened()).replace("\\", "")
    assert "Different since then: the system." in said
    assert "groups have another verdict" in said
