"""Makes the pictures of the README from the bundled evaluation, as a visitor sees it.

Run it with `python -m tests.browser.readme_images`; it writes `docs/images`. It asserts nothing:
the pages' tests do.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from tests.browser.find_chromium import find_chromium
from tests.browser.served import FAIRHEARING, ROOT, served

IMAGES = ROOT / "docs" / "images"
EVALUATION = {"evaluation": "synthetic-voices", "system": "System B"}
CELL = "Arabic-L1 rules · babble · headset"
PICTURES = {
    "overview": ("overview", {}, "light"),
    "heatmap": ("heatmap", {}, "light"),
    "heatmap-dark": ("heatmap", {"cell": CELL}, "dark"),
}
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"


def main() -> int:
    """Serve the bundled evaluation and photograph each page."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "evaluations"
        subprocess.run([*FAIRHEARING, "sample", "--home", str(home)], check=True, cwd=ROOT)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        with served(home, Path(folder) / "log") as dashboard:
            for name, (page, more, scheme) in PICTURES.items():
                context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
                tab = context.new_page()
                tab.goto(f"{dashboard.address}/{page}?{urlencode({**EVALUATION, **more})}")
                tab.locator(".lines .plot, td[data-cell]").last.wait_for(timeout=60_000)
                tab.wait_for_selector(SETTLED, timeout=60_000)
                tab.wait_for_timeout(2_500)
                tab.screenshot(path=IMAGES / f"{name}.png")
                context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
