"""An evaluation in which one slice stands out, for the Slices page; no test of its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.ingest import ingest
from data.ingest_options import IngestOptions


def made_up_home(folder: Path) -> Path:
    """Half of the words of East in babble are wrong, a tenth elsewhere; 120 speakers."""
    words = "one two three four five six seven eight nine ten".split()
    rows = []
    for speaker in range(120):
        accent, device = ("North", "South", "East")[speaker % 3], ("headset", "phone")[speaker // 3 % 2]
        for k in range(8):
            noise = ("clean", "babble")[k % 2]
            wrong = 5 if (accent, noise) == ("East", "babble") else 1
            wrong += (speaker + k) % 2
            rows.append(
                {
                    "utterance_id": f"u{speaker}-{k}",
                    "speaker_id": f"s{speaker}",
                    "accent": accent,
                    "noise": noise,
                    "device": device,
                    "reference": " ".join(words),
                    "hypothesis": " ".join(["oops"] * wrong + words[wrong:]),
                }
            )
    pd.DataFrame(rows).to_csv(folder / "made-up.csv", index=False)
    roles = {"accent": "speaker", "noise": "condition", "device": "condition"}
    ingest(IngestOptions("made-up", (folder / "made-up.csv",), roles=roles), folder / "home")
    return folder / "home"
