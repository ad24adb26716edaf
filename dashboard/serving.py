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
_LATE = ("streamlit.elements.arrow", "pyarrow.dataset", "narwhals", "whisper_normalizer.english")
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


def use_memory_again() -> None:
    """Have arrays of up to 8 MB take memory that was used before, where the allocator can be told to.

    What is freed stays for the next, up to 32 MB at its end; all of it goes back after a long question and when the
    server tidies up (`loading_tidying.py`). To be called before anything large is imported.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with contextlib.suppress(OSError, AttributeError):
        allocator = ctypes.CDLL(None)
        # Every session has a thread of its own, and each would get an arena that keeps what it once used.
        allocator.mallopt(_ARENAS, 2)
        # Where each array gets pages of its own, the system clears them anew each time, which takes as long as the sums.
        allocator.mallopt(_OWN_PAGES_FROM, 2**23)
        allocator.mallopt(_GIVES_BACK_FROM, 2**25)


def main() -> None:
    """Import, then serve until stopped."""
    use_memory_again()
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
    begin_beside_readers()
    serve(prog_name="streamlit")


def begin_beside_readers() -> None:
    """Start what runs as long as the server does; none of it waits for another, or ends with it."""
    from dashboard.loading_ahead import AHEAD
    from dashboard.loading_first import asked_by_nobody
    from dashboard.loading_tidying import tidy_beside_readers

    tidy_beside_readers()

    def prepare() -> None:
        time.sleep(_SECONDS_TO_START)
        prepared: list[EvaluationInfo] = []
        with asked_by_nobody():
            prepared = prepare_evaluations()
        AHEAD.begin(prepared)

    threading.Thread(target=prepare, name="prepare evaluations", daemon=True).start()


if __name__ == "__main__":
    main()
