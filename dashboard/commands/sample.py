"""`fairhearing sample`: make the bundled evaluation of synthetic voices, unless it is there as it should be."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_format_option, add_home_option
from dashboard.commands.progress import add_progress_option, progress_reporter

if TYPE_CHECKING:
    from data.ingest_options import IngestOptions
    from data.store import EvaluationInfo

NAME = "synthetic-voices"
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = "example:\n  fairhearing sample"
    add_home_option(parser)
    add_format_option(parser)
    add_progress_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ingest the bundled recordings; a build that is there already is left as it is."""
    from dashboard.commands import evaluation_output as output
    from dashboard.commands.aligned_table import print_document
    from data.errors import InputError
    from data.ingest import ingest
    from data.store import evaluations_home, open_build

    missing = next((path for path in (_recordings(), _about()) if not path.exists()), None)
    if missing is not None:
        raise InputError(
            f"{missing} is missing from this checkout. Get it again, or see data/samples/README.md."
        )
    done = ingest(sample_options(), evaluations_home(arguments.home), progress_reporter(arguments.progress))
    info = open_build(done.path).info
    _set_plan(info)
    info = open_build(done.path).info
    if arguments.format == "json":
        print_document({**output.evaluation_document(info), "is_new": done.is_new})
    elif arguments.format == "csv":
        output.print_evaluations_csv([info])
    else:
        state = "is ready" if done.is_new else "was there already"
        print(f"{info.name}@{info.build} {state}: {info.counts['utterances']:,} utterances. {info.notice}.")
    return 0


def sample_options() -> IngestOptions:
    """How the bundled recordings are ingested."""
    from dashboard.commands.ingest_arguments import about_from
    from data.ingest_options import IngestOptions

    return IngestOptions(
        name=NAME,
        sources=(_recordings(),),
        attributes=(
            "accent",
            "noise",
            "device",
            "voice_variant",
            "snr_db",
            "domain",
            "speaking_rate_wpm",
            "duration",
        ),
        roles={
            "accent": "speaker",
            "voice_variant": "speaker",
            "noise": "condition",
            "snr_db": "condition",
            "device": "condition",
            "domain": "content",
            "speaking_rate_wpm": "content",
            "duration": "content",
        },
        # The script that made the voices assigned every label.
        label_sources=dict.fromkeys(
            ("accent", "voice_variant", "noise", "snr_db", "device", "domain"), "annotator"
        ),
        about=about_from(_about()),
        show_text=True,
        show_audio=True,
    )


def _set_plan(info: EvaluationInfo) -> None:
    """Declare what the bundled plan says, once: a plan that somebody changed or removed stays as it is."""
    from dashboard.answers.plan import read_plan, set_plan
    from data.plans import OPENED

    untouched = all(entry.what == OPENED for entry in info.record.log)
    if untouched and _plan().exists():
        set_plan(info, read_plan(_plan()), _plan().name)


def _recordings() -> Path:
    return SAMPLES / "speech.parquet"


def _plan() -> Path:
    return SAMPLES / "plan.json"


def _about() -> Path:
    return SAMPLES / "about.json"
