"""The server's own process: what the first reader would wait for is done before, then Streamlit serves.

Started by `fairhearing serve` with the arguments of `streamlit`. Nothing that is worked out here is
shown to anybody, so nothing goes on record as opened.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import gc
import importlib
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.store import EvaluationInfo

FRONT_DOOR = Path(__file__).parent / "app.py"
MOST_UTTERANCES = 20_000
"""Of all evaluations that are prepared with their texts; more would keep the processor from those who read."""
MOST_OF_LARGE = 2_000_000
"""Utterances of all others; of theirs only numbers are read, a million in about two seconds."""
# Streamlit and the normalisers import these at their first use, which would be the first reader's.
_LATE = (*("streamlit.elements.arrow", "pyarrow.dataset", "narwhals", "whisper_normalizer.english"),)
_SECONDS_TO_START = 2.0
SECONDS_OF_A_THREAD = 0.0005
"""That one thread runs Python while others wait: who adds up arrays asks for it again after each, every millisecond or two."""
_ARENAS, _OWN_PAGES_FROM, _GIVES_BACK_FROM = -8, -3, -1
"""M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of the GNU library."""


def modules_of_pages() -> list[str]:
    """Names of the modules that the front door and its pages import at their top."""
    pages = [FRONT_DOOR, *sorted((FRONT_DOOR.parent / "app_pages").glob("*.py"))]
    parts = [part for page in pages for part in ast.parse(page.read_text(encoding="utf-8")).body]
    return sorted({part.module for part in parts if isinstance(part, ast.ImportFrom) and part.module})


def prepare_evaluations() -> list[EvaluationInfo]:
    """Work out what pages ask when they are opened: of small evaluations all of it, of large ones what needs no text.

    Returns those of which more may be worked out while nobody asks for anything.
    """
    from dashboard import loading
    from dashboard.loading_first import prepare_first_views

    evaluations = sorted(loading.evaluations(), key=lambda info: int(info.counts["utterances"]))
    left, left_large = MOST_UTTERANCES, MOST_OF_LARGE
    prepared = []
    for info in evaluations:
        n_utterances = int(info.counts["utterances"])
        if n_utterances <= left:
            left -= n_utterances
            prepare_first_views(info)
            prepared.append(info)
        elif n_utterances <= left_large:
            left_large -= n_utterances
            prepare_first_views(info, with_texts=False)
            prepared.append(info)
    return prepared


def hold_little() -> None:
    """Have what is freed go back to the system, where the allocator can be told to. Before anything large is imported."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with contextlib.suppress(OSError, AttributeError):
        allocator = ctypes.CDLL(None)
        # Every session has a thread of its own, and each would get an arena that keeps what it once used.
        allocator.mallopt(_ARENAS, 2)
        # Where each array gets pages of its own, the system clears them anew each time, which takes as long as the sums.
        # What a large question leaves is given back when it is answered (`loading_turns.py`).
        allocator.mallopt(_OWN_PAGES_FROM, 2**25)
        allocator.mallopt(_GIVES_BACK_FROM, 2**27)


def main() -> None:
    """Import, then serve until stopped."""
    hold_little()
    sys.setswitchinterval(SECONDS_OF_A_THREAD)
    from data.connecting import share_memory

    share_memory()
    for name in (*modules_of_pages(), *_LATE):
        # A page that cannot be imported says so itself, and leaves the others to their readers.
        with contextlib.suppress(ImportError, SyntaxError):
            importlib.import_module(name)
    from streamlit.web.cli import main as serve

    # The collector of garbage passes over what was imported, which stays.
    gc.collect()
    gc.freeze()

    def prepare() -> None:
        from dashboard.loading_ahead import AHEAD, tidy_for_ever

        time.sleep(_SECONDS_TO_START)
        AHEAD.begin(prepare_evaluations())
        tidy_for_ever(AHEAD.is_quiet)

    threading.Thread(target=prepare, name="prepare evaluations", daemon=True).start()
    serve(prog_name="streamlit")


if __name__ == "__main__":
    main()
