"""What the first page says before any evaluation is chosen."""

from __future__ import annotations

QUESTION = "Whom does your speech recogniser hear well, and whom less?"
WHAT_IT_DOES = (
    "Fair Hearing compares a system’s errors between groups of speakers and conditions, each number with its "
    "interval, and says what is shown, what is not, and what cannot be told yet."
)
NONE_YET = "There is no evaluation on this machine yet. Open the bundled one, or load your own, then reload this page."
HOW_TO_LOAD = (
    "One row per recording: who spoke, what was said, what each system wrote, and whatever describes the speaker "
    "and the recording. Nothing leaves this machine."
)
