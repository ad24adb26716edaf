"""The command that makes the evaluation: speak, degrade, transcribe, and keep what the recogniser wrote.

    python -m generator.generate --work /tmp/gen

Owns the run: workers, progress, resuming. Each finished utterance is one line of ``utterances.jsonl`` in the
work folder; running the same command again goes on where it stopped. It does not choose clips or write the
published table (``publish``).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator import channel, design, recognise, voices

DEFAULT_WORK = Path(tempfile.gettempdir()) / "gen"
BAR_WIDTH = 30
LINES_EVERY = 200
"""Where there is no terminal, one line of progress for this many utterances."""

Row = dict[str, Any]


def results_path(work: Path) -> Path:
    """Where the finished utterances lie, one JSON object a line, in any order."""
    return work / "utterances.jsonl"


def finished(work: Path) -> list[Row]:
    """All finished utterances in order of their number. A line cut short by a kill is left out."""
    path = results_path(work)
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    rows = [json.loads(line) for line in lines if line.endswith("\n")]
    return sorted(rows, key=lambda row: row["number"])


def settings(seed: str) -> Row:
    """Everything that decides a result: two runs with the same settings give the same rows."""
    return {
        "seed": seed,
        "accents": [
            {"label": accent.label, "own_voices": accent.own_voices, "strengths": asdict(accent.strengths)}
            for accent in voices.ACCENTS
        ],
        "variants": voices.VARIANTS,
        "pitch_and_pace": voices.PITCH_AND_PACE,
        "noises": channel.NOISES,
        "devices": channel.DEVICES,
        "language_weight": recognise.LANGUAGE_WEIGHT,
        "passes": recognise.PASSES,
    }


class _Worker:
    """One process: its decoders are loaded once and reset before each utterance."""

    def __init__(self, work: Path, seed: str) -> None:
        self._seed = seed
        self._decoders = {system: recognise.decoder(work, system) for system in recognise.SYSTEMS}

    def row(self, number: int) -> Row:
        planned = design.utterance(number, self._seed)
        heard, speech_s = design.audio(planned, self._seed)
        words = len(planned.reference.split())
        row = {
            "number": number,
            "utterance_id": planned.utterance_id,
            "speaker_id": planned.speaker.speaker_id,
            "accent": planned.speaker.accent.label,
            "voice_variant": planned.speaker.voice_variant,
            "noise": planned.noise,
            "snr_db": planned.snr_db,
            "device": planned.device,
            "domain": planned.domain,
            "speaking_rate_wpm": round(words / speech_s * 60, 1),
            "duration_s": round(len(heard) / voices.SAMPLE_RATE_HZ, 3),
            "reference": planned.reference,
        }
        return row | {
            f"hypothesis_{system}": recognise.transcribe(decoder, heard)
            for system, decoder in self._decoders.items()
        }


_workers: list[_Worker] = []
"""In a worker process: the one that ``_start_worker`` made there."""


def _start_worker(work: Path, seed: str) -> None:
    _workers.append(_Worker(work, seed))


def _row(number: int) -> Row:
    return _workers[0].row(number)


def rows(numbers: Iterable[int], work: Path, seed: str, processes: int) -> Iterator[Row]:
    """Make these utterances; they come roughly in order."""
    with multiprocessing.Pool(processes, _start_worker, (work, seed)) as pool:
        yield from pool.imap_unordered(_row, numbers, chunksize=4)


def _refuse_other_settings(work: Path, seed: str) -> None:
    path = work / "settings.json"
    wanted = json.dumps(settings(seed), indent=1)
    if path.exists() and path.read_text() != wanted:
        raise SystemExit(
            f"{work} holds utterances made with other settings ({path}). Choose another --work folder."
        )
    path.write_text(wanted)


def _drop_cut_line(path: Path) -> None:
    """Leave whole lines only, so that the next line starts on its own."""
    if path.exists():
        whole = path.read_bytes()
        path.write_bytes(whole[: whole.rfind(b"\n") + 1])


def _show_progress(done: int, total: int, done_before: int, started_s: float) -> None:
    per_second = max(done - done_before, 1) / max(time.monotonic() - started_s, 1e-9)
    minutes, seconds = divmod(round((total - done) / per_second), 60)
    bar = "#" * (BAR_WIDTH * done // total)
    line = f"[{bar:<{BAR_WIDTH}}] {done:,}/{total:,}  {per_second:.1f}/s  {minutes} min {seconds:02d} s left"
    if sys.stderr.isatty():
        print(f"{line}  ", end="\r", file=sys.stderr, flush=True)
    elif done % LINES_EVERY == 0:
        print(line, file=sys.stderr, flush=True)


def make(wanted: Sequence[int], work: Path, seed: str, processes: int) -> None:
    """Make those of the wanted utterances that are missing in the work folder."""
    recognise.prepare(work)
    _refuse_other_settings(work, seed)
    _drop_cut_line(results_path(work))
    known = {row["number"] for row in finished(work)}
    missing = [number for number in wanted if number not in known]
    started_s, done_before = time.monotonic(), len(wanted) - len(missing)
    with results_path(work).open("a") as file:
        for done, row in enumerate(rows(missing, work, seed, processes), start=done_before + 1):
            file.write(json.dumps(row) + "\n")
            file.flush()
            _show_progress(done, len(wanted), done_before, started_s)


def main() -> None:
    """Make the whole grid, or a sketch of it."""
    parser = argparse.ArgumentParser(description="Make the utterances of the bundled evaluation.")
    parser.add_argument("--work", type=Path, default=DEFAULT_WORK, help="folder for what is in the making")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", default=design.SEED, help="another seed is for tuning, not for publishing")
    parser.add_argument("--sketch", action="store_true", help="three utterances a speaker, for tuning")
    arguments = parser.parse_args()
    wanted = design.sketch() if arguments.sketch else range(design.UTTERANCES)
    make(wanted, arguments.work, arguments.seed, arguments.processes)
    print(f"\n{len(wanted):,} utterances in {results_path(arguments.work)}", file=sys.stderr)


if __name__ == "__main__":
    main()
