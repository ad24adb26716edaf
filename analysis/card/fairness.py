"""The section "Fairness and bias": goal, groups, data, what is found, every group.

Owns its order: goal → groups considered → how the data were built → claims → table of every
group → what was refused. What the owner did not state is printed as not stated.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import Claim
from analysis.card.evidence import Evidence
from analysis.card.groups_shown import every_group, groups_shown
from analysis.card.mixes import gap_paragraphs, mix_paragraphs, mixes_section
from analysis.card.phrases import LABEL_SOURCES, attributes_phrase, nobody_compared, noun
from analysis.card.rows import Grouping
from analysis.card.sections import (
    Block,
    Count,
    Facts,
    Label,
    Listing,
    Name,
    Number,
    Paragraph,
    Section,
    Table,
    Text,
    stated,
    stated_facts,
    unstated,
)
from analysis.card.tables import group_table

NO_SPEAKER_ATTRIBUTE = "an attribute of the speaker, such as accent"
DATA_FACTS = (
    ("purpose", "Purpose of the evaluation"),
    ("language", "Language"),
    ("speech_style", "Style of speech"),
    ("recruitment", "How speakers were found"),
    ("protocol", "How recordings were made"),
    ("date", "Date"),
    ("test_set_in_training_data", "Test set in the training data of the system"),
    ("licence", "Licence"),
)


def fairness_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """Everything about groups of people."""
    groupings = evidence.fairness_groupings
    parts = [_goal(evidence), _groups_considered(evidence), _data(evidence), *mixes_section(evidence)]
    parts += [_by_grouping(evidence, grouping, claims, number) for number, grouping in enumerate(groupings)]
    if evidence.grid is not None:
        parts.append(_grid(evidence, evidence.grid, claims))
    parts += [_refused(claims), _recommendation(evidence)]
    missing = () if groupings else (NO_SPEAKER_ATTRIBUTE,)
    blocks: tuple[Block, ...] = ()
    if not groupings:
        blocks = (Paragraph(nobody_compared(evidence), "note"),)
    return Section("fairness", ("Fairness and bias",), blocks, tuple(parts), missing)


def _goal(evidence: Evidence) -> Section:
    goal = stated(evidence.about, "goal")
    assessed: Text = (
        "Assessed here is whether ",
        Label(evidence.system),
        (
            " makes more errors for some groups than for others. Each group is compared with everybody else, or with "
            "others in the group’s own mix of conditions where the mixes differ; a group under given conditions is compared "
            "with others under the same conditions. Differences between conditions of recording are reported under Robustness."
        ),
    )
    blocks: tuple[Block, ...] = (Facts((("Goal of the owner", goal),)),)
    if evidence.fairness_groupings or evidence.grid is not None:
        blocks = (*blocks, Paragraph(assessed))
    return Section("fairness-goal", ("Goal",), blocks, missing=() if goal else ("goal",))


def _groups_considered(evidence: Evidence) -> Section:
    speakers = [attribute for attribute in evidence.attributes if attribute["role"] == "speaker"]
    if not speakers:
        return Section("fairness-groups", ("Groups considered",), (Paragraph(("None.",)),))
    columns: tuple[Text, ...] = (("Attribute",), ("Groups",), ("Labels",), ("Utterances without a label",))
    rows = tuple(
        (
            (Name(attribute["name"]),),
            (Count(len(attribute["levels"])),),
            (LABEL_SOURCES.get(attribute["label_source"], LABEL_SOURCES["unknown"]),),
            (_unlabelled(evidence, attribute["name"]),),
        )
        for attribute in speakers
    )
    missing = tuple(
        f"who gave the labels of {attribute['name']}"
        for attribute in speakers
        if attribute["label_source"] == "unknown"
    )
    caption: Text = ("Attributes of the speaker, and who gave their labels.",)
    table = Table(caption, columns, rows, 1, (1, 3))
    return Section("fairness-groups", ("Groups considered",), (table,), missing=missing)


def _unlabelled(evidence: Evidence, name: str) -> Count | Number:
    """Utterances of the card's system whose attribute is not stated; undefined where that is withheld."""
    grouping = next((one for one in evidence.groupings if one.by == (name,)), None)
    rows = grouping.rows if grouping else ()
    unlabelled = [row for row in rows if not row.is_group]
    if any(row.is_withheld for row in unlabelled) or (grouping is None and evidence.is_public):
        return Number(None)
    return Count(sum(row.n_utterances for row in unlabelled))


def _data(evidence: Evidence) -> Section:
    facts = tuple((term, stated(evidence.about, key)) for key, term in DATA_FACTS)
    missing = tuple(term.lower() for term in unstated(facts))
    counts = evidence.counts
    text: Text = (
        "The evaluation holds ",
        Count(counts["utterances"]),
        f" {noun(counts['utterances'], 'utterances')} of ",
        Count(counts["speakers"]),
    )
    text = (
        *text,
        f" {noun(counts['speakers'], evidence.people)} with ",
        Count(counts["words"]),
        f" {noun(counts['words'], evidence.counted + 's')} of reference; ",
    )
    text = (
        *text,
        Label(evidence.system),
        " was scored on ",
        Count(evidence.overall.n_utterances),
        " of them.",
    )
    return Section(
        "fairness-data", ("How the data were built",), (Paragraph(text), stated_facts(facts)), missing=missing
    )


def _by_grouping(evidence: Evidence, grouping: Grouping, claims: Sequence[Claim], number: int) -> Section:
    section_id = f"fairness-by-{number + 1}"
    own = [claim for claim in claims if claim.by == grouping.by and claim.supported]
    blocks: list[Block] = [Paragraph(claim.text) for claim in own if claim.kind == "summary"]
    blocks += mix_paragraphs(evidence, grouping)
    blocks += [Paragraph(claim.text) for claim in own if claim.kind in {"floor", "parity"}]
    blocks += gap_paragraphs(evidence, grouping)
    groups, annex = groups_shown(evidence, grouping, own, section_id)
    title: Text = ("By ", *attributes_phrase(grouping.by))
    return Section(section_id, title, (*blocks, *groups), annex=annex)


def _grid(evidence: Evidence, grid: Grouping, claims: Sequence[Claim]) -> Section:
    own = [claim for claim in claims if claim.by == grid.by and claim.supported]
    blocks = [Paragraph(claim.text) for claim in own if claim.kind in {"floor", "summary"}]
    groups, annex = groups_shown(evidence, grid, own, "fairness-grid", is_grid=True)
    title: Text = (f"{evidence.people.capitalize()} by conditions: ", *attributes_phrase(grid.by))
    parts = (
        () if annex else (Section("fairness-grid-rows", every_group(grid), (group_table(evidence, grid),)),)
    )
    return Section("fairness-grid", title, (*blocks, *groups), parts, annex=annex)


def _refused(claims: Sequence[Claim]) -> Section:
    """Every refused claim with its reason: what was looked at stays visible."""
    refused = [claim for claim in claims if not claim.supported]
    items: list[Text] = [(*claim.text, " Refused: ", *claim.reason) for claim in refused]
    blocks: tuple[Block, ...] = (Paragraph(("No claim was refused.",)),)
    if items:
        blocks = (
            Paragraph(("These sentences were tried, and may not be said for the reason given.",)),
            Listing(tuple(items)),
        )
    return Section("fairness-refused", ("What the evidence does not carry",), blocks)


def _recommendation(evidence: Evidence) -> Section:
    text: Text = (
        "Because results depend on ",
        Label(evidence.system),
        (
            ", on how it is used and on the recordings it was evaluated on, those who use it should additionally test it on "
            "their own recordings."
        ),
    )
    return Section("fairness-recommendation", ("Recommendation",), (Paragraph(text),))
