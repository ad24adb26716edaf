"""The list of checks: which function looks for which faults, and which are cheap.

Owns the order in which findings of one severity are shown: what makes numbers
meaningless first, what is good to know last. A new check is added here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from data.doctor import (
    attributes,
    confounding,
    estimators,
    misalignment,
    outputs,
    recordings,
    script_damage,
    scripts,
    speakers,
    systems,
    values,
    writing,
)
from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind


@dataclass(frozen=True)
class Check:
    """One look at an evaluation."""

    find: Callable[[Examined], Iterable[DoctorFault]]
    kinds: tuple[FaultKind, ...]
    """What it may report."""
    is_quick: bool = False
    """Whether it reads counts and groups but no texts, so that every ingest can end with it."""


CHECKS: tuple[Check, ...] = (
    Check(misalignment.misaligned_hypotheses, (misalignment.MISALIGNED,)),
    Check(systems.identical_systems, (systems.IDENTICAL, systems.NEAR_IDENTICAL)),
    Check(systems.without_errors, (systems.WITHOUT_ERRORS,), is_quick=True),
    Check(systems.reference_differs, (systems.REFERENCE_DIFFERS,), is_quick=True),
    Check(speakers.no_speaker_id, (speakers.NO_SPEAKER_ID,), is_quick=True),
    Check(attributes.varies_within_speaker, (attributes.VARIES,), is_quick=True),
    Check(script_damage.normaliser_damages_script, (script_damage.DAMAGES,)),
    Check(scripts.mixed_languages, (scripts.MIXED,)),
    Check(writing.one_sided_normalisation, (writing.ONE_SIDED,)),
    Check(recordings.non_finite_numbers, (recordings.NON_FINITE,), is_quick=True),
    Check(systems.unequal_utterances, (systems.UNEQUAL,), is_quick=True),
    Check(outputs.empty_outputs, (outputs.EMPTY_BY_GROUP,), is_quick=True),
    Check(outputs.runaway_outputs, (outputs.RUNAWAY,)),
    Check(recordings.duplicates, (recordings.DUPLICATE_ID,)),
    Check(recordings.empty_references, (recordings.EMPTY_REFERENCE,)),
    Check(values.placeholder_values, (values.PLACEHOLDER,), is_quick=True),
    Check(values.placeholder_outputs, (values.PLACEHOLDER,)),
    Check(values.near_duplicate_values, (values.NEAR_DUPLICATE,), is_quick=True),
    Check(confounding.confounded_attributes, (confounding.CONFOUNDED,), is_quick=True),
    Check(speakers.dominant_speaker, (speakers.DOMINANT_SPEAKER,), is_quick=True),
    Check(speakers.few_speakers, (speakers.FEW_SPEAKERS,), is_quick=True),
    Check(attributes.missing_attribute, (attributes.MISSING,), is_quick=True),
    Check(attributes.inferred_labels, (attributes.INFERRED,), is_quick=True),
    Check(estimators.sensitive_to_estimator, (estimators.SENSITIVE,), is_quick=True),
)

KINDS: tuple[FaultKind, ...] = tuple(dict.fromkeys(kind for check in CHECKS for kind in check.kinds))
"""Every code of the doctor, in the order of the checks."""
