"""The dashboard as `fairhearing serve` starts it, on a free port, and the sockets it listens on."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAIRHEARING = (sys.executable, "-m", "dashboard.commands.main")
_LISTENS = "0A"


@dataclass(frozen=True)
class Served:
    """A running dashboard."""

    address: str
    home: Path
    process_group: int


@contextlib.contextmanager
def served(home: Path, log: Path) -> Iterator[Served]:
    """Run `fairhearing serve` over a folder of evaluations until the caller is done."""
    command = [*FAIRHEARING, "serve", "--no-browser", "--port", str(_free_port()), "--home", str(home)]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
    try:
        yield Served(_announced(process, log), home, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        if process.stdout:
            process.stdout.close()


def listening_addresses(process_group: int) -> set[str]:
    """Local addresses of the sockets on which the processes of a group wait for callers, as the kernel has them."""
    own = set().union(*(_socket_numbers(process) for process in _members(process_group)))
    found = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(FileNotFoundError):
            for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
                fields = line.split()
                if fields[3] == _LISTENS and fields[9] in own:
                    found.add(_readable(fields[1].partition(":")[0]))
    return found


def _announced(process: subprocess.Popen[str], log: Path) -> str:
    """The address the command prints; raises where it prints none within a minute."""
    lines: list[str] = []
    assert process.stdout is not None
    stream = process.stdout
    reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
    reader.start()
    reader.join(60)
    address = re.search(r"http://127\.0\.0\.1:\d+", "".join(lines))
    if address is None:
        raise RuntimeError(f"The dashboard did not start: {lines} {log.read_text()}")
    return address.group()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _members(process_group: int) -> list[Path]:
    """The processes of a group; one that ends meanwhile is left out."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                if os.getpgid(int(folder.name)) == process_group:
                    found.append(folder)
    return found


def _socket_numbers(process: Path) -> set[str]:
    numbers = set()
    with contextlib.suppress(OSError):
        for handle in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(handle.readlink())
                if target.startswith("socket:["):
                    numbers.add(target.removeprefix("socket:[").removesuffix("]"))
    return numbers


def _readable(hexadecimal: str) -> str:
    """An IPv4 address of /proc/net/tcp; an IPv6 one is left as it is."""
    if len(hexadecimal) != 8:
        return hexadecimal
    return socket.inet_ntoa(bytes.fromhex(hexadecimal)[::-1])
