"""Somebody who uses the pages by boxes, links and "back", and what they have asked for until now; no test of its own."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from analysis.selection import EVERYTHING, AllOf, AnyOf, Not, OneOf
from dashboard.answers.audience import AUDIENCES, INTERNAL
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.loading_kept import KEEPER
from dashboard.state import ALONE
from dashboard.wording import cell_rate, percent
from data.home import builds, find_build
from data.store import open_build
from tests.pages.conftest import APP

PAGES = ("overview", "heatmap", "subgroup", "slices", "versions", "trust", "card")
ONLY_INTERNAL = ("slices", "versions", "trust")
METRICS = ("wer", "cer", "sentence-error-rate")
EAST, BABBLE = OneOf("accent", ("East",)), OneOf("noise", ("babble",))
# Typed, and meant: the same parts joined in another way, and groups that both evaluations have.
SELECTIONS = {
    "": EVERYTHING,
    "accent = 'East'": EAST,
    "not accent = 'East'": Not(EAST),
    "accent = 'East' and noise = 'babble'": AllOf((EAST, BABBLE)),
    "accent = 'East' or noise = 'babble'": AnyOf((EAST, BABBLE)),
}
_SHOWN = {
    *(
        "heading",
        "markdown",
        "text",
        "metric",
        "bidi_component",
        "arrow_data_frame",
        "arrow_table",
        "html",
    ),
    *("code", "alert", "iframe", "text_area"),
}
# Tabs whose words are the same in every evaluation here.
TABS = {
    "subgroup": ("result", "errors", "conditions"),
    "versions": ("groups", "speakers", "gaps", "history", "gate", "decision"),
    "trust": ("doctor", "coverage", "normalisers", "labels", "provenance"),
    "card": ("preview", "claims", "findings", "decision"),
}
_NAMES_OF_PARTS = re.compile(r"\$\$(?:ID|WIDGET_ID)-[^\"\\]*|/media/[0-9a-f]+|\bid: \"[^\"]*\"")
CHANGES = ("evaluation", "build", "system", "metric", "audience", "where", "current", "tab")
# Ways to another address as a whole.
WAYS = ("back", "a link without the system", "a link with the current system")


@dataclass(frozen=True)
class State:
    """What a reader has asked for."""

    evaluation: str
    build: str
    system: str = "Beta"
    """The newest opens first."""
    metric: str = "wer"
    audience: str = INTERNAL
    where: str = ""
    current: str | None = None
    """None: the usual one, which is none for the first system and the one before for any other."""
    tab: str | None = None
    """Of the page that is open, each of which remembers its own; None: the first."""


_Address = dict[str, Any]


class Reader:
    """Somebody who uses a page, and what they have asked for until now."""

    def __init__(self, home: Path, pages: tuple[str, ...], seed: int) -> None:
        self.home, self.pages, self.page, self.drawn = home, pages, pages[0], random.Random(seed)
        self.builds = {name: [path.stem for path in builds(home / name)] for name in ("first", "second")}
        self.state = State("first", self.builds["first"][0])
        self.tabs: dict[str, str | None] = {}
        self.app = opened(self.page, {"evaluation": "first", "build": self.state.build})
        self.been: list[tuple[str, State, _Address]] = []

    def change(self, what: str) -> None:
        """Ask for another evaluation, build, system, metric, audience or selection, as a reader does."""
        if what in WAYS:
            self.follow(what)
        else:
            self.choose(what)

    def follow(self, what: str) -> None:
        """Open an address as a whole: one that this reader was at, or a link to a page that leaves something out."""
        if what == "back" and not self.been:
            return
        if what == "back":
            page, state, address = self.been.pop()
        else:
            self.note()
            page = self.drawn.choice(self.pages)
            system, current = (
                ("Alpha", "Beta") if what == "a link with the current system" else ("Beta", None)
            )
            state = replace(self.state, system=system, current=current, tab=None)
            named = ("evaluation", "build", "metric", "audience", "where")
            address = {name: getattr(state, name) for name in named if getattr(state, name)}
            address |= {"system": system, "current": current} if current else {}
        self.leave(page)
        self.state = state
        for name, value in address.items():
            self.app.query_params[name] = value
        self.app.switch_page(f"app_pages/{page}.py").run()

    def note(self) -> None:
        """Where the reader is, for a way back to it."""
        self.been.append((self.page, self.state, dict(self.app.query_params)))

    def leave(self, page: str) -> None:
        """What every way to a page begins with: the address is another, and the tab of this page stays as it was."""
        self.tabs[self.page] = self.state.tab
        self.page = page
        self.app.query_params.clear()

    def choose(self, what: str) -> None:
        """Ask for something by its box, or its link where there is none."""
        options = {
            "evaluation": ("first", "second"),
            "build": tuple(self.builds[self.state.evaluation]),
            "system": ("Alpha", "Beta"),
            "metric": METRICS,
            "audience": AUDIENCES,
            "where": tuple(SELECTIONS),
            "current": tuple(one for one in (ALONE, "Alpha", "Beta") if one != self.state.system),
            "tab": TABS.get(self.page, ()),
        }[what]
        if what == "current" and self.page == "versions":
            # This page holds two systems against each other; what is in the box already cannot be chosen.
            options = tuple(one for one in options if one not in (ALONE, self.current()))
        others = [option for option in options if option != getattr(self.state, what)]
        if not others:
            return
        self.note()
        chosen = self.drawn.choice(others)
        self.state = replace(self.state, **{what: chosen})
        if what == "build":
            # A link of a colleague: there is no box for builds.
            self.app.query_params["build"] = chosen
        elif what == "tab":
            # Tabs are clicked in a browser only; here a link to the same view opens them.
            self.app.query_params["tab"] = chosen
        elif what == "where":
            self.app.text_input(key="where").set_value(chosen)
        elif what == "audience":
            self.app.button_group(key="audience").set_value(chosen)
        else:
            self.app.selectbox(key=what).set_value(chosen)
        if what == "evaluation":
            self.state = replace(self.state, build=self.builds[chosen][0], where="")
        if what == "system":
            self.state = replace(self.state, current=None)
        self.app.run()

    def current(self) -> str:
        """The system compared with: the one chosen, else the one before, which Versions needs."""
        if self.state.current not in (None, ALONE):
            return str(self.state.current)
        other = "Beta" if self.state.system == "Alpha" else "Alpha"
        if self.page == "versions" or (self.state.current is None and self.state.system == "Beta"):
            return other
        return ALONE

    def go(self, page: str) -> None:
        """Click a page in the navigation, which opens it without parameters."""
        self.note()
        self.leave(page)
        self.state = replace(self.state, tab=self.tabs.get(page))
        self.app.switch_page(f"app_pages/{page}.py").run()

    def check(self, trail: object) -> None:
        """Nothing on the page belongs to another state than the one asked for."""
        assert not self.app.exception, (trail, self.app.exception)
        view = self.app.session_state["view on screen"]
        shown = (view.info.name, view.info.build, view.system, view.metric, view.audience, view.where)
        assert shown == (*list(vars(self.state).values())[:5], SELECTIONS[self.state.where]), trail
        assert (view.current or ALONE) == self.current(), trail
        if self.page in TABS and not (self.page in ONLY_INTERNAL and self.state.audience != INTERNAL):
            first, open_tab = TABS[self.page][0], self.app.query_params.get("tab")
            named = open_tab[0] if isinstance(open_tab, list) else open_tab
            assert (named or first) == (self.state.tab or first), trail
        KEEPER.forget()
        colleague = opened(self.page, dict(self.app.query_params))
        assert list(said(self.app)) == list(said(colleague)), trail
        missing = [
            one
            for one in numbers(self.app, self.home, self.page, self.state)
            if one not in everything(self.app)
        ]
        assert not missing, (trail, missing)


def opened(page: str, parameters: dict[str, Any]) -> AppTest:
    """A page opened from a link."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page(f"app_pages/{page}.py").run()


def said(app: AppTest) -> Iterator[str]:
    """Each text, picture and table of a page as it is sent to the browser, without the names of its parts."""
    waiting: list[Any] = [block for _, block in sorted(app._tree.children.items(), reverse=True)]
    while waiting:
        node = waiting.pop()
        waiting += [part for _, part in sorted(getattr(node, "children", {}).items(), reverse=True)]
        if getattr(node, "type", "") in _SHOWN or getattr(node, "type", "") in {
            "title",
            "subheader",
            "caption",
        }:
            yield _NAMES_OF_PARTS.sub("", str(node.proto))


def everything(app: AppTest) -> str:
    """All of it in one."""
    return "\n".join(said(app)).replace("\\", "")


def numbers(app: AppTest, home: Path, page: str, state: State) -> list[str]:
    """Numbers that have to be on the page, worked out anew without any page."""
    build = open_build(find_build(home, f"{state.evaluation}@{state.build}"))
    where = EVERYTHING if page == "card" else SELECTIONS[state.where]
    if page in ONLY_INTERNAL:
        return []
    by: tuple[str, ...] = {"overview": ("accent",)}.get(page, ())
    if page == "heatmap":
        boxes = [app.selectbox(key=key).value for key in ("rows", "columns", "panel")]
        by = tuple(name for name in boxes if name != "none")
    table = rates(build, RatesQuestion(state.system, by, state.metric, where, audience=state.audience)).table
    # A cell has room for two figures, but rates that are rounded already are not rounded again.
    written = cell_rate if page == "heatmap" and state.audience == INTERNAL else percent
    return [written(float(rate)) for rate in table.statistics.rate if np.isfinite(rate)]
