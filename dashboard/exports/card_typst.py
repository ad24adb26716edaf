"""Typst as a typesetter: a template and plain data → the bytes of a document.

Owns the fonts, the standards and what becomes of characters no font can draw. Data reaches
the template as one JSON string, so no text is ever read as markup; nothing is fetched, and
without the fonts of this computer the same data give the same bytes everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal

import typst

PDF_STANDARDS: tuple[Literal["a-2a", "ua-1"], ...] = ("a-2a", "ua-1")
_FONTS = '("Libertinus Serif", "DejaVu Sans Mono")'
_NO_CHARACTER = "\U0010fffd"
"""For private use and in no font: what stands in its place is the sign for a missing glyph."""
_PROBE = """
#set page(width: 40pt, height: 40pt, margin: 4pt)
#set text(font: {fonts}, fallback: {fallback})
#for c in json(bytes(sys.inputs.characters)) {{ page(c) }}
"""
_GLYPH = re.compile(rb'<use [^>]*href="#(g[0-9A-F]+)"')
_UNDISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_REPAIRS = 50
"""Characters that show themselves missing only among others; more than this many is a fault of the template."""


def typeset_pdf(template: str, data: Mapping[str, Any], system_fonts: bool = False) -> bytes:
    """A PDF/A-2a and PDF/UA-1 of the template with these data."""
    return _typeset(template, data, system_fonts, "pdf", list(PDF_STANDARDS))


def typeset_png(template: str, data: Mapping[str, Any], ppi: float) -> bytes:
    """The one page of the template as a picture, in the fonts of the package."""
    return _typeset(template, data, False, "png", [], ppi)


def _typeset(
    template: str,
    data: Mapping[str, Any],
    system_fonts: bool,
    output: Literal["pdf", "png"],
    standards: Any,
    ppi: float | None = None,
) -> bytes:
    source = _source(template)
    missing = _undrawn(set("".join(_strings(data))), system_fonts)
    for _ in range(_MOST_REPAIRS):
        inputs = {"data": json.dumps(_replaced(data, missing), ensure_ascii=False)}
        try:
            made = typst.compile(
                source,
                format=output,
                ppi=ppi,
                sys_inputs=inputs,
                pdf_standards=standards,
                ignore_system_fonts=not system_fonts,
                timestamp=0,
            )
        except typst.TypstError as problem:
            cluster = _undisplayed(problem)
            if not cluster - missing:
                raise
            missing |= cluster
        else:
            return bytes(made)
    raise RuntimeError(f"More than {_MOST_REPAIRS} characters could not be drawn one after another.")


def _source(template: str) -> bytes:
    folder = files("dashboard.exports").joinpath("templates")
    return b"\n".join(folder.joinpath(name).read_bytes() for name in ("figure.typ", template))


def _undrawn(characters: set[str], system_fonts: bool) -> set[str]:
    """Those of the characters that no font can draw."""
    asked = sorted(character for character in characters if not character.isascii())
    if not asked:
        return set()
    source = _PROBE.format(fonts=_FONTS, fallback="true" if system_fonts else "false")
    # Of several pages there are several documents, which the package's types do not say.
    pages: Any = typst.compile(
        source.encode(),
        format="svg",
        ignore_system_fonts=not system_fonts,
        sys_inputs={"characters": json.dumps([_NO_CHARACTER, *asked])},
    )
    drawn = [set(_GLYPH.findall(page)) for page in pages]
    return {character for character, glyphs in zip(asked, drawn[1:], strict=True) if glyphs & drawn[0]}


def _undisplayed(problem: typst.TypstError) -> set[str]:
    """The characters an error of the typesetter names; empty where it is about something else."""
    found = _UNDISPLAYED.search(problem.message)
    if not found:
        return set()
    written = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return {character for character in written if not character.isascii()}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _strings(inner)


def _replaced(value: Any, missing: set[str]) -> Any:
    """The same data with every missing character written as its code."""
    table = {ord(character): f"[U+{ord(character):04X}]" for character in missing}
    return _mapped(value, lambda text: text.translate(table)) if table else value


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inner, change) for inner in value]
    return value
