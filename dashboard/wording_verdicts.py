"""What may be said of a group against its comparator: five labels, their marks, and no more.

Owns the words of verdicts. A label always prints the margin it was judged by, and a mark is
a shape, so that colour never carries the verdict alone. It gives no verdict (`judgement.py`).
"""

from __future__ import annotations

from analysis import verdict_reasons as why
from analysis.judgement import RULE_LEVEL

MARKS = {"worse": "▲", "slightly worse": "△", "within": "●", "better": "▽", "undecided": "?"}
SMALL_MARKS = tuple(MARKS[verdict] for verdict in ("worse", "slightly worse", "better", "undecided"))
"""Those of a small picture; a cell of it without a mark is shown to be within the margin."""
QUIET_MARK = MARKS["undecided"]
"""Drawn lightly in a small picture: it may stand in most of the cells."""
FEW_MARK, HOLLOW = "▨", "○"
"""How groups with few speakers are drawn: hatched in a heatmap, a hollow point among intervals."""
NOT_TESTED = "not tested"
NOT_TESTED_LEGEND = "dashed frame: not tested"
NOT_SELECTED = "not selected"


def margin_text(margin: float) -> str:
    """The margin as labels print it: 1.25×."""
    return f"{margin:g}×"


def verdict_label(verdict: str, margin: float) -> str:
    """The label of a verdict, with the margin it was judged by."""
    return {
        "worse": "Worse, shown",
        "slightly worse": f"Worse, but by less than {margin_text(margin)}",
        "within": f"Not worse than {margin_text(margin)}, shown",
        "better": "Better, shown",
        "undecided": "Can’t tell yet",
    }[verdict]


GUESSED, NO_CLAIM = "guessed by software", "guessed labels, no verdict"
"""The reason, and the words for it, of groups that software guessed: a verdict would be a claim about them."""
_UNJUDGED = {GUESSED: NO_CLAIM} | {
    why.REASONS[code]: words
    for code, words in (
        (why.NOT_STATED, "not a group"),
        (why.IS_REFERENCE, "is the comparator"),
        (why.MIRRORED, "is the comparator"),
        (why.DISPLAY_ONLY, "not judged: contains the group"),
        (why.WHOLE, "everything selected"),
        (why.NOT_SELECTED, NOT_SELECTED),
        (why.NOBODY_SELECTED, "nobody selected"),
        (why.EMPTY, NOT_TESTED),
    )
}


def unjudged(reason: str | None) -> str:
    """Why nothing is asked of a row, by its reason; "" of a group, which has a verdict."""
    return _UNJUDGED.get(reason or "", "")


def verdict_cell(verdict: str, reason: str | None, margin: float, guessed: bool = False) -> str:
    """A column of verdicts: the label of a group's verdict, else why the row has none; `guessed`: software made the groups."""
    words = unjudged(reason) or (NO_CLAIM if guessed else "")
    return f"{words[0].upper()}{words[1:]}" if words else verdict_label(verdict, margin)


def ratio_heading(words: str) -> str:
    """The heading of a column of ratios: their intervals are those that verdicts read, whatever level rates have."""
    return f"{words} ({100 * RULE_LEVEL:.4g} % interval)"


def verdict_in_sentence(verdict: str, margin: float) -> str:
    """The label as the end of a sentence: "worse, shown"."""
    label = verdict_label(verdict, margin)
    return label[0].lower() + label[1:]


def verdict_mark(verdict: str) -> str:
    """The shape that stands for a verdict in pictures and tables."""
    return MARKS[verdict]


def legend(margin: float, few: str = FEW_MARK, guessed: bool = False) -> str:
    """Every mark with its words, in one line; `few` is how the picture draws groups with few speakers, "" where it has none.

    guessed: software made the groups, so that none has a mark.
    """
    marks = [f"{mark} {verdict_in_sentence(verdict, margin)}" for verdict, mark in MARKS.items()]
    if guessed:
        marks = [f"{NO_CLAIM[0].upper()}{NO_CLAIM[1:]}"]
    return " · ".join([*marks, *([f"{few} too few speakers, words or errors: never judged"] if few else [])])


def small_key(show: str, margin: float, few: bool = False, guessed: bool = False) -> str:
    """What colours and marks of a small heatmap of rates or ratios stand for.

    few: whether it has hatched cells; guessed: software made its groups, so that none has a verdict.
    """
    colours = {
        "rate": "Stronger colour: a higher rate.",
        "ratio": "Orange: worse; blue: better; pale: not told from 1×.",
    }
    verdicts = [verdict for verdict, mark in MARKS.items() if mark in SMALL_MARKS]
    said = [f"{MARKS[verdict]} {verdict_in_sentence(verdict, margin)}" for verdict in verdicts]
    hatched = f" {FEW_MARK} Too few to judge." if few else ""
    if guessed:
        return f"{colours[show]}{hatched}"
    within = verdict_in_sentence("within", margin)
    return f"{colours[show]} {' · '.join(said)}; no mark: {within}.{hatched}"


def none_shown(doing: str, among: str, n_undecided: int, n_groups: int) -> str:
    """Where nothing is shown: how many cannot be told, since whoever reads no further would take it for good news.

    `doing` ends in "for" or "in", `among` begins with "of" where there are several groups.
    """
    whom = f"any {among}" if among.startswith("of ") else among
    if n_undecided == n_groups:
        return f"It can’t be told yet whether {doing} {whom}."
    rest = f"; {n_undecided:,} can’t be told yet" if n_undecided else ""
    return f"It is not shown that {doing} {whom}{rest}."


def scale_title(show: str, metric_label: str, synthetic: bool = False) -> str:
    """What the colours of a heatmap stand for: of rates, the metric."""
    return {
        "rate": metric_label[0].lower() + metric_label[1:],
        "ratio": "ratio; pale: not told from 1×",
        "width": "width of the interval, in percentage points",
        "speakers": "voices" if synthetic else "speakers",
    }[show]
