"""The doctor: faults of meaning in a loaded evaluation, each with its consequence and what to do.

Owns no rule itself: the rules are in one module per subject, `registry.py` lists them.
It reads a build through `data/queries_doctor.py` and never changes one. A fault of the
input, which stops an ingest, is `data/checks.py`'s.
"""

from data.doctor.examination import QUICK_CHECKS, examine, quick_examine
from data.doctor.faults import EVERYWHERE, SEVERITIES, DoctorFault, FaultKind, Severity
from data.doctor.registry import CHECKS, KINDS

__all__ = [
    "CHECKS",
    "EVERYWHERE",
    "KINDS",
    "QUICK_CHECKS",
    "SEVERITIES",
    "DoctorFault",
    "FaultKind",
    "Severity",
    "examine",
    "quick_examine",
]
