"""How random cases are drawn here: without a clock, which on a shared machine says nothing about the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")
