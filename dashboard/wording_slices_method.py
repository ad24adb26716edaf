"""What a reader takes away from a search for slices: facts, the text to copy, the method, the command.

What it says of the method has to hold of `analysis/slices*.py`. Takes answers and computes nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.metrics import DEFAULT_METRIC
from dashboard.answers.slices import SlicesAnswer
from dashboard.wording import as_people, attribute_name, listed, people
from dashboard.wording_methods import selection_label
from dashboard.wording_slices import CANNOT_SEE, question_sentence
from dashboard.wording_slices_page import aside_title, slice_sentence


def slices_facts(answer: SlicesAnswer, synthetic: bool) -> str:
    """Whose recordings, what was combined, and how sure."""
    asked = answer.question
    return " · ".join(
        (
            selection_label(asked.where),
            f"combined: {listed([attribute_name(name) for name in answer.attributes])}",
            f"{answer.tested:,} slices tested, of at least {asked.min_speakers} {people(synthetic, asked.min_speakers)}",
            "95 % intervals by speaker",
            "a list that was searched for, not declared in advance",
        )
    )


def slices_copy(answer: SlicesAnswer, headline: str, source: Sequence[str], synthetic: bool) -> str:
    """The lead, every slice that was found, and what a reader must know, to be pasted somewhere else."""
    lines = [f"- {slice_sentence(answer, one, synthetic)}" for one in answer.found]
    aside = [aside_title(answer.n_explained, len(answer.explained)) + "."] if answer.n_explained else []
    return "\n".join(
        [
            headline,
            *lines,
            as_people(question_sentence(answer), synthetic),
            *aside,
            as_people(CANNOT_SEE, synthetic),
            f"{slices_facts(answer, synthetic)}.",
            *source,
        ]
    )


def slices_method(answer: SlicesAnswer, normalizer: Mapping[str, Any]) -> str:
    """How a search works, as Markdown without a name from outside."""
    return (
        f"Every combination of at most {answer.question.depth} groups of different attributes is looked at; none is "
        "skipped because it looks harmless. One that is large enough on both sides is tested by speaker: the ratio to its "
        "comparator with a joint jackknife that leaves out one speaker at a time.\n\n"
        "Of those found with 1.2 times the errors and ten errors in excess, one that another explains is put aside, and "
        "the list is held to a false discovery rate (Focused BH). Speakers are divided into two halves by a seed; the ten "
        "surest slices of the first half are tested on the second, with Holm’s correction, at 0.025 one-sided. "
        "“Found in both halves” means that a search of each half alone lists it.\n\n"
        "What conditions add are Shapley values over all combinations of the conditions of the slice.\n\n"
        f"Texts were normalised by {normalizer['id']} {normalizer['version']}. docs/slices.md has the whole of it. "
        "The same from a shell:"
    )


def slices_command(name: str, build: str, answer: SlicesAnswer, where: str) -> str:
    """The command that gives the same list; `where` is the selection as it is typed, "" for everything."""
    asked = answer.question
    words = ["fairhearing", "slices", f"{name}@{build[:8]}", "--system", answer.system]
    words += [
        "--question",
        asked.question,
        "--depth",
        str(asked.depth),
        "--min-speakers",
        str(asked.min_speakers),
    ]
    words += ["--attributes", ",".join(answer.attributes)]
    words += ["--baseline", asked.baseline] if asked.question == "combination" else []
    words += ["--metric", asked.metric] if asked.metric != DEFAULT_METRIC else []
    words += ["--where", where] if where else []
    return shlex.join(words)
