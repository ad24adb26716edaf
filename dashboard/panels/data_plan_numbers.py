"""The numbers of a plan: margin, floor, speakers and shares, in the percentages people say.

Each gives back the fractions that a plan holds, and leaves a place below its boxes for what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import wording_data_plan as words
from dashboard.wording import attribute_name
from dashboard.wording_data_controls import NOT_DECLARED_YET, NOTHING_CHOSEN
from dashboard.wording_markup import plain

Key = Callable[[str], str]
Slots = dict[str, DeltaGenerator]
_SHARES_IN_A_ROW = 4


def draw_difference(start: Mapping[str, Any], key: Key, slots: Slots) -> dict[str, Any]:
    """Margin, floor and the speakers a group needs."""
    margin = start["margin"]
    places = st.columns(4)
    ratio = places[0].number_input(
        words.RATIO,
        value=float(margin["ratio"]),
        step=0.05,
        format="%g",
        key=key("ratio"),
        help=words.RATIO_HELP,
    )
    points = places[1].number_input(
        words.POINTS,
        value=words.points_of(margin["points"]),
        step=0.5,
        format="%g",
        key=key("points"),
        help=words.POINTS_HELP,
    )
    floor = places[2].number_input(
        words.FLOOR,
        value=words.points_of(start["floor"]),
        step=1.0,
        format="%g",
        key=key("floor"),
        help=words.FLOOR_HELP,
        placeholder=NOT_DECLARED_YET,
    )
    speakers = places[3].number_input(
        words.MIN_SPEAKERS, value=int(start["min_speakers"]), step=1, key=key("speakers")
    )
    fields = ("margin.ratio", "margin.points", "floor", "min_speakers")
    slots |= {field: place.container() for field, place in zip(fields, places, strict=True)}
    return {
        "margin": {"ratio": ratio, "points": words.fraction_of(points)},
        "floor": words.fraction_of(floor),
        "min_speakers": speakers,
    }


def draw_shares(
    start: Mapping[str, Any], groups: Mapping[str, Sequence[str]], key: Key, slots: Slots
) -> dict[str, dict[str, float]]:
    """Percent of use for each group of the attributes that are chosen.

    groups: those that have a share, by attribute: the intended ones, or those that were recorded.
    """
    declared: dict[str, dict[str, float]] = start["shares"]
    chosen = st.multiselect(
        words.SHARES_OF,
        [*dict.fromkeys([*groups, *declared])],
        default=list(declared),
        format_func=attribute_name,
        key=key("shares"),
        placeholder=NOTHING_CHOSEN,
    )
    shares = {}
    for name in chosen:
        percents = _draw_percents(name, groups.get(name) or [*declared.get(name, {})], declared, key)
        st.caption(words.shares_sum(percents))
        slots[f"shares.{name}"] = st.container()
        shares[name] = {group: words.fraction_of(value) or 0.0 for group, value in percents.items()}
    return shares


def _draw_percents(
    name: str, groups: Sequence[str], declared: Mapping[str, Mapping[str, float]], key: Key
) -> dict[str, float]:
    percents = {}
    for start in range(0, len(groups), _SHARES_IN_A_ROW):
        row = groups[start : start + _SHARES_IN_A_ROW]
        for place, group in zip(st.columns(_SHARES_IN_A_ROW), row, strict=False):
            percents[group] = (
                place.number_input(
                    plain(f"{attribute_name(name)}: {group}"),
                    value=words.points_of(declared.get(name, {}).get(group, 0.0)),
                    step=1.0,
                    format="%g",
                    key=key(f"share {name} {group}"),
                )
                or 0.0
            )
    return percents
