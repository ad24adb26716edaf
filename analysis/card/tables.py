"""Tables and figures of groups: every group with its numbers, and rates of speakers by conditions.

Owns which columns a card prints and how a grid is cut into panels that fit a page. Numbers
are taken from the evidence as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from analysis.card.claim import metric_name
from analysis.card.evidence import Evidence
from analysis.card.phrases import (
    CORRECTIONS,
    attributes_phrase,
    comparator_phrase,
    labels_phrase,
    reason_text,
    stands_alone,
)
from analysis.card.rows import NOT_STATED, Grouping, Row
from analysis.card.sections import (
    Block,
    Count,
    HeatTable,
    IntervalPlot,
    Label,
    Name,
    Number,
    Paragraph,
    Points,
    PointsSpan,
    PValue,
    Rate,
    RateSpan,
    Ratio,
    RatioSpan,
    Share,
    Table,
    Text,
    Token,
    Verdict,
    joined,
)
from analysis.judgement import RULE_LEVEL
from analysis.published_digits import seen_from
from analysis.verdict_reasons import IS_REFERENCE, REASONS

WITHHELD = "Withheld"
MOST_COLUMNS = 6
"""Columns of a heat table that fit an upright page."""
MOST_PLOTTED = 40
"""Groups that a plot can show and still be read; more stand in the table only."""


def group_table(evidence: Evidence, grouping: Grouping) -> Table:
    """Every group with rate, interval, counts, comparison and verdict."""
    return rows_table(evidence, grouping, range(len(grouping.rows)))


def rows_table(evidence: Evidence, grouping: Grouping, positions: Sequence[int]) -> Table:
    """The same for some of the groups."""
    caption: Text = (
        metric_name(evidence)[:1].upper() + metric_name(evidence)[1:],
        " of ",
        Label(evidence.system),
        " by ",
        *attributes_phrase(grouping.by),
        ". Ratios compare each group with ",
        *comparator_phrase(evidence, grouping),
        ".",
        *labels_phrase(grouping),
    )
    columns: tuple[Text, ...] = (
        *(((Name(name),)) for name in grouping.by),
        ("Rate",),
        (Share(evidence.level), " interval"),
        (evidence.people.capitalize(),),
        ("Utterances",),
        ("Words",),
        ("Ratio (", Share(RULE_LEVEL), " interval)"),
        ("Verdict",),
    )
    headers = len(grouping.by)
    rows = tuple(_group_cells(evidence, grouping, row) for row in (grouping.rows[i] for i in positions))
    return Table(caption, columns, rows, headers, tuple(range(headers, headers + 6)))


def full_table(evidence: Evidence, grouping: Grouping) -> Table:
    """Every group with its differences in points and adjusted p as well, for the annex."""
    table, last = group_table(evidence, grouping), len(grouping.by) + 6
    rows = tuple(
        (*cells[:last], *_gap_cells(row), cells[last])
        for cells, row in zip(table.rows, grouping.rows, strict=True)
    )
    columns = (*table.columns[:last], *_GAP_COLUMNS, table.columns[last])
    return replace(table, columns=columns, rows=rows, numeric=tuple(range(table.n_headers, last + 2)))


def gap_table(evidence: Evidence, grouping: Grouping, rows: Sequence[Row], which: Text) -> Table:
    """Claims about single groups side by side: rate, ratio, difference and adjusted p, each with its interval."""
    headers = len(grouping.by)
    columns: tuple[Text, ...] = (
        *((Name(name),) for name in grouping.by),
        ("Rate (", Share(evidence.level), " interval)"),
        ("Ratio (", Share(RULE_LEVEL), " interval)"),
        *_GAP_COLUMNS,
        ("Verdict",),
    )
    caption: Text = (*which, " Ratios and differences are against ", *comparator_phrase(evidence, grouping))
    caption = (*caption, "; p is adjusted for ", Count(grouping.family_size), " groups (")
    caption = (*caption, f"{CORRECTIONS.get(grouping.correction, grouping.correction)}).")
    cells = tuple(
        (
            *((_value(row.group[name]),) for name in grouping.by),
            (Rate(row.rate), " (", RateSpan(row.low, row.high), ")"),
            (Ratio(row.versus.ratio), " (", RatioSpan(row.versus.low, row.versus.high), ")"),
            *_gap_cells(row),
            verdict_cell(evidence, row),
        )
        for row in rows
    )
    return Table(caption, columns, cells, headers, tuple(range(headers, headers + 4)))


_GAP_COLUMNS: tuple[Text, ...] = (("Difference",), ("p",))


def _gap_cells(row: Row) -> tuple[Text, Text]:
    versus = row.versus
    if row.is_withheld or versus.difference is None:
        return (Number(None),), (Number(None),)
    span: Text = (" (", PointsSpan(versus.difference_low, versus.difference_high), ")")
    return (Points(versus.difference), *span), (PValue(versus.p_adjusted),)


def _group_cells(evidence: Evidence, grouping: Grouping, row: Row) -> tuple[Text, ...]:
    versus = row.versus
    names: list[Text] = [(_value(row.group[name]),) for name in grouping.by]
    if row.is_withheld:
        return (*names, *(((Number(None),),) * 6), verdict_cell(evidence, row))
    ratio: Text = (Ratio(versus.ratio), " (", RatioSpan(versus.low, versus.high), ")")
    return (
        *names,
        (Rate(row.rate),),
        (RateSpan(row.low, row.high),),
        (Count(row.n_speakers),),
        (Count(row.n_utterances),),
        (Count(row.n_words),),
        ratio if versus.ratio is not None else (Ratio(None),),
        verdict_cell(evidence, row),
    )


def _value(value: str | None) -> str | Label:
    return NOT_STATED if value is None else Label(value)


def verdict_cell(evidence: Evidence, row: Row) -> Text:
    """The verdict in shape and words, with the reason where it cannot be told."""
    if row.is_withheld:
        return (WITHHELD,)
    if row.rate is None:
        return ("Not tested",)
    if not row.is_group:
        return ("Not a group",)
    if row.versus.reason == REASONS[IS_REFERENCE]:
        return ("Is the comparator",)
    if row.versus.verdict == "undecided" and row.versus.reason:
        return (
            Verdict("undecided"),
            ": ",
            reason_text(evidence, row.versus.reason),
            *_what_it_takes(evidence, row),
        )
    return (Verdict(row.versus.verdict),)


def _what_it_takes(evidence: Evidence, row: Row) -> Text:
    """What could have been seen, where the reason does not say it, and the speakers it would take."""
    versus = row.versus
    found: list[Token] = []
    if versus.p_adjusted is not None and versus.detectable_ratio is not None and stands_alone(row):
        found += ["; could have seen ", Ratio(seen_from(versus.detectable_ratio)), " or more"]
    if versus.speakers_needed is not None and versus.speakers_needed > row.n_speakers:
        found += ["; about ", Count(versus.speakers_needed), f" {evidence.people} needed"]
    return tuple(found)


def withheld_groups(evidence: Evidence, grouping: Grouping) -> tuple[Paragraph, ...]:
    """Which groups are withheld from the public and why, without a word on what they would have shown."""
    rows = [row for row in grouping.rows if row.is_withheld]
    if not rows:
        return ()
    names = joined([("“", Label(grouping.group_label(row)), "”") for row in rows])
    why = (
        f"Withheld from the public, because they have fewer than {evidence.settings['public_min_speakers']:g} "
        f"{evidence.people} or would give another group away: "
    )
    return (Paragraph((why, *names, ".")),)


def interval_plot(evidence: Evidence, grouping: Grouping) -> tuple[Block, ...]:
    """The groups' intervals, where there are few enough to be read."""
    drawn = tuple((grouping.group_label(row), row) for row in grouping.rows if row.rate is not None)
    if not 2 <= len(drawn) <= MOST_PLOTTED:
        return ()
    title: Text = (
        f"{metric_name(evidence)[:1].upper()}{metric_name(evidence)[1:]} of ",
        Label(evidence.system),
    )
    title = (*title, " by ", *attributes_phrase(grouping.by))
    return (IntervalPlot(title, drawn, evidence.overall.rate),)


def heat_tables(evidence: Evidence, grid: Grouping) -> tuple[HeatTable, ...]:
    """The grid as tables of rows by columns: one for each panel, and more where there are many columns."""
    values = [_values(grid, name) for name in grid.by]
    lines, across, panels = values[0], values[1], list(product(*values[2:]))
    cells = {tuple(row.group[name] for name in grid.by): row for row in grid.rows}
    rates = [row.rate for row in grid.rows if row.rate is not None]
    scale = (min(rates), max(rates)) if rates else (0.0, 1.0)
    pieces = [across[start : start + MOST_COLUMNS] for start in range(0, len(across), MOST_COLUMNS)]
    corner: Text = (Name(grid.by[0]), " \\ ", Name(grid.by[1]))
    return tuple(
        HeatTable(
            caption=_panel_caption(evidence, grid, panel),
            corner=corner,
            columns=tuple((_value(value),) for value in piece),
            rows=tuple(
                ((_value(line),), tuple(cells.get((line, value, *panel)) for value in piece))
                for line in lines
            ),
            scale=scale,
        )
        for panel in panels
        for piece in pieces
    )


def _values(grid: Grouping, name: str) -> list[str | None]:
    """The values of an attribute in the order of the rows, which is the declared one."""
    return list(dict.fromkeys(row.group[name] for row in grid.rows))


def _panel_caption(evidence: Evidence, grid: Grouping, panel: Sequence[str | None]) -> Text:
    text: Text = (Name(grid.by[0]), " by ", Name(grid.by[1]))
    for name, value in zip(grid.by[2:], panel, strict=True):
        text = (*text, ", ", Name(name), ": ", _value(value))
    return (
        *text,
        f". {metric_name(evidence)[:1].upper()}{metric_name(evidence)[1:]} of ",
        Label(evidence.system),
        ".",
        *labels_phrase(grid),
    )
