"""Text from outside where a page reads Markdown: every sign that could mean something is escaped.

Owns one function. Names of groups and attributes come from the files of an evaluation, and
none may become a link, a formula, an icon or bold print.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=:])")
# Streamlit looks for these in the finished text, where a backslash has done its work already:
# names of icons and emoji between colons, addresses of pages and of people.
_SOUGHT_LATER = re.compile(
    r":(?=[\w+/.-]+:)|(?<=http):(?=//)|(?<=https):(?=//)|www(?=\.)|\S(?=@\S)", re.IGNORECASE
)
UNSEEN = "\u2060"
"""Word joiner: takes no room, breaks no line, and parts what would be taken for one thing."""


def plain(text: str) -> str:
    """The text as Markdown that is shown exactly as it is written."""
    parted = _SOUGHT_LATER.sub(rf"\g<0>{UNSEEN}", " ".join(text.split()))
    return _SIGNS.sub(r"\\\1", parted)
