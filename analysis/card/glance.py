"""The section a card begins with: what was found, for whom, and what is not known, on half a page.

Owns its choice: the tables the plan declares, else every table about people; groups shown to be worse in a
table about people the plan leaves out; the first bound that may be stated for every group. Its numbers and sentences are those of the claims, so it can say no more.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from analysis.card.claim import Claim, labels_refusal
from analysis.card.coverage import guessed_in, untested_populations, values_of
from analysis.card.decision import decision_text, sign_off_state
from analysis.card.evidence import Evidence
from analysis.card.judged_with import not_default_text
from analysis.card.outlines import GLANCE
from analysis.card.phrases import attributes_phrase, nobody_compared, noun, plan_phrase, quoted
from analysis.card.rows import Grouping, Row
from analysis.card.sections import (
    Block,
    Count,
    Facts,
    Label,
    Listing,
    Name,
    Paragraph,
    Rate,
    RateSpan,
    Ratio,
    RatioSpan,
    Section,
    Share,
    Table,
    Text,
    Verdict,
    joined,
    stated,
)

_VERDICTS = ("worse", "slightly worse", "within", "better", "undecided")
_MOST_NAMED = 4
"""Groups a line names; of more it names the three largest gaps, but all of a table of speakers that was not declared."""
_NAMED_OF_MANY = 3
_MOST_CELLS = 6
"""Combinations of speakers and conditions named of a table that was not declared; of more the three largest gaps."""


def glance_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """System, recordings, overall rate, verdicts by grouping, the bound for every group, decision, gaps."""
    groupings = _at_issue(evidence)
    blocks: list[Block] = [Facts(_what_was_tested(evidence))]
    if groupings:
        judged = [one for one in groupings if not labels_refusal(one)]
        blocks += [_counts(evidence, judged)] if judged else []
        blocks += _named_lines(evidence, groupings)
        blocks += _bound(groupings, claims)
    else:
        blocks.append(Paragraph(nobody_compared(evidence), "note"))
    return Section(GLANCE, ("At a glance",), (*blocks, Facts(_what_follows(evidence, groupings))))


def _about_people(evidence: Evidence) -> list[Grouping]:
    grid = [evidence.grid] if evidence.grid is not None else []
    return [*evidence.fairness_groupings, *grid]


def _at_issue(evidence: Evidence) -> list[Grouping]:
    """The tables about people that the plan declares; all of them where it declares none."""
    tables = _about_people(evidence)
    return [one for one in tables if one.is_planned] or tables


def _what_was_tested(evidence: Evidence) -> tuple[tuple[str, Text], ...]:
    row, about = evidence.overall, evidence.system_about
    known = [text for key in ("name", "version") if (text := stated(about, key))]
    system: Text = (Label(evidence.system), *((": ", *joined(known, ", ")) if known else ()))
    style = stated(evidence.about, "speech_style")
    speakers: Text = (
        Count(row.n_speakers),
        f" {noun(row.n_speakers, evidence.people)}, ",
        Count(row.n_utterances),
        f" {noun(row.n_utterances, 'utterances')}, ",
        Count(row.n_words),
        f" {noun(row.n_words, evidence.counted + 's')}",
        *(("; ", *style) if style else ()),
    )
    rate: Text = (Rate(row.rate), " (", RateSpan(row.low, row.high), ")")
    rate = (*rate, ", ", Share(evidence.level), f" interval by {evidence.cluster_unit}")
    facts = [("System", system), ("Recordings", speakers)]
    groups = [one for one in evidence.attributes if one["role"] == "speaker"]
    if groups:
        named = [(Name(one["name"]), " (", Count(len(one["levels"])), ")") for one in groups]
        facts.append(("Groups of people", joined(named)))
    facts.append((f"{evidence.metric['label']}, overall", rate))
    other = not_default_text(evidence.settings, evidence.people)
    return (*facts, *((("Judged with", other),) if other else ()))


def _counts(evidence: Evidence, judged: Sequence[Grouping]) -> Table:
    """How many groups of each table got which verdict; of tables of which something may be claimed."""
    withheld = any(row.is_withheld and row.is_group for one in judged for row in one.rows)
    columns: tuple[Text, ...] = (
        ("Groups by",),
        ("Groups",),
        *((Verdict(code),) for code in _VERDICTS),
        *((("Withheld",),) if withheld else ()),
    )
    rows = tuple(_counts_of(one, withheld) for one in judged)
    how = plan_phrase(evidence) if all(one.is_planned for one in judged) else ("not declared in advance",)
    caption: Text = ("How many groups have which verdict: ", *how, ".")
    return Table(caption, columns, rows, 1, tuple(range(1, len(columns))))


def _counts_of(grouping: Grouping, withheld: bool) -> tuple[Text, ...]:
    groups = [row for row in grouping.rows if row.is_group]
    told = [row.versus.verdict for row in groups if not row.is_withheld]
    gone: tuple[Text, ...] = ((Count(len(groups) - len(told)),),) if withheld else ()
    counts = tuple((Count(told.count(code)),) for code in _VERDICTS)
    return (attributes_phrase(grouping.by), (Count(len(groups)),), *counts, *gone)


def _named_lines(evidence: Evidence, groupings: Sequence[Grouping]) -> tuple[Block, ...]:
    """Who is shown to be worse off, by name and ratio; why nothing is claimed where software guessed."""
    # Several tables may be by the same guessed labels, which is said once.
    items = list(dict.fromkeys(refused for one in groupings if (refused := labels_refusal(one))))
    for grouping in groupings:
        items += [] if labels_refusal(grouping) else _worse_line(grouping)
    for grouping in _left_out(evidence, groupings):
        items += _worse_line(grouping, is_left_out=True, most=_most_named(evidence, grouping))
    return (Listing(tuple(items)),) if items else ()


def _left_out(evidence: Evidence, groupings: Sequence[Grouping]) -> list[Grouping]:
    """Tables about people that are not at issue: a plan must not hide a gap it does not declare."""
    return [one for one in _about_people(evidence) if one not in groupings and not labels_refusal(one)]


def _most_named(evidence: Evidence, grouping: Grouping) -> int:
    """Groups of speakers are all named; cells of speakers and conditions may be hundreds."""
    of_speakers = all(evidence.attribute(name)["role"] == "speaker" for name in grouping.by)
    return len(grouping.rows) if of_speakers else _MOST_CELLS


def _worse_line(grouping: Grouping, is_left_out: bool = False, most: int = _MOST_NAMED) -> list[Text]:
    rows = [row for row in grouping.rows if row.is_group and not row.is_withheld]
    worse = [row for row in rows if row.versus.verdict == "worse"]
    if not worse:
        return []
    named = worse
    many: Text = ()
    if len(worse) > most:
        named = sorted(worse, key=lambda row: -(row.versus.ratio or 0.0))[:_NAMED_OF_MANY]
        many = (f"{len(worse)} groups, with the largest gaps for ",)
    how = ", not declared in advance: " if is_left_out else ": "
    start: Text = (Verdict("worse"), ", by ", *attributes_phrase(grouping.by), how, *many)
    return [(*start, *joined([_with_ratio(grouping, row) for row in named]), ".")]


def _with_ratio(grouping: Grouping, row: Row) -> Text:
    span: Text = (" (", Ratio(row.versus.ratio), ", ", RatioSpan(row.versus.low, row.versus.high), ")")
    return (*quoted(grouping.group_label(row)), *span)


def _bound(groupings: Sequence[Grouping], claims: Sequence[Claim]) -> tuple[Block, ...]:
    """The first bound that may be stated for every group, with what always stands beside one; else why there is none."""
    wanted = [one.by for one in groupings]
    guessed = [one.by for one in groupings if labels_refusal(one)]
    floors = [c for c in claims if c.kind == "floor" and c.by in wanted and c.by not in guessed]
    carried = next((claim for claim in floors if claim.supported), None)
    if carried is not None:
        return (Paragraph(carried.text),)
    if not floors:
        return ()
    start: Text = ("No bound is stated for every group by ", *attributes_phrase(floors[0].by), ". ")
    return (Paragraph((*start, *floors[0].reason)),)


def _what_follows(evidence: Evidence, groupings: Sequence[Grouping]) -> tuple[tuple[str, Text], ...]:
    states = {"refused": "not possible", "open": "not signed off", "signed off": "signed off"}
    check = f"fairhearing verify card.json --data {shlex.quote(evidence.evaluation)}"
    flips = _other_verdicts(evidence)
    return (
        *((("Under other normalisers", flips),) if flips else ()),
        ("Decision", decision_text(evidence)),
        ("Sign-off", (states[sign_off_state(evidence)],)),
        ("Not covered", _not_covered(evidence, groupings)),
        ("To verify", (Label(check), " works every number out again, with Fair Hearing installed")),
    )


def _other_verdicts(evidence: Evidence) -> Text:
    """How many verdicts would be others under another normaliser, by table; empty where none would.

    Of tables whose labels software guessed nothing is said.
    """
    known = evidence.normalisers
    if known is None or known["reason"]:
        return ("not counted",)
    parts: list[Text] = []
    for table in known.get("groupings") or ():
        if guessed_in(evidence, table["by"]):
            continue
        changed = [row for row in table["rows"] if row["verdict_changes"]]
        if not changed:
            continue
        by = attributes_phrase(tuple(table["by"]))
        if len(changed) > _MOST_NAMED:
            parts.append((Count(len(changed)), " of ", Count(len(table["rows"])), " groups by ", *by))
        else:
            parts.append((*joined([quoted(values_of(table, row)) for row in changed]), " (by ", *by, ")"))
    return ("the verdict would be another for ", *joined(parts, "; ", "; ")) if parts else ()


def _not_covered(evidence: Evidence, groupings: Sequence[Grouping]) -> Text:
    """Intended people nobody recorded, groups that cannot be told, and what no evaluation covers."""
    parts: list[Text] = [
        ("no recording of ", *joined([quoted(group) for group in groups]), " (", Name(name), ")")
        for name, groups in untested_populations(evidence)
    ]
    if not (evidence.plan or {}).get("declared", {}).get("populations"):
        parts.append(("nobody declared whom the system is meant for",))
    others = [one for one in _about_people(evidence) if one not in groupings]
    declared = " in the declared tables" if others else ""
    for tables, of in ((groupings, declared), (others, " in tables that were not declared")):
        parts += _untold(tables, of)
    parts.append(("people and recordings unlike those of this evaluation",))
    return joined(parts, "; ", "; ")


def _untold(groupings: Sequence[Grouping], of: str) -> list[Text]:
    """How many groups of some tables cannot be told, and how many are withheld; `of` says which tables."""
    groups = [row for grouping in groupings for row in grouping.rows if row.is_group]
    withheld = sum(row.is_withheld for row in groups)
    undecided = sum(not row.is_withheld and row.versus.verdict == "undecided" for row in groups)
    counted = (
        (undecided, "that cannot be told yet", ""),
        (withheld, "withheld from the public", ", which may hold gaps that are shown"),
    )
    return [
        (Count(count), f" {noun(count, 'groups')} {what}{of}{more}") for count, what, more in counted if count
    ]
