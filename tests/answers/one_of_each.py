"""Two evaluations in which almost everything is one: one speaker with one word, alone and beside eleven others."""

from __future__ import annotations

import re
from pathlib import Path

from data.ingest import ingest
from data.ingest_options import IngestOptions

NOUNS = (
    "speakers|voices|utterances|words|groups|recordings|combinations|slices|errors|characters|questions|systems|builds|"
    "accents|substitutions|deletions|insertions|findings|evaluations|faults|rows|files|conditions|attributes|segments"
)
ONE_OF_MANY = re.compile(rf"(?<![\d.,–−-])1 (?:more |other |effective |published |expected )?(?:{NOUNS})\b")
"""A count of one before a noun that means several."""
HEAD = "utterance_id,speaker_id,accent,noise,reference,hyp_A,hyp_B"
ALONE = "u,s,North,quiet,word,oops,word"


def make_both(home: Path) -> None:
    """`one` has a single recording; in `few` a single speaker of North meets eleven of South in two noises."""
    others = [
        f"v{i}{noise},t{i},South,{noise},alpha bravo charlie,{heard},alpha bravo charlie"
        for i in range(11)
        for noise in ("quiet", "babble")
        for heard in ("alpha oops charlie" if i % 2 else "oops bravo extra charlie",)
    ]
    home.mkdir(parents=True, exist_ok=True)
    for name, rows in (("one", [ALONE]), ("few", [ALONE, *others])):
        source = home / f"{name}.csv"
        source.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        roles = {"accent": "speaker", "noise": "condition"}
        ingest(IngestOptions(name, (source,), roles=roles, show_text=True), home)  # type: ignore[arg-type]
