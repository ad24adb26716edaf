"""Inputs of the special formats that cannot be used, each with the exact lines of its refusal.

A case is the files to make, the arguments after `fairhearing ingest`, and what is said.
"""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

TRN = "Each line is the words and then the id in parentheses, such as: turn the lights on (s1-u1)"
STM = "Each line is: recording channel speaker begin end [<label>] words, such as: call1 A s1 0.00 1.75 <o,f> good morning"
SEGLST = (
    'It is one list of segments, such as [{"session_id": "call1", "speaker": "s1", "start_time": 0, "end_time": 1.75, '
    '"words": "good morning"}, …].'
)
AGAIN = "Write the file again with `sclite … -o pralign`."
SAME = "Files that are read as one need the same columns."
ONE = ["in", "--missing-speaker", "one"]


def parquet(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def arrow(columns: dict[str, list[object]]) -> bytes:
    buffer = io.BytesIO()
    table = pa.table(columns)
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


def aligned(scores: str = "1 1 0 0", ref: str = "REF: a B\n", hyp: str = "HYP: a C\n") -> bytes:
    return f"id: (s1-u1)\nScores: (#C #S #D #I) {scores}\n{ref}{hyp}".encode()


SMALL = {"id": ["u1"], "speaker": ["s1"], "reference": ["a"], "hypothesis": ["a"]}
STATE = json.dumps({"_data_files": [{"filename": "data.arrow"}]}).encode()

BROKEN_TEXTS: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "a trn line without an id": (
        {"in": b"a b (s1-u1)\nc d\n"},
        ["in", "--from", "trn", "--system", "A=in", "--missing-speaker", "one"],
        [f"in, row 2: The line does not end in an id in parentheses. {TRN}"],
    ),
    "a trn with alternatives": (
        {"in": b"a { b / c } (s1-u1)\na (s2-u1)\n"},
        ["in", "--system", "A=in", "--missing-speaker", "one"],
        [
            "in, row 1: The words hold alternatives in braces, which are not read. Write the one that was said."
        ],
    ),
    "a trn without rows": (
        {"in": b";; nothing\n"},
        ["in", "--from", "trn"],
        [f"in: The file is empty. {TRN}"],
    ),
    "an stm line that is no segment": (
        {"in": b"c A s1 0.0 1.5 a b\nc A s1 1.5\n"},
        ["in", "--from", "stm", "--system", "A=in"],
        [f"in, row 2: The line is no segment. {STM}"],
    ),
    "an stm segment that ends before it begins": (
        {"in": b"c A s1 0.0 1.5 a b\nc A s1 3.5 2 a\n"},
        ["in", "--system", "A=in"],
        ["in, row 2: The segment ends (2) before it begins (3.5). Correct the times."],
    ),
    "hypotheses of other segments": (
        {"in": b"c A s1 0.0 1.5 a b\n", "h": b"c A s1 0.0 1.6 a b\n"},
        ["in", "--system", "A=h"],
        [
            'in, A: The system "A" has no hypothesis for any utterance. Check its ids and its column, or leave it out.',
            'h, row 1, id: The id "c-A-s1-0-1.6" is not among the references. Did you mean "c-A-s1-0-1.5"?',
        ],
    ),
    "a pra whose line is lost": (
        {"in": aligned("2 1 0 0")},
        ONE,
        [
            (
                'in, row 1: The alignment of "s1-u1" has 2 words in REF, where its scores count 3. '
                f"A line may be missing. {AGAIN}"
            )
        ],
    ),
    "a pra without hypotheses": (
        {"in": aligned(hyp="")},
        ONE,
        [f'in, row 1: The alignment of "s1-u1" has no HYP line. A line may be missing. {AGAIN}'],
    ),
    "a pra without scores": (
        {"in": b"id: (s1-u1)\nREF: a\nHYP: a\n"},
        ONE,
        [
            (
                'in, row 1: The alignment of "s1-u1" has no line "Scores: (#C #S #D #I)". '
                f"A line may be missing. {AGAIN}"
            )
        ],
    ),
    "a pra that begins in the middle": (
        {"in": b"REF: x\n" + aligned()},
        ONE,
        [f"in, row 1: The line stands before the id of an utterance. {AGAIN}"],
    ),
    "SegLST that is cut off": (
        {"in": b'[{"session_id": "c", "words": "a"'},
        ["in"],
        [f"in, row 1: The file is not JSON: Expecting ',' delimiter. {SEGLST}"],
    ),
    "SegLST with something else in it": (
        {"in": b'[{"session_id":"c","speaker":"s","start_time":0,"end_time":1,"words":"a"}, 5]'},
        ["in", "--system", "A=in"],
        [f"in, row 2: The segment is no object. {SEGLST}"],
    ),
    "SegLST without times": (
        {
            "in": b'[{"session_id":"c","speaker":"s","words":"a"}]',
            "h": b'[{"session_id":"c","id":"x","words":"a"}]',
        },
        ["in", "--system", "A=h"],
        [
            'in, A: The system "A" has no hypothesis for any utterance. Check its ids and its column, or leave it out.',
            "in, row 1, id: The utterance has no id. Give each utterance an id of its own.",
            'h, row 1, id: The id "x" is not among the references. Remove the row, or correct the id.',
        ],
    ),
    "a NeMo manifest with a broken line": (
        {"in": b'{"audio_filepath":"a.wav","speaker":"s","text":"a","pred_text":"a"}\n{"audio_filepath":\n'},
        ["in"],
        [
            (
                "in, row 2: The line is not JSON: Expecting value. "
                'Each line must be one object, such as {"utterance_id": "u1", "speaker_id": "s1", …}.'
            )
        ],
    ),
    "a NeMo manifest with one clip twice": (
        {"in": b'{"audio_filepath":"a.wav","speaker":"s","text":"a","pred_text":"a"}\n' * 2},
        ["in"],
        [
            'in, row 2, id: The id "a.wav" is in row 1 already. Keep one of the rows, or make the ids different.'
        ],
    ),
    "UTF-16 JSON": (
        {"in": '{"id": "u"}'.encode("utf-16")},
        ["in"],
        [
            (
                "in: The file is UTF-16; text files must be UTF-8. "
                'Save it as "CSV UTF-8", or run `iconv -f UTF-16 -t UTF-8`.'
            )
        ],
    ),
}

BROKEN_FOLDERS: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "a Kaldi directory that does not agree with itself": (
        {
            "in/text": b"u1 a\nu2 b\n",
            "in/utt2spk": b"u1 s1\nu3 s2\nu1 s1\n",
            "in/spk2gender": b"s2 m\ns9 f\n",
            "h": b"u1 a\nu2 b\n",
        },
        ["in", "--system", "A=h", "--missing-speaker", "one"],
        [
            'in/utt2spk: The utterance "u2" is not in the file. Add it; a blank value is not stated.',
            'in/utt2spk, row 2: The utterance "u3" is not in text. Remove the row, or correct the id.',
            'in/utt2spk, row 3: "u1" is in row 1 already. Keep one of the rows.',
            'in/spk2gender: The speaker "s1" is not in the file. Add it; a blank value is not stated.',
            'in/spk2gender, row 2: The speaker "s9" is not in utt2spk. Remove the row, or correct the id.',
        ],
    ),
    "a Kaldi directory with an empty text": (
        {"in/text": b"", "in/utt2spk": b"", "h": b"u1 a\nu2 b\n"},
        ["in", "--system", "A=h", "--missing-speaker", "one"],
        [
            "in/text: The file is empty. Each line is an id, a space and the words, such as: s1-u1 turn the lights on",
        ],
    ),
    "Parquet files with other columns": (
        {"in/a.parquet": parquet(SMALL), "in/b.parquet": parquet({**SMALL, "noise": ["x"]})},
        ["in"],
        [f'in/b.parquet: The columns differ from those of in/a.parquet: "noise". {SAME}'],
    ),
    "Parquet files with other types": (
        {"in/a.parquet": parquet({**SMALL, "n": [1]}), "in/b.parquet": parquet({**SMALL, "n": [["x"]]})},
        ["in"],
        [
            (
                "in: The files have columns of different types: Unable to merge: Field n has incompatible types: int64 vs "
                "list<element: string>. Write them again with the same types."
            )
        ],
    ),
    "a partition that is a column too": (
        {"in/noise=street/a.parquet": parquet({**SMALL, "noise": ["x"]})},
        ["in"],
        [
            (
                'in/noise=street/a.parquet, noise: The column "noise" is in the file and in the name of its folder. '
                "Leave one of them out."
            )
        ],
    ),
    "a row of a folder is named with its file": (
        {"in/a.parquet": parquet(SMALL), "in/b.parquet": parquet(SMALL)},
        ["in"],
        [
            (
                'in/b.parquet, row 1, id: The id "u1" is in row 1 of in/a.parquet already. '
                "Keep one of the rows, or make the ids different."
            )
        ],
    ),
    "a dataset with two splits": (
        {"in/dataset_dict.json": b"{}", "in/test/state.json": STATE, "in/train/state.json": STATE},
        ["in"],
        ['in: The dataset has 2 splits: "test", "train". Name one of them, as in/SPLIT.'],
    ),
    "a dataset whose data is not there": (
        {"in/state.json": STATE, "in/dataset_info.json": b"{}"},
        ["in"],
        [
            (
                'in/state.json: The file lists data that is not there: "data.arrow". '
                "Save the dataset again with save_to_disk."
            )
        ],
    ),
    "a dataset whose state is damaged": (
        {"in/state.json": b"{", "in/data.arrow": arrow(SMALL)},
        ["in"],
        [
            "in/state.json: The file does not list the data of the dataset. Save the dataset again with save_to_disk."
        ],
    ),
    "a dataset with an index": (
        {
            "in/state.json": STATE.replace(b"}]", b'}], "_indices_data_files": [1]'),
            "in/data.arrow": arrow(SMALL),
        },
        ["in"],
        [
            (
                "in/state.json: The rows of the dataset are chosen by an index, which is not read. "
                "Save the dataset again with save_to_disk."
            )
        ],
    ),
}
