"""Expressions as a person may type them, each with the recordings it means, worked out in pandas beside it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

TEXTS = ("the colour of it", "it's a Color", "COLOUR", "colours", "nothing, really", "", "it 's")
FRAME = pd.DataFrame(
    [
        (accent, device, number, TEXTS[(3 * i + 5 * j + 7 * k) % len(TEXTS)])
        for i, accent in enumerate(("Scottish", "Indian", "5", "-5", "1e3", None))
        for j, device in enumerate(("headset", "phone", "it's", None))
        for k, number in enumerate((-5.0, 4.5, 5.0, 7.0, 10.0, 1000.0, None))
    ],
    columns=["accent", "device", "snr_db", "reference"],
)


@dataclass(frozen=True)
class Typed:
    """An expression as a person may type it, and the recordings it means, worked out beside it."""

    text: str
    rows: pd.Series[bool]


def spelled(chance: random.Random, word: str) -> str:
    return chance.choice([word.lower(), word.upper(), word.capitalize()])


def typed_category(chance: random.Random) -> Typed:
    name, values = chance.choice(
        [("accent", ["Scottish", "Indian", "5", "-5"]), ("device", ["headset", "it's"])]
    )
    column = chance.choice([name, name.upper(), f'"{name}"'])
    picked = chance.sample(values, 2)
    constants = [
        value
        if value.lstrip("-").isdigit() and chance.random() < 0.5
        else "'" + value.replace("'", "''") + "'"
        for value in picked
    ]
    match chance.randrange(6):
        case 0:
            return Typed(f"{column}={constants[0]}", FRAME[name] == picked[0])
        case 1:
            return Typed(
                f"{constants[0]} {chance.choice(['<>', '!='])} {column}", ~(FRAME[name] == picked[0])
            )
        case 2:
            return Typed(
                f"{column} {spelled(chance, 'in')} ({', '.join(constants)})", FRAME[name].isin(picked)
            )
        case 3:
            words = f"{spelled(chance, 'not')} {spelled(chance, 'in')}"
            return Typed(f"{column} {words}({constants[0]} ,{constants[1]})", ~FRAME[name].isin(picked))
        case 4:
            return Typed(f"{column} {spelled(chance, 'is')} {spelled(chance, 'null')}", FRAME[name].isna())
        case _:
            return Typed(f"{column} is  not\nnull", FRAME[name].notna())


def typed_number(chance: random.Random) -> Typed:
    comparisons: dict[str, Callable[[pd.Series[float], float], pd.Series[bool]]] = {
        "<": lambda number, bound: number < bound,
        "<=": lambda number, bound: number <= bound,
        ">": lambda number, bound: number > bound,
        ">=": lambda number, bound: number >= bound,
        "=": lambda number, bound: number == bound,
        "<>": lambda number, bound: ~(number == bound),
    }
    bound, sign, number = (
        chance.choice([-5, 4.5, 5, 7, 10, 1e3]),
        chance.choice(list(comparisons)),
        FRAME.snr_db,
    )
    rows = comparisons[sign](number, bound)
    match chance.randrange(4):
        case 0:
            return Typed(f"snr_db {sign} {bound}", rows)
        case 1:
            return Typed(
                f"{bound}{sign.translate(str.maketrans('<>', '><')) if sign != '<>' else sign}SNR_DB", rows
            )
        case 2:
            return Typed(f"snr_db between {bound} and 1000.0", number.between(bound, 1000))
        case _:
            return Typed(
                f"snr_db {spelled(chance, 'not')} between -5 and {bound}", ~number.between(-5, bound)
            )


def typed_text(chance: random.Random) -> Typed:
    """A word of the reference, worked out from its words, or a pattern that Python reads alike."""
    name, texts = spelled(chance, "reference"), FRAME.reference
    if chance.random() < 0.5:
        word = chance.choice(["colour", "Color", "it's", "nothing", "colours"])
        rows = texts.map(lambda text: word.lower() in re.findall(r"[\w']+", text.lower()))
        asked = f"{spelled(chance, 'contains')} '{word.replace(chr(39), chr(39) * 2)}'"
    else:
        pattern = chance.choice(["colou?r", "(?i)colou?r", "^it", "[ -,]", "s$"])
        rows = texts.str.contains(pattern, regex=True)
        asked = f"{spelled(chance, 'matches')}'{pattern}'"
    if chance.random() < 0.3:
        return Typed(f"{name} {spelled(chance, 'not')} {asked}", ~rows)
    return Typed(f"{name} {asked}", rows)


def typed_condition(chance: random.Random) -> Typed:
    return chance.choice([typed_category, typed_number, typed_text])(chance)


def typed(chance: random.Random, depth: int) -> Typed:
    """A random expression; parentheses where the meaning asks for them, and some that it does not."""
    if depth == 0 or chance.random() < 0.2:
        return typed_condition(chance)
    left, right = typed(chance, depth - 1), typed(chance, depth - 1)
    match chance.randrange(4):
        case 0:
            return Typed(f"{spelled(chance, 'not')} ({left.text})", ~left.rows)
        case 1:
            return Typed(f"({left.text}) {spelled(chance, 'and')} ({right.text})", left.rows & right.rows)
        case 2:
            return Typed(f"( {left.text} ) {spelled(chance, 'or')} ({right.text})", left.rows | right.rows)
        case _:
            # No parentheses: AND binds closer than OR, NOT closer than both.
            first, second, third = (typed_condition(chance) for _ in range(3))
            text = f"{first.text} or not {second.text} and {third.text}"
            return Typed(text, first.rows | (~second.rows & third.rows))
