"""Counts and tables of attributes that cannot be used, each with the exact lines of its refusal."""

from __future__ import annotations

GOOD = b"id,speaker,reference,hypothesis\nu1,s1,a b,a c\nu2,s2,d e,d e\n"
HEADER = b"id,speaker,N,S,D,I\n"
NO_COUNT = "which is a whole number from 0 to 2,000,000,000. Correct the row."
NOT_A_NUMBER = 'Correct it, leave it blank, or add the text that means "not stated" to --missing.'
WITH = ["in", "--attributes-from", "a"]

BROKEN_COUNTS: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "a negative count": (
        {"in": HEADER + b"u1,s1,5,-1,0,0\n"},
        ["in"],
        [f'in, row 2, S: "-1" is no count, {NO_COUNT}'],
    ),
    "half a count": (
        {"in": HEADER + b"u1,s1,5,0.5,0,0\n"},
        ["in"],
        [f'in, row 2, S: "0.5" is no count, {NO_COUNT}'],
    ),
    "an infinite count": (
        {"in": HEADER + b"u1,s1,inf,1,0,0\nu2,s1,1e999,1,0,0\n"},
        ["in"],
        [
            f'in, row 2, N: "inf" is not a finite number. {NOT_A_NUMBER}',
            f'in, row 3, N: "1e999" is not a finite number. {NOT_A_NUMBER}',
        ],
    ),
    "a count that is too large to be one": (
        {"in": HEADER + b"u1,s1,3000000000,1,0,0\n"},
        ["in"],
        [f'in, row 2, N: "3000000000" is no count, {NO_COUNT}'],
    ),
    "a word for a count": (
        {"in": HEADER + b"u1,s1,five,1,0,0\n"},
        ["in"],
        [f'in, row 2, N: "five" is not a finite number. {NOT_A_NUMBER}'],
    ),
    "more errors in words than words": (
        {"in": HEADER + b"u1,s1,5,4,2,0\n"},
        ["in"],
        ["in, row 2, N: Substitutions and deletions (6) are more than the words (5). Correct the row."],
    ),
    "errors that are not the sum of their kinds": (
        {"in": b"id,speaker,words,errors,sub,del,ins\nu1,s1,5,4,1,1,1\n"},
        ["in"],
        ["in, row 2, errors: The errors (4) are not the sum of their kinds (3). Correct the row."],
    ),
    "a count that is not there": (
        {"in": HEADER + b"u1,s1,5,1,,0\n"},
        ["in"],
        ["in, row 2: The row has no count in D. Fill it in, or leave all counts of the row blank."],
    ),
    "a row without counts": (
        {"in": HEADER + b"u1,s1,5,1,0,0\nu2,s1,,,,\n"},
        ["in"],
        [
            (
                'in, row 3, hypothesis: The utterance "u2" has no counts of "hypothesis". '
                "Add them, or leave such utterances unscored with --allow-missing."
            )
        ],
    ),
    "no counts at all": (
        {"in": HEADER + b"u1,s1,,,,\n"},
        ["in"],
        [
            'in, hypothesis: The system "hypothesis" has no counts for any utterance. Check its ids and its column, or leave it out.'
        ],
    ),
    "counts without a speaker": (
        {"in": b"id,N,S,D,I\nu1,5,1,0,0\n"},
        ["in"],
        [
            (
                'in, speaker: No column names the speaker: expected "speaker_id", "speaker", "client_id" (found: id, N, S, D, I). '
                "Name it with --map speaker=COLUMN. Intervals need speakers; --missing-speaker one counts all recordings as "
                "one speaker's."
            )
        ],
    ),
    "counts of which texts are to be shown": (
        {"in": HEADER + b"u1,s1,5,1,0,0\n"},
        ["in", "--show-text"],
        ["in: The source holds counts and no texts, so there are none to show. Leave out --show-text."],
    ),
    "hypotheses for counts": (
        {"in": HEADER + b"u1,s1,5,1,0,0\n", "h": b"id,hyp\nu1,a\n"},
        ["in", "--system", "A=h"],
        [
            (
                'h: The references are counts without texts, to which the hypotheses of "A" cannot be compared. '
                "Give its counts, or references with their texts."
            )
        ],
    ),
    "a count without words": (
        {"in": b"id,speaker,errors\nu1,s1,5\n"},
        ["in"],
        [
            (
                'in, reference: No column holds the reference: expected "reference", "text", "sentence", "ref" (found: id, '
                "speaker, errors). Name it with --map reference=COLUMN."
            ),
            (
                'in, hypothesis: No column holds the hypothesis: expected "hypothesis", "prediction", "pred_text", '
                '"transcription", "hyp" (found: id, speaker, errors). Name it with --map hypothesis=COLUMN. '
                "A file of its own goes in --system NAME=FILE."
            ),
        ],
    ),
}

BROKEN_ATTRIBUTES: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "utterances on one side only": (
        {"in": GOOD, "a": b"id,accent\nu1,x\nu3,y\n"},
        WITH,
        [
            'in, row 3, id: The utterance "u2" is not in a. Add it, or let its attributes be not stated with --allow-missing.',
            'a, row 3, id: The id "u3" is not among the references. Remove the row, or correct the id.',
        ],
    ),
    "speakers on one side only": (
        {"in": GOOD, "a": b"speaker,accent\ns1,x\nt77,y\n"},
        WITH,
        [
            (
                'a, speaker: The speaker "s2" of the references is not in the file. '
                "Add them, or let their attributes be not stated with --allow-missing."
            ),
            'a, row 3, speaker: The speaker "t77" is not among the references. Remove the row, or correct the speaker.',
        ],
    ),
    "a speaker twice": (
        {"in": GOOD, "a": b"speaker,accent\ns1,x\ns2,y\ns1,z\n"},
        WITH,
        ['a, row 4, speaker: "s1" is a second row for "s1", after row 2. Keep one of the rows.'],
    ),
    "neither utterance nor speaker": (
        {"in": GOOD, "a": b"name,accent\ns1,x\n"},
        WITH,
        [
            (
                'a: No column names the utterance or the speaker: expected "id", "utterance_id", "utt_id" or "speaker_id", '
                '"speaker", "client_id" (found: name, accent). Name it with --map id=COLUMN or --map speaker=COLUMN.'
            )
        ],
    ),
    "an attribute that is there already": (
        {
            "in": GOOD.replace(b"hypothesis\n", b"hypothesis,accent\n")
            .replace(b" c\n", b" c,x\n")
            .replace(b"d e\n", b"d e,x\n"),
            "a": b"speaker,accent\ns1,x\ns2,y\n",
        },
        WITH,
        ['a, accent: The column "accent" is in the references too. Leave one of them out.'],
    ),
    "a table without rows": (
        {"in": GOOD, "a": b"speaker,accent\n"},
        WITH,
        ["a: There are no rows below the header. Add one row per utterance or speaker."],
    ),
    "a file of hypotheses that is a table of something else": (
        {"in": GOOD, "h": b"file;words\n1;2\n"},
        ["in", "--system", "B=h"],
        [
            (
                'h, id: No column names the utterance: expected "id", "utterance_id", "utt_id" (found: file, words). '
                "Name it with --map id=COLUMN."
            ),
            (
                'h, hypothesis: No column holds the hypothesis: expected "hypothesis", "prediction", "pred_text", '
                '"transcription", "hyp" (found: file, words). Name it with --map hypothesis=COLUMN. '
                "A file of its own goes in --system NAME=FILE."
            ),
        ],
    ),
    "a file without header whose ids are unknown": (
        {"in": GOOD, "h": b"x1\tgood morning\nu2\td e\n"},
        ["in", "--system", "B=h"],
        [
            (
                'h, id: No column names the utterance: expected "id", "utterance_id", "utt_id" (found: x1, good morning). '
                "Name it with --map id=COLUMN."
            ),
            (
                'h, hypothesis: No column holds the hypothesis: expected "hypothesis", "prediction", "pred_text", '
                '"transcription", "hyp" (found: x1, good morning). Name it with --map hypothesis=COLUMN. '
                "A file of its own goes in --system NAME=FILE."
            ),
        ],
    ),
    "an unknown field in --map": (
        {"in": GOOD},
        ["in", "--map", "eror=x"],
        ['--map "eror=x": "eror" is not a field. Did you mean "errors"?'],
    ),
    "a file that is not there": (
        {"in": GOOD},
        ["in", "--attributes-from", "/nowhere/b.csv"],
        ["There is no file /nowhere/b.csv (looked in /nowhere)."],
    ),
}
