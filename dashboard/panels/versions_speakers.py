"""What becomes of single speakers: the distribution of changes, shown beside the test of the whole."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.speaker_changes import chart_speaker_changes
from dashboard.charts.upright_bars import bars_html
from dashboard.state import View
from dashboard.wording import people
from dashboard.wording_markup import plain
from dashboard.wording_tables import speakers_picture
from dashboard.wording_versions import HURT_FEW, speakers_axis, speakers_sentence


def draw_speakers(answer: Versions, document: dict[str, Any], view: View) -> None:
    """The sentence, then a bar for every span of change."""
    sentence = speakers_sentence(document["overall"], view.synthetic)
    st.markdown(f"**{plain(sentence)}**")
    changes = answer.groups.changes
    if not len(changes):
        return
    picture = chart_speaker_changes(changes, people(view.synthetic))
    st.html(bars_html(picture, speakers_picture(sentence)))
    st.caption(plain(f"{speakers_axis(view.synthetic)} {HURT_FEW}"))
