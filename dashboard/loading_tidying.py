"""What readers leave behind, tidied up beside them: garbage collected, and memory given back to the system.

Started by `serving.py` alone, which keeps Streamlit from doing it after every click: that takes longer than most
clicks, and nobody is answered meanwhile. Nothing is asked or kept here.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.loading_kept import KEEPER
from dashboard.loading_turns import give_memory_back

SECONDS_BETWEEN_LOOKS = 2.0
MOST_SECONDS = 60.0
"""What a session leaves that has ended, or work of which nobody here hears, lies about for so long at most."""


@dataclass(eq=False)
class Tidying:
    """When it was tidied last, and whether there is something to tidy since."""

    is_quiet: Callable[[float], bool]
    """Whether nobody waits for an answer, or asked for or got one in so many last seconds."""
    _tidied: float = 0.0
    """When the last time began (`time.monotonic`): what was asked meanwhile is left for the next."""
    _once_more: bool = False
    """A page is drawn after its last answer, which is left for the next time as well."""

    def tidy_if_due(self) -> bool:
        """Collect garbage and give memory back, unless there was nobody since; whether it was done."""
        now = time.monotonic()
        was_busy = not self.is_quiet(now - self._tidied)
        if not (was_busy or self._once_more or now - self._tidied >= MOST_SECONDS):
            return False
        self._tidied, self._once_more = now, was_busy
        gc.collect()
        give_memory_back()
        return True

    def work(self) -> None:
        """Look every few seconds, for ever."""
        while True:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            self.tidy_if_due()

    def begin(self) -> None:
        """Tidy from now on, beside those who serve."""
        threading.Thread(target=self.work, name="tidy up", daemon=True).start()


def tidy_beside_readers() -> None:
    """Tidy up after whoever asks the server, from now on."""
    Tidying(KEEPER.is_quiet).begin()
