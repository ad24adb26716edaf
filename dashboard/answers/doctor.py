"""What is wrong with the meaning of an evaluation? The findings of the doctor, and their document.

Owns the JSON of `fairhearing doctor`; the same findings stand on the Trust page. The
rules are `data/doctor/`'s. It draws and prints nothing.
"""

from __future__ import annotations

from typing import Any

from analysis.selection import Everything
from analysis.settings import Settings
from dashboard.answers.documents import document_head
from data.doctor import SEVERITIES, DoctorFault, examine, quick_examine
from data.store import Build, EvaluationInfo


def doctor(build: Build) -> tuple[DoctorFault, ...]:
    """Every finding about a build: errors first, then warnings, then notes."""
    return examine(build)


def quick_doctor(build: Build) -> tuple[DoctorFault, ...]:
    """The findings of the cheap checks, for the end of an ingest."""
    return quick_examine(build)


def counts_by_severity(faults: tuple[DoctorFault, ...]) -> dict[str, int]:
    """How many findings there are of each severity, the gravest first."""
    return {severity: sum(fault.severity == severity for fault in faults) for severity in SEVERITIES}


def doctor_document(info: EvaluationInfo, faults: tuple[DoctorFault, ...]) -> dict[str, Any]:
    """The JSON document of `fairhearing doctor`; keys are a contract."""
    return {
        # The doctor's minima are the defaults whatever the folder's settings say, and it prints what it used.
        **document_head(info, Settings(), Everything()),
        "faults": [fault.to_json() for fault in faults],
    }
