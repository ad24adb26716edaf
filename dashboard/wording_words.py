"""What is said about words and kinds of error: sentences, labels of a table, errors per thousand words.

Owns the words of the Errors tab and of `fairhearing words`. Takes results of `answers` and
computes nothing. The system is the subject of every sentence.
"""

from __future__ import annotations

import math
from typing import Any

from analysis.words import MIN_ERRORS, MIN_SPEAKERS
from analysis.words_items import KINDS
from dashboard.answers.words import WordsAnswer
from dashboard.answers.words_document import WITHHELD, kind_rows, part_rows, word_rows
from dashboard.answers.words_sides import Aligned
from dashboard.wording import (
    UNDEFINED,
    level_text,
    listed,
    number,
    of_count,
    people,
    percent,
    selection_sentence,
)
from dashboard.wording_words_sides import verdict_is_shown

KIND_LABELS = {
    "word": "Words",
    "substitution": "Substitutions",
    "deletion": "Deletions",
    "insertion": "Insertions",
    "phrase": "Phrases",
}
EVERY_NUMBER = "Every number"
WRONG, KIND_OF_ERROR = "Wrong", "Kind of error"
WORDS_OF_TABLE = {WRONG, "q"}
NO_WORD = "all recordings of the subgroup"
EXCESS = "More per 1,000 words"
MOST_NAMED = 8
MOST_IN_A_LINE = 5
EXPLORATORY_LIST = "Exploratory: not declared in advance"
_PART_PHRASES = {
    "same words": "the same words recognised less often",
    "other words": "other words said",
    "insertions": "insertions",
}


def per_thousand(rate: float | None, digits: int = 1) -> str:
    """A fraction of words as a count in 1,000 words."""
    return UNDEFINED if rate is None or not math.isfinite(rate) else f"{1000 * rate:,.{digits}f}"


def more_per_thousand(excess: float | None, digits: int = 1) -> str:
    """An excess with its sign: +12.3, −0.4, 0.0."""
    if excess is None or not math.isfinite(excess):
        return UNDEFINED
    sign = "+" if round(1000 * excess, digits) > 0 else ""
    return f"{sign}{_thousandths(excess, digits)}"


def span_per_thousand(low: float | None, high: float | None) -> str:
    """An interval of an excess: −1.2 to 14.0; a dash where it is undefined."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return UNDEFINED
    return f"{_thousandths(low, 1)} to {_thousandths(high, 1)}"


def _thousandths(rate: float, digits: int) -> str:
    """A fraction in thousandths with a true minus sign, and 0 without one."""
    rounded = round(1000 * rate, digits)
    return f"{rounded or 0.0:,.{digits}f}".replace("-", "−")


def excess_with_interval(row: dict[str, Any]) -> str:
    """An excess and how sure it is: +12.3 (−1.2 to 25.8)."""
    span = span_per_thousand(row["low"], row["high"])
    excess = more_per_thousand(row["excess"])
    return excess if span == UNDEFINED else f"{excess} ({span})"


def words_headline(answer: WordsAnswer, synthetic: bool) -> str:
    """Both rates, the excess, whether it is shown, and what kinds of error it is made of."""
    if not (answer.own.n_words and answer.other.n_words):
        return words_lead(answer, synthetic)
    whole, *kinds = kind_rows(answer)
    sentence = f"{words_lead(answer, synthetic)} {_what_is_shown(answer, whole, synthetic)}"
    if not kinds:
        return f"{sentence} The evaluation does not tell kinds of error apart."
    named = [f"{excess_with_interval(row)} {row['kind']}s" for row in kinds]
    return f"{sentence} It is made of {listed(named)}."


def words_lead(answer: WordsAnswer, synthetic: bool) -> str:
    """Both rates, with which the headline begins; or why there are none."""
    if not answer.own.n_words:
        return "Nobody spoke a word in this selection, so there are no errors to take apart."
    if not answer.other.n_words:
        return "There is nobody to compare with, so there is no excess to take apart."
    own, other = (per_thousand(kind_rows(answer)[0][key]) for key in ("rate", "other_rate"))
    whose = selection_sentence(answer.question.where)
    return f"{answer.system} makes {own} errors in every 1,000 words of {whose} and {other} of {others_of(answer, synthetic)}."


def _what_is_shown(answer: WordsAnswer, whole: dict[str, Any], synthetic: bool) -> str:
    """The excess with its interval, and in words what the interval allows to say."""
    excess = f"The excess is {excess_with_interval(whole)}"
    if whole["status"] == "few speakers":
        return f"{excess}; too few {people(synthetic)} to say anything of it."
    if whole["excludes_zero"] is None:
        return f"{excess}, without an interval: {whole['reason']}."
    level = level_text(answer.question.level)
    if not whole["excludes_zero"]:
        if verdict_is_shown(answer):
            # A ratio's interval need not end where that of a difference does.
            return f"{excess}: as a difference its {level} interval includes 0; the verdict below is that of the ratio."
        return f"{excess}: the {level} interval includes 0, so neither more nor fewer errors are shown."
    direction = "more" if whole["excess"] > 0 else "fewer"
    return f"{excess}: the {level} interval of this one question lies {'above' if direction == 'more' else 'below'} 0."


def others_of(answer: WordsAnswer, synthetic: bool) -> str:
    """Whose words the subgroup's are compared with."""
    match answer.comparator:
        case "peers":
            return f"other {people(synthetic)} in the same conditions"
        case "complement":
            return "all other recordings, as recorded"
        case "overall":
            return "all recordings"
    return selection_sentence(answer.sides.pool)


def parts_sentence(answer: WordsAnswer) -> str | None:
    """Whether other words are said or the same words are recognised worse; None without words."""
    rows = part_rows(answer)
    if answer.words is None or rows[0]["excess"] is None:
        return None
    parts = [f"{excess_with_interval(row)} come from {_PART_PHRASES[row['part']]}" for row in rows]
    own, other = answer.words.parts.shared
    if own == other == 1:
        said = "Both sides said the same words."
    else:
        said = (
            f"Of what was said of words that were ever wrong, {percent(own, 0)} of the subgroup's and "
            f"{percent(other, 0)} of the others' are words that both sides said."
        )
    return f"In 1,000 words, {listed(parts)}. {said}"


def looks_note(answer: WordsAnswer, kind: str, synthetic: bool) -> str | None:
    """How many items of a kind were looked at, and what that means; None without words, or for all kinds together."""
    if answer.words is None or kind not in KINDS:
        return None
    table, place = answer.words.table, KINDS.index(kind)
    n_tested, alpha = int(table.n_tested[place]), level_text(answer.question.settings.alpha)
    shown = [row for row in word_rows(answer, kind, 0) if row["stands_out"]]
    if answer.comparator == "overall":
        return (
            "The subgroup is part of all recordings, so this list is for display and nothing in it is tested."
        )
    whom = people(synthetic)
    said = (
        f", said by {MIN_SPEAKERS} {whom} on each side"
        if kind in ("word", "substitution", "deletion")
        else ""
    )
    minima = f"those with at least {MIN_ERRORS} errors by {MIN_SPEAKERS} {whom}{said}"
    if not n_tested:
        return f"{KIND_LABELS[kind]}: none could be looked at; {minima} would be. {EXPLORATORY_LIST}."
    named = ", ".join(f"“{item_text(row)}”" for row in shown[:MOST_NAMED])
    more = f" and {number(len(shown) - MOST_NAMED)} more" if len(shown) > MOST_NAMED else ""
    stand = f"{number(len(shown))} stand{'s' * (len(shown) == 1)} out" if shown else "None stands out"
    return (
        f"{KIND_LABELS[kind]} looked at: {number(n_tested)}, {minima}. {stand} after looking at all of them "
        f"(q of at most {alpha}, interval above 0){f': {named}{more}' if shown else ''}. {EXPLORATORY_LIST}."
    )


def sample_note(answer: WordsAnswer, synthetic: bool) -> str | None:
    """Whose texts were aligned where that was not everybody; None where it was, or where there are no words."""
    if answer.words is None:
        return None
    sides = (("the subgroup", answer.words.own), ("the comparator", answer.words.other))
    sampled = [_sampled(name, side, synthetic) for name, side in sides if side.speakers is not None]
    if not sampled:
        return None
    return f"Words come from a random sample of whole {people(synthetic)}: {listed(sampled)}. Kinds are of all recordings."


def _sampled(name: str, side: Aligned, synthetic: bool) -> str:
    return (
        f"{side.n_speakers:,} of {side.of_speakers:,} {people(synthetic)} of {name} "
        f"({side.n_utterances:,} of {of_count(side.of_utterances, 'utterances')})"
    )


def withheld_note(answer: WordsAnswer) -> str | None:
    """Why there are no words; None where there are, or where the headline says it."""
    return WITHHELD[answer.withheld] if answer.withheld in ("not allowed", "no texts") else None


def no_words_here(answer: WordsAnswer) -> str | None:
    """The same on a page, where the list of recordings says who decides whether texts are shown."""
    if answer.withheld == "not allowed":
        return "Which words are behind it is not shown, because words are texts."
    return withheld_note(answer)


def characters_note(normalizer: str) -> str | None:
    """For the normaliser that counts some scripts by character; None for others."""
    if not normalizer.startswith("unicode-marks"):
        return None
    return "Scripts that are written without spaces are counted by character: a word is then one character."


def item_text(row: dict[str, Any]) -> str:
    """One item as it is written in a table: the, the → a, the left out, um added."""
    match row["kind"]:
        case "substitution":
            return f"{row['reference']} → {row['hypothesis']}"
        case "deletion":
            return f"{row['reference']}, left out"
        case "insertion":
            return f"{row['hypothesis']}, added"
    return str(row["reference"])


def word_line(row: dict[str, Any], synthetic: bool) -> dict[str, str]:
    """One item as a line of the table on the page."""
    whom = people(synthetic)
    wrong = f"{percent(row['wrong_when_said'], 0)} / {percent(row['other_wrong_when_said'], 0)}"
    return {
        WRONG: item_text(row),
        EXCESS: excess_with_interval(row),
        "Share": percent(row["share"], 0).replace("-", "−"),
        "Errors here / others": f"{number(row['errors'])} / {number(row['other_errors'])}",
        "Said here / others": f"{number(row['said'])} / {number(row['other_said'])}",
        "Wrong when said": wrong if row["said"] is not None else UNDEFINED,
        f"{whom.capitalize()} here / others": f"{row['n_speakers']:,} / {row['other_speakers']:,}",
        "q": q_text(row),
    }


def q_text(row: dict[str, Any]) -> str:
    """The q-value, or that the item was not tested."""
    if row["q"] is None:
        return "not tested"
    q = "below 0.001" if row["q"] < 0.001 else f"{row['q']:.3f}"
    return f"{q}, stands out" if row["stands_out"] else q


def kind_line(row: dict[str, Any]) -> dict[str, str]:
    """One kind of error as a line of a table."""
    return {
        KIND_OF_ERROR: "All errors" if row["kind"] == "all" else f"{row['kind'].capitalize()}s",
        EXCESS: more_per_thousand(row["excess"]),
        "Interval": span_per_thousand(row["low"], row["high"]),
        "Share": percent(row["share"], 0).replace("-", "−"),
        "Here, per 1,000": per_thousand(row["rate"]),
        "Others, per 1,000": per_thousand(row["other_rate"]),
        "Errors here / others": f"{number(row['errors'])} / {number(row['other_errors'])}",
    }


def top_words_text(answer: WordsAnswer) -> str | None:
    """The words with the largest excess of a cell in one line; None where no word was wrong for enough speakers."""
    rows = [
        row
        for row in word_rows(answer, "word", 0)
        if (row["excess"] or 0) > 0 and row["n_speakers"] >= MIN_SPEAKERS
    ][:MOST_IN_A_LINE]
    if not rows:
        return None
    named = ", ".join(f"“{row['reference']}” {more_per_thousand(row['excess'])}" for row in rows)
    return f"Words it gets wrong more often here than for the others, per 1,000 words: {named}. {EXPLORATORY_LIST}."


def too_many_note(n_utterances: int) -> str:
    """Said before very many texts are aligned."""
    return f"Which words are behind it takes aligning up to {n_utterances:,} recordings, which can take half a minute."


def ask_label() -> str:
    """The button that starts it."""
    return "Find the words"


def nothing_listed(kind: str) -> str:
    """Said in place of an empty list."""
    return f"{KIND_LABELS[kind]}: none was wrong twice or more."


def is_item(row: dict[str, Any]) -> bool:
    """Whether the subgroup has recordings with this item."""
    return bool(row["errors"])
