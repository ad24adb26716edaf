"""Labels of the Card page beside the card itself: findings, decision, sign-off, and a card that is verified."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.decision import HOLD, MITIGATE, SHIP
from dashboard.wording import attribute_label
from dashboard.wording_time import moment

TABS = {
    "preview": "Preview",
    "claims": "Claims",
    "findings": "Findings",
    "decision": "Decision",
    "changes": "Changes",
    "files": "Files",
    "verify": "Verify",
}
"""Tabs of the page, by their name in a link."""

NO_FINDINGS = "Nothing is on record for {system}. Open the Heatmap, choose a cell and add it to the card."
OPEN_HEATMAP = "Open the Heatmap"
CHANGE = "Change"
STATE, REASON, CLAIM, NOTE, AUTHOR, PLACE = (
    "State",
    "Reason",
    "Claim",
    "Note",
    "Who says so",
    "Place in the list",
)
REASON_HELP = "Needed for another state. The card prints it."
CLAIM_HELP = "One sentence of your own. Empty: the card prints the numbers alone."
NOT_ENOUGH = "A gap in coverage: nothing can be concluded for this combination yet."
ADD_TO_CARD, KEEP_FINDING = "Add to card", "Put on record"
GROUP, WHOM = "Group", "Choose whom it is about"
NOTE_HELP = "Anything else, such as what to listen to. The card prints it, but not for the public."
AUTHOR_HELP = "As typed; nobody’s identity is checked."
SAVE_CHANGE = "Put on record"
KEPT = "What was said before stays on record; nothing is overwritten."
HISTORY = "History"
WITHDRAWN_LEAVE = "Withdrawn findings leave the card, which says how many there were."

DECIDED_AS = "Decision"
DECISION_LABELS = {SHIP: "Ship", MITIGATE: "Ship with mitigation", HOLD: "Hold"}
DECISION_FIELDS = {
    "reason": "Reason",
    "mitigation": "Mitigation",
    "gaps": "Gaps that are accepted",
    "accepted_by": "Accepted by",
    "accepted_until": "Accepted until",
    "review": "Review on",
    "by": "Decided by",
}
DECISION_ROWS = (
    ("reason",),
    ("mitigation",),
    ("gaps",),
    ("accepted_by", "accepted_until"),
    ("by", "review"),
)
LONG_FIELDS = ("reason", "mitigation", "gaps")
DATE_FIELDS = ("accepted_until", "review")
DATE_HELP = "A day, such as 2027-03-31."
DECISION_NOTE = (
    "The card prints these words for every audience, also the public. Leave out what may not be read there."
)
RECORD_DECISION, TAKE_BACK_DECISION = "Record the decision", "Take it back"
DECISION_OF_OTHER_BUILD = (
    "This decision was taken on build {build}. Record it again to take it on the build on screen."
)

SIGN_OFF = "Sign-off"
SIGN_OFF_FIELDS = {"name": "Name", "role": "Role", "date": "Date"}
SIGN_OFF_NOTE = (
    "As typed; nobody’s identity is checked. `fairhearing sign card.json --key key.pem` adds a signature that can be. "
    "A sign-off is of this build alone."
)
SIGN_OFF_REFUSED = "Sign-off refused."
SIGN, TAKE_BACK_SIGN_OFF = "Sign off", "Take it back"
NAME_NEEDED = "Type the name of who signs off."
CHOICE_NEEDED = "Choose what was decided."

VERIFY_INTRO = (
    "Did you get a card from somebody? Hand in its JSON, and every number and sentence of it is worked out again from the "
    "evaluation on screen. The file is read and thrown away. Its PDF, Word or HTML are checked by `fairhearing verify`, "
    "where they lie beside the JSON."
)
CARD_FILE, SIGNATURE_FILE, KEY_FILE, PLAN_FILE = (
    "The card’s JSON (card.json)",
    "Signature (card.json.sig), if there is one",
    "Signer’s public key (PEM)",
    "The plan you were given (plan.json)",
)
SIGNATURE_PARTS = "The card has a signature"
PLAN_PARTS = "You were given the plan it should be made by"
DIFFERENCE_COLUMNS = ("What", "The card says", "The data give", "Place in card.json")
NOT_CHECKED = "What no program can check, or not from here"
DIFFERENCES = "Where the card differs"


CLAIMS_INTRO = (
    "Each sentence of the card is written only where the numbers carry it. One that would be asked for and that they do not "
    "carry is refused, with the reason."
)


def of_another(named: object, system: str, on_screen: str) -> str:
    """That a card that does not hold is of another evaluation than the one it was held against."""
    card = f"The card says it is of “{named}”, system {system}"
    return f"{card}; it was held against “{on_screen}”, which is on screen. Open its own evaluation and hand it in there."


def on_record(at: str) -> str:
    """That what stands in a form is kept, and since when."""
    return f"On record since {moment(at)}." if at else "On record."


def claims_about(by: Sequence[str], count: int) -> str:
    """How many claims there are about single groups of one table."""
    return f"{' × '.join(map(attribute_label, by))}: {count:,} {'claim' if count == 1 else 'claims'} about single groups"


MISSING_HERE = "Missing here:"


def more_differences(count: int) -> str:
    """How many differences are not listed."""
    return f"And {count:,} more. `fairhearing verify --format json` lists them all."


def compared_note(a: str, b: str) -> str:
    """What the note of a finding from a comparison of two systems begins with."""
    return f"Seen in a comparison of {b} with {a} on the same utterances."


def kept_sentence(name: str) -> str:
    """That a finding is on record now."""
    return f"Kept for the card: {name}."


def place_label(number: int, count: int) -> str:
    """A place in the list of findings."""
    return f"{number} of {count}"


def event_sentence(at: str, author: str, what: str, value: str, reason: str) -> str:
    """One entry of a finding's history."""
    by = f" by {author}" if author else ""
    why = f" ({reason})" if reason else ""
    return f"{at}{by}: {what} “{value}”{why}"
