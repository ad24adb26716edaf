"""Forms that count as the same: a user's list, such as “gonna = going to”, applied to both sides as alternatives.

Owns what such a list says, how it is read and when a hypothesis agrees with a
reference under it. Called by `normalize.py`, which first brings the forms into the
shape of its words. A reference is never rewritten, so its number of words does not
depend on the list; in a hypothesis only a form that stands for another form of the
reference is written as the reference has it. Whether two forms should count as the
same is for the user to say.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

MOST_FORMS = 20_000
MOST_WORDS_IN_A_FORM = 8
# About a second and 100 MB; a pair that needs more, thousands of words that hardly agree, is left as it is.
MOST_STEPS = 500_000


@dataclass(frozen=True)
class ListFault:
    """One thing that is wrong with a list."""

    line: int | None
    """Counted from 1; None for the whole list."""
    what: str
    advice: str

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return f"{where}{self.what}: {self.advice}"


class EquivalenceError(ValueError):
    """Lines of a list that cannot be read; the message names all of them, and `faults` has them as data."""

    def __init__(self, faults: Sequence[ListFault]) -> None:
        super().__init__(f"The list of equivalent forms cannot be used: {'; '.join(map(str, faults))}.")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Equivalences:
    """Forms that count as the same. Forms that share one with others are all the same."""

    groups: tuple[tuple[Words, ...], ...]
    """Each form in one group only, every group sorted and the groups sorted, so equal lists are equal values."""

    @property
    def sha256(self) -> str:
        """Hexadecimal fingerprint of the forms; the order of lines, and of forms in a line, makes no difference."""
        plain = json.dumps(self.groups, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode("ascii")).hexdigest()

    @property
    def lines(self) -> list[list[str]]:
        """The forms of each group as texts, to be stored; `grouped` makes the same list of them."""
        return [[" ".join(form) for form in group] for group in self.groups]

    def rewritten(self, rewrite: Callable[[str], str]) -> Equivalences:
        """The same list after each form went through `rewrite`; a form that is left without words says nothing."""
        return grouped([[rewrite(form) for form in line] for line in self.lines])

    def agreed(self, reference: str, hypothesis: str) -> str:
        """The hypothesis, written as the reference where the two have forms that count as the same.

        Of all ways to do so one with the fewest errors is taken. Texts are words with
        single spaces between them, as a normaliser leaves them.
        """
        spoken, heard = reference.split(" "), hypothesis.split(" ")
        in_spoken, in_heard = self._found(spoken), self._found(heard)
        shared = {group for _, _, group in in_spoken} & {group for _, _, group in in_heard}
        if spoken == heard or not shared:
            return hypothesis
        swaps = _swaps(spoken, heard, in_spoken, in_heard)
        return " ".join(_with_fewest_errors(spoken, heard, swaps)) if swaps else hypothesis

    @cached_property
    def _forms_by_first_word(self) -> dict[str, list[tuple[Words, int]]]:
        by_first: dict[str, list[tuple[Words, int]]] = {}
        for number, group in enumerate(self.groups):
            for form in group:
                by_first.setdefault(form[0], []).append((form, number))
        return by_first

    def _found(self, words: list[str]) -> list[tuple[int, int, int]]:
        """Where each form begins and ends among the words, and its group."""
        forms = self._forms_by_first_word
        if forms.keys().isdisjoint(words):
            return []
        return [
            (place, place + len(form), group)
            for place, word in enumerate(words)
            for form, group in forms.get(word, ())
            if tuple(words[place : place + len(form)]) == form
        ]


def grouped(lines: Iterable[Sequence[str]]) -> Equivalences:
    """A list from forms that count as the same, one sequence for each line."""
    group_of: dict[Words, set[Words]] = {}
    for line in lines:
        forms = {tuple(form.split()) for form in line} - {()}
        merged = forms.union(*(group_of.get(form, set()) for form in forms))
        group_of.update(dict.fromkeys(merged, merged))
    distinct = {id(group): group for group in group_of.values()}.values()
    return Equivalences(tuple(sorted(tuple(sorted(group)) for group in distinct if len(group) > 1)))


def read_equivalences(text: str) -> Equivalences:
    """A list from its text: one line for each set of forms, with “=” between them; “#” begins a remark.

    Raises `EquivalenceError` with every line that cannot be read.
    """
    lines: list[list[str]] = []
    faults: list[ListFault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        meant = line.partition("#")[0].strip()
        forms = [form.strip() for form in meant.split("=")]
        fault = _fault(number, forms) if meant else None
        if fault is not None:
            faults.append(fault)
        elif meant:
            lines.append(forms)
    if sum(map(len, lines)) > MOST_FORMS:
        what = f"there are {sum(map(len, lines)):,} forms, and at most {MOST_FORMS:,} can be used"
        faults.append(ListFault(None, what, "leave the rarest out"))
    if faults:
        raise EquivalenceError(faults)
    return grouped(lines)


def _fault(line: int, forms: list[str]) -> ListFault | None:
    if len(forms) == 1:
        return ListFault(line, f"“{forms[0]}” has no “=”", "write two forms, as in “gonna = going to”")
    if "" in forms:
        return ListFault(
            line, "there is nothing on one side of “=”", "write a form there or leave the line out"
        )
    too_long = [form for form in forms if len(form.split()) > MOST_WORDS_IN_A_FORM]
    if too_long:
        what = f"“{too_long[0]}” has more than {MOST_WORDS_IN_A_FORM} words"
        return ListFault(line, what, "leave out the words that are the same on both sides")
    return None


_Place: TypeAlias = tuple[int, int]
"""How many words of the reference and of the hypothesis lie behind."""


def _swaps(
    spoken: list[str],
    heard: list[str],
    in_spoken: list[tuple[int, int, int]],
    in_heard: list[tuple[int, int, int]],
) -> dict[_Place, list[_Place]]:
    """From each place where two different forms of one group begin, the places where they end."""
    heard_by_group: dict[int, list[tuple[int, int]]] = {}
    for begin, end, group in in_heard:
        heard_by_group.setdefault(group, []).append((begin, end))
    swaps: dict[_Place, list[_Place]] = {}
    for begin, end, group in in_spoken:
        for heard_begin, heard_end in heard_by_group.get(group, ()):
            if spoken[begin:end] != heard[heard_begin:heard_end]:
                swaps.setdefault((begin, heard_begin), []).append((end, heard_end))
    return swaps


def _with_fewest_errors(spoken: list[str], heard: list[str], swaps: dict[_Place, list[_Place]]) -> list[str]:
    """The words heard, with the swaps of one alignment that has the fewest errors.

    A search from the beginning, places with fewer errors first: only places that can
    be reached with no more errors than the best alignment has are ever looked at.
    """
    end = (len(spoken), len(heard))
    came_from: dict[_Place, _Place] = {}
    waiting: deque[tuple[_Place, _Place]] = deque([((0, 0), (-1, -1))])
    while waiting:
        place, before = waiting.popleft()
        if place in came_from:
            continue
        came_from[place] = before
        if place == end:
            break
        if len(came_from) > MOST_STEPS:
            return heard
        # Steps without an error go to the front, hits before swaps, all others to the back.
        at, to = place
        for swapped in reversed(swaps.get(place, ())):
            waiting.appendleft((swapped, place))
        if at < end[0] and to < end[1]:
            is_hit = spoken[at] == heard[to]
            (waiting.appendleft if is_hit else waiting.append)(((at + 1, to + 1), place))
        if at < end[0]:
            waiting.append(((at + 1, to), place))
        if to < end[1]:
            waiting.append(((at, to + 1), place))
    return _read_back(spoken, heard, swaps, came_from)


def _read_back(
    spoken: list[str], heard: list[str], swaps: dict[_Place, list[_Place]], came_from: dict[_Place, _Place]
) -> list[str]:
    path = [(len(spoken), len(heard))]
    while path[-1] != (0, 0):
        path.append(came_from[path[-1]])
    words: list[str] = []
    for place, following in pairwise(reversed(path)):
        is_swap = following in swaps.get(place, ())
        words += spoken[place[0] : following[0]] if is_swap else heard[place[1] : following[1]]
    return words
