"""The sections on what was decided and who stands for the card: people's words, printed as theirs.

Owns the decisions there are, and that a card on synthetic voices cannot be signed off. Nothing here
is worked out from the data; names are as typed, and only a signature beside the card says more.
"""

from __future__ import annotations

from analysis.card.evidence import Evidence
from analysis.card.sections import Facts, Label, Paragraph, Section, Text, stated, stated_facts

SHIP, HOLD, MITIGATE = "ship", "hold", "ship with mitigation"
DECISIONS = (SHIP, HOLD, MITIGATE)
DECISION_FACTS = (
    ("reason", "Reason"),
    ("mitigation", "Mitigation"),
    ("gaps", "Gaps accepted"),
    ("accepted_by", "Accepted by, as typed"),
    ("accepted_until", "Accepted until"),
    ("review", "Review on"),
    ("by", "Decided by, as typed"),
    ("at", "Recorded"),
)
LOOKED_FOR = {
    "reason": "reason of the decision",
    "review": "date of the decision’s review",
    "by": "who decided",
}
"""What every decision needs; the rest is printed where it was stated."""
SIGN_OFF_FACTS = (("name", "Name, as typed"), ("role", "Role"), ("date", "Date"), ("at", "Recorded"))
NOT_CHECKED = "Names are as typed; nobody’s identity was checked. A signature beside the card says more."


def decision_section(evidence: Evidence) -> Section:
    """Ship, hold or ship with mitigation; which gaps are accepted, by whom and until when; when it is reviewed."""
    decided, title = evidence.decision, ("Decision",)
    if decided is None:
        return Section("decision", title, (Paragraph(("No decision is on record.",)),), missing=("decision",))
    opening: Text = ("Decided: ", Label(str(decided["choice"])), ".")
    if decided.get("build") != evidence.build:
        opening = (
            *opening,
            " It was taken on build ",
            Label(str(decided.get("build"))),
            ", not on this one.",
        )
    known = tuple((term, text) for key, term in DECISION_FACTS if (text := stated(decided, key)))
    missing = tuple(what for key, what in LOOKED_FOR.items() if not stated(decided, key))
    unsaid = ", ".join(missing)
    not_stated = (("Not stated", (f"{unsaid[:1].upper()}{unsaid[1:]}.",)),) if missing else ()
    return Section("decision", title, (Paragraph(opening), Facts((*known, *not_stated))), missing=missing)


def decision_text(evidence: Evidence) -> Text:
    """The decision in one line; what bears it and is not stated is named: "ship; reason and decider not stated"."""
    decided = evidence.decision
    if decided is None:
        return ("none on record",)
    reason = stated(decided, "reason")
    text: Text = (Label(str(decided["choice"])), *((": ", *reason) if reason else ()))
    unsaid = [what for key, what in (("reason", "reason"), ("by", "decider")) if not stated(decided, key)]
    text = (*text, f"; {' and '.join(unsaid)} not stated") if unsaid else text
    return text if decided.get("build") == evidence.build else (*text, " (taken on another build)")


def sign_off_reason(evidence: Evidence) -> str | None:
    """Why this card cannot be signed off; None where it can."""
    return f"{evidence.notice}. A card made from it cannot be signed off." if evidence.notice else None


def sign_off_state(evidence: Evidence) -> str:
    """refused, open or signed off; a sign-off of another build is none of this one."""
    if sign_off_reason(evidence):
        return "refused"
    held = evidence.signed_off
    return "signed off" if held and held.get("build") == evidence.build else "open"


def sign_off_section(evidence: Evidence) -> Section:
    """Whether somebody stands for this card."""
    title: Text = ("Sign-off",)
    reason, state = sign_off_reason(evidence), sign_off_state(evidence)
    if reason:
        return Section(
            "sign-off", title, (Paragraph((f"Refused. {reason}",), "notice"),), missing=("sign-off",)
        )
    if state == "open" or evidence.signed_off is None:
        return Section("sign-off", title, (Paragraph(("Not signed off.",)),), missing=("sign-off",))
    facts = tuple((term, stated(evidence.signed_off, key)) for key, term in SIGN_OFF_FACTS)
    return Section("sign-off", title, (stated_facts(facts), Paragraph((NOT_CHECKED,), "note")))
