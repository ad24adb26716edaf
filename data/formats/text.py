"""Bytes of a text file to text: encodings and characters that no text may hold.

Owns every fault that can be found before a file is taken apart into rows. Used by
the readers of text formats.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from data.errors import Fault

UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16."""
_UTF32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_MARK = b"\xef\xbb\xbf"
_MOST_LISTED = 1_000
_PIECE = 1_000_000
_START = 2_000


def decoded_text(file: str, content: bytes) -> tuple[str, list[Fault]]:
    """The text without its byte order mark, and what was wrong; bytes that are not UTF-8 read as "\ufffd"."""
    valid, faults = valid_utf8(file, content)
    return valid.decode("utf-8"), faults


def valid_utf8(file: str, content: bytes) -> tuple[bytes, list[Fault]]:
    """What `decoded_text` decodes: the bytes of its text, without a copy where nothing was wrong."""
    encoding = _wide_encoding(content)
    if encoding is not None:
        what = f"The file is {encoding}; text files must be UTF-8."
        return b"", [
            Fault(file, None, None, what, f'Save it as "CSV UTF-8", or run `iconv -f {encoding} -t UTF-8`.')
        ]
    faults = _nul_faults(file, content)
    cleaned = content
    while cleaned.startswith(_MARK):
        # Programs that add a mark to a file that has one leave two.
        cleaned = cleaned.removeprefix(_MARK)
    cleaned = cleaned.replace(b"\0", b"")
    if _is_utf8(cleaned):
        return cleaned, faults
    replaced = cleaned.decode("utf-8", errors="replace").encode("utf-8")
    return replaced, faults + _undecodable_faults(file, content)


def _wide_encoding(content: bytes) -> str | None:
    """The encoding of a text whose characters have two bytes or four; None where they have one or more."""
    if content.startswith(_UTF32):
        return "UTF-32"
    if content.startswith(UTF16):
        return "UTF-16"
    start = content[:_START]
    for first, encoding in ((1, "UTF-16LE"), (0, "UTF-16BE")):
        zeros = start[first::2].count(0)
        if zeros >= 4 and zeros > 0.8 * len(start[first::2]) and start[1 - first :: 2].count(0) == 0:
            return encoding
    return None


def lines_of(content: bytes) -> Iterator[str]:
    """The lines of valid UTF-8 with their endings, of Unix, Windows or old Macs, decoded as they are asked for."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")


def _is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8, a piece at a time so that a large file is not in memory twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def numbered_lines(text: str, comment: str | None = None) -> list[tuple[int, str]]:
    """Every line that says something, with its number from 1; blank lines and comments are left out."""
    numbered = ((row, line.strip("\r")) for row, line in enumerate(text.split("\n"), start=1))
    return [
        (row, line)
        for row, line in numbered
        if line.strip() and not (comment and line.lstrip().startswith(comment))
    ]


def empty_file(file: str, advice: str) -> Fault:
    """The fault of a file without any row."""
    return Fault(file, None, None, "The file is empty.", advice)


def _nul_faults(file: str, content: bytes) -> list[Fault]:
    if b"\0" not in content:
        return []
    advice = "Remove it (`tr -d '\\000'`); the file may have been cut off or written by a failing disk."
    return [
        Fault(file, row, None, "The row holds a NUL byte, which no text has.", advice)
        for row, line in enumerate(content.split(b"\n"), start=1)
        if b"\0" in line
    ][:_MOST_LISTED]


def _undecodable_faults(file: str, content: bytes) -> list[Fault]:
    faults = []
    for row, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            what = f"Byte 0x{line[error.start]:02x} at position {error.start + 1} is not UTF-8."
            advice = (
                "Save the file as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` helps where it came from Windows."
            )
            faults.append(Fault(file, row, None, what, advice))
    return faults[:_MOST_LISTED]
