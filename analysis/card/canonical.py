"""Plain data that prints the same everywhere: what a card's JSON may hold, and with how many digits.

Owns the rounding of floats, which claims read and the JSON prints alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

SIGNIFICANT_DIGITS = 10


def canonical(value: Any) -> Any:
    """Plain data that prints the same everywhere: floats at 10 significant digits, no number that JSON lacks.

    Text that no file can hold is written out as its code.
    """
    if isinstance(value, float):
        kept = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return kept if math.isfinite(kept) else None
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Mapping):
        return {canonical(str(key)): canonical(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(inner) for inner in value]
    return value
