"""What a picture says beside its drawing: its name and the sentence of each part, as text and never in attributes.

The filter of a page drops an attribute whole where a name in it looks like markup, and keeps any text. Owns the frame
of a picture, which is one stop of the keyboard; the drawing inside comes as finished markup.
"""

from __future__ import annotations

from hashlib import blake2s
from html import escape


def framed(kind: str, alt: str, style: str, inside: str) -> str:
    """The picture as a group that `alt` names; while it has the keyboard, it shows what else there is to read."""
    # Two pictures of one page differ, so that no name belongs to two of them.
    name = f"said-{blake2s(f'{alt}{inside}'.encode(), digest_size=6).hexdigest()}"
    return (
        f'<div class="{kind}" role="group" tabindex="0" aria-labelledby="{name}" style="{style}">'
        f'<span id="{name}" class="alt" hidden>{escape(alt)}</span>{inside}</div>'
    )


def said(sentence: str) -> str:
    """The sentence of a part: read aloud where it stands, drawn while the pointer is on the part."""
    return f'<span class="said">{escape(sentence)}</span>' if sentence else ""
