"""What the owner says about system and data, changed: a new build that differs in nothing else.

Owns the step from a build to the one that an ingest of the same files with another `--about`
would have made, with the same id. It works from the build itself, because the files it was made
of may be gone. Called by the Data page.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.aligners import UnknownAlignerError
from analysis.normalize import UnknownNormalizerError
from data.build import append_systems
from data.build_id import id_from_meta
from data.errors import InputError
from data.home import current_build
from data.ingest import Ingested
from data.publishing import make_current, prepare_home, write_whole
from data.queries_references import stored_meta
from data.scoring_choice import COUNTED, stored_scoring
from data.sidecar import Sidecar
from data.store import Build


def change_about(build: Build, about: Mapping[str, Any]) -> Ingested:
    """Make the build with other words about it the current one of its evaluation; raises `InputError`."""
    folder = build.path.parent
    current = current_build(folder)
    if current is None:
        raise InputError(f"{build.path} lies in no evaluation's folder, so no build can be made beside it.")
    meta = stored_meta(build.cursor())
    try:
        scoring = stored_scoring(meta) if build.info.has_text else COUNTED
        is_same = id_from_meta(meta, scoring) == build.info.build
    except (UnknownAlignerError, UnknownNormalizerError):
        is_same = False
    if not is_same:
        raise InputError(
            f"{build.info.name}@{build.info.build} was scored by another version of Fair Hearing. Ingest its files again "
            f"with --about: fairhearing ingest … --name {build.info.name}."
        )
    prepare_home(folder.parent)
    changed = {**meta, "about": dict(about)}
    changed["build"] = id_from_meta(changed, scoring)
    before = Sidecar.read(build.path)
    sidecar = Sidecar.now(before.note, before.sources, before.audio_folder)
    already = make_current(folder, changed["build"], sidecar)
    if already is not None:
        return Ingested(already, changed["build"], is_new=False)

    def write(unfinished: Path) -> None:
        if not build.path.exists():
            raise InputError(
                f"The build {build.path.stem} was deleted meanwhile. Nothing was changed; try again."
            )
        shutil.copyfile(build.path, unfinished)
        append_systems(unfinished, len(build.info.systems), {}, changed)

    path = write_whole(folder, changed["build"], sidecar, write, current)
    return Ingested(path, changed["build"], is_new=True)
