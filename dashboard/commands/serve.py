"""`fairhearing serve`: start the dashboard on this machine and open it.

Owns the port, the browser and the end of the server. The pages themselves are
`dashboard/app.py`, run by Streamlit in the checkout so that its settings hold.
"""

from __future__ import annotations

import argparse
import errno
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from dashboard.commands.evaluation_options import add_home_option

ROOT = Path(__file__).resolve().parents[2]
_PORTS_TRIED = 50
_SECONDS_TO_START = 60.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = "example:\n  fairhearing serve --port 8600 --no-browser"
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)"
    )
    parser.add_argument("--port", type=int, default=8501, help="first port to try (default: 8501)")
    add_home_option(parser)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; returns the server's exit code."""
    from data.errors import InputError
    from data.home import checked_home, evaluations_home, sweep_all
    from data.limits import UPLOADED

    app = ROOT / "dashboard" / "app.py"
    if not app.exists():
        raise InputError(f"{app} is missing: the dashboard is started from a checkout of Fair Hearing.")
    if importlib.util.find_spec("streamlit") is None:
        raise InputError("Streamlit is not installed here. `make dashboard` sets everything up.")
    home, most_uploaded_mb = checked_home(evaluations_home(arguments.home)), UPLOADED.mb()
    sweep_all(home)
    port, reservation = reserved_port(arguments.host, arguments.port)
    environment = {**os.environ, "FAIRHEARING_HOME": str(home)}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "dashboard.serving", "run", "dashboard/hosting.py"),
            *("--server.address", arguments.host, "--server.port", str(port)),
            *("--server.maxUploadSize", str(most_uploaded_mb)),
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    # Who stops this command means the server.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _serve(server, arguments.host, port, opens_browser=not arguments.no_browser)
    finally:
        server.terminate()
        server.wait()
        reservation.close()


def reserved_port(host: str, first: int) -> tuple[int, socket.socket]:
    """The first free port from the given one upwards, and what keeps another `serve` from taking it until it is closed.

    The server takes its port only seconds later, and the reservation must not be in its way: it is for datagrams.
    Raises `InputError` when there is no free port near.
    """
    from data.errors import InputError

    if not 1 <= first <= 65_535:
        raise InputError(f"--port {first}: expected a number from 1 to 65535.")
    for port in range(first, min(first + _PORTS_TRIED, 65_536)):
        reservation = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            reservation.bind((host, port))
            with socket.create_server((host, port)):
                return port, reservation
        except OSError as error:
            reservation.close()
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise InputError(f'--host "{host}" is no address of this machine.') from None
    raise InputError(
        f"No port from {first} to {first + _PORTS_TRIED - 1} is free on {host}. Choose another with --port."
    )


def _serve(server: subprocess.Popen[bytes], host: str, port: int, *, opens_browser: bool) -> int:
    address = f"http://{host}:{port}"
    deadline = time.monotonic() + _SECONDS_TO_START
    while not _answers(host, port):
        if server.poll() is not None:
            print("The dashboard stopped before it answered; the lines above say why.", file=sys.stderr)
            return 2
        if time.monotonic() > deadline:
            print(f"The dashboard did not answer within {_SECONDS_TO_START:.0f} seconds.", file=sys.stderr)
            return 2
        time.sleep(0.1)
    print(f"Fair Hearing is at {address} (stop with Ctrl-C).", flush=True)
    if opens_browser and _has_display():
        import webbrowser

        webbrowser.open(address)
    try:
        return server.wait()
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False


def _has_display() -> bool:
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
