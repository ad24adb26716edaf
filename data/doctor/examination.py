"""Runs the checks over a build and puts what they find in order.

Owns the order of findings and which checks are cheap enough for the end of every
ingest. Called by `dashboard/answers/doctor.py` and after an ingest.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.doctor.examined import Examined
from data.doctor.faults import SEVERITIES, DoctorFault
from data.doctor.registry import CHECKS, KINDS, Check
from data.store import Build

QUICK_CHECKS: tuple[Check, ...] = tuple(check for check in CHECKS if check.is_quick)
"""Those that read counts and groups but no texts."""


def examine(build: Build) -> tuple[DoctorFault, ...]:
    """Every finding about a build: errors first, then warnings, then notes."""
    return _run(build, CHECKS)


def quick_examine(build: Build) -> tuple[DoctorFault, ...]:
    """The findings of the cheap checks, in the same order."""
    return _run(build, QUICK_CHECKS)


def _run(build: Build, checks: Sequence[Check]) -> tuple[DoctorFault, ...]:
    examined = Examined(build)
    if examined.n_utterances == 0:
        return ()
    found = [fault for check in checks for fault in check.find(examined)]
    codes = [kind.code for kind in KINDS]
    return tuple(sorted(found, key=lambda fault: (SEVERITIES.index(fault.severity), codes.index(fault.code))))
