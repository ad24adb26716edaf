"""How a card speaks of mixes: conditions made alike, the range between groups, the overall rate under other mixes.

Owns these sentences and the table of three overall rates. Which group is lowest is not said: the
tables have every group, and a range never stands without what chance alone would make of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import metric_name
from analysis.card.evidence import Evidence
from analysis.card.phrases import attributes_phrase
from analysis.card.rows import Grouping, Plain
from analysis.card.sections import (
    Block,
    Count,
    Label,
    Name,
    Number,
    Paragraph,
    PointsLimit,
    PValue,
    Rate,
    RateSpan,
    Section,
    Share,
    Table,
    Text,
    joined,
)
from analysis.published_digits import rounded_down


def mix_paragraphs(evidence: Evidence, grouping: Grouping) -> tuple[Block, ...]:
    """That groups were recorded in different conditions, and whom they are compared with then."""
    mix = grouping.mix
    if mix is None or not (mix["used"] or mix["reason"]):
        return ()
    if not mix["used"]:
        text: Text = (
            f"Groups are compared with all other {evidence.people} as they were recorded: {mix['reason']}.",
        )
        return (Paragraph(text),)
    strata = mixed_phrase(mix["strata"])
    text = ("Groups were recorded in different mixes of ", *strata)
    text = (*text, f", so each is compared with other {evidence.people} in its own mix")
    shares = [row.versus.share_present for row in grouping.rows if row.versus.share_present is not None]
    if shares and min(shares) < _NEARLY_ALL:
        text = (*text, ", over at least ", Share(rounded_down(min(shares))), f" of its {evidence.counted}s")
    if mix["left_out"]:
        text = (*text, ". Not made alike: ", *mixed_phrase(mix["left_out"]))
    return (Paragraph((*text, ".")),)


def mixed_phrase(names: Sequence[str]) -> Text:
    """Conditions as a list: noise and device."""
    return joined([(Name(name),) for name in names])


def gap_paragraphs(evidence: Evidence, grouping: Grouping) -> tuple[Block, ...]:
    """The range between groups beside what it would be if all were equal, and whether they differ at all."""
    gaps = grouping.gaps
    if gaps is None or gaps["range"] is None:
        return ()
    text: Text = (
        "Over the ",
        Count(gaps["groups"]),
        f" groups with enough {evidence.people} the {metric_name(evidence)}",
    )
    if grouping.mix is not None and grouping.mix["used"]:
        # Verdicts are of conditions made alike; the rates that are shown are not.
        text = (*text, ", effects of their conditions included,")
    text = (
        *text,
        " spans ",
        PointsLimit(round(gaps["range"], 3)),
        "; chance alone would make it span about ",
    )
    text = (*text, PointsLimit(round(gaps["range_expected"], 3)), " if the groups were equal.")
    test = gaps["omnibus"]
    if test is None:
        return (Paragraph(text),)
    if gaps["spread"] is None:
        return (Paragraph((*text, " It is not shown that the groups differ (p ", PValue(test["p"]), ").")),)
    text = (
        *text,
        " The groups differ by more than chance (p ",
        PValue(test["p"]),
        "); a typical one differs from the others by a factor of ",
    )
    text = (*text, Number(round(gaps["spread"], 2)), ".")
    return (Paragraph(text),)


_NEARLY_ALL = 0.9995
"""Share of a group's words from which nothing has to be said of the rest."""
_MIXES = {"as tested": "As tested", "every group equal": "Every group equal", "as planned": "As planned"}


def mixes_section(evidence: Evidence) -> tuple[Section, ...]:
    """The overall rate as tested, with every group equal, and as planned, each with interval, counts and status."""
    # A mix that nobody planned is no row; one that was planned and is not recorded is.
    planned = bool((evidence.plan or {}).get("declared", {}).get("shares"))
    mixes = [
        mix
        for mix in evidence.overall_mixes
        if mix["rate"] is not None or (planned and mix["mix"] == "as planned")
    ]
    if len(mixes) < 2:
        return ()
    columns: tuple[Text, ...] = (
        ("Mix of groups",),
        ("Rate",),
        (Share(evidence.level), " interval"),
        (evidence.people.capitalize(),),
        (f"{evidence.counted.capitalize()}s",),
        ("Of the mix recorded",),
        ("Note",),
    )
    rows = tuple(_mix_cells(mix) for mix in mixes)
    caption: Text = (
        metric_name(evidence)[:1].upper() + metric_name(evidence)[1:],
        " of ",
        Label(evidence.system),
        " over everybody. An overall rate depends on who happens to be recorded how often.",
    )
    table = Table(caption, columns, rows, 1, (1, 2, 3, 4, 5))
    return (Section("fairness-mixes", ("Overall rate under other mixes",), (table,)),)


def _mix_cells(mix: Plain) -> tuple[Text, ...]:
    by: Text = (" (", *attributes_phrase(tuple(mix["by"])), ")") if mix["by"] else ()
    note = mix["reason"] or ("" if mix["status"] == "shown" else mix["status"])
    return (
        (_MIXES[mix["mix"]], *by),
        (Rate(mix["rate"]),),
        (RateSpan(mix["low"], mix["high"]),),
        (Count(mix["n_speakers"]),),
        (Count(mix["n_words"]),),
        (Share(mix["share_present"]),) if mix["share_present"] is not None else ("–",),
        (note,),
    )
