"""What is on screen, as one value, and that value as the address of the page.

Owns the names of the parameters in a link, which are also the keys of the widgets that hold
them. The address and the widgets follow each other both ways, so that every view is a link
and "back" undoes a choice. It reads no numbers and draws nothing.

Streamlit's own binding (`bind="query-params"`) leaves a widget's first value out of the
address and forgets a page's choices on the way back, so a link could mean another evaluation
on another machine. `prepare` and `record` do neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.metrics import DEFAULT_METRIC
from analysis.selection import EVERYTHING, Selection
from analysis.selection_link import to_link
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.loading import EvaluationInfo
from dashboard.wording_audience import file_stem

EVALUATION = "evaluation"
BUILD = "build"
SYSTEM = "system"
METRIC = "metric"
WHERE = "where"
AUDIENCE = "audience"
ROWS = "rows"
COLUMNS = "columns"
PANEL = "panel"
SHOW = "show"
ORDER = "order"
AS = "as"
CELL = "cell"
AGAINST = "against"
SPLIT = "split"
CURRENT = "current"
BOUND = "bound"
HELD = "held"
SECTION = "section"
TAB = "tab"
ALONE = "none"
"""Instead of a current system: the one on screen stands by itself; `alone` where a system is called so."""

_OF_VIEW = (EVALUATION, BUILD, SYSTEM, METRIC, WHERE, AUDIENCE, CURRENT)
_ON_SCREEN = "view on screen"
_BARE = "address without parameters"
_PAGE = "page on screen"


class NotHereError(Exception):
    """What a link asks for cannot be shown; the message says what, and what there is instead."""


class SelectionNotHereError(NotHereError):
    """Evaluation, system and metric of a link are here; only its selection does not fit."""


@dataclass(frozen=True)
class View:
    """Everything a page needs to know about what to show."""

    info: EvaluationInfo
    system: str
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    audience: Audience = INTERNAL
    current: str | None = None
    """The system in use, from which a move to `system` is judged; None: `system` stands by itself."""
    is_lent: bool = False
    """Whether nobody chose `current`, and the page needs one: a link leaves `system` by itself."""

    @property
    def is_public(self) -> bool:
        """Whether only what may be published is shown."""
        return self.audience == PUBLIC

    @property
    def synthetic(self) -> bool:
        """Whether a program made the voices."""
        return self.info.synthetic

    @property
    def file_stem(self) -> str:
        """What the names of files begin with that are about the system of this view."""
        return file_stem(self.info.name, self.info.build, self.system, self.info.systems, self.audience)

    def link(self, **more: str) -> dict[str, str]:
        """Parameters that lead to the same view on another page; `more` adds to them or replaces them."""
        kept = {EVALUATION: self.info.name, BUILD: self.info.build, SYSTEM: self.system}
        if self.metric != DEFAULT_METRIC:
            kept[METRIC] = self.metric
        if self.audience != INTERNAL:
            kept[AUDIENCE] = self.audience
        if self.where != EVERYTHING:
            kept[WHERE] = to_link(self.where)
        chosen = None if self.is_lent else self.current
        if chosen != usual_current(self.info.systems, self.system):
            kept[CURRENT] = chosen or alone(self.info.systems)
        return {**kept, **more}


def usual_system(systems: Sequence[str]) -> str:
    """The system that a reader asks about who named none: the newest, which is the last that was added."""
    return systems[-1]


def usual_current(systems: Sequence[str], system: str) -> str | None:
    """The system before one in the build, which is the order in which they were added; None for the first."""
    place = systems.index(system)
    return systems[place - 1] if place else None


def alone(systems: Sequence[str]) -> str:
    """What a link says instead of a current system; no system of the evaluation is called so."""
    return next(name for n in range(len(systems) + 1) if (name := ALONE + "-" * n) not in systems)


def start_link(info: EvaluationInfo) -> dict[str, str]:
    """Parameters that open an evaluation at its beginning."""
    return {EVALUATION: info.name, BUILD: info.build}


def put_on_screen(view: View) -> None:
    """Say what this run shows; pages read it with `on_screen`."""
    st.session_state[_ON_SCREEN] = view


def on_screen() -> View:
    """What this run shows."""
    view: View = st.session_state[_ON_SCREEN]
    return view


# ------------------------------------------------------------------ address and widgets


def note_arrival(page: str, of_evaluation: bool) -> None:
    """Find out whether the address is that of the navigation, which leaves out what is on screen; call it first in every run.

    On a page of no evaluation only for one that comes from another page: such a page may have no parameter itself,
    and "back" to that undoes a click.
    """
    comes = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state[_BARE] = EVALUATION not in st.query_params and (of_evaluation or comes)


def prepare(key: str, options: Collection[str] | None, default: str | None) -> None:
    """Give a widget the value the address asks for; call it before the widget is drawn.

    The address counts where it has changed since this session last wrote it (a link, "back"),
    otherwise the widget does. The navigation opens a page without parameters: what was on screen
    goes with the reader. A value that is not among `options` gives way to the default.
    """
    asked = asked_for(key, recorded(key))
    if key not in st.session_state or is_asked_anew(key):
        st.session_state[key] = default if asked is None else asked
    if options is not None and st.session_state[key] not in (default, *options):
        st.session_state[key] = default


def asked_for(parameter: str, held: str | None) -> str | None:
    """What the address asks for; where it is the navigation's, what the session held. None: the default."""
    asked = st.query_params.get(parameter)
    return held if asked is None and st.session_state.get(_BARE) else asked


def is_asked_anew(key: str) -> bool:
    """Whether the address asks for something else than was on screen, be it by leaving the parameter out."""
    return asked_for(key, recorded(key)) != recorded(key)


def newly_asked(key: str) -> bool:
    """Whether the address asks for something that this session has not shown yet: a link was followed."""
    asked = st.query_params.get(key)
    return asked is not None and asked != recorded(key)


def refuse_unknown(key: str, options: Collection[str], what: str) -> None:
    """Raise `NotHereError` where a link asks for something there is none of, instead of showing something else."""
    asked = st.query_params.get(key)
    if newly_asked(key) and asked not in options:
        raise NotHereError(
            f"This link shows the {what} “{asked}”, which is not here. There is: {', '.join(options)}."
        )


def evaluation_without_the_rest() -> str | None:
    """The evaluation of an address that asks for a build, system or metric too; None where nothing can be left out."""
    narrowed = any(key in st.query_params for key in (BUILD, SYSTEM, METRIC, CURRENT))
    return st.query_params.get(EVALUATION) if narrowed else None


def record(values: Mapping[str, str | None]) -> None:
    """Write what is shown to the address; None leaves a parameter out of it, for what is the default."""
    for key, value in values.items():
        remember(key, value)
    written = st.query_params.to_dict()
    wanted = {key: value for key, value in {**written, **values}.items() if value is not None}
    if wanted != written:
        st.query_params.from_dict(wanted)


def tidy_address() -> None:
    """Leave in the address what a view is made of; for a page with no parameters of its own, which "back" may give it."""
    written = st.query_params.to_dict()
    kept = {key: value for key, value in written.items() if key in _OF_VIEW}
    if kept != written:
        st.query_params.from_dict(kept)


def recorded(key: str) -> str | None:
    """What this session last wrote to the address under a name; None: nothing, which is the default."""
    written: str | None = st.session_state.get(f"{key} in the address")
    return written


def remember(key: str, value: str | None) -> None:
    """Say what the address has of a widget, for `recorded`."""
    st.session_state[f"{key} in the address"] = value


# ------------------------------------------------------------------ what the address asks for


def forget_current() -> None:
    """Compare with the usual system again, from the next run on; for a change of the system on screen."""
    st.session_state.pop(CURRENT, None)
    # A link that named one is still in the address, and would be read once more.
    record({CURRENT: None})


def choose(selection: Selection) -> None:
    """Make a selection the one on screen, from the next run on; for callbacks of widgets."""
    written = "" if selection == EVERYTHING else to_link(selection)
    st.session_state[WHERE] = written
    # A link whose selection was refused is still in the address, and would be read once more.
    record({WHERE: written or None})


def choose_everything() -> None:
    """Forget the selection, from the next run on."""
    choose(EVERYTHING)
