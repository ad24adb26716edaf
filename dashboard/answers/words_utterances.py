"""Which recordings of a subgroup have a word wrong? The list behind a row of words.

Aligns recordings until enough are found; shows them as every list of recordings does.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analysis.normalize import Normalizer
from analysis.selection import Selection
from analysis.words_items import Item, TextChunk
from analysis.words_tally import WordTally
from dashboard.answers.choices import chosen_recordings, chosen_system
from dashboard.answers.utterances import UtterancesAnswer, as_shown, in_group
from dashboard.answers.words_texts import as_scored
from data.queries_words import TextRows, erring_texts, utterances_by_row
from data.scoring_choice import scoring_of
from data.store import Build

MOST_FOUND = 200
"""Recordings that are looked for; a list of more would not be read."""


def utterances_with_item(
    build: Build,
    system: str | None,
    where: Selection,
    item: Item,
    limit: int = 10,
    offset: int = 0,
    group: tuple[str, str | None] | None = None,
) -> UtterancesAnswer:
    """The first recordings of a selection in which an item was wrong, `limit` at a time.

    Nothing where texts may not be shown, because the list would give away what they say.
    """
    info, number = build.info, chosen_system(build, system)
    where = chosen_recordings(build, in_group(where, group))
    rows = rows_with_item(build, number, where, item) if info.show_text and info.has_text else []
    found = utterances_by_row(build.cursor(), info.attributes, number, rows)
    speakers, n_words = {one.speaker_id for one in found}, sum(one.n_words for one in found)
    shown = as_shown(build, found[offset : offset + limit])
    return UtterancesAnswer(shown, len(found), len(speakers), n_words, info.show_text, info.show_audio)


def rows_with_item(build: Build, system: int, where: Selection, item: Item) -> list[int]:
    """Rows of the first recordings with an item, rising; at most MOST_FOUND."""
    chosen, rows = scoring_of(build.info).normalizer, list[int]()
    aligner = scoring_of(build.info).aligner
    for batch in erring_texts(build.cursor(), system, where):
        chunk = _chunk(batch, chosen)
        found = WordTally(1, aligner).recordings_with(chunk, item)
        rows += batch.column("row_id").to_numpy()[found].tolist()
        if len(rows) >= MOST_FOUND:
            break
    return rows[:MOST_FOUND]


def _chunk(batch: pa.RecordBatch, chosen: Normalizer) -> TextChunk:
    n = len(batch)
    nobody, everything = np.zeros(n, np.int64), np.ones(n, np.bool_)
    columns = batch.column("reference"), np.arange(n), batch.column("hypothesis")
    return as_scored(chosen, TextRows(nobody, everything, ~everything, *columns))
