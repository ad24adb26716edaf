"""A card that was handed in, held against the evaluation on screen. The file is read, never kept."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_card
from dashboard.answers.plan import read_plan_bytes
from dashboard.answers.verify import Verification
from dashboard.answers.verify_plan import GivenPlan
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording_card_page import (
    CARD_FILE,
    DIFFERENCE_COLUMNS,
    DIFFERENCES,
    KEY_FILE,
    NOT_CHECKED,
    PLAN_FILE,
    PLAN_PARTS,
    SIGNATURE_FILE,
    SIGNATURE_PARTS,
    VERIFY_INTRO,
    more_differences,
    of_another,
)
from dashboard.wording_markup import plain
from dashboard.wording_verify import (
    MOST_DIFFERENCES,
    difference_cells,
    numbers_sentence,
    text_sentence,
    verdict_sentence,
)
from dashboard.wording_verify_conditions import condition_lines
from dashboard.wording_verify_places import place_words

LARGEST_MB, LARGEST_SMALL_MB = 20, 1
_SHOWN = {"holds": st.success, "partly checked": st.warning, "does not hold": st.error}


def draw_verify(view: View) -> None:
    """Let the reader hand in a card, and say what was found."""
    st.markdown(VERIFY_INTRO)
    # Any file may be chosen and more than a card may have, so that a sentence says what is wrong with it.
    document = _uploaded(CARD_FILE, "verify_card", LARGEST_MB)
    with st.expander(SIGNATURE_PARTS):
        signature = _uploaded(SIGNATURE_FILE, "verify_signature", LARGEST_SMALL_MB)
        key = _uploaded(KEY_FILE, "verify_key", LARGEST_SMALL_MB)
    with st.expander(PLAN_PARTS):
        plan = st.file_uploader(PLAN_FILE, key="verify_plan", max_upload_size=LARGEST_SMALL_MB)
    if document is None:
        return
    try:
        given = GivenPlan(read_plan_bytes(plan.getvalue(), plan.name), plan.name) if plan else None
        found = loading_card.verification_of(view.info, document, signature, key, given)
    except ValueError as problem:
        # A card that is none, of a system or an audience that this evaluation has not.
        st.error(plain(str(problem)))
        return
    _draw_found(found, view)


def _uploaded(label: str, key: str, largest_mb: int) -> bytes | None:
    file = st.file_uploader(label, key=key, max_upload_size=largest_mb)
    return file.getvalue() if file is not None else None


def _draw_found(found: Verification, view: View) -> None:
    _SHOWN[found.result](f"**{plain(verdict_sentence(found))}**")
    named = found.card.evidence.get("evaluation")
    if not found.holds and named != view.info.name:
        st.markdown(plain(of_another(named, found.card.system, view.info.name)))
    lines = [numbers_sentence(found), *condition_lines(found), text_sentence(found)]
    st.markdown("\n".join(f"- {_headed(line)}" for line in lines))
    if found.numbers.differences:
        st.header(DIFFERENCES, anchor=False)
        rows = [
            dict(zip(DIFFERENCE_COLUMNS, (place_words(found, one.path), card, data, path), strict=True))
            for one in found.numbers.differences[:MOST_DIFFERENCES]
            for path, card, data in [difference_cells(one)]
        ]
        draw_table(rows, DIFFERENCE_COLUMNS, DIFFERENCES)
        rest = len(found.numbers.differences) - len(rows)
        if rest > 0:
            st.caption(more_differences(rest))
    st.header(NOT_CHECKED, anchor=False)
    st.markdown("\n".join(f"- {plain(one[0].upper() + one[1:])}" for one in found.not_checked))


def _headed(line: str) -> str:
    """What a line is about stands out from what it says."""
    head, _, rest = line.partition(": ")
    return f"**{plain(head)}:** {plain(rest)}"
