"""The glossary against the words on the pages: each technical word is in it, and none that nobody meets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.card.faults_told import TOLD
from analysis.judgement import VERDICTS
from analysis.metrics import METRICS
from dashboard.wording_glossary import TERMS, VERDICT_MEANINGS, glossary_document, what_is
from tests.test_house import PRODUCT_MODULES, ROOT, name, parsed, texts

ROOMS = ("dashboard/wording", "dashboard/panels", "dashboard/app_pages", "dashboard/charts", "analysis/card")
SILENT = ("wording_glossary", "wording_guide")
SAID = "\n".join(
    [
        *(
            text
            for path in PRODUCT_MODULES
            if name(path).startswith(ROOMS) and path.stem not in SILENT
            for _, text in texts(parsed(path))
            # Codes of the doctor are names in the code, which nobody reads.
            if text not in TOLD
        ),
        *(f"{metric.label} {metric.sentence}" for metric in METRICS.values()),
    ]
).casefold()
FORMS = {term.word: tuple(form.casefold() for form in (term.word, *term.also)) for term in TERMS}
EVERY_FORM = "\n".join(form for forms in FORMS.values() for form in forms)
# Words of the field and of statistics by their stems. Whoever writes one of them on a page explains it.
OF_THE_FIELD = """
    aligner attribute audience build candidate card claim comparator complement condition coverage deletion doctor
    evaluation evidence excess exploratory finding gap gate group hypothesis insertion interval jackknife keyword label
    margin metric normaliser overall peers plan points provenance ratio reference robustness selection slice speaker
    standardised subgroup substitution system utterance verdict withheld declared confirmed
    holm false·discovery effective·speakers not·stated can’t·tell·yet sign-off synthetic mix·of·conditions family
    modelled floor
""".replace("·", "\u00a0").split(" ")
TERMS_OF_THE_FIELD = sorted({stem.strip().replace("\u00a0", " ") for stem in OF_THE_FIELD if stem.strip()})
# How a word of statistics is built; one that ends so is hardly anybody's everyday word.
LOOKS_TECHNICAL = re.compile(
    r"\b[a-z]*(?:knife|strap|variance|gression|covariate|parametric|kurtosis|quantile|percentile|likelihood"
    r"|bayes\w*|scedastic\w*|collinear\w*|posterior|prior\b|odds|entropy|estimand|estimator)\b"
)


def test_terms_stand_in_alphabetical_order_once_each() -> None:
    words = [re.sub(r"[^a-z ]", "", term.word.casefold()) for term in TERMS]
    assert words == sorted(words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("form", [form for forms in FORMS.values() for form in forms])
def test_every_word_of_the_glossary_is_met_on_a_page(form: str) -> None:
    others = {other for forms in FORMS.values() if form in forms for other in forms}
    assert form in SAID or (form in FORMS and any(other in SAID for other in others))


@pytest.mark.parametrize("stem", TERMS_OF_THE_FIELD)
def test_every_word_of_the_field_is_in_the_glossary(stem: str) -> None:
    assert stem in SAID
    assert stem in EVERY_FORM


def test_words_of_statistics_on_pages_are_in_the_glossary() -> None:
    assert {word for word in LOOKS_TECHNICAL.findall(SAID) if word not in EVERY_FORM} == set()


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_every_metric_is_in_the_glossary(metric: object) -> None:
    label = str(getattr(metric, "label", "")).casefold()
    first = label.split()[0]
    assert label in EVERY_FORM or (label.endswith(" rate") and first in EVERY_FORM)


def test_every_verdict_is_told() -> None:
    assert VERDICT_MEANINGS.keys() == set(VERDICTS)


def test_a_line_of_help_says_the_word_and_its_meaning() -> None:
    assert what_is("hypothesis") == "Hypothesis: what a system wrote for a recording."


def test_the_glossary_among_the_documents_is_this_one() -> None:
    written = Path(ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert written == glossary_document(), (
        "write it again: python -m dashboard.wording_glossary > docs/glossary.md"
    )
