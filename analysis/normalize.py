"""Named, versioned normalisers: what is done to a text before its words are compared.

Owns the choice of what counts as the same word. A normaliser is part of what an
error rate means, so each has a version and a fingerprint that travel with every
number computed under it. Called by `data/scoring.py` and by the sensitivity view. What is
done to words of any script stands in `script_words.py`, the fast path of
`whisper-english` in `whisper_words.py`, lists of forms that count as the same in
`equivalences.py`. It never aligns or counts: that is `align.py`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version as package_version
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.equivalences import Equivalences, grouped
from analysis.script_words import words_of_any_script
from analysis.whisper_words import word_by_word

Rewrite = Callable[[str], str]

_FORMS = "+forms-"


class UnknownNormalizerError(ValueError):
    """A name that no normaliser has; the message lists the known ones."""


class NormalizationError(ValueError):
    """A text that a normaliser cannot rewrite; the message says how it begins."""


@dataclass(frozen=True)
class Normalizer:
    """One way to turn a text into words, with what is needed to say and repeat it."""

    id: str
    version: str
    """Rises whenever some text would come out differently; the package's version where a package does the work."""
    description: str
    """What it does and what that means for a comparison, in plain English, for pages and cards."""
    steps: tuple[str, ...]
    """What is done, in order. The fingerprint is taken from these, so `description` may be reworded freely."""
    load: Callable[[], Rewrite] = field(repr=False, compare=False)
    """Returns the function that rewrites one text; called on first use because a package may be slow to import."""
    package: str | None = None
    """The installed package that does the rewriting; None when it is done here."""
    equivalences: Equivalences | None = None
    """Forms that count as the same, in the words this normaliser makes; None without a list."""
    list_as_given: Equivalences | None = None
    """The same list before it was brought into these words; None without a list."""
    parts_characters: bool = False
    """Whether characters of scripts without spaces become words of their own."""

    @property
    def base_id(self) -> str:
        """Its name without that of a list of forms."""
        return self.id.partition(_FORMS)[0]

    @property
    def sha256(self) -> str:
        """Hexadecimal fingerprint of id, version, package and steps."""
        canonical = {"id": self.id, "version": self.version, "package": self.package, "steps": self.steps}
        plain = json.dumps(canonical, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode("ascii")).hexdigest()

    def apply(self, texts: Sequence[str]) -> list[str]:
        """Each text as its words with one space between them, in the order given; "" when no word is left.

        Raises `NormalizationError` for a text that cannot be rewritten.
        """
        rewrite = self.load()
        distinct = {text: " ".join(rewrite(text).split()) for text in dict.fromkeys(texts)}
        return [distinct[text] for text in texts]

    def agreed(self, references: pa.Array, hypotheses: pa.Array) -> pa.Array:
        """The hypotheses, with each form that stands for another form of its reference written as there.

        Takes texts that are normalised already and belong together by place, with none
        missing. Without `equivalences` they come back as they are.
        """
        if self.equivalences is None:
            return hypotheses
        unequal = pc.not_equal(references, hypotheses)
        pairs = zip(
            references.filter(unequal).to_pylist(), hypotheses.filter(unequal).to_pylist(), strict=True
        )
        written = pa.array([self.equivalences.agreed(*pair) for pair in pairs], pa.string())
        return pc.replace_with_mask(hypotheses, unequal, written)


def with_equivalences(base: Normalizer, equivalences: Equivalences) -> Normalizer:
    """A normaliser that also accepts either of two equivalent forms on either side; has a name and hash of its own.

    Comparing needs one more step than for other normalisers: `Normalizer.agreed`,
    between normalising and aligning.
    """
    if base.equivalences is not None:
        raise ValueError(f'"{base.id}" has a list of equivalent forms already: put all forms into one list.')
    n_groups = len(equivalences.groups)
    return replace(
        base,
        id=f"{base.id}{_FORMS}{equivalences.sha256[:8]}",
        description=(
            f"{base.description} Besides, {n_groups} set{'s' * (n_groups != 1)} of forms count as the same: where the "
            "reference has one of them and the hypothesis another, there is no error. References stay as they are."
        ),
        steps=(*base.steps, f"forms count as the same by the list with SHA-256 {equivalences.sha256}"),
        equivalences=equivalences.rewritten(lambda form: base.apply([form])[0]),
        list_as_given=equivalences,
    )


def normalizer(normalizer_id: str) -> Normalizer:
    """The normaliser of that name; raises `UnknownNormalizerError` when there is none."""
    found = NORMALIZERS.get(normalizer_id)
    if found is not None:
        return found
    near = get_close_matches(normalizer_id.strip().lower(), NORMALIZERS, n=1)
    suggestion = f' Did you mean "{near[0]}"?' if near else ""
    known = ", ".join(NORMALIZERS)
    raise UnknownNormalizerError(f'There is no normaliser "{normalizer_id}" (known: {known}).{suggestion}')


def normalizer_to_json(chosen: Normalizer) -> dict[str, Any]:
    """A normaliser as plain data for a build, from which `stored_normalizer` makes it again."""
    lists = {} if chosen.list_as_given is None else {"equivalences": chosen.list_as_given.lines}
    return {
        "id": chosen.id,
        "base": chosen.base_id,
        "version": chosen.version,
        "sha256": chosen.sha256,
        "description": chosen.description,
        **lists,
    }


def stored_normalizer(plain: Mapping[str, Any]) -> Normalizer:
    """The normaliser a build says it was made with, in this version; raises `UnknownNormalizerError`."""
    base = normalizer(str(plain["base"]) if "base" in plain else str(plain["id"]))
    return with_equivalences(base, grouped(plain["equivalences"])) if "equivalences" in plain else base


def normalize_texts(
    chosen: str | Normalizer, texts: pa.Array | pa.ChunkedArray
) -> pa.Array | pa.ChunkedArray:
    """The words of each text, trimmed and with one space between them; each distinct text is rewritten once.

    A normaliser may be given by its name. Takes and returns strings, as many as were given and in the same order; chunks
    stay chunks. A text without words becomes "", a missing text (null) stays
    missing. Raises `UnknownNormalizerError` for an unknown name and
    `NormalizationError` for a text that cannot be rewritten.
    """
    if isinstance(chosen, str):
        chosen = normalizer(chosen)
    if isinstance(texts, pa.ChunkedArray):
        chunks = [normalize_texts(chosen, chunk) for chunk in texts.chunks]
        return pa.chunked_array(chunks, type=pa.string())
    encoded = pc.dictionary_encode(texts.cast(pa.string()))
    distinct = pa.array(chosen.apply(encoded.dictionary.to_pylist()), pa.string())
    return distinct.take(encoded.indices)


def _load_untouched() -> Rewrite:
    return str


def _load_basic() -> Rewrite:
    return _basic


def _load_any_script() -> Rewrite:
    return words_of_any_script


def _basic(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_ASCII_PUNCTUATION)
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in folded if not _is_punctuation(character))


@cache
def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


_ASCII_PUNCTUATION = {code: None for code in range(128) if _is_punctuation(chr(code))}


@cache
def _load_whisper_english() -> Rewrite:
    from whisper_normalizer.english import EnglishTextNormalizer

    package_rewrite = word_by_word(EnglishTextNormalizer())

    def rewrite(text: str) -> str:
        try:
            return package_rewrite(text)
        # The package gives up on numbers longer than Python turns into integers (4,300 digits).
        except (AssertionError, ValueError) as failure:
            raise NormalizationError(
                f'"whisper-english" cannot read a number in the text that begins “{text[:60]}”: '
                "correct or leave out this text, or choose another normaliser."
            ) from failure

    return rewrite


_NONE = Normalizer(
    id="none",
    version="1",
    description=(
        "The text is split at white space and otherwise left as it is: capital letters and punctuation count, "
        "so “Yes,” and “yes” are different words."
    ),
    steps=("split at Unicode white space",),
    load=_load_untouched,
)

_BASIC = Normalizer(
    id="basic",
    version="1",
    description=(
        "Compatibility characters are unified (Unicode NFKC), letters made lower case, and every punctuation "
        "character deleted with nothing in its place, hyphens and apostrophes included: “Well-known” becomes "
        "“wellknown”, “don't” becomes “dont”. Numbers, spellings and fillers stay as they are."
    ),
    steps=(
        "Unicode normalization form NFKC",
        "lower case",
        "delete every character of Unicode category P*",
        "split at Unicode white space",
    ),
    load=_load_basic,
)

_WHISPER_ENGLISH = Normalizer(
    id="whisper-english",
    version=package_version("whisper-normalizer"),
    description=(
        "The English normaliser published with Whisper, from the package whisper-normalizer: lower case, no "
        "punctuation or accents on letters, text in brackets and the fillers “um”, “uh”, “hmm” and “mm” removed, "
        "contractions written out, numbers as digits, British spellings made American. It forgives “gonna” but "
        "not “finna” or “innit”, keeps “erm”, and makes “John's car” three words, so it can favour some ways of "
        "speaking over others: compare the rates under another normaliser as well."
    ),
    steps=("whisper_normalizer.english.EnglishTextNormalizer", "split at Unicode white space"),
    load=_load_whisper_english,
    package="whisper-normalizer",
)

_UNICODE_MARKS = Normalizer(
    id="unicode-marks",
    version="1",
    description=(
        "For any script: compatibility characters are unified (Unicode NFKC), capitals folded, decimal digits of all "
        "scripts written 0–9, punctuation, symbols and characters that cannot be seen (joiners, directions) deleted "
        "with nothing in their place. Vowel signs and other combining marks stay; the normaliser published with "
        "Whisper for other languages than English, “basic” there, deletes them, and with them the difference between "
        "words of Hindi, Tamil or Thai. Thai, Lao, Khmer, Burmese, Japanese kana and Chinese characters are written "
        "without spaces and counted one by one, each letter with its marks: their “words” are characters, and the "
        "rates are character error rates."
    ),
    steps=(
        "consonant, virama and joiner become the Malayalam chillu letter",
        "Tibetan tsheg and Ethiopic word space become spaces, and a space is put before fractions such as ½",
        "delete characters of Unicode categories P*, Sk and Cf and variation selectors",
        "Unicode normalization form NFKC",
        "full case folding",
        "Unicode normalization form NFKC",
        "decimal digits become 0–9, the fraction slash a space",
        "delete characters of Unicode categories P*, S*, Me, Cf and Cc (but white space), U+0640, U+02BB and U+02BC",
        "Unicode normalization form NFC",
        "Thai and Lao nikhahit and aa become am",
        "Thai, Lao, Khmer, Burmese, kana and Chinese characters part, each with its combining marks and subjoined letters",
        "split at Unicode white space",
    ),
    load=_load_any_script,
    parts_characters=True,
)

NORMALIZERS: Mapping[str, Normalizer] = MappingProxyType(
    {entry.id: entry for entry in (_NONE, _BASIC, _WHISPER_ENGLISH, _UNICODE_MARKS)}
)
