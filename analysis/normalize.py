"""Named, versioned normalisers: what is done to a text before its words are compared.

Owns the choice of what counts as the same word. A normaliser is part of what an
error rate means, so each has a version and a fingerprint that travel with every
number computed under it. Called by `data/ingest.py` and by the sensitivity view.
It never aligns or counts: that is `align.py`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version as package_version
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

Rewrite = Callable[[str], str]


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


def normalizer(normalizer_id: str) -> Normalizer:
    """The normaliser of that name; raises `UnknownNormalizerError` when there is none."""
    found = NORMALIZERS.get(normalizer_id)
    if found is not None:
        return found
    near = get_close_matches(normalizer_id.strip().lower(), NORMALIZERS, n=1)
    suggestion = f' Did you mean "{near[0]}"?' if near else ""
    known = ", ".join(NORMALIZERS)
    raise UnknownNormalizerError(f'There is no normaliser "{normalizer_id}" (known: {known}).{suggestion}')


def normalize_texts(normalizer_id: str, texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The words of each text, trimmed and with one space between them; each distinct text is rewritten once.

    Takes and returns strings, as many as were given and in the same order; chunks
    stay chunks. A text without words becomes "", a missing text (null) stays
    missing. Raises `UnknownNormalizerError` for an unknown name and
    `NormalizationError` for a text that cannot be rewritten.
    """
    chosen = normalizer(normalizer_id)
    if isinstance(texts, pa.ChunkedArray):
        chunks = [normalize_texts(normalizer_id, chunk) for chunk in texts.chunks]
        return pa.chunked_array(chunks, type=pa.string())
    encoded = pc.dictionary_encode(texts.cast(pa.string()))
    distinct = pa.array(chosen.apply(encoded.dictionary.to_pylist()), pa.string())
    return distinct.take(encoded.indices)


def _load_untouched() -> Rewrite:
    return str


def _load_basic() -> Rewrite:
    return _basic


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

    package_rewrite: Rewrite = EnglishTextNormalizer()

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

NORMALIZERS: Mapping[str, Normalizer] = MappingProxyType(
    {entry.id: entry for entry in (_NONE, _BASIC, _WHISPER_ENGLISH)}
)
