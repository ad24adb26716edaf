"""What stands under the Versions page: whose recordings, how many, how compared; data, text, method."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import loading_versions
from dashboard.answers.compare_document import compare_document
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.versions import Versions
from dashboard.exports.comparison_csv import export_comparison_csv
from dashboard.panels.add_to_card import draw_add_group
from dashboard.panels.save_view import Kept
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway
from dashboard.panels.versions_groups import lines_of, pictures_of
from dashboard.state import View
from dashboard.wording_card_page import compared_note
from dashboard.wording_controls import SUMS_BY_GROUP
from dashboard.wording_glossary import help_with
from dashboard.wording_labels import labels_sentence
from dashboard.wording_markup import plain
from dashboard.wording_plan import family_sentence
from dashboard.wording_versions import versions_facts
from dashboard.wording_versions_tables import versions_method


def draw_versions_footer(view: View, answer: Versions, document: dict[str, Any], memo: str) -> None:
    """Facts in one line, then data, copy and method; the memo is what is copied."""
    info = view.info
    labels = labels_sentence(document["label_sources"]).rstrip(".")
    facts = versions_facts(document, view.synthetic, family_sentence(answer.groups.family, info))
    st.caption(
        plain(" · ".join(filter(None, (facts, labels)))),
        help=help_with("word error rate", "candidate", "interval by speaker", "can’t tell yet"),
    )
    given = Takeaway(
        "versions",
        memo,
        # The file is the command's: its verdicts stand beside who gave the labels, whatever a page may say of them.
        lambda: export_comparison_csv(compare_document(info, answer.groups)),
        Kept(
            lambda: pictures_of(answer, document, view.synthetic), lambda: lines_of(document, view.synthetic)
        ),
        versions_method(document),
        lambda: draw_query(loading_versions.comparison_query_of(info, answer.question), SUMS_BY_GROUP),
    )
    draw_takeaway(view, given, lambda: _draw_add_to_card(view, answer, document))


def _draw_add_to_card(view: View, answer: Versions, document: dict[str, Any]) -> None:
    """A group of the candidate goes on record; the comparison with the other system stands in the note."""
    asked = answer.groups.question
    rows = [row for row in document["rows"] if row["status"] != "empty" and None not in row["group"].values()]
    question = RatesQuestion(asked.second, tuple(document["by"]), asked.metric, asked.where)
    note = compared_note(document["a"], document["b"])
    draw_add_group(view, "add_version_to_card", question, [row["group"] for row in rows], note)
