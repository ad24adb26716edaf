"""The reader whose page runs in this thread: when they came, and whether they have left.

Used by `loading_kept.py` alone, which has them wait. It keeps nothing of what they ask, and asks nothing itself.
"""

from __future__ import annotations

import threading
import time

from streamlit.runtime.scriptrunner import get_script_run_ctx


class _Thread(threading.local):
    run: object = None
    """What no two runs have in common; held, so that no later one gets its place in memory."""
    came = 0.0


_thread = _Thread()


def when_the_reader_came() -> float:
    """By `time.monotonic`, when their page put its first question; now where no page runs.

    A page that puts four questions stands in the queue once: its last one is not behind those who came after its first.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return time.monotonic()
    # A click during a run, and `st.rerun`, keep thread and context; where on the page to write begins anew with each run.
    if context.cursors is not _thread.run:
        _thread.run, _thread.came = context.cursors, time.monotonic()
    return _thread.came


def leave_if_asked_to() -> None:
    """End the run of a page whose reader has left it or asked for something else; elsewhere nothing."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        # Streamlit ends a run at whatever it is asked for, which this is the cheapest of.
        _ = "" in context.session_state
