"""What the Data page asks for: files before they are loaded, plans, and what may be changed of an evaluation.

As `loading.py`: nothing is decided or computed here. Only looks at files are kept, each under the
time it was last written; plans and builds may be changed by others at any moment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.plan import Plan
from analysis.plan_check import PlanCheck
from dashboard.answers import join_preview, plan, preview
from dashboard.answers.file_parts import FileLook
from dashboard.answers.join_preview import Joined, JoinQuestion
from dashboard.answers.plan import PlanStatus
from dashboard.answers.preview import Preview, PreviewQuestion
from dashboard.loading import EvaluationInfo, evaluation_names
from dashboard.loading_kept import kept
from data import about_change, home, store, uploads, workspace
from data.ingest import Ingested


def evaluations_home() -> Path:
    """The folder of evaluations."""
    return store.evaluations_home()


def keep_upload(content: bytes, name: str) -> Path:
    """Put an upload where an ingest can read it; raises `InputError`."""
    return uploads.keep_upload(store.evaluations_home(), content, name)


def forget_upload(path: Path) -> None:
    """Delete an upload."""
    uploads.forget_upload(store.evaluations_home(), path)


def look_of(path: Path) -> FileLook:
    """What one file seems to be; raises `InputError`."""
    question = PreviewQuestion.of(path)
    return _look(question.path, question.changed_ns)


def preview_of(question: PreviewQuestion) -> Preview:
    """What would be made of a file; raises `InputError`."""
    return _preview(question)


def join_of(info: EvaluationInfo, path: Path, system: str, mapping: tuple[tuple[str, str], ...]) -> Joined:
    """How a file of outputs would join a build; raises `InputError`."""
    question = JoinQuestion(path, PreviewQuestion.of(path).changed_ns, system, mapping)
    return _join(info.path, question)


def plan_of(info: EvaluationInfo) -> PlanStatus:
    """The plan of an evaluation as it stands."""
    return plan.plan_of(info)


def draft_plan(info: EvaluationInfo) -> Plan:
    """A plan to start from."""
    return plan.draft_plan(info)


def read_plan(plain: object) -> Plan:
    """A plan from plain data; raises `InputError` with every fault."""
    return plan.read_plan_from(plain)


def check_of(info: EvaluationInfo, wanted: Plan) -> PlanCheck:
    """A plan held against an evaluation."""
    return plan.checked(info, wanted)


def set_plan(info: EvaluationInfo, wanted: Plan) -> None:
    """Put a plan in force; raises `InputError` with every fault."""
    plan.set_plan(info, wanted)


def remove_plan(info: EvaluationInfo) -> None:
    """Take the plan out of force; raises `InputError` where there is none."""
    plan.remove_plan(info)


def build_ids(name: str) -> list[str]:
    """Ids of the builds of an evaluation that are kept, newest first; none where there is no such evaluation."""
    folder = store.evaluations_home() / name
    return [path.stem for path in home.builds(folder)] if name in evaluation_names() else []


def current_build(name: str) -> str | None:
    """The id of the build that pages show unless a link names another."""
    return home.current_build(store.evaluations_home() / name)


def show_build(name: str, build: str) -> None:
    """Make a build that is kept the current one; raises `InputError` where it is gone."""
    home.show_build(store.evaluations_home() / name, build)


def remove_build(name: str, build: str) -> None:
    """Delete one of several builds; raises `InputError`."""
    home.remove_build(store.evaluations_home() / name, build)


def change_about(info: EvaluationInfo, about: dict[str, Any]) -> Ingested:
    """A build that differs in what its owner says alone, and is the current one; raises `InputError`."""
    return about_change.change_about(store.open_build(info.path), about)


def remove_evaluation(name: str) -> None:
    """Delete an evaluation, its builds, findings and plan; raises `InputError` when there is none of that name."""
    if home.checked_name(name) not in evaluation_names():
        store.find_evaluation(store.evaluations_home(), name)
    home.remove_evaluation(store.evaluations_home() / name)
    workspace.forget_evaluation(store.evaluations_home(), name)


@kept
def _look(path: Path, changed_ns: int) -> FileLook:
    return preview.look_at(path, changed_ns)


@kept
def _preview(question: PreviewQuestion) -> Preview:
    return preview.preview(question)


@kept
def _join(build: Path, question: JoinQuestion) -> Joined:
    return join_preview.join_with_build(store.open_build(build), question)
