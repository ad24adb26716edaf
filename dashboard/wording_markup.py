"""Text from outside where a page reads Markdown: every sign that could mean something is escaped.

Owns one function. Names of groups and attributes come from the files of an evaluation, and
none may become a link, a formula, an icon or bold print.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=:])")


def plain(text: str) -> str:
    """The text as Markdown that is shown exactly as it is written."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
