"""How property tests draw their examples.

A change is judged by examples that are the same in every run; the long tests, which look
for what nobody thought of, draw new ones each time. No example is timed: on a shared
machine a clock says nothing about the code.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", print_blob=True, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("searching" if config.option.markexpr == "long" else "steady")
