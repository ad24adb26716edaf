"""One way or more to spoil a sound evaluation for each code of the doctor, and what it must then say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from tests.data.doctor.made_up import Spoil, misheard

A, B = "hypothesis_A", "hypothesis_B"


@dataclass(frozen=True)
class Spoiled:
    """A fault put into the sound evaluation."""

    code: str
    spoil: Spoil
    says: str
    """Part of `what` in the finding."""
    where: str
    severity: str
    options: Mapping[str, Any] = field(default_factory=dict)


def shifted_range(frame: pd.DataFrame) -> pd.DataFrame:
    outputs = frame[A].to_numpy(dtype=object).copy()
    outputs[100:160] = np.roll(outputs[100:160], 2)
    return frame.assign(**{A: outputs})


def shuffled_group(frame: pd.DataFrame) -> pd.DataFrame:
    outputs = frame[B].to_numpy(dtype=object).copy()
    places = np.flatnonzero((frame["accent"] == "southern").to_numpy())
    outputs[places] = outputs[np.random.default_rng(1).permutation(places)]
    return frame.assign(**{B: outputs})


def shifted_all(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{A: np.roll(frame[A].to_numpy(dtype=object), -1)})


def nearly_a(frame: pd.DataFrame) -> pd.DataFrame:
    outputs = frame[A].copy()
    outputs.iloc[:20] = frame[B].iloc[:20]
    return frame.assign(**{B: outputs.str.upper()})


def without_words(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(reference=frame["reference"].where(frame.index >= 7, "…"))


def silent_in_the_street(frame: pd.DataFrame) -> pd.DataFrame:
    silent = (frame["noise"] == "street") & (np.arange(len(frame)) % 5 == 2)
    return frame.assign(**{A: frame[A].where(~silent, "")})


def often_silent(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{A: frame[A].where(frame.index % 10 > 0, "")})


def looping(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{A: frame[A].where(frame.index % 50 > 0, frame[A] + " thank you" * 12)})


def unscored(frame: pd.DataFrame) -> pd.DataFrame:
    missing = (frame["accent"] == "western") & (frame.index % 2 == 0)
    # A cell that is blank would be an empty output, so rows leave the file of this system instead.
    return frame.assign(**{B: frame[B].where(~missing, "@none")})


def one_talker(frame: pd.DataFrame) -> pd.DataFrame:
    speaker = frame["speaker_id"].where(~((frame["accent"] == "western") & (frame.index % 3 > 0)), "s003")
    gender = frame["gender"].where(speaker != "s003", "woman")
    return frame.assign(speaker_id=speaker, gender=gender)


def cased(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{A: frame[A].str.capitalize() + "."})


def with_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    told = frame.index % 20 == 0
    return frame.assign(
        reference=frame["reference"].where(~told, frame["reference"] + " twenty three"),
        **{A: frame[A].where(~told, frame[A] + " 23"), B: frame[B].where(~told, frame[B] + " twenty three")},
    )


def hyphenated(frame: pd.DataFrame) -> pd.DataFrame:
    split = frame.index % 10 == 0
    joined = frame["reference"].str.replace(" ", "-", n=1)
    return frame.assign(reference=frame["reference"].where(~split, joined))


def varying(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        accent=frame["accent"].where(frame.index % 80 > 0, "eastern").replace("eastern", "western")
    )


def unstated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(gender=frame["gender"].where(frame.index % 4 > 0, ""))


def placeholder(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(gender=frame["gender"].where(frame.index % 4 > 0, "NA"))


def sentinel(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(snr_db=np.where(frame.index % 9 > 0, 5 + frame.index % 25, -999))


def says_null(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{A: frame[A].where(frame.index % 60 > 0, "null")})


def written_twice(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(device=frame["device"].where(frame.index % 16 != 1, "Telephone"))


def misspelt(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(device=frame["device"].where(frame.index % 96 != 1, "telehpone"))


def same_clip(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(audio=[f"clip{max(i, 3)}.wav" for i in range(len(frame))])


def copied_rows(frame: pd.DataFrame) -> pd.DataFrame:
    timed = frame.assign(duration=np.round(2 + 0.001 * np.arange(len(frame)), 3))
    wrong = timed[timed[A] != timed["reference"]].head(9)
    return pd.concat([timed, wrong.assign(utterance_id="copy-" + wrong["utterance_id"])])


def id_twice(frame: pd.DataFrame) -> pd.DataFrame:
    ids = frame["utterance_id"] + ".wav"
    return frame.assign(utterance_id=ids.where(frame.index != 4, "U1.mp3"))


def no_speaker(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(speaker_id=frame["speaker_id"].where(frame.index % 12 > 0, ""))


def nobody(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        speaker_id=frame["speaker_id"].where(frame.index >= 8, "unknown"),
    )


def each_its_own(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(speaker_id=frame["utterance_id"])


def on_one_device(frame: pd.DataFrame) -> pd.DataFrame:
    bound = (frame["accent"] == "southern") & (frame.index % 40 > 0)
    return frame.assign(device=frame["device"].where(~bound, "telephone"))


def men_alone(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(gender=frame["gender"].where(frame["accent"] != "southern", "man"))


def coarser(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        region=frame["accent"].map({"northern": "north", "southern": "south", "western": "south"})
    )


def read_as_words(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        snr_db=[("n/a", "inf")[i % 2] if i % 40 < 2 else str(i % 30) for i in range(len(frame))]
    )


def short_ones_wrong(frame: pd.DataFrame) -> pd.DataFrame:
    """The accent southern: right in long sentences and wrong in short ones, northern the other way round."""
    random = np.random.default_rng(3)
    references, outputs = [], []
    for i, (accent, reference) in enumerate(zip(frame["accent"], frame["reference"], strict=True)):
        is_short = i % 2 == 0
        words = reference.split()[:2] if is_short else reference.split() * 2
        easy = {"southern": not is_short, "northern": is_short}.get(accent, True)
        references.append(" ".join(words))
        outputs.append(misheard(words, 0.05 if easy else 0.35, random))
    return frame.assign(reference=references, **{A: outputs})


HINDI = "मुझे कल सुबह दिल्ली जाना है".split()
THAI = "พรุ่งนี้เช้าฉันจะไปกรุงเทพ"


def hindi(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [" ".join(HINDI[i % 3 :]) for i in range(len(frame))]
    return frame.assign(reference=texts, **{A: texts, B: texts})


def thai(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(reference=THAI, **{A: THAI, B: THAI})


def two_scripts(frame: pd.DataFrame) -> pd.DataFrame:
    other = frame.index % 5 == 0
    text = " ".join(HINDI)
    return frame.assign(**{name: frame[name].where(~other, text) for name in ("reference", A, B)})


def romanised(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [" ".join(HINDI[i % 3 :]) for i in range(len(frame))]
    return frame.assign(reference=texts, **{A: "mujhe kal subah dilli jana hai", B: texts})


def of_two_languages(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(language=np.where(frame.index % 2, "en", "cy"))


def unchanged(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


SPOILED = (
    Spoiled("misaligned-hypotheses", shifted_range, "They match the reference 2 rows further up, in the order of ids, in 56 of 58.", "A, from id", "error"),
    Spoiled("misaligned-hypotheses", shuffled_group, "with accent = southern", "B, with accent = southern", "error"),
    Spoiled("misaligned-hypotheses", shifted_all, "1 row further down", "A, throughout", "error"),
    Spoiled("identical-systems", lambda f: f.assign(**{B: f[A]}), "both are one system", "A, B", "error"),
    Spoiled("no-errors", lambda f: f.assign(**{A: f["reference"]}), "A has no error in any of 480 utterances", "A", "warning"),
    Spoiled("near-identical-systems", nearly_a, "wrote the same words in", "A, B", "warning"),
    Spoiled("empty-reference", without_words, "7 of 480 references have no words", "all recordings", "warning"),
    Spoiled("empty-output-by-group", silent_in_the_street, "for one group of noise", "A, noise", "warning"),
    Spoiled("empty-output-by-group", often_silent, "48 of 480 outputs of A are empty", "A", "warning"),
    Spoiled("runaway-output", looping, "a phrase 4 times in a row or more in 10", "A", "warning"),
    Spoiled("few-speakers", lambda f: f[f["accent"].ne("western") | (f.index < 64)], "1 of 3 groups of accent has", "accent", "note"),
    Spoiled("few-speakers", lambda f: f.head(64), "The whole evaluation has 8 speakers", "all recordings", "error"),
    Spoiled("dominant-speaker", one_talker, "1 group of accent rests largely on one speaker", "accent", "warning"),
    Spoiled("one-sided-normalisation", cased, "hold capital letters where", "A", "warning", {"normalizer": "none"}),
    Spoiled("one-sided-normalisation", with_numbers, 'hold digits where the references have none: with "A" in 24 of 24 outputs with digits', "A", "warning"),
    Spoiled("one-sided-normalisation", hyphenated, "The references hold hyphens", "A, B", "warning"),
    Spoiled("attribute-varies-within-speaker", varying, "speakers with two or more recordings", "accent", "error"),
    Spoiled("missing-attribute", unstated, "120 of 480 utterances do not state gender", "gender", "warning"),
    Spoiled("missing-attribute", lambda f: f.drop(columns=["accent", "gender"]), "No attribute is about the speakers", "all", "warning",
            {"roles": {}, "label_sources": {}}),
    Spoiled("missing-attribute", lambda f: f.assign(age=None), '"age" has no value in any row', "age", "note"),
    Spoiled("placeholder-value", placeholder, '120 of 480 utterances have the gender "NA"', "gender", "warning"),
    Spoiled("placeholder-value", sentinel, "snr_db is -999 in 54 of 480", "snr_db", "warning"),
    Spoiled("placeholder-value", says_null, 'The whole output of A is "null" in 8 of 480', "A", "warning"),
    Spoiled("near-duplicate-values", written_twice, "1 pair of groups of device differs in writing", "device", "warning"),
    Spoiled("near-duplicate-values", misspelt, "1 pair of groups of device differs by one letter", "device", "note"),
    Spoiled("duplicate-id", same_clip, "4 of 480 utterances share a clip", "all recordings", "warning"),
    Spoiled("duplicate-id", copied_rows, "9 of 489 utterances equal another one", "all recordings", "warning"),
    Spoiled("duplicate-id", id_twice, "2 of 480 ids differ from another", "all recordings", "note"),
    Spoiled("no-speaker-id", no_speaker, "40 of 480 utterances have no speaker", "all", "error", {"missing_speaker": "one"}),
    Spoiled("no-speaker-id", no_speaker, "40 of 480 rows have no speaker", "all", "warning", {"missing_speaker": "drop"}),
    Spoiled("no-speaker-id", nobody, '8 of 480 utterances have a speaker called "unknown"', "all", "warning"),
    Spoiled("no-speaker-id", each_its_own, "Each of the 480 utterances has its own speaker", "all", "warning"),
    Spoiled("no-speaker-id", unchanged, "taken over device (--cluster)", "all", "note", {"cluster": "device", "roles": {}}),
    Spoiled("confounded-attributes", on_one_device, "One group of accent is almost wholly of one device", "accent, device", "warning"),
    Spoiled("confounded-attributes", men_alone, "One group of accent is almost wholly of one gender", "accent, gender", "warning"),
    Spoiled("confounded-attributes", coarser, "region is a coarser accent", "accent, region", "note"),
    Spoiled("non-finite-number", read_as_words, 'snr_db was read as words because of "inf" and "n/a"', "snr_db", "warning"),
    Spoiled("wer-sensitive-to-estimator", short_ones_wrong, "1 pair of groups of accent changes places", "A, accent", "note"),
    Spoiled("normaliser-damages-script", hindi, "vowel signs and other marks", "all", "error", {"normalizer": "whisper-english"}),
    Spoiled("normaliser-damages-script", thai, "in Thai script, written without spaces", "all", "error",
            {"normalizer": "basic"}),
    Spoiled("mixed-languages", two_scripts, "The references are in 2 scripts: Latin in 384, Devanagari in 96", "all", "warning"),
    Spoiled("mixed-languages", romanised, "mostly Latin for Devanagari", "A", "warning"),
    Spoiled("mixed-languages", of_two_languages, "in 2 groups of language", "language", "warning"),
    Spoiled("inferred-labels", unchanged, 'The labels of "gender" were guessed', "gender", "warning",
            {"label_sources": {"accent": "self", "gender": "inferred"}}),
    Spoiled("inferred-labels", unchanged, 'gave the labels of "gender" is not stated', "gender", "note", {"label_sources": {"accent": "self"}}),
)  # fmt: skip
"""Cases that a file can hold. `unequal-utterances` needs a file per system, `reference-differs…` a build made otherwise."""
