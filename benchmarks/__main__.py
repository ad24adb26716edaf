"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    "benchmarks.scoring",
    "benchmarks.ingest",
    "benchmarks.heatmap",
    "benchmarks.slices",
    "benchmarks.card",
    "benchmarks.dashboard",
)


def main() -> int:
    """Run each benchmark in a process of its own, so that none pays for another's memory."""
    for module in BENCHMARKS:
        print(f"\n== {module} ==", flush=True)
        code = subprocess.run([sys.executable, "-m", module], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
