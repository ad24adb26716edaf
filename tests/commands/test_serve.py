"""`fairhearing serve`: the port it takes and what it says when it cannot."""

from __future__ import annotations

import socket

import pytest

from dashboard.commands.serve import free_port
from data.errors import InputError


def test_the_next_free_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 50


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 0), ("127.0.0.1", 70_000), ("no.such.host.invalid", 8501)]
)
def test_an_address_that_cannot_be_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(InputError, match=r"--port|--host"):
        free_port(host, port)
