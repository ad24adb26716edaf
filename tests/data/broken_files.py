"""Inputs that cannot be taken apart: text, bytes, rows and lines, each with the exact lines of its refusal."""

from __future__ import annotations

from typing import Any

HEADER = "utterance_id,speaker_id,accent,reference,hypothesis\n"
GOOD = HEADER + "u1,s1,us,a b,a c\nu2,s2,uk,d e,d e\n"
NOT_UTF8 = "Save the file as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` helps where it came from Windows."
ONE_OBJECT = 'Each line must be one object, such as {"utterance_id": "u1", "speaker_id": "s1", …}.'


BROKEN_FILES: dict[str, tuple[str | bytes, dict[str, Any], list[str]]] = {
    "an empty file": (
        "",
        {},
        ["in.csv: The file is empty. It needs a row of column names and a row for each recording."],
    ),
    "no utterances": (
        HEADER,
        {},
        ["in.csv: There are no utterances below the header. Add one row per utterance."],
    ),
    "two columns of one name": (
        "id,speaker_id,accent,accent,ref,hyp\nu1,s1,a,b,c,d\n",
        {},
        [
            (
                'in.csv, row 1: The column "accent" is there 2 times; a name must be unique. '
                "Rename or remove all but one."
            )
        ],
    ),
    "ragged rows": (
        GOOD + "u3,s3,us,x\nu4,s3,us,x,y,z\n",
        {},
        [
            (
                "in.csv, row 4: The row has 4 values where the header names 5 columns. "
                "Look for a stray or missing comma, or quote the value that holds one."
            ),
            (
                "in.csv, row 5: The row has 6 values where the header names 5 columns. "
                "Look for a stray or missing comma, or quote the value that holds one."
            ),
        ],
    ),
    "a stray tab": (
        GOOD.replace(",", "\t") + "u3\ts3\tus\tx\ty\tz\n",
        {},
        [
            "in.csv, row 4: The row has 6 values where the header names 5 columns. Look for a stray or missing tab."
        ],
    ),
    "bytes that are not UTF-8": (
        HEADER.encode() + b"u1,s1,us,caf\xe9,x\nu2,s1,us,ok,ok\nu3,s1,\xff,x,x\n",
        {},
        [
            f"in.csv, row 2: Byte 0xe9 at position 13 is not UTF-8. {NOT_UTF8}",
            f"in.csv, row 4: Byte 0xff at position 7 is not UTF-8. {NOT_UTF8}",
        ],
    ),
    "UTF-16": (
        GOOD.encode("utf-16"),
        {},
        [
            (
                "in.csv: The file is UTF-16; text files must be UTF-8. "
                'Save it as "CSV UTF-8", or run `iconv -f UTF-16 -t UTF-8`.'
            )
        ],
    ),
    "a NUL byte": (
        GOOD + "u3,s1,us,a\0b,x\n",
        {},
        [
            (
                "in.csv, row 4: The row holds a NUL byte, which no text has. Remove it (`tr -d '\\000'`); "
                "the file may have been cut off or written by a failing disk."
            )
        ],
    ),
    "a NUL in JSON": (
        '{"id":"u1","speaker":"s\\u0000","ref":"a","hyp":"b"}\n',
        {},
        ["in.csv, row 1, speaker: The value holds a NUL character, which no text has. Remove it."],
    ),
    "a quote that never ends": (
        GOOD + 'u3,s1,us,"a b,x\nu4,s2,uk,d,d\n',
        {},
        [
            (
                "in.csv, row 4: A quoted value begins here and never ends. "
                "Close the quote, or double it if it is part of the text."
            )
        ],
    ),
    "text after a closing quote": (
        GOOD + 'u3,s1,us,"a" b,x\nu4,s2,uk,d\n',
        {},
        [
            (
                "in.csv, row 4: A quoted value goes on after its closing quote. "
                'Double a quote that is part of the text ("" for "), or remove it.'
            ),
            (
                "in.csv, row 5: The row has 4 values where the header names 5 columns. "
                "Look for a stray or missing comma, or quote the value that holds one."
            ),
        ],
    ),
    "a JSON list": (
        '[{"id": "a"}]',
        {},
        [
            "in.csv, row 1: The file is one JSON list, not JSON lines. Write one object per line: `jq -c '.[]'`."
        ],
    ),
    "broken JSON lines": (
        (
            '{"id":"u1","speaker":"s","ref":"a","hyp":"b"}\n{"id":"u2",\n5\n{"id":"u3","id":"u4"}\n'
            '{"id":"u5","speaker":"s","hyp":"x"}\n{"id":"u6","speaker":"s","ref":"a"}\n'
        ),
        {},
        [
            f"in.csv, row 2: The line is not JSON: Expecting property name enclosed in double quotes. {ONE_OBJECT}",
            f"in.csv, row 3: The line is a JSON string or number. {ONE_OBJECT}",
            'in.csv, row 4: The key "id" is there twice. Keep one of them.',
            (
                "in.csv, row 5, reference: The utterance has no reference. "
                'Write the words that were spoken, or "" where nobody spoke.'
            ),
            (
                'in.csv, row 6, hypothesis: The utterance "u6" has no hypothesis of "hypothesis". '
                'Add it ("" for an empty output), or leave such utterances unscored with --allow-missing.'
            ),
        ],
    ),
    "a workbook": (
        b"PK\x03\x04...",
        {},
        [
            (
                "in.csv: The file is a ZIP archive or an Excel workbook that cannot be opened. "
                'Pack it again, or save the sheet as "CSV UTF-8".'
            )
        ],
    ),
}
