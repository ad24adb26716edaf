"""What is wrong with the meaning of an evaluation? The findings of the doctor, and their document.

Owns the JSON of `fairhearing doctor`, and where findings that lie beside a build are believed: in hints, and where
looking again takes long. The same findings stand on the Trust page. The rules are `data/doctor/`'s. It draws and
prints nothing.
"""

from __future__ import annotations

import threading
from typing import Any

from analysis.selection import Everything
from analysis.settings import Settings
from dashboard.answers.documents import document_head
from data.doctor import SEVERITIES, DoctorFault, examine, quick_examine
from data.doctor.kept_findings import keep_findings, kept_findings
from data.store import Build, EvaluationInfo

MOST_KEPT = 16
MOST_EXAMINED = 50_000
"""Utterances up to which a build is examined although findings lie beside it, in less than two seconds."""
_KEPT: dict[tuple[str, str], tuple[DoctorFault, ...]] = {}
_EXAMINED: dict[tuple[str, str], tuple[DoctorFault, ...]] = {}
"""Those of this process's own examinations, which nobody can have edited."""
_LOCK = threading.Lock()


def doctor(build: Build) -> tuple[DoctorFault, ...]:
    """Every finding about a build: errors first, then warnings, then notes.

    Examined once in a process, whatever lies beside the build, since anybody may have edited that. Only of a large
    build are the findings beside it taken, because a million utterances take a while; a build never changes.
    """
    with _LOCK:
        found = _EXAMINED.get(_key(build))
        if found is None and int(build.info.counts["utterances"]) > MOST_EXAMINED:
            found = known_findings(build)
        if found is None:
            found = examine(build)
            _remember(_EXAMINED, build, found)
            if kept_findings(build.path) != found:
                keep_findings(build.path, found)
        _remember(_KEPT, build, found)
        return found


def known_findings(build: Build) -> tuple[DoctorFault, ...] | None:
    """Every finding, where somebody had the build examined before, as every ingest does; else None."""
    found = _KEPT.get(_key(build))
    if found is None:
        found = kept_findings(build.path)
        if found is not None:
            _remember(_KEPT, build, found)
    return found


def quick_doctor(build: Build) -> tuple[DoctorFault, ...]:
    """Every finding where they are known, else those of the cheap checks."""
    found = known_findings(build)
    return quick_examine(build) if found is None else found


def _key(build: Build) -> tuple[str, str]:
    return str(build.path), build.info.build


def _remember(
    kept: dict[tuple[str, str], tuple[DoctorFault, ...]], build: Build, found: tuple[DoctorFault, ...]
) -> None:
    kept[_key(build)] = found
    for key in list(kept)[:-MOST_KEPT]:
        kept.pop(key, None)


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
