"""A Chromium for the browser tests: found, or installed when asked.

`find_chromium()` is what the tests call; it installs nothing. `make test` runs
this file with `--install` first: the system's browser, else apt where that is
allowed, else Playwright's own.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


@functools.cache
def find_chromium() -> str | None:
    """The path of a Chromium that starts, or None."""
    chosen = os.environ.get("FAIRHEARING_CHROMIUM")
    if chosen:
        return chosen
    on_path = filter(None, map(shutil.which, NAMES))
    return next(filter(starts, on_path), None) or playwrights_own()


def starts(path: str) -> bool:
    """Whether the program runs: Ubuntu's package is a stub that only tells of a snap."""
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str | None:
    # In a process of its own: Playwright refuses to start twice in one thread,
    # and a test may have it open already.
    answer = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = answer.stdout.strip()
    return path if path and os.access(path, os.X_OK) and starts(path) else None


def install_chromium() -> str | None:
    """Install one, the lighter way first, and return its path; None when nothing worked."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        # Chromium draws boxes for letters where no font is installed.
        packages = ["chromium", "fonts-liberation"]
        # The lists of a fresh machine are empty or old, and the install would not be found.
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
        find_chromium.cache_clear()
        if path := find_chromium():
            return path
    run(sys.executable, "-m", "playwright", "install", *(["--with-deps"] if is_root else []), "chromium")
    find_chromium.cache_clear()
    return find_chromium()


def run(*command: str) -> None:
    """Run with its output on standard error; whether it helped is for `find_chromium` to say."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, stdout=sys.stderr, env=environment)


def main() -> int:
    path = find_chromium()
    if path is None and "--install" in sys.argv[1:]:
        path = install_chromium()
    if path is None:
        print(
            "No Chromium was found. Install one (Debian: apt install chromium), or name one in the "
            "environment variable FAIRHEARING_CHROMIUM.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
