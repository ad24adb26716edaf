"""Archives that are the same bytes each time: fixed dates, fixed order, fixed rights.

Owns the one way a ZIP is written, for the archive of all files and for Word documents.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The oldest date an archive can hold: a real one would make every archive different.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def zipped_again(archive: bytes) -> bytes:
    """The same members without their dates."""
    with zipfile.ZipFile(io.BytesIO(archive)) as known:
        return zipped({name: known.read(name) for name in known.namelist()})
