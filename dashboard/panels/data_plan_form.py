"""The boxes of a plan: filled from plain data, read back as plain data, with what is wrong beside each.

Owns the form alone. What a plan may say is decided where `plan.json` is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.attributes import Attribute
from analysis.metrics import METRICS
from analysis.normalize import NORMALIZERS
from analysis.plan import PLAN_VERSION, Plan
from dashboard import loading_data
from dashboard import wording_data_plan as words
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.data_plan_numbers import draw_difference, draw_shares
from dashboard.wording import attribute_label
from dashboard.wording_data_controls import NOT_DECLARED_YET, NOTHING_CHOSEN
from dashboard.wording_markup import plain
from dashboard.wording_methods import metric_choice

MOST_GROUPINGS = 12
_IN_A_ROW = 2
_MANY = 6


class PlanForm:
    """One form for one evaluation."""

    def __init__(self, info: EvaluationInfo, token: str, start: dict[str, Any]) -> None:
        self.info, self.start, self.has_faults = info, start, False
        self._token = token
        self._slots: dict[str, DeltaGenerator] = {}
        self._filled: dict[str, Any] = {}

    def draw(self) -> None:
        """Every box, in the order in which people decide."""
        filled = self._filled
        self._slots["plan"] = st.container()
        st.subheader(words.WHOM, anchor=False, help=words.GROUPS_HELP)
        filled["populations"] = self._populations()
        st.subheader(words.WHAT_COUNTS, anchor=False, help=words.GROUPINGS_HELP)
        filled["groupings"] = self._groupings()
        filled |= self._how()
        st.subheader(words.WHICH_DIFFERENCE, anchor=False)
        filled |= draw_difference(self.start, self._key, self._slots)
        with st.expander(words.EXPECTED_USE, type="compact"):
            levels = {one.name: list(one.levels) for one in self.info.attributes}
            groups = {**levels, **filled["populations"]}
            filled["shares"] = draw_shares(self.start, groups, self._key, self._slots)
        st.subheader(words.WHO_DECIDED, anchor=False)
        filled |= self._decided()

    def read(self) -> tuple[Plan | None, list[tuple[str, str]]]:
        """The plan, or field and sentence of everything that keeps it from being one."""
        try:
            return loading_data.read_plan({"version": PLAN_VERSION, **self._filled}), []
        except InputError as problem:
            return None, [(fault.field or "plan", f"{fault.what} {fault.advice}") for fault in problem.faults]

    def show_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Each beside the box it is about."""
        for field, sentence in faults:
            self.has_faults = True
            fitting = [name for name in self._slots if field.startswith(name)]
            slot = self._slots[max(fitting, key=len) if fitting else "plan"]
            slot.markdown(f":orange[{plain(sentence[:1].upper() + sentence[1:])}]")

    def _key(self, field: str) -> str:
        return f"plan {field} {self._token}"

    def _populations(self) -> dict[str, list[str]]:
        """Intended groups by attribute; an attribute without any is not declared."""
        declared: dict[str, list[str]] = self.start["populations"]
        known = {one.name: one for one in self.info.attributes if _is_for_people_to_declare(one)}
        names = [*dict.fromkeys([*known, *declared])]
        options = {
            name: [*dict.fromkeys([*(known[name].levels if name in known else ()), *declared.get(name, [])])]
            for name in names
        }
        # Many chosen groups need the whole width.
        wide = [name for name in names if len(declared.get(name, [])) > _MANY]
        rows: list[list[str]] = []
        for name in names:
            if name in wide or not rows or rows[-1][0] in wide or len(rows[-1]) == _IN_A_ROW:
                rows.append([])
            rows[-1].append(name)
        populations = {}
        for row in rows:
            places = [st.container()] if row[0] in wide else st.columns(_IN_A_ROW)
            for place, name in zip(places, row, strict=False):
                chosen = self._population(place, name, options[name], declared.get(name, []))
                if chosen:
                    populations[name] = chosen
        return populations

    def _population(
        self, place: DeltaGenerator, name: str, options: list[str], declared: list[str]
    ) -> list[str]:
        chosen = place.multiselect(
            plain(attribute_label(name)),
            options,
            default=declared,
            key=self._key(f"population {name}"),
            placeholder=NOT_DECLARED_YET,
            accept_new_options=True,
            wrap=True,
        )
        self._slots[f"populations.{name}"] = place.container()
        return [group.strip() for group in chosen]

    def _groupings(self) -> list[list[str]]:
        """A box for each grouping, and one more to add another."""
        declared: list[list[str]] = self.start["groupings"]
        names = [one.name for one in self.info.attributes]
        options = [*dict.fromkeys([*names, *(name for grouping in declared for name in grouping)])]
        groupings: list[list[str]] = []
        for number in range(MOST_GROUPINGS):
            if number >= len(declared) and len(groupings) < number:
                break
            if number % _IN_A_ROW == 0:
                places = st.columns(_IN_A_ROW)
            place = places[number % _IN_A_ROW]
            chosen = place.multiselect(
                words.GROUPING.format(number + 1) if number <= len(declared) - 1 else words.ANOTHER_GROUPING,
                options,
                default=declared[number] if number < len(declared) else [],
                format_func=attribute_label,
                key=self._key(f"grouping {number}"),
                placeholder=NOTHING_CHOSEN,
            )
            if chosen:
                groupings.append(chosen)
                self._slots[f"groupings {len(groupings)}"] = place.container()
        self._slots["groupings"] = st.container()
        return groupings

    def _how(self) -> dict[str, Any]:
        """Comparator, metric, normaliser."""
        left, middle, right = st.columns([2, 1.5, 1])
        with left:
            comparator = self._comparator()
        with middle:
            names = list(METRICS)
            metric = st.selectbox(
                words.METRIC,
                names,
                index=names.index(self.start["metric"]),
                format_func=lambda name: metric_choice(
                    METRICS[name].label, name in self.info.undefined_metrics
                ),
                key=self._key("metric"),
                filter_mode=None,
            )
            self._slots["metric"] = st.container()
        with right:
            own, asked = str(self.info.normalizer["id"]), self.start["normalizer"]
            options = [*dict.fromkeys([own, *NORMALIZERS, *([asked] if asked else []), ""])]
            normalizer = st.selectbox(
                words.NORMALIZER,
                options,
                index=options.index(asked or ""),
                format_func=lambda name: name or words.ANY_NORMALIZER,
                key=self._key("normalizer"),
                filter_mode=None,
            )
            self._slots["normalizer"] = st.container()
        return {"comparator": comparator, "metric": metric, "normalizer": normalizer or None}

    def _comparator(self) -> str:
        written = str(self.start["comparator"])
        kinds = list(words.COMPARATORS)
        kind = st.selectbox(
            words.COMPARATOR,
            kinds,
            index=kinds.index(words.ONE_GROUP if "=" in written else written),
            format_func=words.COMPARATORS.__getitem__,
            key=self._key("comparator"),
            filter_mode=None,
        )
        if kind == words.ONE_GROUP:
            groups = [f"{one.name}={level}" for one in self.info.attributes for level in one.levels]
            groups = [*dict.fromkeys([*([written] if "=" in written else []), *groups])]
            kind = str(st.selectbox(words.ONE_GROUP_LABEL, groups, key=self._key("one group")))
        self._slots["comparator"] = st.container()
        return kind

    def _decided(self) -> dict[str, str]:
        left, right = st.columns(2)
        boxes = {
            "owner": left.text_input(
                words.OWNER,
                value=self.start["owner"],
                key=self._key("owner"),
                placeholder=words.OWNER_EXAMPLE,
            ),
            "date": right.text_input(
                words.DATE, value=self.start["date"], key=self._key("date"), placeholder=words.DATE_EXAMPLE
            ).strip(),
        }
        for field, place in zip(boxes, (left, right), strict=True):
            self._slots[field] = place.container()
        return boxes


def _is_for_people_to_declare(attribute: Attribute) -> bool:
    """Whether its groups can be meant: names, and not bins of a number or what was worked out."""
    return attribute.kind == "category" and not attribute.derived and bool(attribute.levels)
