"""What is no part of a build and may change while it is open: its note, the folder's settings, the plan.

Owns the one look at all of it, by which an open build notices that something changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.settings import Settings
from data.plans import PlanRecord, plan_record
from data.settings_file import settings_of


@dataclass(frozen=True)
class Beside:
    """What stood beside a build when it was looked at."""

    written: int
    """When note and folder of clips were last written, in nanoseconds; 0 where there are none."""
    settings: Settings
    record: PlanRecord


def beside_of(path: Path) -> Beside:
    """What stands beside the build at this path; raises `InputError` for settings or plans that cannot be read."""
    try:
        written = path.with_suffix(".json").stat().st_mtime_ns
    except OSError:
        written = 0
    home = path.parent.parent
    return Beside(written, settings_of(home), plan_record(home, path.parent.name))
