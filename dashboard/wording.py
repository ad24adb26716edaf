"""Numbers and names as a person reads them: percent, ratios, intervals, counts, attributes, groups.

The only room where a fraction becomes a percentage and where a column's name becomes a
phrase. Verdicts are worded in `wording_verdicts.py`, whole sentences in
`wording_sentences.py`, methods in `wording_methods.py`. None of them knows Streamlit or
computes a number, and none says more of people than CONTRIBUTING.md allows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from analysis.selection import AllOf, AnyOf, Between, Not, NotStated, OneOf, Selection
from analysis.selection_words import to_sentence
from dashboard.wording_verdicts import verdict_label, verdict_mark

__all__ = [
    "attribute_label",
    "attribute_name",
    "counts_text",
    "group_name",
    "group_names",
    "group_phrase",
    "interval_text",
    "level_text",
    "listed",
    "number",
    "people",
    "percent",
    "plural",
    "ratio_text",
    "selection_sentence",
    "verdict_label",
    "verdict_mark",
]

UNDEFINED = "–"
NOT_STATED = "not stated"
_LONG_DECIMAL = re.compile(r"-?\d{1,3}\.\d{6,}")

_NUMERIC = re.compile(r"[<≥>\d−-]")
_KNOWN_NAMES = {
    "snr_db": "signal-to-noise ratio in dB",
    "snr": "signal-to-noise ratio",
    "speaking_rate_wpm": "speaking rate in words a minute",
    "l1": "first language",
    "duration": "duration in seconds",
    "duration_s": "duration in seconds",
}
_UNITS = {
    "db": "in dB",
    "s": "in seconds",
    "ms": "in milliseconds",
    "hz": "in Hz",
    "khz": "in kHz",
    "wpm": "in words a minute",
    "pct": "in percent",
}


def percent(rate: float | None, digits: int = 1) -> str:
    """A fraction as a percentage; a dash where it is undefined."""
    return UNDEFINED if rate is None or not math.isfinite(rate) else f"{100 * rate:.{digits}f}%"


def interval_text(low: float | None, high: float | None, digits: int = 1) -> str:
    """Two fractions as one range of percent, the sign written once; a dash where either is undefined."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return UNDEFINED
    return f"{100 * low:.{digits}f}–{100 * high:.{digits}f}%"


def known_interval(low: float, high: float) -> str:
    """The same where there is room for what is known only: nothing where it is undefined."""
    return interval_text(low, high) if math.isfinite(low) and math.isfinite(high) else ""


def rate_text(rate: float | None, low: float | None, high: float | None) -> str:
    """A rate that never stands alone: "26.0% (23.8–28.4%)"; a dash where it is undefined."""
    return percent(rate) if rate is None else f"{percent(rate)} ({interval_text(low, high)})"


def ratio_text(ratio: float | None, low: float | None = None, high: float | None = None) -> str:
    """A ratio with its interval: 1.60× (1.31–1.92); a dash where it is undefined."""
    if ratio is None or not math.isfinite(ratio):
        return UNDEFINED
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return f"{_factor(ratio)}×"
    return f"{_factor(ratio)}× ({_factor(low)}–{_factor(high)})"


def cell_rate(rate: float | None, tenths: bool = False) -> str:
    """A rate where there is room for two figures: 9.6%, 47%; with tenths 47.3%, as rounded rates are printed everywhere."""
    if rate is None or not math.isfinite(rate):
        return UNDEFINED
    return percent(rate, 1 if tenths or rate < 0.1 else 0)


def points(difference: float | None, digits: int = 1) -> str:
    """A difference of two fractions in percentage points, without the unit; a dash where it is undefined."""
    return percent(difference, digits).removesuffix("%")


def cell_points(difference: float, tenths: bool = False) -> str:
    """The same where there is room for two figures: 9.6, 47."""
    return cell_rate(difference, tenths).removesuffix("%")


def cell_interval(low: float, high: float, tenths: bool = False) -> str:
    """An interval under a rate, without the sign: 38–57; with tenths 38.2–57.1."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    digits = 1 if tenths or high < 0.1 else 0
    return f"{100 * low:.{digits}f}–{100 * high:.{digits}f}"


def cell_ratio(ratio: float) -> str:
    """A ratio where there is little room: 1.60×."""
    return UNDEFINED if not math.isfinite(ratio) else f"{_factor(ratio)}×"


def cell_ratio_interval(low: float, high: float) -> str:
    """An interval under a ratio: 1.31–1.92."""
    return "" if math.isnan(low) or math.isnan(high) else f"{_factor(low)}–{_factor(high)}"


def _factor(value: float) -> str:
    if math.isinf(value):
        return "∞"
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def number(value: float | None, digits: int = 0) -> str:
    """A count or a number with thousands marked; a dash where it is undefined."""
    return UNDEFINED if value is None or not math.isfinite(value) else f"{value:,.{digits}f}"


def level_text(level: float) -> str:
    """A confidence level: 95 %, 99.9 %."""
    return f"{100 * level:.4g} %"


def people(synthetic: bool, count: int | None = None) -> str:
    """What the speakers of an evaluation are called: voices where a program made them."""
    word = "voice" if synthetic else "speaker"
    return word if count == 1 else f"{word}s"


def as_people(text: str, synthetic: bool) -> str:
    """A sentence about speakers as it is said of this evaluation: about voices where a program made them."""
    return text.replace("speaker", "voice").replace("Speaker", "Voice") if synthetic else text


def status_text(status: str, synthetic: bool) -> str:
    """The status of a group in words."""
    words = {
        "few speakers": f"too few {people(synthetic)}, words or errors: never judged",
        "empty": "nobody",
        "suppressed": "withheld",
    }
    return words.get(status, status)


def of_count(count: float | None, plural_noun: str) -> str:
    """A count with its noun: 1 utterance, 1,204 utterances; a dash where it is undefined."""
    return f"{number(count)} {plural_noun[:-1] if count == 1 else plural_noun}"


def counts_text(n_speakers: int, n_utterances: int, n_words: int, synthetic: bool, unit: str = "word") -> str:
    """How much stands behind a number: 60 voices · 60 utterances · 548 words; `unit` is what the build counts."""
    return (
        f"{n_speakers:,} {people(synthetic, n_speakers)} · {n_utterances:,} "
        f"{'utterance' if n_utterances == 1 else 'utterances'} · {n_words:,} {unit if n_words == 1 else f'{unit}s'}"
    )


def attribute_name(name: str) -> str:
    """An attribute as it stands inside a sentence: voice variant, signal-to-noise ratio in dB."""
    known = _KNOWN_NAMES.get(name.casefold())
    if known:
        return known
    words = [word for word in re.split(r"[\s_]+", name) if word]
    unit = _UNITS.get(words[-1].casefold()) if len(words) > 1 else None
    plain = words[:-1] if unit else words
    lower = [word if word.isupper() else word[0].lower() + word[1:] for word in plain]
    return " ".join([*lower, unit] if unit else lower) or name


def attribute_label(name: str) -> str:
    """An attribute as a label: Voice variant."""
    readable = attribute_name(name)
    return readable[0].upper() + readable[1:]


def plural(name: str) -> str:
    """More than one group of an attribute: accents, voice variants, groups by signal-to-noise ratio in dB."""
    readable = attribute_name(name)
    if " in " in readable or not readable[-1].isalpha() or readable.endswith(("s", "x", "z", "ch", "sh")):
        return f"groups by {readable}"
    if readable.endswith("y") and not readable.endswith(("ay", "ey", "oy", "uy")):
        return f"{readable[:-1]}ies"
    return f"{readable}s"


def group_name(value: str | None) -> str:
    """One group of an attribute; what has no value is "not stated", and of a long decimal three digits are written."""
    if value is None:
        return NOT_STATED
    return f"{float(value):.3g}" if _LONG_DECIMAL.fullmatch(value) else value


def group_names(group: Mapping[str, str | None]) -> str:
    """A combination of groups: "Scottish · babble · far-field"."""
    return " · ".join(group_phrase(name, value) for name, value in group.items())


def cell_names(groups: Sequence[Mapping[str, str | None]]) -> list[str]:
    """A label for each of several combinations, no two alike: with attributes where the groups alone do not tell them apart."""
    short = [group_names(group) for group in groups]
    n_alike = Counter(short)
    names: dict[str, None] = {}
    for group, name in zip(groups, short, strict=True):
        told = " · ".join(f"{attribute_label(one)}: {group_name(value)}" for one, value in group.items())
        wanted = name if n_alike[name] == 1 else told
        names[next(one for one in _numbered(wanted) if one not in names)] = None
    return [*names]


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({n})" for n in count(2))


def group_phrase(attribute: str, value: str | None) -> str:
    """One group where its attribute is not written beside it; a number or a blank says what it is of."""
    if value is None:
        return f"{attribute_name(attribute)} {NOT_STATED}"
    if not _NUMERIC.match(value):
        return value
    name, _, unit = attribute_name(attribute).partition(" in ")
    return f"{name} {group_name(value)} {unit}".rstrip()


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def selection_sentence(selection: Selection) -> str:
    """Whose recordings these are, with attributes in words: "recordings with voice variant higher"."""
    return to_sentence(_in_words(selection))


def _in_words(selection: Selection) -> Selection:
    """The same selection, its attributes called by their readable names."""
    match selection:
        case OneOf(attribute, values, missing):
            return OneOf(attribute_name(attribute), values, missing)
        case Between():
            return Between(
                attribute_name(selection.attribute),
                selection.low,
                selection.high,
                selection.low_included,
                selection.high_included,
            )
        case NotStated(attribute):
            return NotStated(attribute_name(attribute))
        case Not(part):
            return Not(_in_words(part))
        case AllOf(parts):
            return AllOf(tuple(map(_in_words, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_in_words, parts)))
    return selection
