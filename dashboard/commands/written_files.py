"""Files that a command leaves in a folder of the user: all of them whole, or none.

Owns how they come to be there. What is in them is known by whoever made them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place and move all there at the end; what was there before stays until then.

    Their folders have to be there. Raises `OSError` where one cannot be written, such as on a full disk; nothing is left of the others then.
    """
    beside = {path: path.with_name(f".{path.name}.{token_hex(4)}") for path in files}
    try:
        for path, content in files.items():
            beside[path].write_bytes(content)
        for path, written in beside.items():
            written.replace(path)
    except OSError as error:
        for written in beside.values():
            written.unlink(missing_ok=True)
        # The hidden name says nothing to whoever reads the refusal.
        named = {str(written): str(path) for path, written in beside.items()}
        error.filename = named.get(str(error.filename), error.filename)
        raise
