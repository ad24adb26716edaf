"""The sections on provenance and findings: where the numbers come from, and who put what on record.

Owns the commands that work the numbers out again.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from analysis.card.evidence import Evidence, Finding, group_named
from analysis.card.outlines import DEFAULT_TEMPLATE
from analysis.card.phrases import comparator_of_row, group_phrase, noun
from analysis.card.rows import Plain, Row
from analysis.card.searched import searched_text
from analysis.card.sections import (
    Block,
    Commands,
    Count,
    Facts,
    Label,
    Paragraph,
    Rate,
    RateSpan,
    Ratio,
    RatioSpan,
    Section,
    Table,
    Text,
    Verdict,
    stated,
    stated_facts,
)
from analysis.metrics import DEFAULT_METRIC
from analysis.selection import Everything
from analysis.selection_words import to_sentence
from analysis.settings import DEFAULTS

_EVERYTHING = to_sentence(Everything())
SYSTEM_FACTS = (
    ("name", "Recogniser"),
    ("version", "Version"),
    ("region", "Region"),
    ("configuration", "Configuration"),
    ("date", "Date of transcription"),
)


def system_facts(evidence: Evidence) -> tuple[tuple[str, Text], ...]:
    """What the owner said about the system; a fact that was not given has an empty text."""
    return tuple((term, stated(evidence.system_about, key)) for key, term in SYSTEM_FACTS)


def provenance_section(evidence: Evidence, template: str = DEFAULT_TEMPLATE) -> Section:
    """Build, inputs, versions, settings, commands."""
    normalizer, aligner, program = evidence.normalizer, evidence.aligner, evidence.generator
    facts: tuple[tuple[str, Text], ...] = (
        ("Evaluation", (Label(evidence.evaluation),)),
        ("Build", (Label(evidence.build),)),
        ("Recordings", (Label(str(evidence.selection["sentence"])),)),
        ("Audience", (evidence.audience,)),
        (
            "Normaliser",
            (Label(f"{normalizer['id']} {normalizer['version']}, sha256 {normalizer['sha256']}"),),
        ),
        ("Aligner", (Label(f"{aligner['id']} {aligner['version']}"),)),
        ("Program", (f"{program['name']} {program['version']}",)),
    )
    again = (
        "These commands give the same numbers from the same build, and the same card byte for byte as long as findings, "
        "decision, plan and settings stay as they are and nothing more is looked at:"
    )
    blocks: tuple[Block, ...] = (Facts(facts), _inputs(evidence), _settings(evidence), Paragraph((again,)))
    return Section("provenance", ("Provenance",), (*blocks, Commands(commands(evidence, template))))


def _inputs(evidence: Evidence) -> Table:
    columns: tuple[Text, ...] = (("File",), ("Rows",), ("Bytes",), ("SHA-256",))
    rows = tuple(
        (
            (Label(str(one["name"])),),
            (Count(one["rows"]),),
            (Count(one["bytes"]),),
            (Label(str(one["sha256"])),),
        )
        for one in _different(evidence)
    )
    return Table(("Files the build was read from.",), columns, rows, 1, (1, 2))


def _different(evidence: Evidence) -> list[Plain]:
    """The files, each once: one that was read for several systems is on record several times."""
    return list({(one["name"], one["sha256"]): one for one in evidence.inputs}.values())


def _settings(evidence: Evidence) -> Table:
    rows = tuple(
        ((name,), (value if isinstance(value, str) else f"{value:g}",))
        for name, value in sorted(evidence.settings.items())
    )
    return Table(("Settings.",), (("Setting",), ("Value",)), rows, 1, (1,))


def commands(evidence: Evidence, template: str = DEFAULT_TEMPLATE) -> tuple[str, ...]:
    """What to type to get the numbers and the card again."""
    start = (
        f"{shlex.quote(f'{evidence.evaluation}@{evidence.build}')} --system {shlex.quote(evidence.system)}"
    )
    if evidence.metric["id"] != DEFAULT_METRIC:
        start += f" --metric {shlex.quote(str(evidence.metric['id']))}"
    level = "" if evidence.level == DEFAULTS.level else f" --level {evidence.level:g}"
    audience = " --audience public" if evidence.is_public else ""
    outline = "" if template == DEFAULT_TEMPLATE else f" --template {template}"
    tables = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    lines = [
        f"fairhearing rates {start} --by {shlex.quote(','.join(one.by))}{level}{audience} --format json"
        for one in tables
    ]
    return (*lines, f"fairhearing card {start}{audience}{outline} --out card")


def findings_section(evidence: Evidence) -> Section:
    """What people put on record, each read again from the data."""
    title: Text = ("Findings on record",)
    count = evidence.findings_withheld
    withheld: tuple[Block, ...] = ()
    if count:
        of = "finding is withheld, because it is" if count == 1 else "findings are withheld, because they are"
        text: Text = (Count(count), f" {of} about groups of which nothing is told to the public.")
        withheld = (Paragraph(text, "note"),)
    if not evidence.findings:
        nothing = Paragraph(("Nobody has put a finding on record for this system.",))
        return Section("findings", title, withheld or (nothing,))
    opening = "Put on record by people who looked. Numbers were read again from this build."
    parts = tuple(_finding(evidence, finding, number) for number, finding in enumerate(evidence.findings, 1))
    return Section("findings", title, (Paragraph((opening,)), *withheld), parts)


def _finding(evidence: Evidence, finding: Finding, number: int) -> Section:
    facts: list[tuple[str, Text]] = [
        ("Numbers of this build", _numbers(evidence, finding.by, finding.row, finding.reason)),
        *(
            [
                ("Claim of its author", (Label(finding.claim),)),
                ("Carried by the evidence", _carried(evidence, finding)),
            ]
            if finding.claim
            else []
        ),
        ("State", _state(finding)),
    ]
    if finding.search is not None:
        facts.append(("Came from", searched_text(finding.search, evidence.people)))
    if finding.recorded_build != evidence.build:
        before: Text = (
            "build ",
            Label(finding.recorded_build),
            ": ",
            *_numbers(evidence, finding.by, finding.recorded),
        )
        facts.append(("Added when the numbers were", before))
    facts += [
        *([("Looked at among", (Label(finding.selection),))] if finding.by else []),
        *(() if evidence.is_public else _written(finding)),
        ("Added", (Label(finding.added),)),
    ]
    return Section(
        f"finding-{number}", (f"{number}. ", *finding_title(evidence, finding)), (stated_facts(facts),)
    )


def _written(finding: Finding) -> tuple[tuple[str, Text], ...]:
    """What its author wrote beside the claim; the public is told neither, which is not "not stated"."""
    return (
        ("Note", (Label(finding.note),) if finding.note else ()),
        ("Author", (Label(finding.author), ", as typed") if finding.author else ()),
    )


def _carried(evidence: Evidence, finding: Finding) -> Text:
    """Whether this build lets anybody claim something of the group; the words themselves nobody can check."""
    sources = {one["name"]: one["label_source"] for one in evidence.attributes}
    guessed = [name for name in finding.by if sources.get(name) == "inferred"]
    if guessed:
        return ("No: software guessed the labels, so nothing is claimed about this group.",)
    row = finding.row
    if row is None or row.rate is None or row.versus.ratio is None:
        return ("No: there is nothing to compare in this build.",)
    if row.versus.verdict == "undecided":
        return ("No: it cannot be told yet how this group compares, so the claim is its author’s alone.",)
    return ("A verdict is shown for this group; whether it is what the author claims, the reader must say.",)


def _state(finding: Finding) -> Text:
    """Open, mitigated or accepted, and why."""
    why: Text = (": ", Label(finding.state_reason)) if finding.state_reason else ()
    return (finding.state, *why)


def finding_title(evidence: Evidence, finding: Finding) -> Text:
    """Whom a finding is about."""
    known = {attribute["name"] for attribute in evidence.attributes}
    if not finding.by:
        return (Label(f"{finding.selection[:1].upper()}{finding.selection[1:]}"),)
    if finding.row is None or not known.issuperset(finding.by):
        return (Label(group_named(finding)), *_within(finding))
    phrase = group_phrase(evidence, finding.row, finding.by)
    first = phrase[0]
    named = (f"{first[:1].upper()}{first[1:]}", *phrase[1:]) if isinstance(first, str) else phrase
    return (*named, *_within(finding))


def _within(finding: Finding) -> Text:
    """The selection a group was looked at in; nothing where it was everything."""
    if finding.selection in {_EVERYTHING, ""}:
        return ()
    return (", within ", Label(finding.selection))


def _numbers(evidence: Evidence, by: Sequence[str], row: Row | None, reason: str | None = None) -> Text:
    if row is None:
        return ("Cannot be read from this build: ", Label(reason or "unknown reason"), ".")
    if row.is_withheld:
        return ("Withheld from the public.",)
    if row.rate is None:
        return ("Nobody was recorded.",)
    versus = row.versus
    text: Text = (Rate(row.rate), " (", RateSpan(row.low, row.high), "), ", Ratio(versus.ratio), " (")
    text = (*text, RatioSpan(versus.low, versus.high), ") against ")
    text = (*text, *comparator_of_row(evidence, by, versus.comparator), ", ")
    return (
        *text,
        Verdict(versus.verdict),
        ", ",
        Count(row.n_speakers),
        f" {noun(row.n_speakers, evidence.people)}, ",
        Count(row.n_words),
        f" {noun(row.n_words, evidence.counted + 's')}",
    )
