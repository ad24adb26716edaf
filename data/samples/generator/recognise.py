"""The recogniser: pocketsphinx in two configurations that differ in the dictionary alone.

Owns the language model, both dictionaries and decoding. System A knows each word as the package's own
dictionary has it; System B also knows it as three families of accents would say it. It does not know who
speaks: both systems get samples and nothing else.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pocketsphinx
from pocketsphinx.lm import ArpaBoLM

from generator import sentences

SYSTEMS = ("System A", "System B")
LANGUAGE_WEIGHT = 9.0
LANGUAGE_MODEL_SENTENCES = 20_000
LANGUAGE_MODEL_SEED = "language model"
PASSES = {"fwdflat": False, "bestpath": True}
"""One pass over the lattice and its best path: the second flat pass costs half as much again and changes little."""

Phones = tuple[str, ...]
VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
UNVOICED = {"B": "P", "D": "T", "G": "K", "V": "F", "Z": "S", "JH": "CH"}


def prepare(work: Path) -> None:
    """Build the language model and both dictionaries once; each is only kept when complete."""
    work.mkdir(parents=True, exist_ok=True)
    builders = {
        _language_model(work): _language_model_text,
        dictionary(work, "System A"): lambda: _dictionary_text(plain_dictionary()),
        dictionary(work, "System B"): lambda: _dictionary_text(accented_dictionary(plain_dictionary())),
    }
    for path, build in builders.items():
        if not path.exists():
            partial = path.with_suffix(".partial")
            partial.write_text(build())
            partial.rename(path)


def decoder(work: Path, system: str) -> pocketsphinx.Decoder:
    """A decoder of one system. ``prepare`` must have run."""
    pocketsphinx.set_loglevel("FATAL")
    return pocketsphinx.Decoder(
        lm=str(_language_model(work)), dict=str(dictionary(work, system)), lw=LANGUAGE_WEIGHT, **PASSES
    )


def transcribe(using: pocketsphinx.Decoder, samples: np.ndarray) -> str:
    """What the recogniser wrote; an empty string where it found no words."""
    # Without this the decoder carries its noise estimate over, and a result would depend on the order.
    using.reinit_feat()
    using.start_utt()
    using.process_raw((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes(), full_utt=True)
    using.end_utt()
    hypothesis = using.hyp()
    return hypothesis.hypstr if hypothesis else ""


def dictionary(work: Path, system: str) -> Path:
    """Where a system's dictionary lies."""
    return work / f"{system.replace(' ', '-').lower()}.dict"


def _language_model(work: Path) -> Path:
    return work / "trigram.lm"


def _language_model_text() -> str:
    rng = random.Random(LANGUAGE_MODEL_SEED)
    lines = (sentences.sentence(rng.choice(sentences.DOMAINS), rng) for _ in range(LANGUAGE_MODEL_SENTENCES))
    model = ArpaBoLM(text="".join(f"<s> {line} </s>\n" for line in lines), add_start=False)
    model.compute()
    text = io.StringIO()
    model.write(text)
    return text.getvalue()


def plain_dictionary() -> dict[str, list[Phones]]:
    """Pronunciations of the evaluation's words in the package's own dictionary."""
    wanted = sentences.vocabulary()
    found: dict[str, list[Phones]] = {}
    for line in Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")).read_text().splitlines():
        entry, _, phones = line.partition(" ")
        word = entry.partition("(")[0]
        if word in wanted:
            found.setdefault(word, []).append(tuple(phones.split()))
    if missing := sorted(wanted - found.keys()):
        raise ValueError(
            f"Not in the recogniser's dictionary: {', '.join(missing)}. Use other words in sentences.py."
        )
    return found


def accented_dictionary(plain: dict[str, list[Phones]]) -> dict[str, list[Phones]]:
    """The same with up to three accent pronunciations for each word."""
    return {
        word: list(dict.fromkeys([*known, *(variant(known[0]) for variant in VARIANTS)]))
        for word, known in plain.items()
    }


def _dictionary_text(entries: dict[str, list[Phones]]) -> str:
    return "".join(_lines(word, pronunciations) for word, pronunciations in entries.items())


def _lines(word: str, pronunciations: Iterable[Phones]) -> str:
    numbered = enumerate(pronunciations, start=1)
    return "".join(f"{word if n == 1 else f'{word}({n})'} {' '.join(phones)}\n" for n, phones in numbered)


def _without_r(phones: Phones) -> Phones:
    """No r unless a vowel follows, as in many British varieties."""
    said: list[str] = []
    for at, phone in enumerate(phones):
        after_is_vowel = at + 1 < len(phones) and phones[at + 1] in VOWELS
        if phone == "ER":
            said += ["AH", "R"] if after_is_vowel else ["AH"]
        elif phone != "R" or at == 0 or phones[at - 1] not in VOWELS or after_is_vowel:
            said.append(phone)
    return tuple(said)


def _stopped(phones: Phones) -> Phones:
    """TH as t or d, short vowels tense."""
    said = {"TH": "T", "DH": "D", "IH": "IY", "AE": "EH", "UH": "UW"}
    return tuple(said.get(phone, phone) for phone in phones)


def _hissed(phones: Phones) -> Phones:
    """TH as s or z, w as v, the last consonant without voice."""
    said = {"TH": "S", "DH": "Z", "W": "V", "AE": "EH"}
    changed = [said.get(phone, phone) for phone in phones]
    return (*changed[:-1], UNVOICED.get(changed[-1], changed[-1]))


VARIANTS: tuple[Callable[[Phones], Phones], ...] = (_without_r, _stopped, _hissed)
