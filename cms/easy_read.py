"""What an Easy Read page shows: its ideas with their pictures, and the hard words that are met in them (ADR 0057)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cms import shapes, showing
from cms.errors import NotEasy
from cms.models.hard_words import HardWord
from cms.models.pictures import Picture
from cms.showing import Sized
from kit import easy

# The picture of an idea whose own may not be shown any more.
INSTEAD = "what"


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence: plain, or a hard word at the place where it is met first."""

    text: str
    hard: HardWord | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A heading, or an idea: a picture (ours by its name, or one of the library) and words."""

    heading: str = ""
    picture: str = ""
    photo: Picture | None = None
    size: Sized | None = None
    runs: Sequence[Run] = field(default=())


@dataclass(frozen=True, slots=True)
class Met:
    """A hard word, and the idea in which it was met: the list of them is written in no one language."""

    hard: HardWord
    idea: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole page, and the hard words that stand at its end."""

    shown: Sequence[Shown]
    hard_words: Sequence[Met]


def read(ideas: Iterable[Any], hard_words: Sequence[HardWord]) -> Reading:
    """The blocks of a page with each hard word marked where it is met first."""
    finder = _Finder(hard_words)
    blocks = list(ideas)
    sizes = showing.shown_each(filter(None, (_photo(block) for block in blocks)), shapes.BESIDE_AN_IDEA)
    shown = [_shown(block, finder, sizes) for block in blocks]
    return Reading(shown, [Met(one, finder.met[one.pk]) for one in hard_words if one.pk in finder.met])


def check(page: Any) -> None:
    """Refuse a page with an idea that breaks the rule; what its editor pressed says so beside the sentence first."""
    for block in page.ideas:
        words = block.value if block.block_type == "heading" else block.value["words"]
        if found := easy.broken(words or ""):
            raise NotEasy(f"“{page.title}” is not published yet. {found}")


def _photo(block: Any) -> Picture | None:
    return None if block.block_type == "heading" else block.value["photo"]


def _shown(block: Any, finder: "_Finder", sizes: Mapping[int, Sized]) -> Shown:
    if block.block_type == "heading":
        return Shown(heading=block.value)
    idea = block.value
    photo = _photo(block)
    size = sizes.get(photo.pk) if photo else None
    return Shown(
        picture=idea["picture"] or INSTEAD,
        photo=photo if size else None,
        size=size,
        runs=list(finder.runs((idea["words"] or "").strip())),
    )


class _Finder:
    """Finds words of the glossary, each once."""

    def __init__(self, hard_words: Sequence[HardWord]) -> None:
        self.met: dict[int, str] = {}
        self._by_form = {form.casefold(): one for one in hard_words for form in one.forms}
        longest_first = sorted(self._by_form, key=len, reverse=True)
        every = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE) if every else None

    def runs(self, text: str) -> Iterator[Run]:
        """A sentence in parts."""
        done = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            hard = self._by_form.get(found[0].casefold())
            if hard is None or hard.pk in self.met:
                continue
            self.met[hard.pk] = text
            if found.start() > done:
                yield Run(text[done : found.start()])
            yield Run(found[0], hard)
            done = found.end()
        if text[done:]:
            yield Run(text[done:])
