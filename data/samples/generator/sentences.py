"""The sentences that are read aloud: templates in six domains and the words that fill them.

Owns the text and nothing else: no voices, no audio. Every word must be in the recogniser's dictionary
(``recognise.build_dictionary`` refuses one that is not), and all text is lower case without punctuation.
"""

from __future__ import annotations

import random
import re

NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
DIGITS = "zero one two three four five six seven eight nine".split()


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split(",")]


WORDS: dict[str, list[str]] = {
    "day": "monday tuesday wednesday thursday friday saturday sunday tomorrow today".split(),
    "month": "january february march april may june july august september october november december".split(),
    "ordinal": (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth twentieth thirtieth"
    ).split(),
    "room": _phrases(
        "bedroom, kitchen, bathroom, hallway, garage, office, basement, living room, dining room"
    ),
    "person": (
        "anna david maria james susan peter linda robert laura kevin helen martin julia thomas rachel simon"
    ).split(),
    "relation": _phrases(
        "my sister, my brother, my mother, my father, my boss, my neighbor, my cousin, the landlord, "
        "the plumber, my teacher"
    ),
    "city": (
        "london boston dublin berlin madrid chicago toronto paris vienna denver sydney glasgow houston "
        "rome oslo prague"
    ).split(),
    "when": _phrases(
        "in the morning, in the afternoon, in the evening, at noon, at midnight, after lunch, before dinner, after work"
    ),
    "team": "finance marketing design legal sales support research security".split(),
    "document": "report contract budget invoice summary schedule proposal agenda draft survey".split(),
    "which": "final first monthly annual weekly latest revised missing".split(),
    "food": (
        "milk bread butter cheese apples onions rice coffee chicken tomatoes pepper sugar carrots potatoes yogurt honey"
    ).split(),
    "dish": "soup salad pizza fish pasta curry steak sandwich".split(),
    "medicine": _phrases(
        "aspirin, insulin, antibiotics, vitamins, penicillin, the cough syrup, the eye drops, the painkillers"
    ),
    "body": "back shoulder knee throat stomach head chest ankle wrist elbow foot neck".split(),
    "pain": "sharp dull constant mild severe burning".split(),
    "music": _phrases(
        "jazz, classical music, rock, folk songs, the news, a podcast, piano music, country music"
    ),
    "appliance": "lights heating fan television radio oven alarm dishwasher heater curtains".split(),
    "account": _phrases(
        "credit card, debit card, savings account, checking account, mortgage, business account"
    ),
    "trouble": _phrases(
        "was charged twice, has been blocked, was stolen, does not work, is missing a payment, "
        "shows the wrong balance, expired last month, was never delivered"
    ),
    "weather": "cloudy sunny windy wet cold foggy dry warm stormy".split(),
    "part": "valve pump filter motor belt sensor cable switch bearing conveyor".split(),
    "state": _phrases(
        "leaking, overheating, vibrating, broken, blocked, worn out, too loud, out of order, running slowly, "
        "ready for inspection"
    ),
    "area": _phrases(
        "north wall, loading dock, main hall, boiler room, second floor, storage area, assembly line, control room"
    ),
    "animal": "dog cat horse bird rabbit fox goat".split(),
    "place": (
        "river forest harbor market station bridge garden museum castle village school library mountain "
        "beach church hospital"
    ).split(),
    "passed": _phrases(
        "walked along, looked across, drove past, waited near, stood behind, ran toward, met outside, painted"
    ),
    "who": _phrases(
        "the old man, the children, her uncle, the young woman, two students, the captain, our neighbors, "
        "the farmer, a stranger, the girl, the judge, the singer"
    ),
    "then": _phrases(
        "and watched the boats, and began to laugh, without saying a word, because the road was closed, "
        "until the rain stopped, while the others slept, before anyone noticed, and thought about home, "
        "and found a broken clock, with a heavy wooden box, for almost an hour, and asked for a glass of water"
    ),
    "switched": ["on", "off"],
    "number": NUMBERS[1:],
}

TEMPLATES: dict[str, list[str]] = {
    "assistant": [
        "turn {switched} the {appliance} in the {room}",
        "set the {room} temperature to {tens} degrees",
        "wake me up at {clock} {when}",
        "remind me to call {relation} {when}",
        "play some {music} in the {room}",
        "add {food} and {food} to my shopping list",
        "what is the weather like in {city} {day}",
        "set a timer for {tens} minutes",
        "is it going to be {weather} in {city} {day}",
        "send a message to {person} that i will be late",
        "dim the {room} lights to {tens} percent",
        "how long does it take to drive to {city}",
        "show me a recipe for {dish} with {food}",
        "lock the front door and close the {room} window",
    ],
    "banking": [
        "my {account} {trouble}",
        "i want to transfer {amount} to my {account}",
        "my account number is {digits6}",
        "please send me a new {account} before {day}",
        "i paid {amount} on {date}",
        "the last four digits are {digits4}",
        "there is a charge of {amount} that i do not recognize",
        "what is the balance of my {account}",
        "can you cancel the payment to {person} for {amount}",
        "my phone number is {digits7}",
        "i would like to speak to someone about my {account}",
    ],
    "health": [
        "i have had a {pain} pain in my {body} since {day}",
        "take {medicine} {number} times a day after meals",
        "the patient was given {medicine} {when}",
        "my next appointment is on {date} at {clock}",
        "i am allergic to {medicine} and to {food}",
        "my {body} hurts when i climb the stairs",
        "her temperature was one hundred and {number} last night",
        "the nurse checked my blood pressure twice",
        "please refill my prescription for {medicine}",
        "the pain in my {body} gets worse {when}",
        "can i see a doctor about my {body} on {day}",
    ],
    "story": [
        "{who} {passed} the {place} {then}",
        "{who} sold the {animal} at the {place} for {amount}",
        "the {animal} slept under the table {then}",
        "one {weather} morning {who} {passed} the {place}",
        "nobody in the {place} remembered {who}",
        "{who} and the {animal} {passed} the {place}",
        "it was a {weather} night and {who} could not sleep",
        "behind the {place} there was a small {place}",
    ],
    "travel": [
        "the train to {city} leaves at {clock} {when}",
        "i would like two tickets from {city} to {city}",
        "is there a direct flight to {city} on {day}",
        "my flight to {city} was delayed by {number} hours",
        "please book a hotel room in {city} for {number} nights",
        "we will arrive in {city} on {date}",
        "which platform does the {city} train leave from",
        "can i change my seat to the window side",
        "i need a taxi to the {place} at {clock}",
        "the bus from {city} was late again {day}",
        "how far is the {place} from the {place}",
    ],
    "workplace": [
        "please send the {which} {document} to the {team} team",
        "the {team} meeting has moved to {day} at {clock}",
        "we need to discuss the {which} {document} with {person}",
        "the {part} near the {area} is {state}",
        "{person} will review the {document} before {day}",
        "replace the {part} on machine number {number}",
        "there is oil on the floor by the {area}",
        "can you share the {document} with the {team} department",
        "the {which} {document} is due on {date}",
        "stop the line because the {part} is {state}",
        "we shipped {number} boxes to the {city} warehouse",
    ],
}

DOMAINS = tuple(TEMPLATES)


def _clock(rng: random.Random) -> str:
    hour = rng.choice(NUMBERS[:12])
    form = rng.choice(["half past {}", "quarter to {}", "{} o'clock", "{} fifteen", "{} forty five"])
    return form.format(hour)


def _tens(rng: random.Random) -> str:
    tens = rng.choice(TENS)
    return f"{tens} {rng.choice(DIGITS[1:])}" if rng.random() < 0.6 else tens


def _amount(rng: random.Random) -> str:
    form = rng.choice(["{tens} dollars", "{small} hundred and {tens} dollars", "{small} thousand dollars"])
    return form.format(tens=_tens(rng), small=rng.choice(NUMBERS[:9]))


def _fill(slot: str, rng: random.Random) -> str:
    if slot.startswith("digits"):
        return " ".join(rng.choice(DIGITS) for _ in range(int(slot.removeprefix("digits"))))
    if slot == "clock":
        return _clock(rng)
    if slot == "tens":
        return _tens(rng)
    if slot == "amount":
        return _amount(rng)
    if slot == "date":
        return f"{rng.choice(WORDS['month'])} {rng.choice(WORDS['ordinal'])}"
    return rng.choice(WORDS[slot])


def sentence(domain: str, rng: random.Random) -> str:
    """One sentence of a domain; ``rng`` decides the template and its words."""
    template = rng.choice(TEMPLATES[domain])
    return re.sub(r"\{(\w+)\}", lambda slot: _fill(slot.group(1), rng), template)


def vocabulary() -> set[str]:
    """Every word a sentence can hold."""
    listed = [*NUMBERS, *TENS, *DIGITS, *(word for words in WORDS.values() for word in words)]
    fixed = [re.sub(r"\{\w+\}", " ", line) for lines in TEMPLATES.values() for line in lines]
    spoken_forms = ["half past quarter to o'clock fifteen forty five hundred and thousand dollars"]
    return {word for text in [*listed, *fixed, *spoken_forms] for word in text.split()}
