"""What is said of gaps between two systems: whom the second serves worse or better than before, compared with the others.

Takes the document of a comparison and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attributes import Attribute
from dashboard.wording import group_names, listed, ratio_text
from dashboard.wording_sentences import MOST_NAMED, guessed_by_software, guessed_headline
from dashboard.wording_versions import Document, Row, p_text

NO_GAPS = "A gap needs groups with others beside them; there is none in this selection."

GAPS_NOTE = (
    "A group’s gap is its rate over that of the others, in the same conditions where the grouping has conditions. The "
    "change is the gap with the second system over the gap with the first: above 1× the group is served worse than it was, "
    "compared with the others, even where both rates fall."
)

SERVED_WORSE, SERVED_BETTER = "served worse", "served better"


def gap_line(row: Row, alpha: float) -> dict[str, object]:
    """The change of one group's gap as it is written in the table."""
    return {
        "Group": group_names(row["group"]),
        "Before": ratio_text(row["before"]),
        "After": ratio_text(row["after"]),
        "Change": ratio_text(row["factor"], row["low"], row["high"]),
        "p, adjusted": p_text(row["p_adjusted"]),
        "Shown": gap_word(row, alpha),
    }


GAP_MARKS = {SERVED_WORSE: "▲", SERVED_BETTER: "▽"}


def gap_hover(row: Row) -> str:
    """One gap before and after, in a sentence."""
    change = ratio_text(row["factor"], row["low"], row["high"])
    return f"{ratio_text(row['before'])} before, {ratio_text(row['after'])} after: {change}"


def gap_word(row: Row, alpha: float) -> str:
    """What is shown of one group compared with the others: served worse than before, better, or it cannot be told."""
    if row["p_adjusted"] is None or row["p_adjusted"] > alpha:
        return "can’t tell yet"
    return SERVED_WORSE if row["factor"] > 1 else SERVED_BETTER


def gaps_sentence(document: Document, attributes: Sequence[Attribute]) -> str:
    """For which groups the gap to the others is shown to have changed."""
    if guessed := guessed_by_software(attributes):
        return guessed_headline(guessed, document["b"])
    alpha = document["settings"]["alpha"]
    rows = [row for row in document["gap_changes"] if None not in row["group"].values()]
    said = []
    for word, how in ((SERVED_WORSE, "worse"), (SERVED_BETTER, "better")):
        names = [group_names(row["group"]) for row in rows if gap_word(row, alpha) == word]
        more = [f"{len(names) - MOST_NAMED} more"] * (len(names) > MOST_NAMED)
        if names:
            said.append(f"{listed([*names[:MOST_NAMED], *more])} {how}")
    if not said:
        return "It is not shown that any group’s gap to the others changed."
    return f"Compared with the others, {document['b']} serves {' and '.join(said)} than {document['a']} did."
