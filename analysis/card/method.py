"""The sections on method and limits: how the numbers were made, and what they cannot tell.

Owns the sentences that are printed whatever the numbers are. Thresholds come from the
settings of the evidence, never from this text.
"""

from __future__ import annotations

from analysis.card.coverage import coverage_parts
from analysis.card.evidence import Evidence
from analysis.card.judged_with import not_default_text
from analysis.card.phrases import attributes_phrase, counted, noun
from analysis.card.sections import (
    Count,
    Facts,
    Label,
    Listing,
    Name,
    Number,
    PointsLimit,
    Ratio,
    Section,
    Share,
    Text,
    joined,
)
from analysis.judgement import RULE_LEVEL
from analysis.settings import DEFAULTS


def method_section(evidence: Evidence) -> Section:
    """Metric, texts, intervals, comparisons, verdicts, statements about every group."""
    facts: tuple[tuple[str, Text], ...] = (
        ("Metric", _metric(evidence)),
        ("Texts", _texts(evidence)),
        ("Intervals", _intervals(evidence)),
        ("Comparisons", _comparisons(evidence)),
        ("Verdicts", _verdicts(evidence)),
        ("Minimum sizes", _minima(evidence)),
        ("Statements about every group", _floors()),
    )
    other = not_default_text(evidence.settings, evidence.people)
    if other:
        facts = (*facts, ("Not the default", ("Judged with ", *other, ".")))
    return Section("method", ("Method",), (Facts(facts),))


def _metric(evidence: Evidence) -> Text:
    return (
        f"{evidence.metric['label']}. {evidence.metric['sentence']} Errors are added before they are divided.",
    )


def _texts(evidence: Evidence) -> Text:
    normalizer, aligner = evidence.normalizer, evidence.aligner
    return (
        "Reference and hypothesis pass the normaliser “",
        Label(f"{normalizer['id']} {normalizer['version']}"),
        f"” and are aligned {evidence.counted} by {evidence.counted} with “",
        Label(f"{aligner['id']} {aligner['version']}"),
        "”. Ties: ",
        Label(str(aligner["tie_rule"]).rstrip(".")),
        ".",
    )


def _intervals(evidence: Evidence) -> Text:
    return (
        Share(evidence.level),
        (
            f" intervals by {evidence.cluster_unit}: jackknife of the logarithm of the rate, leaving out one "
            f"{evidence.cluster_unit} at a time, with Student’s t on the effective number less one. Exact Poisson limits on "
            "effective counts, or Clopper-Pearson limits for a metric that cannot exceed 1, where all errors are "
            "alike. No interval below "
        ),
        Number(evidence.settings["min_effective_for_interval"]),
        f" effective {evidence.cluster_unit}s.",
    )


def _comparisons(evidence: Evidence) -> Text:
    return (
        (
            "Groups of people in given conditions are compared with others in the same conditions (peers). Groups of people alone "
            "are compared with everybody else (complement) or, where their mixes of conditions differ by more than "
        ),
        Share(evidence.settings.get("mix_limit", DEFAULTS.mix_limit)),
        (
            ", with others in the group’s own mix: the others' rate under each combination of conditions, weighted by the "
            "group's words there; the group's own rate stays as it is. The ratio's interval is a joint jackknife of both "
            "sides. p is adjusted for the groups of a table: Holm’s correction up to "
        ),
        Count(int(evidence.settings["holm_limit"])),
        " groups, Benjamini-Hochberg above that.",
    )


def _verdicts(evidence: Evidence) -> Text:
    settings = evidence.settings
    return (
        "Read from the ",
        Share(RULE_LEVEL),
        " interval of the ratio and the adjusted p at ",
        Share(settings["alpha"]),
        ". Worse, shown: the difference is established and its interval reaches ",
        Ratio(settings["margin_ratio"]),
        "; a difference that is surely under ",
        PointsLimit(settings["margin_points"]),
        (
            " is never called so. Not shown is not equal: what cannot be told yet says what the data could have shown with a "
            "chance of "
        ),
        Share(settings["power"]),
        ".",
    )


def _minima(evidence: Evidence) -> Text:
    settings = evidence.settings
    return (
        "A group and those it is compared with are tested from ",
        Number(settings["min_speakers"]),
        f" {noun(settings['min_speakers'], evidence.people)}, ",
        Number(settings["min_effective_speakers"]),
        " effective ones and ",
        Number(settings["min_expected_errors"]),
        " expected errors. ",
        (
            "Below that no verdict is given; the smallest groups are withheld."
            if evidence.is_public
            else "Below that the numbers are given and marked."
        ),
    )


def _floors() -> Text:
    return (
        (
            "A bound for every group is the largest of the groups' upper limits, each the larger of its interval's upper end "
            "and that of exact Poisson limits on effective counts, rounded up. It is stated only when every group has at "
            "least 10 speakers, and always beside the overall rate and the largest gap that is shown."
        ),
    )


def limits_section(evidence: Evidence) -> Section:
    """What the numbers cannot tell."""
    people = evidence.people
    items: list[Text] = [
        declared_text(evidence),
        (
            (
                f"If the system errs many times more often for a few {people} than for the rest, no interval from fewer than "
                f"100 {people} can show it. Small samples tend to make a group look better than it is."
            ),
        ),
        *_unlike_conditions(evidence),
        *_gaps_in_the_data(evidence),
        *_labels(evidence),
        (
            (
                "Not checked: that the transcripts came from the named system, that the labels are true, that the people "
                "recorded are like those who will use the system."
            ),
        ),
        ("This card describes one evaluation; it is not a conformity assessment.",),
    ]
    if evidence.notice:
        items.insert(0, (f"{evidence.notice}.",))
    missing = () if evidence.plan else ("a plan declared before looking",)
    parts = coverage_parts(evidence)
    return Section("limits", ("Coverage and limits",), (Listing(tuple(items)),), parts, missing)


def _unlike_conditions(evidence: Evidence) -> list[Text]:
    """What conditions may still do to a gap: all of it where groups are compared as recorded, else what is not named."""
    compared = evidence.fairness_groupings
    if not compared:
        return []
    if not any(one["role"] == "condition" for one in evidence.attributes):
        text = (
            "This evaluation names no condition of recording, so part of any gap may be one of noise, microphone or other "
            "conditions."
        )
        return [(text,)]
    if any(one.comparator == "complement" and (one.mix is None or one.mix["reason"]) for one in compared):
        text = (
            "Groups by one attribute are compared as they were recorded; where their mix of conditions differs, the gap "
            "holds some of the effect of the conditions."
        )
        return [(text,)]
    named = "Only conditions that the evaluation names could be made alike between groups; others may be part of a gap."
    return [(named,)]


def declared_text(evidence: Evidence) -> Text:
    """Whether the verdicts were declared in advance, and whether that was before the results were first opened."""
    tables = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    planned = [one for one in tables if any(row.versus.family == "planned" for row in one.rows)]
    if evidence.plan is None:
        return ("Exploratory: the groups, the metric and the margin were not declared in advance.",)
    when = "before" if evidence.plan["before_results"] else "after"
    start = f"A plan was set {when} results of this evaluation were first opened on this machine ("
    text: Text = (start, Label(f"{evidence.plan['set']}, sha256 {str(evidence.plan['sha256'])[:12]}"), "). ")
    if not planned:
        return (*text, "It declares none of the tables of this card, so every verdict is exploratory.")
    names = joined([attributes_phrase(one.by) for one in planned])
    return (*text, "Declared in it: ", *names, ". Every other verdict is exploratory.")


def _gaps_in_the_data(evidence: Evidence) -> list[Text]:
    items: list[Text] = []
    tables = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    for grouping in tables:
        groups = [row for row in grouping.rows if row.is_group]
        empty = sum(row.status == "empty" for row in groups)
        few = sum(row.status == "few speakers" for row in groups)
        withheld = sum(row.is_withheld for row in groups)
        found = counted(
            (
                (withheld, "{are} withheld from the public"),
                (empty, "{was} not recorded"),
                (few, f"{{has}} too few {evidence.people} or errors to be judged"),
            )
        )
        if found:
            start: Text = ("Of the ", Count(len(groups)), f" {noun(len(groups), 'groups')} by ")
            items.append((*start, *attributes_phrase(grouping.by), ", ", *joined(found), "."))
    return items


def _labels(evidence: Evidence) -> list[Text]:
    found = [
        a["name"]
        for a in evidence.attributes
        if a["role"] == "speaker" and a["label_source"] in {"unknown", "inferred"}
    ]
    if not found:
        return []
    names = joined([(Name(name),) for name in found])
    return [
        ("Nobody stated that the labels of ", *names, " came from the people themselves or from annotators.")
    ]
