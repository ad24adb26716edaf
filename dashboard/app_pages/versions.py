"""Versions: two systems on the same recordings. Who gets worse, which gaps changed, what a gate would say and what was decided."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_versions, state
from dashboard.answers.compare_document import compare_document
from dashboard.panels.headline import draw_headline
from dashboard.panels.page_tabs import draw_tabs
from dashboard.panels.versions_controls import draw_versions_controls
from dashboard.panels.versions_decision import decision_words, draw_decision_of_version
from dashboard.panels.versions_footer import draw_versions_footer
from dashboard.panels.versions_gaps import draw_gap_changes
from dashboard.panels.versions_gate import draw_gate_alone, draw_gate_preview
from dashboard.panels.versions_groups import draw_groups
from dashboard.panels.versions_history import draw_history
from dashboard.panels.versions_speakers import draw_speakers
from dashboard.panels.way_out import draw_add_system, draw_without_selection
from dashboard.panels.what_next import draw_next
from dashboard.wording_plan import family_sentence
from dashboard.wording_start import OR_TYPE
from dashboard.wording_versions import (
    ADD_SYSTEM,
    ONE_SYSTEM,
    add_system_command,
    tab_names,
    versions_caption,
    versions_headline,
    without_claims,
)
from dashboard.wording_versions_decision import versions_copy
from dashboard.wording_versions_gaps import shown_gaps

view = state.on_screen()
if len(view.info.systems) < 2:
    draw_headline(ONE_SYSTEM)
    st.markdown(ADD_SYSTEM)
    draw_add_system(view)
    st.caption(OR_TYPE)
    st.code(add_system_command(view.info.name), language="bash", wrap_lines=True)
    draw_gate_alone(view)
    st.stop()

top = st.container()
question = draw_versions_controls(view)
answer = loading_versions.versions_of(view.info, question)
document = without_claims(compare_document(view.info, answer.groups), answer.groups.attributes)
headline = versions_headline(document, answer.groups.attributes)
gaps_shown = shown_gaps(document, answer.groups.attributes)
with top:
    draw_headline(headline, versions_caption(document, view.synthetic), beneath=gaps_shown)

if document["overall"]["status"] == "empty":
    draw_without_selection(view)
    st.stop()
groups, speakers, gaps, history, gate, decision = draw_tabs("versions", tab_names(view.synthetic))
with groups:
    draw_groups(answer, document, view)
with speakers:
    draw_speakers(answer, document, view)
with gaps:
    draw_gap_changes(answer, document, view.synthetic)
with history:
    draw_history(answer, view)
with gate:
    gate_said = draw_gate_preview(view, question, answer)
declared = family_sentence(answer.groups.family, view.info)
memo = versions_copy(
    document, answer.groups.attributes, view.synthetic, declared, decision_words(view), gaps_shown, gate_said
)
with decision:
    draw_decision_of_version(view, memo)
draw_versions_footer(view, answer, document, memo)
draw_next("versions", view)
