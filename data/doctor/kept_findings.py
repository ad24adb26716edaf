"""Findings beside their build, so that nobody waits for the same examination twice.

Owns the file `<build>.doctor.json`. It is no part of the build: one that is missing, was written under
other rules, of other bytes or edited, or cannot be read is as good as none, and one that cannot be written is left out.
Its seal tells a file that was edited by hand or lies beside another build; who knows how to make one can make it, so
whoever hands numbers out examines again where that is quick, and `verify` always does.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from analysis.normalize import NORMALIZERS
from analysis.settings import DEFAULTS
from data.doctor.faults import DoctorFault
from data.sidecar import findings_path, write_findings


def kept_findings(build_path: Path) -> tuple[DoctorFault, ...] | None:
    """What was found under the rules of this version; None where nobody has looked."""
    try:
        plain = json.loads(findings_path(build_path).read_text(encoding="utf-8"))
        if plain["rules"] != rules_mark() or plain["build"] != build_path.stem:
            return None
        if plain["seal"] != _seal(build_path, plain["faults"]):
            return None
        return tuple(
            DoctorFault(**{**fault, "examples": tuple(fault["examples"])}) for fault in plain["faults"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_findings(build_path: Path, faults: tuple[DoctorFault, ...]) -> None:
    """Write the findings beside a build of a folder of evaluations; elsewhere nothing is left behind."""
    if not build_path.with_suffix(".json").exists():
        return
    found = [fault.to_json() for fault in faults]
    with contextlib.suppress(OSError):
        plain = {
            "rules": rules_mark(),
            "build": build_path.stem,
            "seal": _seal(build_path, found),
            "faults": found,
        }
        write_findings(build_path, json.dumps(plain, indent=1, ensure_ascii=False))


def _seal(build_path: Path, faults: list[dict[str, Any]]) -> str:
    """Binds findings to the build they are of and to each other; raises `OSError` where there is no such build."""
    sealed = [rules_mark(), build_path.stem, build_path.stat().st_size, faults]
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()


@functools.cache
def rules_mark() -> str:
    """Differs as soon as any rule, what it reads through, a normaliser or a minimum differs."""
    folder = Path(__file__).parent
    marked = hashlib.sha256()
    for path in (*sorted(folder.glob("*.py")), folder.parent / "queries_doctor.py"):
        marked.update(path.read_bytes())
    marked.update(repr(sorted(one.sha256 for one in NORMALIZERS.values())).encode())
    # The minima are those of the product, whatever the settings of a folder say.
    marked.update(repr(DEFAULTS).encode())
    return marked.hexdigest()[:12]
