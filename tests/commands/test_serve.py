"""`fairhearing serve`: the port it takes and what it says when it cannot."""

from __future__ import annotations

import socket

import pytest

from dashboard.commands.serve import reserved_port
from data.errors import InputError


def test_the_next_free_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found, reservation = reserved_port("127.0.0.1", port)
        reservation.close()
        assert port < found < port + 50


def test_two_that_ask_at_once_get_two_ports_and_each_can_listen_on_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        first = free.getsockname()[1]
    one, kept = reserved_port("127.0.0.1", first)
    other, also_kept = reserved_port("127.0.0.1", first)
    with (
        kept,
        also_kept,
        socket.create_server(("127.0.0.1", one)),
        socket.create_server(("127.0.0.1", other)),
    ):
        assert one != other


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 0), ("127.0.0.1", 70_000), ("no.such.host.invalid", 8501), ("192.0.2.1", 8501)],
)
def test_an_address_that_cannot_be_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(InputError, match=r"--port|no address of this machine"):
        reserved_port(host, port)
