"""A card's build made again from the files it was read from, in a folder of its own that is thrown away.

Owns which file is which: they are told by their SHA-256, which the card names, never by their names. The
options are those that the card records.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.aligners import DEFAULT_ALIGNER
from analysis.attributes import LABEL_SOURCES, ROLES
from dashboard.answers.verify_reading import HandedIn
from data.add_system import add_systems
from data.add_system_options import OWN_OPTIONS, AddedOptions
from data.column_names import ColumnMapping
from data.errors import InputError, quoted_list
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.scoring_choice import AS_COUNTED
from data.source_files import load_file
from data.store import Build, open_build

_ANY_NAME = "from-source"
_OPTIONS = frozenset(IngestOptions("", ()).to_json())


@contextmanager
def built_again(card: HandedIn, files: Sequence[Path], keywords: Path | None = None) -> Iterator[Build]:
    """The build that the files give with the card's options; raises `InputError` for files that are not the card's.

    keywords: the list, for a card that does not print its phrases.
    """
    with tempfile.TemporaryDirectory(prefix="fairhearing-verify-") as folder:
        home = Path(folder)
        try:
            found = _by_role(card.evidence["inputs"], files, card.evidence["options"]["format"])
            later = _later(card, found)
            keywords = keywords or _list_of_keywords(card.evidence.get("keywords"), home)
            options = _options(card, found, later, home, keywords)
            added = [_added(card, name, found[name][0]) for name in later]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                "The options that this card records cannot be read, so its build cannot be made again."
            ) from None
        path = ingest(options, home / "home").path
        for one in added:
            path = add_systems(open_build(path), one).made.path
        yield open_build(path)


def _later(card: HandedIn, found: Mapping[str | None, list[Path]]) -> list[str]:
    """Systems that were added to the build from the first on that was read with options of its own, in their order."""
    own = card.evidence["options"].get(OWN_OPTIONS, {})
    of_files = [name for name in found if name]
    first = next((place for place, name in enumerate(of_files) if name in own), len(of_files))
    return of_files[first:]


def _added(card: HandedIn, system: str, path: Path) -> AddedOptions:
    """One more system for the build, read as the card records it."""
    plain = card.evidence["options"]
    own = plain.get(OWN_OPTIONS, {}).get(system, {})
    column = {system: plain["map_systems"][system]} if system in plain["map_systems"] else {}
    return AddedOptions(
        {system: path},
        format=own.get("format"),
        mapping=ColumnMapping(dict(own.get("map", {})), column),
        null_hypothesis=own.get("null_hypothesis"),
        allow_missing=plain["allow_missing"],
    )


def _options(
    card: HandedIn,
    found: Mapping[str | None, list[Path]],
    later: Sequence[str],
    folder: Path,
    keywords: Path | None,
) -> IngestOptions:
    """The ingest of all but the systems that were added later."""
    evidence, plain = card.evidence, card.evidence["options"]
    if unknown := sorted(set(plain) - _OPTIONS - {OWN_OPTIONS}):
        raise InputError(
            f"This card records options that this version does not know ({', '.join(unknown)}). Verify it against the "
            "evaluation or its evidence file, or with the version that made it."
        )
    normalizer = evidence["normalizer"]
    by_hand = None if "letters" in normalizer else str(normalizer.get("base", normalizer["id"]))
    counted = evidence["aligner"]["id"] == AS_COUNTED
    about = dict(evidence["about"])
    if evidence.get("about_systems"):
        about["systems"] = evidence["about_systems"]
    mapped = {name: column for name, column in plain["map_systems"].items() if name not in later}
    return IngestOptions(
        name=_name(evidence),
        sources=tuple(found[None]),
        systems={name: paths[0] for name, paths in found.items() if name and name not in later},
        attribute_files=tuple(found.get("", [])),
        format=plain["format"],
        mapping=ColumnMapping(dict(plain["map"]), mapped),
        attributes=None if plain["attributes"] is None else tuple(plain["attributes"]),
        roles=_known(plain["roles"], ROLES),
        label_sources=_known(plain["label_sources"], LABEL_SOURCES),
        bins={name: tuple(edges) for name, edges in plain["bins"].items()},
        orders={name: tuple(values) for name, values in plain["orders"].items()},
        multi=dict(plain["multi"]),
        missing=tuple(plain["missing"]),
        null_hypothesis=plain["null_hypothesis"],
        allow_missing=plain["allow_missing"],
        cluster=plain["cluster"],
        missing_speaker=plain["missing_speaker"],
        normalizer=None if counted else by_hand,
        equivalences=_list_of_forms(normalizer, folder),
        keywords=keywords,
        aligner=DEFAULT_ALIGNER.id if counted else str(evidence["aligner"]["id"]),
        about=about,
        show_text=plain["show_text"],
        show_audio=plain["show_audio"],
    )


def _by_role(
    inputs: Sequence[Mapping[str, Any]], files: Sequence[Path], chosen_format: str | None
) -> dict[str | None, list[Path]]:
    """Files by what they were in the build: None references, "" tables of attributes, else a system's name."""
    read = {load_file(path, chosen_format).sha256: path for path in files}
    missing = [str(one["name"]) for one in inputs if one["sha256"] not in read]
    known = {one["sha256"] for one in inputs}
    unknown = [path.name for sha256, path in read.items() if sha256 not in known]
    if missing or unknown:
        parts = [
            f"missing: {quoted_list(missing)}" if missing else "",
            f"not of this card: {quoted_list(unknown)}" if unknown else "",
        ]
        raise InputError(
            "The files are not those the card was made from, whose SHA-256 it names: "
            f"{'; '.join(part for part in parts if part)}. Nothing was verified."
        )
    found: dict[str | None, list[Path]] = {None: []}
    for one in inputs:
        found.setdefault(one["system"], []).append(read[one["sha256"]])
    return found


def _list_of_forms(normalizer: Mapping[str, Any], folder: Path) -> Path | None:
    lines = normalizer.get("equivalences")
    if lines is None:
        return None
    path = folder / "equivalences.txt"
    path.write_text("".join(f"{' = '.join(map(str, forms))}\n" for forms in lines), encoding="utf-8")
    return path


def _list_of_keywords(known: Mapping[str, Any] | None, folder: Path) -> Path | None:
    if known is None:
        return None
    if "phrases" not in known:
        raise InputError(
            "A card for the public does not print the keywords of its evaluation, so its build cannot be made again "
            "without them. Give the list with --keywords FILE. Nothing was verified."
        )
    path = folder / "keywords.txt"
    path.write_text("".join(f"{phrase}\n" for phrase in known["phrases"]), encoding="utf-8")
    return path


def _known(chosen: Mapping[str, str], allowed: Sequence[str]) -> dict[str, Any]:
    if not set(chosen.values()) <= set(allowed):
        raise ValueError("an option that there is not")
    return dict(chosen)


def _name(evidence: Mapping[str, Any]) -> str:
    """The card's own name of the evaluation, if it may be that of a folder; it is checked by the ingest."""
    return str(evidence.get("evaluation") or _ANY_NAME)
