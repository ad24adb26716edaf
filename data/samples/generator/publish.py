"""The published table: finished utterances as ``speech.parquet``, with the clips named in it.

    python -m generator.publish --work /tmp/gen

Owns the columns, their types and the declared order of the categories. It changes no value: what the
recogniser wrote is what is published. A part of the grid can be published while the rest is in the making.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from generator import channel, clips, design, generate, recognise, sentences, voices

SAMPLES = Path(__file__).resolve().parent.parent
TABLE = SAMPLES / "speech.parquet"
CLIPS = SAMPLES / "clips"

CATEGORIES: dict[str, list[str]] = {
    "accent": [accent.label for accent in voices.ACCENTS],
    "voice_variant": [voices.LOWER, voices.HIGHER],
    "noise": list(channel.NOISES),
    "device": list(channel.DEVICES),
    "domain": list(sentences.DOMAINS),
}
HYPOTHESES = [f"hypothesis_{system}" for system in recognise.SYSTEMS]
COLUMNS = (
    "utterance_id speaker_id accent voice_variant noise snr_db device domain speaking_rate_wpm duration_s audio reference"
).split() + HYPOTHESES


def table(rows: pd.DataFrame, clip_of: dict[int, str]) -> pa.Table:
    """The rows in the published order and types. ``clip_of`` names the clip of an utterance number."""
    ordered = rows.sort_values("number")
    columns = ordered.assign(audio=ordered["number"].map(clip_of).astype(object))[COLUMNS]
    for name, categories in CATEGORIES.items():
        columns[name] = pd.Categorical(columns[name], categories, ordered=True)
    schema = pa.schema([(name, _arrow_type(name)) for name in COLUMNS])
    return pa.Table.from_pandas(columns, schema, preserve_index=False).replace_schema_metadata()


def _arrow_type(name: str) -> pa.DataType:
    if name in CATEGORIES:
        return pa.dictionary(pa.int8(), pa.string(), ordered=True)
    if name == "snr_db":
        return pa.int16()
    return pa.float64() if name in ("speaking_rate_wpm", "duration_s") else pa.string()


def main() -> None:
    """Write what is finished; the whole grid gets its clips."""
    parser = argparse.ArgumentParser(description="Write speech.parquet and, for a whole grid, the clips.")
    parser.add_argument("--work", type=Path, default=generate.DEFAULT_WORK)
    finished = pd.DataFrame(generate.finished(parser.parse_args().work))
    clip_of: dict[int, str] = {}
    if len(finished) == design.UTTERANCES:
        clip_of = clips.write(clips.chosen(finished), CLIPS)
    else:
        # Only whole groups of 192 are balanced over accents and conditions.
        in_group = finished["number"] // design.PER_NUMBER
        finished = finished[in_group.map(in_group.value_counts()) == design.PER_NUMBER]
    pq.write_table(table(finished, clip_of), TABLE, compression="zstd", compression_level=19)
    clips_kb = sum(clip.stat().st_size for clip in CLIPS.glob("*.ogg")) / 1000
    print(
        f"{len(finished):,} utterances, {TABLE.stat().st_size / 1000:,.0f} kB; {len(clip_of)} clips, {clips_kb:,.0f} kB"
    )


if __name__ == "__main__":
    main()
