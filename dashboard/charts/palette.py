"""The colours of every picture, light and dark, and which text can be read on them.

Owns three scales: sequential for rates (cream to oxblood, reversed in the dark), diverging
around 1× for ratios, and a quiet one for counts. Each rises in lightness without a turn, so
that it survives colour blindness and grey print. Text is chosen by contrast, cell by cell.
"""

from __future__ import annotations

from dataclasses import dataclass

Scale = tuple[str, ...]


@dataclass(frozen=True)
class Palette:
    """Colours of one theme."""

    text: str
    faint: str
    """Secondary text; still 4.5 : 1 on the ground."""
    rule: str
    """Grid lines and frames."""
    ground: str
    accent: str
    alert: str
    """Words and points of what is shown to be worse, always with a shape beside it."""
    sequential: Scale
    diverging: Scale
    counts: Scale


LIGHT = Palette(
    text="#111111",
    faint="#55565a",
    rule="#dedcd4",
    ground="#ffffff",
    accent="#0b6b5f",
    alert="#963f12",
    sequential=("#fcf6e6", "#f7e6bb", "#f1cc80", "#e6a650", "#d17a36", "#ab4a2b", "#7c2424", "#4a1016"),
    diverging=("#1f5f80", "#6aa3bd", "#bcd5de", "#f3f0e8", "#efc39b", "#c9713f", "#7c2424"),
    counts=("#f4f3ef", "#d5dcd8", "#a4bab3", "#6a9187", "#3a6a61", "#17453e"),
)
DARK = Palette(
    text="#f2f2f2",
    faint="#b3b5ba",
    rule="#34373c",
    ground="#17181c",
    accent="#5ec4b6",
    alert="#f0a266",
    sequential=("#2a2b2f", "#453a30", "#644a2e", "#8a5a2a", "#b06f2b", "#d58f42", "#eebb77", "#fbe3b8"),
    diverging=("#8ccbe3", "#4d8ba6", "#2f5362", "#2c2e33", "#6e4a2f", "#b9713a", "#fbc88c"),
    counts=("#25282b", "#2c3f3c", "#37605a", "#4c8a80", "#74b5aa", "#b5e0d8"),
)


def palette(dark: bool) -> Palette:
    """The colours of a theme."""
    return DARK if dark else LIGHT


def colour_at(scale: Scale, place: float) -> str:
    """The colour at a place between 0 and 1 of a scale, mixed between its stops."""
    place = min(1.0, max(0.0, place)) * (len(scale) - 1)
    lower = min(int(place), len(scale) - 2)
    share = place - lower
    pairs = zip(channels(scale[lower]), channels(scale[lower + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (v / 255 for v in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG defines it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Black or white, whichever can be read better on a colour: one of them always reaches 4.5 : 1."""
    return max(("#000000", "#ffffff"), key=lambda text: contrast(text, colour))
