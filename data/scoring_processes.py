"""Chunks scored by several processes.

Owns the processes from their start to their end. They are started afresh, never forked, so
nothing of this process can be caught half-way in them; they end with it, whatever ends it, and
write nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

import pyarrow as pa

from data.errors import InputError
from data.scoring_choice import Scoring
from data.scoring_chunk import ScoredChunk, score_chunk

_SECONDS_TO_END = 5.0
_ENDED = (
    "A process that compared texts was ended from outside, perhaps because memory ran out. Nothing was written. "
    "Try --processes 1."
)


@dataclass(frozen=True)
class Chunk:
    """Some utterances of an evaluation."""

    number: int
    texts: tuple[pa.Array, list[pa.Array]]
    """References, and hypotheses by system."""


def scored_in_processes(
    scoring: Scoring, chunks: Iterable[Chunk], n_processes: int
) -> Iterator[tuple[int, ScoredChunk]]:
    """The number of each chunk and what came of it, as they are done; raises what a process raised.

    A process has one chunk at a time: were it sent a second one while it answers, both sides could wait for ever.
    """
    left = iter(chunks)
    workers: dict[Connection, Any] = {}
    try:
        for chunk in _first(left, n_processes):
            connection, process = _started(scoring)
            workers[connection] = process
            _send(connection, chunk)
        busy = set(workers)
        while busy:
            for connection in [one for one in wait(list(busy)) if isinstance(one, Connection)]:
                number, scored = _answer(connection)
                following = next(left, None)
                if following is None:
                    busy.discard(connection)
                else:
                    _send(connection, following)
                yield number, scored
    finally:
        _end(workers)


def _first(chunks: Iterator[Chunk], most: int) -> Iterator[Chunk]:
    for _, chunk in zip(range(most), chunks, strict=False):
        yield chunk


def _started(scoring: Scoring) -> tuple[Connection, Any]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, scoring), daemon=True)
    # Ctrl-C reaches every process of a terminal; only this one is to say something about it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    return ours, process


def _send(connection: Connection, chunk: Chunk) -> None:
    references, hypotheses = chunk.texts
    batch = pa.record_batch([references, *hypotheses], [str(place) for place in range(len(hypotheses) + 1)])
    # Pickled, a slice would take the whole column with it.
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    try:
        connection.send((chunk.number, sink.getvalue().to_pybytes()))
    except ConnectionError:
        raise InputError(_ENDED) from None


def _received(content: bytes) -> tuple[pa.Array, list[pa.Array]]:
    [batch] = pa.ipc.open_stream(content)
    references, *hypotheses = batch.columns
    return references, hypotheses


def _answer(connection: Connection) -> tuple[int, ScoredChunk]:
    try:
        answer = connection.recv()
    except (EOFError, ConnectionError):
        raise InputError(_ENDED) from None
    if isinstance(answer, Exception):
        raise answer
    number, scored = answer
    return number, scored


def _end(workers: dict[Connection, Any]) -> None:
    for connection, process in workers.items():
        connection.close()
        process.terminate()
    for process in workers.values():
        process.join(_SECONDS_TO_END)
        if process.is_alive():
            process.kill()
            process.join()


def _work(connection: Connection, scoring: Scoring) -> None:
    """What a process does: chunks in, counts out, until the other side is gone."""
    try:
        while True:
            number, content = connection.recv()
            try:
                answer: Any = (number, score_chunk(scoring, *_received(content)))
            except Exception as error:  # noqa: BLE001 -- raised again by the process that asked
                answer = error
            connection.send(answer)
    except (EOFError, ConnectionError):
        return
