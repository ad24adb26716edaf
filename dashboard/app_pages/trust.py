"""Trust: what the doctor found, what was tested and what to record next, whose labels these are, what it was made of."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, state
from dashboard.panels.doctor_findings import draw_findings, draw_looked_for
from dashboard.panels.headline import draw_headline
from dashboard.panels.page_tabs import draw_tabs
from dashboard.panels.provenance import draw_provenance
from dashboard.panels.trust_coverage import draw_coverage
from dashboard.panels.trust_disagreement import draw_disagreement, was_transcribed_twice
from dashboard.panels.trust_labels import draw_labels
from dashboard.panels.trust_sensitivity import draw_sensitivity
from dashboard.panels.what_next import draw_next
from dashboard.wording_controls import DOCTOR_LOOKS
from dashboard.wording_trust import findings_sentence, tab_names, trust_headline

view = state.on_screen()
with st.spinner(DOCTOR_LOOKS):
    findings = loading.doctor_of(view.info)
draw_headline(trust_headline(findings), findings_sentence(findings))

doctor, coverage, normalisers, labels, provenance, *people = draw_tabs(
    "trust", tab_names(was_transcribed_twice(view))
)
with doctor:
    draw_findings(findings)
    draw_looked_for()
with coverage:
    draw_coverage(view)
with normalisers:
    draw_sensitivity(view)
with labels:
    draw_labels(view)
with provenance:
    draw_provenance(view.info)
for tab in people:
    with tab:
        draw_disagreement(view)
draw_next("trust", view)
