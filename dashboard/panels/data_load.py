"""Load: files become an evaluation, from what they hold to the button that makes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import loading_data
from dashboard.answers.ingest_requests import IngestRequest
from dashboard.answers.preview import Preview, PreviewQuestion
from dashboard.loading import InputError
from dashboard.panels.data_about import draw_about
from dashboard.panels.data_attributes import AttributeChoices, draw_attributes
from dashboard.panels.data_example import draw_example
from dashboard.panels.data_files import draw_files
from dashboard.panels.data_grouping import (
    cluster_chosen,
    draw_format,
    draw_grouping,
    draw_more_reading,
    format_chosen,
)
from dashboard.panels.data_mapping import draw_mapping
from dashboard.panels.data_options import Naming, Reading, draw_naming, draw_reading, may_be_made
from dashboard.panels.data_outcome import draw_made, draw_unreadable
from dashboard.panels.data_run import Work, draw_run, last_made
from dashboard.panels.data_scoring import MoreScoring, draw_scoring
from dashboard.panels.data_source import GivenFile, Source, draw_source
from dashboard.wording_data import LEAD, MAKE, not_yet
from dashboard.wording_data_about import ABOUT
from dashboard.wording_data_controls import THE_EVALUATION, WHICH_COLUMN
from dashboard.wording_markup import plain


def draw_load() -> None:
    """Files, then what they become; a problem of a file is a sentence."""
    st.markdown(LEAD)
    try:
        files = draw_source()
        if made := last_made("", files):
            draw_made(made)
        elif not files:
            draw_example()
        source = draw_files(files) if files else None
        if source is not None:
            _draw_making(source)
    except InputError as problem:
        st.markdown(f":orange[{plain(str(problem))}]")


def _draw_making(source: Source) -> None:
    """From what the files hold to the button that makes an evaluation of them."""
    question = _question(source)
    guess = loading_data.preview_of(question)
    if guess.unreadable:
        draw_unreadable(guess.unreadable, source.names)
        draw_format(source)
        return
    source = replace(source, columns=guess.columns)
    question = replace(question, cluster=cluster_chosen(source) or None)
    st.header(WHICH_COLUMN, anchor=False)
    mapping, below = st.container(), st.container()
    with below:
        reading = draw_reading(source, guess)
        draw_more_reading(source, guess)
    with mapping:
        how = replace(
            question, missing=reading.missing, missing_speaker=reading.missing_speaker, multi=reading.multi
        )
        question, seen = draw_mapping(source, how)
    attributes, grouping = draw_attributes(seen, source), draw_grouping(seen, source)
    st.header(THE_EVALUATION, anchor=False)
    naming = draw_naming(source)
    scoring = draw_scoring(source, counted=bool(seen.counted))
    about = _draw_about(source, seen)

    def prepare() -> tuple[IngestRequest, tuple[GivenFile, ...]]:
        request = _request(source, question, reading, attributes, naming)
        grouped = replace(request, bins=grouping.bins, orders=grouping.orders)
        return _with_lists(replace(grouped, about=about), scoring)

    allowed = may_be_made(naming.name, source) and not seen.problems
    if seen.problems:
        st.caption(not_yet(len(seen.problems)))
    draw_run(Work("", MAKE, source.given, prepare), allowed)


def _question(source: Source) -> PreviewQuestion:
    def changed(file: GivenFile) -> int:
        return PreviewQuestion.of(file.path).changed_ns

    return replace(
        PreviewQuestion.of(source.main.path),
        systems=tuple((name, file.path, changed(file)) for name, file in source.systems),
        attribute_files=tuple((file.path, changed(file)) for file in source.attributes),
        format=format_chosen(source) or None,
    )


def _draw_about(source: Source, seen: Preview) -> dict[str, object]:
    systems = [*dict.fromkeys([*(seen.counted or seen.systems), *(name for name, _ in source.systems)])]
    with st.expander(ABOUT, type="compact"):
        return draw_about(systems, source.token, {})


def _request(
    source: Source,
    question: PreviewQuestion,
    reading: Reading,
    attributes: AttributeChoices,
    naming: Naming,
) -> IngestRequest:
    """Everything chosen, as one value."""
    return IngestRequest(
        tuple(file.path for file in source.references),
        naming.name,
        loading_data.evaluations_home(),
        tuple((name, file.path) for name, file in source.systems),
        tuple(file.path for file in source.attributes),
        question.mapping,
        attributes.attributes,
        attributes.roles,
        attributes.label_sources,
        reading.multi,
        reading.missing,
        reading.missing_speaker,
        reading.null_hypothesis,
        reading.allow_missing,
        naming.normalizer,
        show_text=naming.show_text,
        show_audio=naming.show_audio,
        note=naming.note,
        format=question.format or "",
        cluster=question.cluster or "",
    )


def _with_lists(request: IngestRequest, scoring: MoreScoring) -> tuple[IngestRequest, tuple[GivenFile, ...]]:
    """The request with its lists as files, which whoever runs it deletes; raises `InputError`."""

    def kept(name: str, text: str) -> Path | None:
        return loading_data.keep_upload(f"{text}\n".encode(), f"{name}.txt") if text else None

    same, keywords = kept("equivalences", scoring.equivalences), kept("keywords", scoring.keywords)
    files = tuple(GivenFile(path, path.name, is_upload=True) for path in (same, keywords) if path)
    return replace(request, aligner=scoring.aligner, equivalences=same, keywords=keywords), files
