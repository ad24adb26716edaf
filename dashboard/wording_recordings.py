"""What the list of recordings says: which are shown, what was wrong in each, what may not be shown."""

from __future__ import annotations


def page_text(page: int, per_page: int, n: int) -> str:
    """Which recordings of a list are on this page; "" where all of them are."""
    if n <= per_page:
        return ""
    return f" · showing {(page - 1) * per_page + 1:,} to {min(page * per_page, n):,}"


def error_counts_text(
    substitutions: int, deletions: int, insertions: int, n_words: int, unit: str = "word"
) -> str:
    """The errors of one recording in words: "2 substitutions, 1 deletion in 9 words"; `unit` is what was counted."""
    kinds = (("substitution", substitutions), ("deletion", deletions), ("insertion", insertions))
    parts = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds if count]
    return f"{', '.join(parts) or 'no error'} in {n_words} {unit if n_words == 1 else f'{unit}s'}"


def not_allowed_text(text_allowed: bool, audio_allowed: bool) -> list[str]:
    """What of the recordings may not be shown, and who decides that."""
    hidden = [what for what, allowed in (("texts", text_allowed), ("sound", audio_allowed)) if not allowed]
    if not hidden:
        return []
    options = {"texts": "--show-text", "sound": "--show-audio"}
    return [
        (
            f"The {' and '.join(hidden)} of this evaluation may not be shown. Whoever loads it decides that, with "
            f"{' and '.join(options[what] for what in hidden)} of “fairhearing ingest”."
        )
    ]
