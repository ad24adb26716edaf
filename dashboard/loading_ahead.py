"""What a reader is likely to ask next, worked out while nobody asks for anything.

Started by `serving.py` alone; elsewhere nothing is worked out ahead. One short step at a time, and none
while somebody waits for an answer or asked a moment ago. What is likely is said by `loading_first.py`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.loading import EvaluationInfo
from dashboard.loading_first import Step, asked_by_nobody, likely_next
from dashboard.loading_kept import KEEPER
from dashboard.loading_turns import give_memory_back

SECONDS_OF_QUIET = 1.0
_MOST_EXPECTED = 12
"""Systems that were last on screen; who asks for more at a time has more readers than pauses."""
_Expected = tuple[str, str, str]


@dataclass(eq=False)
class Ahead:
    """What was on screen last, and how far what follows it was worked out."""

    is_quiet: Callable[[float], bool]
    _steps: OrderedDict[_Expected, Iterator[Step]] = field(default_factory=OrderedDict)
    _done: set[_Expected] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    is_working: bool = False

    def expect(self, info: EvaluationInfo, system: str) -> None:
        """A reader sees this system, and may look at it by another metric."""
        expected = (str(info.path), info.build, system)
        if not self.is_working:
            return
        with self._changed:
            if expected in self._done:
                return
            if expected not in self._steps:
                self._steps[expected] = likely_next(info, system)
            self._steps.move_to_end(expected)
            while len(self._steps) > _MOST_EXPECTED:
                self._steps.popitem(last=False)
            self._changed.notify_all()

    def step(self) -> bool:
        """Do one step of what was on screen last; False where nothing is left to do."""
        with self._changed:
            if not self._steps:
                return False
            expected, steps = next(reversed(self._steps.items()))
        one: Step | None = None
        with asked_by_nobody():
            one = next(steps, None)
            if one is not None:
                one()
        if one is None:
            with self._changed:
                self._steps.pop(expected, None)
                self._done.add(expected)
            give_memory_back()
        return True

    def work(self) -> None:
        """Do what can be done in quiet moments, for ever."""
        while True:
            with self._changed:
                while not self._steps:
                    self._changed.wait()
                while not self.is_quiet(SECONDS_OF_QUIET):
                    self._changed.wait(SECONDS_OF_QUIET / 4)
            self.step()

    def begin(self, evaluations: Sequence[EvaluationInfo] = ()) -> None:
        """Work from now on, beside those who serve; of these evaluations before anybody looks at them."""
        self.is_working = True
        for info in evaluations:
            # The last that is expected comes first, and that is the newest.
            for system in info.systems:
                self.expect(info, system)
        threading.Thread(target=self.work, name="work out ahead", daemon=True).start()


AHEAD = Ahead(KEEPER.is_quiet)
