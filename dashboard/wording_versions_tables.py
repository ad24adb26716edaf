"""Two systems in tables and pictures: one line a group or a system, what a point says, and how it was computed.

Takes the document of a comparison and computes nothing.
"""

from __future__ import annotations

from dashboard.wording import (
    attribute_name,
    group_names,
    listed,
    people,
    rate_text,
    ratio_text,
)
from dashboard.wording_verdicts import verdict_cell
from dashboard.wording_versions import (
    HURT_FEW,
    Document,
    Row,
    margin_of,
    p_text,
    people_sentence,
    points_text,
    undecided_text,
    worded,
)
from dashboard.wording_versions_gaps import gaps_note

WORDS_OF_TABLE = ("Group", "Verdict", "What is missing")


def forest_title(document: Document) -> str:
    """What stands over the forest of ratios."""
    by = listed([attribute_name(name) for name in document["by"]])
    return (
        f"{document['b']} over {document['a']}, by {by}; right of 1× is worse, dashed: {margin_of(document)}"
    )


def heatmap_title(rows: str, columns: str) -> str:
    """What stands over the heatmap of combinations."""
    return f"The same ratio, {rows} × {columns[:1].lower()}{columns[1:]}"


def comparison_line(row: Row, document: Document, synthetic: bool) -> dict[str, object]:
    """One group as it is written in the table."""
    return {
        "Group": group_names(row["group"]) if row["group"] else "All",
        document["a"]: rate_text(row["rate_a"], row["low_a"], row["high_a"]),
        document["b"]: rate_text(row["rate_b"], row["low_b"], row["high_b"]),
        "Ratio": ratio_text(row["ratio"], row["low"], row["high"]),
        "p": p_text(row["p"]),
        "p, adjusted": p_text(row["p_adjusted"]),
        "p, flips": p_text(row["p_sign_flip"]),
        "Verdict": verdict_cell(row["verdict"], row["reason"], document["settings"]["margin_ratio"]),
        "What is missing": undecided_text(row, synthetic),
        f"{people(synthetic).capitalize()} worse": f"{row['speakers_worse']:,} of {row['n_speakers']:,}",
        "Worst tenth": points_text(row["worst_tenth"]),
        "Utterances": row["n_utterances"],
        "Words": row["n_words"],
    }


def comparison_hover(row: Row, document: Document, synthetic: bool) -> str:
    """What is known of one group, in a sentence."""
    if row["status"] == "empty":
        return "Nobody was recorded here, or nobody of what is selected."
    rates = f"{document['b']} {rate_text(row['rate_b'], row['low_b'], row['high_b'])}, {document['a']} {rate_text(row['rate_a'], row['low_a'], row['high_a'])}"
    ratio = ratio_text(row["ratio"], row["low"], row["high"])
    why = undecided_text(row, synthetic)
    said = f"{rates}: {ratio}, {worded(row, document)}{f' ({why})' if why else ''}"
    return f"{said} · {people_sentence(row, synthetic)}"


def versions_method(document: Document) -> str:
    """How a comparison is worked out, as Markdown."""
    correction = {
        "holm": "Holm’s correction",
        "benjamini-hochberg": "Benjamini and Hochberg’s control of the false discovery rate",
        "benjamini-yekutieli": "Benjamini and Yekutieli’s control of the false discovery rate",
    }.get(document["correction"], "no correction, as there is one group")
    family = max((row["family_size"] for row in document["rows"]), default=1)
    comparison = (
        "**Comparison.** Only utterances scored for both systems count. Each speaker is left out of both systems at "
        "once, on the log scale, which gives the interval of the ratio."
    )
    verdicts = (
        f"**Verdicts.** By the 95 % interval and a margin of {margin_of(document)}; {family:,} groups are judged "
        f"together with {correction}. “Worse” and “better” also need a test that exchanges the systems speaker by "
        "speaker (all exchanges up to 16 speakers, else 9,999) to agree."
    )
    return "\n\n".join(
        [comparison, verdicts, f"**Speakers.** {HURT_FEW}", f"**Gaps.** {gaps_note(document)}"]
    )
