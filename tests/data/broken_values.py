"""Inputs in which one value, name or option cannot be meant, each with the exact lines of its refusal.

A case is the files to make, the arguments after `fairhearing ingest`, and what is said.
"""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.data.broken_formats import STM, TRN

HEADER = b"id,speaker,accent,reference,hypothesis\n"
GOOD = HEADER + b"u1,s1,us,a b,a c\nu2,s2,uk,d e,d e\n"
NO_TEXT = (
    "but it holds lists, objects or bytes. Write each value as one text, or name another column with --map."
)
CONVERT = 'text files must be UTF-8. Save it as "CSV UTF-8", or run'
WEB_PAGE = "in: The file is a web page. It may be an error page; download the file itself."
UNPACK = "Unpack it yourself and name what is inside; .gz, .zst and .zip are unpacked here."
AS_TABLE = "Write the table as CSV or Parquet."


def parquet(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


_TEXTS: dict[str, list[object]] = {
    "id": ["u1"],
    "speaker": ["s1"],
    "reference": [b"a \xff"],
    "hypothesis": ["a"],
}

BROKEN_VALUES: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "an attribute and a group named twice": (
        {"in": GOOD},
        ["in", "--attributes", "accent,accent", "--order", "accent=us,us"],
        [
            'in, accent: --attributes names "accent" more than once. Name it once.',
            'in, accent: --order lists "us" more than once for "accent". List each group once.',
        ],
    ),
    "one column for two systems": (
        {"in": GOOD},
        ["in", "--map", "system:A=hypothesis", "--map", "system:B=hypothesis"],
        [
            (
                'in, hypothesis: --map takes the column "hypothesis" for two systems, "A" and "B". '
                "Leave one out, or name another column."
            )
        ],
    ),
    "the reference as what was heard": (
        {"in": GOOD},
        ["in", "--map", "hypothesis=reference"],
        [
            (
                'in, reference: The column is taken for the reference and for what "hypothesis" wrote. '
                "Name the column of what was recognised."
            )
        ],
    ),
    "lists and objects for texts": (
        {"in": b'{"id":"u1","speaker":"s1","reference":["a","b"],"hypothesis":{"text":"a"}}\n'},
        ["in"],
        [
            f"in, reference: The column is to be the reference, {NO_TEXT}",
            f"in, hypothesis: The column is to be the hypothesis of “hypothesis”, {NO_TEXT}",
        ],
    ),
    "lists in a file of hypotheses": (
        {"in": GOOD, "b": b'{"id":"u1","hyp":["a"]}\n{"id":"u2","hyp":["a"]}\n'},
        ["in", "--system", "B=b"],
        [f"b, hyp: The column is to be the hypothesis, {NO_TEXT}"],
    ),
    "bytes for a reference": (
        {"in": parquet(_TEXTS)},
        ["in"],
        [f"in, reference: The column is to be the reference, {NO_TEXT}"],
    ),
    "a table without columns": (
        {"in": parquet({})},
        ["in"],
        [
            "in: The file has no columns. Check that it is the file you mean; it needs a column for each field."
        ],
    ),
    "objects without keys": (
        {"in": b"{}\n{}\n"},
        ["in"],
        [
            "in: The file has no columns. Check that it is the file you mean; it needs a column for each field."
        ],
    ),
    "a duration below nought": (
        {"in": b"id,speaker,duration,reference,hypothesis\nu1,s1,-1,a,a\nu2,s1,2,a,a\n"},
        ["in"],
        [
            (
                'in, row 2, duration: "-1" is no duration, which is a number of seconds from 0. '
                'Correct it, leave it blank, or add the text that means "not stated" to --missing.'
            )
        ],
    ),
    "a table of attributes that knows other speakers": (
        {"in": GOOD, "a": b"id,speaker,age\nu1,s1,30\nu2,s9,40\n"},
        ["in", "--attributes-from", "a"],
        [
            (
                'a, row 3, speaker: The utterance "u2" is spoken by "s9" here and by "s2" in the references. '
                "Correct one of them."
            )
        ],
    ),
    "ids that have a folder on one side": (
        {"in": b"id,speaker,reference\na.mp3,s1,x\nb.mp3,s1,x\n", "h": b"id,hyp\na.wav,x\nclips/b.wav,x\n"},
        ["in", "--system", "A=h"],
        [
            (
                'in, row 3, A: The utterance "b.mp3" has no hypothesis of "A". '
                'Add it ("" for an empty output), or leave such utterances unscored with --allow-missing.'
            ),
            'h, row 3, id: The id "clips/b.wav" is not among the references. Did you mean "b.mp3"?',
        ],
    ),
    "a normaliser for counts": (
        {"in": b"speaker,words,errors\ns1,10,1\n"},
        ["in", "--normalizer", "basic"],
        [
            "in: The source holds counts and no texts, so --normalizer has nothing to work on. Leave out --normalizer."
        ],
    ),
    "a trn of which one line in twelve is none": (
        {"in": b"".join(b"a b (s%d-u1)\n" % n for n in range(11)) + b"c d\n"},
        ["in", "--system", "A=in"],
        [f"in, row 12: The line does not end in an id in parentheses. {TRN}"],
    ),
    "an stm of which one line in twelve is none": (
        {"in": b"".join(b"call%d A s1 0 1 a b\n" % n for n in range(11)) + b"c d\n"},
        ["in", "--system", "A=in"],
        [f"in, row 12: The line is no segment. {STM}"],
    ),
    "UTF-16 without a mark": (
        {"in": GOOD.decode().encode("utf-16-le")},
        ["in"],
        [f"in: The file is UTF-16LE; {CONVERT} `iconv -f UTF-16LE -t UTF-8`."],
    ),
    "UTF-16 without a mark, the other way round": (
        {"in": GOOD.decode().encode("utf-16-be")},
        ["in"],
        [f"in: The file is UTF-16BE; {CONVERT} `iconv -f UTF-16BE -t UTF-8`."],
    ),
    "UTF-32": (
        {"in": b"\xff\xfe\0\0" + GOOD.decode().encode("utf-32-le")},
        ["in"],
        [f"in: The file is UTF-32; {CONVERT} `iconv -f UTF-32 -t UTF-8`."],
    ),
    "a ZIP with nothing in it": (
        {"in": b"PK\x05\x06" + bytes(18)},
        ["in"],
        ["in: The archive holds no file. Put the files of one evaluation into it."],
    ),
    "a pointer of Git LFS": (
        {"in": b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n"},
        ["in"],
        [
            "in: The file is a pointer of Git LFS and not the data. Fetch the data with `git lfs pull`.",
        ],
    ),
    "a web page": ({"in": b"<!DOCTYPE html>\n<p>404</p>\n"}, ["in"], [WEB_PAGE]),
    "a web page without a type": ({"in": b"<html>\n<p>404</p>\n"}, ["in"], [WEB_PAGE]),
    "bzip2": ({"in": b"BZh91AY"}, ["in"], [f"in: The file is packed with bzip2. {UNPACK}"]),
    "xz": ({"in": b"\xfd7zXZ\0"}, ["in"], [f"in: The file is packed with xz. {UNPACK}"]),
    "a tar": ({"in": bytes(257) + b"ustar\0"}, ["in"], [f"in: The file is a tar archive. {UNPACK}"]),
    "a pickle": ({"in": b"\x80\x04\x95"}, ["in"], [f"in: The file is a Python pickle. {AS_TABLE}"]),
    "an old Feather file": (
        {"in": b"FEA1...."},
        ["in"],
        [f"in: The file is a Feather file of the first version. {AS_TABLE}"],
    ),
}
