"""Saved subgroups for pages: read anew in every run, since others may write them at any time.

As `loading.py`: nothing is decided or computed here.
"""

from __future__ import annotations

from analysis.selection import Selection
from dashboard.answers import saved, saved_check, saved_files, saved_rates
from dashboard.answers.audience import Audience
from dashboard.answers.plan import note_results_opened
from dashboard.answers.saved import SavedHere, SavedSubgroup
from dashboard.answers.saved_check import SavedRetest, has_numbers
from dashboard.answers.saved_files import WantedSubgroup
from dashboard.answers.saved_rates import SavedRates
from dashboard.loading import EvaluationInfo
from data import store


def saved_subgroups_of(info: EvaluationInfo) -> list[SavedHere]:
    """The saved subgroups of an evaluation, each held against this build."""
    return saved.saved_here(info)


def where_typed(info: EvaluationInfo, text: str) -> Selection:
    """The recordings that a typed expression means; raises `SelectionError`."""
    return saved.where_typed(info, text)


def save_subgroup(info: EvaluationInfo, name: str, where: Selection, note: str, author: str) -> SavedSubgroup:
    """Save a subgroup; raises `InputError` or `SelectionError` with the sentence for who saves it."""
    return saved.save_subgroup(info, name, where, note, author)


def rename_subgroup(info: EvaluationInfo, name: str, to: str) -> None:
    """Give a saved subgroup another name; raises `InputError`."""
    saved.rename_subgroup(info, name, to)


def delete_subgroup(info: EvaluationInfo, name: str) -> None:
    """Forget a saved subgroup."""
    saved.delete_subgroup(info, name)


def exported_subgroups(info: EvaluationInfo) -> bytes:
    """All saved subgroups as a file that can be imported elsewhere."""
    return saved_files.export_bytes(info)


def preview_of_file(info: EvaluationInfo, content: bytes, name: str) -> list[WantedSubgroup]:
    """What a file would save; raises `InputError` with every fault."""
    return saved_files.preview(info, content, name)


def import_file(info: EvaluationInfo, content: bytes, name: str) -> list[SavedSubgroup]:
    """Save what a file holds, all or nothing; raises `InputError` with every fault."""
    return saved_files.import_bytes(info, content, name)


def saved_rates_of(info: EvaluationInfo, system: str, metric: str, audience: Audience) -> SavedRates:
    """Every saved subgroup against its comparator."""
    found = saved_rates.saved_rates(store.open_build(info.path), system, metric, audience=audience)
    if any(row.answer is not None for row in found.rows):
        note_results_opened(info)
    return found


def checked_subgroups(info: EvaluationInfo, system: str | None) -> list[SavedRetest]:
    """Every saved subgroup in this build and in the one before; none without a build before."""
    found = saved_check.check_saved_unasked(store.open_build(info.path), system)
    if has_numbers(found):
        note_results_opened(info)
    return found


def note_subgroup(info: EvaluationInfo, where: Selection) -> None:
    """Put on record that a subgroup is looked at; cheap where it is on record already."""
    saved.note_subgroup(info, where)
