"""Easy Read: one idea at a time, in few words, each beside a picture (ADR 0055, ADR 0057).

The one rule: an idea is one sentence of at most 15 words. It is checked here, and while somebody types by
`cms/static/cms/easy.js`, which is given these same patterns and sentences.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

MOST_WORDS = 15
# Patterns that a browser reads as Python does: nothing in them that one of the two has alone.
WORD = r"[^\s–—.,;:!?()\x22“”‘’…&+*/-][^\s–—]*"
NEXT_SENTENCE = r"(?:[.?!…][”’\x22')\]]*\s+|\s*\n\s*)(?=\S)"

FOLDER = Path(__file__).parent / "static" / "kit" / "easy"
# Our own pictures, drawn for this, by what they say.
PICTURES = {
    "said": "Saying something",
    "talk": "Talking together",
    "ask": "Asking",
    "listen": "Listening",
    "read": "Reading",
    "write": "Writing",
    "look": "Looking",
    "what": "A paper",
    "letter": "A letter",
    "phone": "A telephone",
    "computer": "A website",
    "news": "News",
    "who": "A person",
    "people": "People",
    "meeting": "A meeting",
    "care": "Care and respect",
    "health": "Health",
    "money": "Money",
    "home": "Home",
    "place": "A place",
    "bus": "Getting there",
    "door": "A room, a way in",
    "court": "A court",
    "private": "Private, safe",
    "danger": "Danger",
    "choice": "A choice",
    "why": "Why",
    "will": "Yes",
    "doing": "Doing it now",
    "not_now": "Not now",
    "cannot": "No",
    "when": "A day",
    "time": "Time",
    "easy": "Easy Read",
}


class Fault(StrEnum):
    """What makes an idea hard to read."""

    TWO = "two"
    LONG = "long"


# What to do about it; a browser fills in the same names.
MESSAGES = {
    Fault.TWO: "This says two things. Make a new idea for “{sentence}”. A short form such as Dr has no full stop.",
    Fault.LONG: "This has {words} words. Use {most} at most, or make two ideas of it: “{sentence}”",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """An idea that breaks the rule: how, and the sentence to be changed."""

    fault: Fault
    sentence: str
    words: int

    def __str__(self) -> str:
        return MESSAGES[self.fault].format(sentence=self.sentence, words=self.words, most=MOST_WORDS)


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea with the picture that stands beside it: a name in `PICTURES`."""

    picture: str
    words: str


def words_in(text: str) -> int:
    """How many words a text has; a dash between two words does not make them one."""
    return len(re.findall(WORD, text))


def broken(text: str) -> Broken | None:
    """How a text breaks the rule, or nothing."""
    sentence = text.strip()
    if further := re.search(NEXT_SENTENCE, sentence):
        second = sentence[further.end() :]
        return Broken(Fault.TWO, second, words_in(second))
    many = words_in(sentence)
    return Broken(Fault.LONG, sentence, many) if many > MOST_WORDS else None


def drawn(names: Iterable[str]) -> dict[str, bytes]:
    """Pictures of ours as files for a paper, under `easy/`."""
    return {f"easy/{name}.svg": _drawing(name) for name in set(names)}


@cache
def _drawing(name: str) -> bytes:
    return (FOLDER / f"{name}.svg").read_bytes()
