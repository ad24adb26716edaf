"""What readers of the dashboard wait for, and the server's memory: real sessions of a real server.

Clicks are timed from sending one until all of the page was sent, each the first time anybody asks
and again when it was asked before; pages from the beginning of the navigation until a real browser
has painted them (without Playwright and a Chromium that part is left out). The large evaluation is
made here unless `--large-home` has one of the name "million". Prints medians and 95th percentiles,
the processor's load, and which figures are met. Run it with `python -m benchmarks.dashboard`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.dashboard_session import Session, session_at
from benchmarks.dashboard_times import Times
from benchmarks.ingest import made, resident_mb
from tests.browser.find_chromium import find_chromium
from tests.browser.served import FAIRHEARING, ROOT, Served, served

PAGES = ("overview", "heatmap", "subgroup", "slices", "versions", "trust", "card", "data", "")
LARGE = "million"
MOST_MB = 1.5 * 1024**3 / 1e6
SECONDS_BETWEEN_CLICKS = (1.0, 4.0)
SECONDS_BEFORE_READERS = 10.0
Click = Callable[[Session], Awaitable[float]]


# ------------------------------------------------------------------ clicks


def clicks() -> Iterator[tuple[str, Click]]:
    """What a reader does, in an order in which each can be done."""
    for page in PAGES:
        yield f"open {page or 'start'}", lambda session, page=page: session.go(page)
    yield "open overview", lambda session: session.go("overview")
    yield "another metric", lambda session: session.choose("metric", lambda options: options[1])
    yield "the first metric", lambda session: session.choose("metric", lambda options: options[0])
    yield "another system", lambda session: session.choose("system", lambda options: options[0])
    yield "for the public", lambda session: session.switch("audience", "Public")
    yield "internal again", lambda session: session.switch("audience", "Internal")
    yield "open heatmap", lambda session: session.go("heatmap")
    for n in (0, 5, 9):
        yield "a cell of the heatmap", lambda session, n=n: _click_cell(session, n)
    yield "another value in the cells", lambda session: session.choose("show", lambda options: options[1])
    yield "another order", lambda session: session.choose("order", lambda options: options[2])
    yield "as a table", lambda session: session.choose("as", lambda options: options[1])
    yield "as a picture", lambda session: session.choose("as", lambda options: options[0])
    yield "other rows", lambda session: session.choose("rows", lambda options: options[3])
    yield "the first rows", lambda session: session.choose("rows", lambda options: options[0])
    yield "the system that opens first", lambda session: session.choose("system", lambda options: options[-1])


async def _click_cell(session: Session, n: int) -> float:
    # A click on the picture and a choice from its list end in the same run of the page.
    return await session.choose("cell", lambda options: options[n % len(options)])


async def walk(dashboard: Served, rounds: int) -> tuple[Times, Times]:
    """Every click the first time it is asked, and in later rounds."""
    first, again = Times(), Times()
    async with session_at(dashboard.address) as connection:
        session = Session(connection)
        first.add("the link of a colleague", await session.open("overview", {}))
        for n in range(rounds):
            times = again if n else first
            for name, click in clicks():
                before = busy_ms(dashboard.process_group)
                times.add(name, await click(session))
                times.busy.append(busy_ms(dashboard.process_group) - before)
    return first, again


def busy_ms(pid: int) -> float:
    """Processor milliseconds of a process and all below it until now."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(busy_ms(int(one)) for one in below)


async def browse(address: str, n_sessions: int, seconds: float, times: Times) -> None:
    """Several readers at once, each on their own way, with pauses as people make them, until the time is up."""
    begun: dict[int, float] = {}

    async def timed(seed: int, click: Awaitable[tuple[str, float]]) -> None:
        begun[seed] = time.perf_counter()
        times.add(*await click)
        del begun[seed]

    async def reader(seed: int) -> None:
        drawn = random.Random(seed)
        async with session_at(address) as connection:
            session = Session(connection)
            await asyncio.sleep(drawn.uniform(0, SECONDS_BETWEEN_CLICKS[1]))
            await timed(seed, _link(session, drawn.choice(PAGES[:5])))
            while True:
                await asyncio.sleep(drawn.uniform(*SECONDS_BETWEEN_CLICKS))
                await timed(seed, _something(session, drawn))

    readers = [asyncio.create_task(reader(seed)) for seed in range(n_sessions)]
    ended, _ = await asyncio.wait(readers, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    times.waiting = [1000 * (time.perf_counter() - one) for one in begun.values()]
    for task in readers:
        task.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    for task in ended:
        task.result()


async def _link(session: Session, page: str) -> tuple[str, float]:
    return "the link of a colleague", await session.open(page, {})


async def _something(session: Session, drawn: random.Random) -> tuple[str, float]:
    """One click of those that the page offers."""
    boxes = [key for key in ("metric", "system", "show", "order", "rows", "columns") if session.has(key)]
    kinds = ["page", *("box" for _ in boxes), *(["cell"] * 3 if session.has("cell") else [])]
    match drawn.choice(kinds):
        case "page":
            return "another page", await session.go(drawn.choice(PAGES))
        case "cell":
            return "a cell of the heatmap", await _click_cell(session, drawn.randrange(40))
        case _:
            key = drawn.choice(boxes)
            # The metric decides whether what is stored answers, so it has a line of its own.
            name = "another metric" if key == "metric" else "another choice"
            return name, await session.choose(key, drawn.choice)


# ------------------------------------------------------------------ parts


def paint(dashboard: Served, rounds: int, target_ms: float, pages: tuple[str, ...]) -> None:
    """Pages as a browser paints them."""
    chromium = find_chromium()
    if chromium is None or importlib.util.find_spec("playwright") is None:
        print("\nNo Chromium or no Playwright: what a browser paints is not measured.")
        return
    from benchmarks.dashboard_paint import first_visits, later_visits

    kinds = (("nothing in its cache", first_visits), ("programs in its cache", later_visits))
    for title, visits in kinds:
        sentence, whole = Times(), Times()
        for _ in range(rounds):
            for page, one in zip(pages, visits(chromium, dashboard.address, pages, {}), strict=True):
                sentence.add(page or "start", one.sentence)
                whole.add(page or "start", one.whole)
        sentence.report(f"browser, {title}: the sentence, ms", target_ms)
        whole.report(f"browser, {title}: all with pictures, ms", target_ms)


@contextmanager
def watched(process: int) -> Iterator[list[float]]:
    """The most memory of a process and all below it, in MB, looked at ten times a second."""
    peak, stop = [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.1):
            peak[0] = max(peak[0], resident_mb(process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        stop.set()
        watcher.join()


@contextmanager
def running(home: Path, seconds_before: float = SECONDS_BEFORE_READERS) -> Iterator[Served]:
    """The dashboard over a folder, started so many seconds before readers come."""
    with tempfile.TemporaryDirectory() as folder:
        group = 0
        try:
            with served(home, Path(folder) / "log") as dashboard:
                group = dashboard.process_group
                time.sleep(seconds_before)
                yield dashboard
        except subprocess.TimeoutExpired:
            # In the midst of a large question it does not hear that it should end.
            os.killpg(group, signal.SIGKILL)


def bundled(folder: Path, chosen: argparse.Namespace) -> None:
    """The bundled evaluation."""
    home = folder / "bundled"
    _run("sample", "--home", str(home))
    with running(home) as dashboard:
        print("\n== the bundled evaluation ==")
        first, again = asyncio.run(walk(dashboard, chosen.rounds))
        first.report("server, asked for the first time, ms", 300)
        again.report("server, asked before, ms", 300)
        paint(dashboard, chosen.rounds, 1_000, PAGES)


def large(folder: Path, chosen: argparse.Namespace) -> None:
    """The large evaluation."""
    home = _large_home(folder, chosen)
    print("\n== two systems, eight attributes, a large evaluation ==")
    with running(home, chosen.before) as dashboard:
        opened = Times()
        opened.add("heatmap", asyncio.run(_open_heatmap(dashboard.address)))
        opened.report("server, first heatmap after its start, ms", 2_000)
        paint(dashboard, 1, 2_000, ("heatmap",))
        first, again = asyncio.run(walk(dashboard, chosen.rounds))
        first.report("server, asked for the first time, ms", 500)
        again.report("server, asked before, ms", 500)


def browsing(folder: Path, chosen: argparse.Namespace) -> None:
    """Many readers of the large evaluation at once."""
    home = _large_home(folder, chosen)
    with running(home, chosen.before) as dashboard, watched(dashboard.process_group) as peak:
        times, before = Times(), busy_ms(dashboard.process_group)
        try:
            asyncio.run(browse(dashboard.address, chosen.sessions, chosen.seconds, times))
        finally:
            times.report(f"server, {chosen.sessions} sessions browsing, ms", 500)
            busy = (busy_ms(dashboard.process_group) - before) / 1000
            # On a machine that does other work as well, waits say more of that than of the dashboard.
            print(
                f"  the processor was busy with it for {busy:,.0f} s of {os.cpu_count()} × {chosen.seconds:,.0f}"
            )
        met = "met" if peak[0] < MOST_MB else "not met"
        print(f"  memory at most {peak[0]:,.0f} MB  target < {MOST_MB:,.0f} MB (1.5 GiB): {met}")


def _large_home(folder: Path, chosen: argparse.Namespace) -> Path:
    """The folder with the large evaluation, which is made where there is none."""
    home: Path = chosen.large_home or folder / "large"
    if not (home / LARGE).exists():
        source = folder / "large.csv"
        made(source, chosen.utterances)
        _run(
            *("ingest", str(source), "--home", str(home), "--name", LARGE),
            *("--normalizer", "whisper-english", "--show-text"),
        )
        source.unlink()
    return home


async def _open_heatmap(address: str) -> float:
    async with session_at(address) as connection:
        return await Session(connection).open("heatmap", {})


def _run(*arguments: str) -> None:
    subprocess.run([*FAIRHEARING, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--utterances", type=int, default=1_000_000, metavar="N")
    parser.add_argument(
        "--large-home", type=Path, metavar="DIR", help=f'a folder with an evaluation "{LARGE}"'
    )
    parser.add_argument("--sessions", type=int, default=20, metavar="N")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="that the sessions browse")
    parser.add_argument(
        "--before",
        type=float,
        default=SECONDS_BEFORE_READERS,
        metavar="S",
        help="from the server's start until readers of the large evaluation come; it uses them to work ahead",
    )
    parser.add_argument("--rounds", type=int, default=4, metavar="N", help="of every click and every page")
    parser.add_argument("--only", choices=("bundled", "large", "browsing"))
    chosen = parser.parse_args()
    # Who ends this ends its servers with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder:
        for part in (bundled, large, browsing):
            if chosen.only in (None, part.__name__):
                part(Path(folder), chosen)
    load = os.getloadavg()
    print(
        f"\n{os.cpu_count()} processors; load of the last 1, 5, 15 minutes: {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
