"""Texts made up from a seed for tests of English normalisers: ordinary sentences, and strings that look for trouble.

Owns the words and how they are put together; it holds no expected results.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

PLAIN = (
    "the i you a to that it of in was for on he she we they what like know think people time because really about "
    "house water garden station morning colour centre realise neighbour tonne programme judgement travelled grey"
).split()
NUMBERS = (
    "one two three five nine ten eleven nineteen twenty forty ninety hundred thousand million billion first second "
    "third fifth twelfth twentieth hundredth ones twos twenties hundreds zero oh o and a half point double triple "
    "minus plus negative positive dollar dollars pound euros cent cents percent per"
).split()
CONTRACTED = (
    "it's don't can't won't I'm he's she'd they've we'll you're y'all gonna wanna gotta kinda dunno imma I'ma ain't "
    "ma'am let's 'cause 'em 'til rock'n'roll o'clock John's dogs' James's been gone done got has had Mr. Mrs St Dr. "
    "Prof. Gen. hon Jr. esq don’t it’s John’s"
).split()
WRITTEN = (
    "5 7 1 0 007 12 21 1990 1,000 10,000 3.5 0.1 1.1 .5 $5 $2.50 £1 €20 $0 $0.05 $.50 ¢7 5¢ 5% 1% 3rd 21st 2nd 1s "
    "1990s 5k mp3 b2b 5:30 5pm 10-year 1/2 3+4 #1 1.5.2 1. 5, 5's 5’s $5k $5% 1_000 2x4 ½ ² m² ① ٣ ३ Ⅷ １２"
).split()
FILLERS = "um uh hmm mm mhm mmm uh-huh um's mm, erm ah er [laughs] (coughs) <noise> [x y] (two words) [[ )] > <".split(
    " "
)
ODD = [
    *(
        "' '' ' 's 'd 'll 't 've 'm 're 'ma 'all 'am n't s st nd rd th 'five 'one' 'hello there' s' x's x'd d'".split(
            " "
        )
    ),
    *(
        ". .. ... … wait... wait.. well… a.b a..b e.g. U.S.A. what?! hey!! - – — -- , , . % %% a% $ $$ £ & @me a/b _".split()
    ),
    *(
        "café naïve Ünïted ﬁne œuvre Straße ΟΔΟΣ Σ' İ ´ don´t ŉ ﷺ नमस्ते こんにちは日本語 привет สวัสดี 안녕 שלום".split()
    ),
    *(
        "🙂 👍🏽 1️⃣ ♥ ™ ℃ \u200d a\u200db half\u200d \xad \x00 cafe\u0301 \u0301 twenty-one two-thirds one's and-a-half".split(
            " "
        )
    ),
    *(
        "and a half|a half|he'd been|it's got|she's gone|I'd done|'s been|one oh one|per cent|$2 and ¢7".split(
            "|"
        )
    ),
]
SPACES = ("\t", "\n", "  ", " \n ", "\u3000", "\xa0", "\x1c", "\u2028", "")
MARKS = (",", ".", "?", "!", ";", ":", "...", "'", "’", '"', "-", ".,", "?!", "%", ")", "…")


def ordinary(n: int, seed: int) -> Iterator[str]:
    """Sentences of 3 to 20 words, as people transcribe and recognisers write."""
    rng = random.Random(seed)
    kinds = (PLAIN, NUMBERS, CONTRACTED, WRITTEN[:30], FILLERS[:4])
    for _ in range(n):
        chosen = rng.choices(kinds, weights=(75, 8, 8, 4, 3), k=rng.randint(3, 20))
        words = [rng.choice(kind) + (rng.choice(MARKS[:6]) if rng.random() < 0.06 else "") for kind in chosen]
        sentence = " ".join(words)
        yield sentence[0].upper() + sentence[1:] + rng.choice(("", ".", "?"))


def adversarial(n: int, seed: int) -> Iterator[str]:
    """Short strings of what a normaliser reads together with its neighbours, odd white space and marks between them."""
    rng = random.Random(seed)
    kinds = (PLAIN, NUMBERS, CONTRACTED, WRITTEN, FILLERS, ODD)
    for _ in range(n):
        preferred = rng.choice(kinds)
        pieces = []
        for _ in range(rng.choice((1, 2, 3, 4, 6, 9))):
            word = rng.choice(preferred if rng.random() < 0.5 else rng.choice(kinds))
            mark = rng.choice(MARKS) if rng.random() < 0.25 else ""
            space = rng.choice(SPACES) if rng.random() < 0.2 else " "
            pieces.append(space + mark + word if rng.random() < 0.1 else word + mark + space)
        text = "".join(pieces)
        if rng.random() < 0.1:
            text = "".join(rng.sample(text, len(text)))
        yield rng.choice((text, text, text, text.upper(), text.title(), text.strip()))
