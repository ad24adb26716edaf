"""What the Trust page says: how much the doctor found, where labels come from, what a build was made of.

The findings themselves are worded in `data/doctor/`; coverage is worded in
`wording_coverage.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.wording import listed
from data.doctor import SEVERITIES, DoctorFault

QUICK_FINDINGS = "This was a quick look, without reading texts; the Trust page has the whole."
NOT_LOOKED = "The doctor has not looked at this build yet; it does on the Trust page."
BLIND = "It cannot see whether references and labels are right."
ON_THE_DATA_PAGE = "On the Data page"
_WHERE_COMMANDS_ARE = {
    "--against peers": "how the heatmap compares",
    "--where": "“Change” under “Selection”, in the sidebar",
    "fairhearing adjust": "the tab Conditions of the page Subgroup",
    "fairhearing compare": "the page Versions",
    "fairhearing coverage": "the tab Coverage of the page Trust",
}
SEVERITY_LABELS = {
    "error": "✕ Error: settle it before reading the results",
    "warning": "▲ Warning: some results mislead",
    "note": "• Note: good to know",
}
LABELS_CAPTION = (
    "Who said which group a speaker or a recording belongs to. Fair Hearing guesses nothing about a speaker from speech; "
    "where other software did, no claim is made."
)
ATTRIBUTE, IS_ABOUT, LABELS, NOT_STATED_IN, GROUPS = "Attribute", "Is about", "Labels", "Not stated", "Groups"
ROLES = {"speaker": "the speaker", "condition": "the conditions", "content": "the content"}


def tab_names(transcribed_twice: bool) -> dict[str, str]:
    """The parts of the page, by their name in a link."""
    names = {
        "doctor": "Doctor",
        "coverage": "Coverage",
        "normalisers": "Normalisers",
        "labels": "Labels",
        "provenance": "Provenance",
    }
    return {**names, "transcribers": "Two transcribers"} if transcribed_twice else names


def looked_for(n: int) -> str:
    """What opens the list of everything the doctor looks for."""
    return f"What was looked for ({n:,} kinds of fault)"


def findings_sentence(findings: Sequence[DoctorFault]) -> str:
    """How much the doctor found, by severity."""
    counts = {severity: sum(one.severity == severity for one in findings) for severity in SEVERITIES}
    parts = [f"{n:,} {severity}{'' if n == 1 else 's'}" for severity, n in counts.items() if n]
    return f"The doctor found {listed(parts)}." if parts else f"The doctor found nothing. {BLIND}"


def names_example(what: str, example: str) -> bool:
    """Whether the sentence of a finding names one of its examples already, as a whole word."""
    return re.search(rf"(?<!\w){re.escape(example)}(?!\w)", what) is not None


def commands_legend(texts: Iterable[str]) -> str | None:
    """Where the dashboard has the commands that some advice names; None where it names none."""
    named = " ".join(texts)
    found = [f"{command} is {place}" for command, place in _WHERE_COMMANDS_ARE.items() if command in named]
    return f"In the dashboard {'; '.join(found)}." if found else None


def found_sentence(findings: Sequence[DoctorFault] | None, quick: bool) -> str:
    """The same away from the Trust page; `quick` says that only the cheap checks were made. None: nobody looked."""
    if findings is None:
        return NOT_LOOKED
    said = findings_sentence(findings)
    return f"{said} {QUICK_FINDINGS}" if quick else said


def trust_headline(findings: Sequence[DoctorFault]) -> str:
    """What to do before reading on."""
    n_errors = sum(one.severity == "error" for one in findings)
    n_warnings = sum(one.severity == "warning" for one in findings)
    if n_errors:
        what = "one error" if n_errors == 1 else f"{n_errors:,} errors"
        return f"Settle {what} before reading the results."
    if n_warnings:
        return f"The results can be read with {'one warning' if n_warnings == 1 else f'{n_warnings:,} warnings'} in mind."
    return "The doctor found nothing to warn of."


def left_blank(has_missing: bool) -> str:
    """Whether recordings are left whose group nobody stated."""
    return "for some recordings" if has_missing else "never"


def means(consequence: str) -> str:
    """What a finding means for the numbers; Markdown."""
    return f"This means: {consequence}"


def to_do(advice: str) -> str:
    """What can be done about it; Markdown."""
    return f"To do: {advice}"
