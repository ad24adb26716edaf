"""What a release gate says: its result as a sentence, each group in a line, and the command to repeat it.

Takes the document of a gate and computes nothing. A gate speaks of a bound and of what was shown;
it never says that a system is the same for everybody.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.verdict_reasons import EMPTY, NOBODY_SELECTED, REASONS
from dashboard.answers.gate_rows import NOBODY_PLANNED
from dashboard.answers.overview import Combinations
from dashboard.wording import (
    as_people,
    attribute_name,
    group_names,
    listed,
    number,
    people,
    rate_text,
    ratio_text,
)
from dashboard.wording_sentences import guessed_by_software, makes_more, named_in
from dashboard.wording_verdicts import margin_text

OUTCOME_LABELS = {"pass": "Passes", "fail": "Fails", "undecided": "Undecided"}
OUTCOME_MARKS = {"pass": "●", "fail": "▲", "undecided": "?"}
WORDS_OF_TABLE = ("Group", "Outcome", "Reason")
NO_GROUPS = "This evaluation describes no groups, so all its recordings are held against those of {current}, as one group."
HELD_ALIKE, AGAINST_OTHERS = "Held the same way, {system}", "Each group against {others}, {system}"
GATE_NOTE = (
    "It passes only where every group is shown to stay below the ratio: whoever cannot be told yet has not passed. "
    "The same as a command, for a pipeline:"
)
EVERYTHING = "everything selected"
_MOST_NAMED = 4


def gate_sentence(document: Mapping[str, Any]) -> str:
    """The result in one sentence: for whom it fails, or what is missing before it can pass."""
    rows, bound, system = document["rows"], margin_text(document["max_ratio"]), document["system"]
    baseline = document["baseline"]
    undecided = sum(row["outcome"] == "undecided" for row in rows)
    missing = f"{undecided} of {len(rows)} cannot be told yet"
    if not rows:
        return f"Undecided: no group was tested, so nothing is shown of {system}."
    if document["result"] == "fail":
        failed = _shown_for(document, [row for row in rows if row["outcome"] == "fail"])
        more = f" {missing}." if undecided else ""
        return f"Fails: {system} is shown to be worse{failed}, and not shown to stay below {bound}.{more}"
    if document["result"] == "pass":
        where = "everything selected" if not rows[0]["group"] else f"every one of {len(rows)} groups"
        than = f" the rate of {baseline or others_of(document, rows)}"
        worse = [row for row in rows if row["verdict"] == "slightly worse"]
        but = f" It is shown to be worse{_shown_for(document, worse)}, by less than that." if worse else ""
        return f"Passes: {system} is shown to stay below {bound}{than} for {where}.{but}"
    return as_people(_undecided_sentence(rows, undecided, system), document["notice"] is not None)


def compared_with(comparator: str) -> str:
    """Whom groups are compared with, in a sentence: others, others in the same conditions, or a group by name.

    comparator: peers, complement or ATTRIBUTE=VALUE.
    """
    name, is_named, value = comparator.partition("=")
    if is_named:
        return group_names({name: value})
    return "others in the same conditions" if comparator == "peers" else "others"


def others_of(document: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Whom these groups are compared with, who may be others in each grouping."""
    of_grouping = {
        frozenset(names): compared_with(comparator)
        for names, comparator in zip(document["by"], document["comparators"], strict=False)
    }
    told = {of_grouping.get(frozenset(row["group"]), compared_with("complement")) for row in rows}
    return told.pop() if len(told) == 1 else "those each is compared with"


def _shown_for(document: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Of which groups it is shown, and compared with whom."""
    if baseline := document["baseline"]:
        return f" than {baseline} for {_named(rows)}"
    return f" for {_named(rows)} than for {others_of(document, rows)}"


def held_alike(lead: str, document: Mapping[str, Any]) -> str:
    """What the gate says of the other system, or of the other comparison, so that nobody takes what fails for new.

    lead: HELD_ALIKE with the document of the current system, or AGAINST_OTHERS with that of the candidate.
    """
    rows, result = document["rows"], document["result"]
    start = lead.format(system=document["system"], others=others_of(document, rows))
    if result == "fail":
        return f"{start} fails, for {_named([row for row in rows if row['outcome'] == 'fail'])}."
    return f"{start} passes." if result == "pass" else f"{start} is undecided."


def combinations_beside(found: Combinations, metric: Metric, system: str, current: str | None) -> str:
    """In how many combinations a system is shown to be worse, which a gate of whole groups does not see; "" for none.

    current: what the cells are compared with; None: their own comparator.
    """
    worse = found.counts.counts["worse"]
    if not worse or guessed_by_software(found.attributes):
        return ""
    names = listed([attribute_name(one.name) for one in found.attributes])
    than = f" than {current}" if current else ""
    return (
        f"The gate takes whole groups: in {worse:,} of {found.counts.n_groups:,} combinations of {names}, {system} "
        f"{makes_more(metric)}{than}: {named_in(found.worse)}."
    )


def _undecided_sentence(rows: Sequence[Mapping[str, Any]], undecided: int, system: str) -> str:
    """What is missing: nobody selected, nobody to compare with, or groups of which it cannot be told."""
    if undecided < len(rows):
        return f"Undecided: no group fails, but {undecided} of {len(rows)} cannot be told yet."
    reasons = {row["reason"] for row in rows}
    if reasons <= {REASONS[EMPTY], REASONS[NOBODY_SELECTED], NOBODY_PLANNED}:
        return f"Undecided: nobody was recorded among what is selected, so nothing is shown of {system}."
    why = f": {reasons.pop()}" if len(reasons) == 1 else ""
    if not rows[0]["group"]:
        return f"Undecided: it cannot be told yet of everything selected{why}."
    if len(rows) == 1:
        return f"Undecided: the only group, {case_name(rows[0])}, cannot be told yet{why}."
    return f"Undecided: none of the {len(rows)} groups can be told yet{why}."


def _named(rows: Sequence[Mapping[str, Any]]) -> str:
    names = [case_name(row) for row in rows]
    if len(names) <= _MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more groups"


def case_name(row: Mapping[str, Any]) -> str:
    """The group of a row."""
    return group_names(row["group"]) if row["group"] else EVERYTHING


def case_message(row: Mapping[str, Any], max_ratio: float) -> str:
    """Why a group does not pass, in one line."""
    ratio = ratio_text(row["ratio"], row["low"], row["high"])
    said = {"fail": f"worse, shown; bound {margin_text(max_ratio)}", "undecided": "can’t tell yet"}
    parts = [said.get(row["outcome"], OUTCOME_LABELS[row["outcome"]].lower()), ratio, row["reason"]]
    return " · ".join(part for part in [*parts, needed_text(row)] if part and part != "–")


def needed_text(row: Mapping[str, Any], synthetic: bool = False) -> str:
    """Speakers it would take to decide; "" where that is not known, or there are as many already."""
    needed = row["speakers_needed"]
    if row["outcome"] != "undecided" or needed is None or needed <= row["n_speakers"]:
        return ""
    return f"about {number(needed)} {people(synthetic)} would decide"


def case_details(row: Mapping[str, Any]) -> str:
    """The numbers behind a group, one a line."""
    lines = [
        f"rate: {rate_text(row['rate'], row['rate_low'], row['rate_high'])}",
        f"ratio: {ratio_text(row['ratio'], row['low'], row['high'])}",
        f"p, adjusted: {'–' if row['p_adjusted'] is None else format(row['p_adjusted'], '.3g')}",
        f"verdict: {row['verdict']}",
        f"speakers: {row['n_speakers']:,} · utterances: {row['n_utterances']:,} · words: {row['n_words']:,}",
    ]
    if needed := needed_text(row):
        lines.append(needed)
    return "\n".join(lines)


def gate_line(row: Mapping[str, Any], synthetic: bool) -> dict[str, object]:
    """One group as it is written in a table."""
    outcome = row["outcome"]
    reason = as_people(row["reason"], synthetic)
    why = " · ".join(part for part in (reason, needed_text(row, synthetic)) if part)
    return {
        "Group": case_name(row),
        "Outcome": f"{OUTCOME_MARKS[outcome]} {OUTCOME_LABELS[outcome]}",
        "Rate": rate_text(row["rate"], row["rate_low"], row["rate_high"]),
        "Ratio": ratio_text(row["ratio"], row["low"], row["high"]),
        people(synthetic).capitalize(): row["n_speakers"],
        "Reason": f"{why[:1].upper()}{why[1:]}",
    }


def gate_command(document: Mapping[str, Any], where: str = "") -> str:
    """The command that gives the same result; `where` is the selection as it is typed, "" for everything."""
    words = ["fairhearing", "gate", f"{document['evaluation']}@{document['build'][:8]}"]
    names = [",".join(names) for names in document["by"] if names]
    words += ["--system", document["system"]]
    words += ["--by", names[0]] if len(names) == 1 else []
    words += ["--max-ratio", f"{document['max_ratio']:g}"]
    words += ["--baseline", document["baseline"]] if document["baseline"] else []
    words += ["--metric", document["metric"]] if document["metric"] != DEFAULT_METRIC else []
    words += ["--against", document["against"]] if document["against"] else []
    words += ["--where", where] if where else []
    return shlex.join(words)
