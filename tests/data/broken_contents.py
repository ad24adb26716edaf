"""Inputs that can be read but not used: columns, ids, values and options, each with the exact lines of its refusal."""

from __future__ import annotations

from typing import Any

from tests.data.broken_files import GOOD

COLUMNS = "(found: utterance_id, speaker_id, accent, reference, hypothesis)"
NOT_A_NUMBER = 'Correct it, leave it blank, or add the text that means "not stated" to --missing.'
NO_SPEAKER = "Intervals need speakers; --missing-speaker one counts all recordings as one speaker's."


BROKEN_CONTENTS: dict[str, tuple[str | bytes, dict[str, Any], list[str]]] = {
    "no speaker column": (
        "utterance_id,accent,reference,hypothesis\nu1,us,a,a\n",
        {},
        [
            (
                'in.csv, speaker: No column names the speaker: expected "speaker_id", "speaker", "client_id" '
                "(found: utterance_id, accent, reference, hypothesis). "
                f"Name it with --map speaker=COLUMN. {NO_SPEAKER}"
            )
        ],
    ),
    "a near name": (
        "id,speakerid,ref,hyp\nu1,s1,a,a\n",
        {},
        [
            'in.csv, speaker: No column names the speaker: expected "speaker_id", "speaker", "client_id" '
            '(found: id, speakerid, ref, hyp). Did you mean "speakerid"? Then add --map speaker=speakerid. '
            + NO_SPEAKER
        ],
    ),
    "several columns missing": (
        "name,speaker,accent\nu1,s1,a\n",
        {},
        [
            (
                'in.csv, id: No column names the utterance: expected "id", "utterance_id", "utt_id" '
                "(found: name, speaker, accent). Name it with --map id=COLUMN."
            ),
            (
                'in.csv, reference: No column holds the reference: expected "reference", "text", "sentence", "ref" '
                "(found: name, speaker, accent). Name it with --map reference=COLUMN."
            ),
            (
                'in.csv, hypothesis: No column holds the hypothesis: expected "hypothesis", "prediction", "pred_text", '
                '"transcription", "hyp" (found: name, speaker, accent). Name it with --map hypothesis=COLUMN. '
                "A file of its own goes in --system NAME=FILE."
            ),
        ],
    ),
    "two columns for one field": (
        "id,speaker_id,client_id,ref,prediction,hyp\nu1,s1,s1,a,b,c\n",
        {},
        [
            (
                'in.csv, speaker: "speaker_id", "client_id" may each be the speaker. '
                "Choose one with --map speaker=speaker_id."
            ),
            (
                'in.csv, hypothesis: "prediction", "hyp" may each be the hypothesis. '
                "Choose one with --map hypothesis=prediction."
            ),
        ],
    ),
    "ids twice and blank": (
        GOOD + "u1,s3,us,x,x\n ,s3,us,x,x\n,s3,us,x,x\n",
        {},
        [
            'in.csv, row 4, id: The id "u1" is in row 2 already. Keep one of the rows, or make the ids different.',
            "in.csv, row 5, id: The utterance has no id. Give each utterance an id of its own.",
            "in.csv, row 6, id: The utterance has no id. Give each utterance an id of its own.",
        ],
    ),
    "a blank speaker": (
        GOOD + "u3,,us,x,x\n",
        {},
        [
            (
                "in.csv, row 4, speaker: The recording has no speaker. Fill it in, leave such recordings out with "
                "--missing-speaker drop, or count them as one speaker's with --missing-speaker one."
            )
        ],
    ),
    "a speaker that is not stated": (
        GOOD + "u3,NA,us,x,x\n",
        {"missing": ("NA",)},
        [
            (
                "in.csv, row 4, speaker: The recording has no speaker. Fill it in, leave such recordings out with "
                "--missing-speaker drop, or count them as one speaker's with --missing-speaker one."
            )
        ],
    ),
    "only unknown speakers": (
        "id,speaker_id,ref,hyp\nu1,,a,b\n",
        {"missing_speaker": "drop"},
        [
            (
                "in.csv, speaker: No recording has a speaker, and --missing-speaker drop leaves such recordings out. "
                "Name the column with --map speaker=COLUMN, or use --missing-speaker one."
            )
        ],
    ),
    "names that differ in case": (
        "id,speaker_id,Accent,accent,ref,hyp\nu1,s1,a,b,c,d\n",
        {},
        [
            (
                'in.csv, accent: "Accent", "accent" cannot both be attributes: their names clash. '
                "Rename one of the columns, or name the wanted ones with --attributes."
            )
        ],
    ),
    "a reserved name": (
        "id,speaker_id,Row_ID,ref,hyp\nu1,s1,a,b,c\n",
        {},
        [
            (
                'in.csv, Row_ID: An attribute cannot be called "Row_ID": every build has a column of that name. '
                "Rename the column, or name the others with --attributes."
            )
        ],
    ),
    "a column without a name": (
        '{"id":"u1","speaker":"s","ref":"a","hyp":"b","":"x"}\n',
        {},
        [
            (
                "in.csv: An attribute cannot be called ''. "
                "Give the column a name, or name the wanted ones with --attributes."
            )
        ],
    ),
    "unknown attributes in options": (
        GOOD,
        {"roles": {"acent": "speaker"}, "label_sources": {"reference": "self"}},
        [
            (
                'in.csv, acent: --role names "acent", which is no column that can be an attribute. '
                'Did you mean "accent"?'
            ),
            (
                'in.csv, reference: --label-source names "reference", which is no column that can be an attribute. '
                'There is "accent".'
            ),
        ],
    ),
    "a role of an attribute that was not chosen": (
        GOOD.replace("accent", "accent,noise").replace("us,", "us,n,").replace("uk,", "uk,n,"),
        {"attributes": ("accent",), "roles": {"noise": "condition"}},
        ['in.csv, noise: --role names "noise", which --attributes leaves out. Add it there.'],
    ),
    "bins of words": (
        GOOD,
        {"bins": {"accent": (1.0,)}},
        [
            f'in.csv, row 2, accent: "us" is not a finite number. {NOT_A_NUMBER}',
            f'in.csv, row 3, accent: "uk" is not a finite number. {NOT_A_NUMBER}',
        ],
    ),
    "numbers that are not finite": (
        "id,speaker_id,duration_s,snr_db,ref,hyp\nu1,s1,nan,5,b,c\nu2,s1,1e999,inf,b,c\n",
        {},
        [
            f'in.csv, row 2, duration_s: "nan" is not a finite number. {NOT_A_NUMBER}',
            f'in.csv, row 3, duration_s: "1e999" is not a finite number. {NOT_A_NUMBER}',
            f'in.csv, row 3, snr_db: "inf" is not a finite number. {NOT_A_NUMBER}',
        ],
    ),
    "an order with an unknown group": (
        GOOD,
        {"orders": {"accent": ("us", "ukk")}},
        ['in.csv, accent: --order lists "ukk", which is no value of the column. Did you mean "uk"?'],
    ),
    "a map to a column that is not there": (
        GOOD,
        {"maps": ("id=utteranceid", "system:A=nothing")},
        [
            (
                f"in.csv, id: --map id=utteranceid names a column that is not there {COLUMNS}. "
                'Did you mean "utterance_id"?'
            ),
            (
                f"in.csv, hypothesis: --map system:A=nothing names a column that is not there {COLUMNS}. "
                "Check its name."
            ),
        ],
    ),
    "a sampling unit that is not there": (
        GOOD,
        {"cluster": "acccent"},
        [
            (
                f"in.csv, speaker: --cluster acccent names a column that is not there {COLUMNS}. "
                'Did you mean "accent"?'
            )
        ],
    ),
}

BROKEN_HYPOTHESES: dict[str, tuple[str, list[str]]] = {
    "unknown and repeated ids, and one that is missing": (
        "id,hyp\nu1,a\nu1,b\nu22,c\n",
        [
            (
                'in.csv, row 3, B: The utterance "u2" has no hypothesis of "B". '
                'Add it ("" for an empty output), or leave such utterances unscored with --allow-missing.'
            ),
            'b.csv, row 3, id: "u1" is a second hypothesis for "u1", after row 2. Keep one of the rows.',
            'b.csv, row 4, id: The id "u22" is not among the references. Did you mean "u2"?',
        ],
    ),
    "no hypotheses": (
        "id,hyp\n",
        ['b.csv: The file has no hypotheses of "B". Add one row per utterance below the header.'],
    ),
    "no column of ids": (
        "name,hyp\nu1,a\nu2,b\n",
        [
            (
                'b.csv, id: No column names the utterance: expected "id", "utterance_id", "utt_id" (found: name, hyp). '
                "Name it with --map id=COLUMN."
            )
        ],
    ),
}
