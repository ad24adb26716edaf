"""When a browser has painted a page: its sentence, and all of it with every picture.

Used by `benchmarks/dashboard.py`. Times are the browser's own, from the beginning of the
navigation. A profile that is thrown away after one page is a colleague who opens a link for the
first time; one that is kept has Streamlit's programs in its cache.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, sync_playwright

_FLAGS = (
    "--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking --disable-quic "
    "--disable-component-update --disable-sync --no-first-run --disable-default-apps"
).split()
_WATCH = """() => {
  window.painted = {};
  const look = () => {
    const now = performance.now(), app = document.querySelector('[data-testid=stApp]');
    const heading = document.querySelector('[data-testid=stMain] h1');
    if (heading && heading.innerText && !window.painted.sentence) window.painted.sentence = now;
    const seen = kind => [...document.querySelectorAll(kind)].filter(one => one.getClientRects().length);
    // A heatmap is there once its program has filled its place; lines and bars once their style sheet holds.
    const heatmaps = seen('[data-testid^=stBidiComponent]');
    const lines = seen('.lines, .bars');
    const whole = heading && app?.getAttribute('data-test-script-state') === 'notRunning'
      && !document.querySelector('[data-testid=stSkeleton]')
      && heatmaps.every(one => (one.shadowRoot ?? one).querySelector('.place > *'))
      && lines.every(one => getComputedStyle(one).position === 'relative');
    if (whole) window.painted.whole = now; else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


@dataclass(frozen=True)
class Paint:
    """Milliseconds from the beginning of the navigation."""

    sentence: float
    """The heading can be read."""
    whole: float
    """Everything the server sent is drawn, pictures included."""


def first_visits(
    chromium: str, address: str, pages: Sequence[str], parameters: dict[str, str]
) -> Iterator[Paint]:
    """Each page in a browser that was never here."""
    for page in pages:
        with _browser(chromium) as context:
            yield _paint(context, address, page, parameters)


def later_visits(
    chromium: str, address: str, pages: Sequence[str], parameters: dict[str, str]
) -> Iterator[Paint]:
    """Each page in a browser that has seen all of them before."""
    with _browser(chromium) as context:
        for page in pages:
            _paint(context, address, page, parameters)
        for page in pages:
            yield _paint(context, address, page, parameters)


@contextmanager
def _browser(chromium: str) -> Iterator[BrowserContext]:
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=_FLAGS, viewport={"width": 1440, "height": 900}
        )
        context.add_init_script(f"({_WATCH})()")
        # The browser's own start is not the dashboard's.
        context.new_page().goto("about:blank")
        yield context
        context.close()


def _paint(context: BrowserContext, address: str, page: str, parameters: dict[str, str]) -> Paint:
    tab = context.new_page()
    tab.goto(f"{address}/{page}?{urlencode(parameters)}", wait_until="commit")
    tab.wait_for_function("() => window.painted?.whole", timeout=120_000)
    painted = tab.evaluate("() => window.painted")
    tab.close()
    return Paint(float(painted["sentence"]), float(painted["whole"]))
