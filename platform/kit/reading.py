"""How old somebody must be to read words with ease: Flesch–Kincaid grade + 5 (docs/adr/0055).

Syllables are counted where British English may be hyphenated (`pyphen`, en_GB). What is measured is pooled: all the
words of a journey are one text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from pyphen import Pyphen

# An American school grade and the age at which it is reached.
AGE_AT_GRADE_0 = 5
# A fragment ("Yes", "Next") is no sentence: counted as one it would make the rest look easier than it is.
FEWEST_WORDS = 3

_ENDS = re.compile(r"(?<=[.?!:])[”’\"')]*\s+(?=[\w“‘\"'(])")
_ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|\b\S+\.\w+/\S*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàâäéèêëïîôöùûü]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzhg])es$")
# Where one thing that is read ends and the next begins.
_BLOCKS = frozenset({
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td", "th", "label", "legend", "button", "summary",
    "caption", "option", "div", "section", "article", "blockquote", "form", "fieldset", "table", "tr", "ul", "ol", "dl",
    "main", "br", "hr", "details",
})  # fmt: skip
# Nobody reads these, or they are somebody's own words: a quotation, and what a page shows of what was typed.
_LEFT_OUT = frozenset(["script", "style", "svg", "head", "blockquote", "textarea", "select", "template"])
_LEFT_OUT_CLASSES = frozenset(["app-typed", "app-slip__code", "app-pair__answer", "app-read-not"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what is counted of it."""

    text: str
    words: int
    syllables: int
    heard: int
    """Syllables as they sound, by a rule of thumb: more than are found where a word may be hyphenated."""

    @property
    def age(self) -> float:
        return _age(self.words, 1, self.syllables)


@dataclass(frozen=True, slots=True)
class Measured:
    """All sentences of a journey."""

    sentences: Sequence[Sentence]

    @property
    def words(self) -> int:
        return sum(one.words for one in self.sentences)

    @property
    def age(self) -> float:
        """Years: the age at which the whole is read with ease."""
        return _age(self.words, len(self.sentences), sum(one.syllables for one in self.sentences))

    @property
    def age_by_sound(self) -> float:
        """The same with syllables as they sound: higher, and so the harder of two tests."""
        return _age(self.words, len(self.sentences), sum(one.heard for one in self.sentences))

    def hardest(self, most: int = 3) -> list[Sentence]:
        """The sentences to rewrite first."""
        return sorted(set(self.sentences), key=lambda one: (-one.age, one.text))[:most]


def measure(texts: Iterable[str], *, terms: Iterable[str] = ()) -> Measured:
    """Pool texts; each line is read by itself, and `terms` of the field are not counted."""
    left_out = _pattern(tuple(sorted(terms)))
    found = [one for text in texts for line in text.splitlines() for one in _sentences(line, left_out)]
    return Measured([one for one in found if one.words >= FEWEST_WORDS])


def words_of_page(html: str) -> str:
    """What is read on a page in its own language, one line for each thing: its main part, without quotations."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def syllables(word: str) -> int:
    """How many syllables a word has."""
    return len(_hyphens().positions(word.lower())) + 1


def syllables_heard(word: str) -> int:
    """How many groups of vowels a word has, less an e that is not heard at its end."""
    plain = _SILENT.sub("", word.lower())
    return max(1, len(_VOWELS.findall(plain)))


def _age(words: int, sentences: int, syllables_: int) -> float:
    if not words:
        return 0.0
    return 0.39 * words / sentences + 11.8 * syllables_ / words - 15.59 + AGE_AT_GRADE_0


def _sentences(line: str, left_out: re.Pattern[str] | None) -> list[Sentence]:
    plain = _ADDRESSES.sub(" ", line).strip()
    return [_counted(part, left_out) for part in _ENDS.split(plain) if part.strip()]


def _counted(text: str, left_out: re.Pattern[str] | None) -> Sentence:
    counted = _WORD.findall(left_out.sub(" ", text) if left_out else text)
    return Sentence(text, len(counted), sum(map(syllables, counted)), sum(map(syllables_heard, counted)))


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_GB")


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    if not terms:
        return None
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(term) for term in longest_first)})\b", re.IGNORECASE)


class _Reader(HTMLParser):
    """The words between `<main>` and `</main>`, broken where a block ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []
        self._in_main = False
        self._language = ""

    def text(self) -> str:
        lines = (re.sub(r"\s+", " ", line).strip() for line in self._lines)
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self._language = given.get("lang") or ""
        if tag == "main":
            self._in_main = True
        if tag in _BLOCKS:
            self._lines.append("")
        if tag in _VOID:
            return
        classes = set((given.get("class") or "").split())
        is_foreign = given.get("lang", self._language) != self._language
        unread = tag in _LEFT_OUT or "hidden" in given or is_foreign or bool(classes & _LEFT_OUT_CLASSES)
        self._open.append((tag, unread or self._is_unread))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            ended, _ = self._open.pop()
            if ended == tag:
                break
        if tag == "main":
            self._in_main = False
        if tag in _BLOCKS:
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._is_unread:
            self._lines[-1] += data

    @property
    def _is_unread(self) -> bool:
        return bool(self._open) and self._open[-1][1]
