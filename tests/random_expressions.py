"""Expressions, answers and slips by chance, for the tests that ask both evaluators (docs/adr/0070)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from questions.expressions import Names, evaluate
from questions.expressions.grammar import Parser, known_functions
from questions.expressions.reading import LONGEST

REPEAT = "people_met"
ALONE = ("told", "cells", "android", "div_1", "a-b", "day", "until")
ASKED_EACH = ("age", "who", "on")
NAMES: Names = {name: None for name in ALONE} | {name: REPEAT for name in ASKED_EACH} | {REPEAT: ""}
SIGNS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "*")
WORDS = ("or", "and", "div", "mod")
NUMBERS = (
    "0", "1", "2", "3.", ".5", "0.1", "10", "007", "2.5", "86400", "0.0000001", "123456789.125", "9007199254740993",
    "1000000000000000000000",
)  # fmt: skip
KNOWN = (
    "", "", "yes", "no", "a b c", "b", " ", "0", "1", "-1", "3", "3.0", " 7 ", "0.5", "-2.5", "1e3", "NaN", "Infinity",
    "2026-11-30", "2024-02-29", "2026-02-30", "1969-12-31", "14:05", "00:00", "24:00", "%d/%m/%Y", "%a %e %b", "true",
    "Zoë 😀", "👩‍🚀", "a\u00a0b", "line\nline", "e\u0301", "99999999999999999999", "it's",
)  # fmt: skip
LETTERS = "abc123.-: \té😀"
# What a hand that slips, or a hostile one, puts into an expression.
SLIPS = (
    *"()${}.,'\"-+*=<>! \u00a0😀x1", "", "..", "or", " and ", "div", "${told}", "${", "position(..)", "1e3", "not(",
)  # fmt: skip
DEEPEST = 4  # of what chance makes; the table has what is as deep as may be


@dataclass(frozen=True)
class Case:
    """An expression, answers, and what stands around them."""

    expression: str
    answers: dict[str, Any]
    around: dict[str, Any]

    def on_the_server(self) -> Any:
        """What the server finds."""
        today = date.fromisoformat(self.around["today"])
        return evaluate(self.expression, self.answers, **self.around | {"today": today})

    def for_the_browser(self) -> dict[str, Any]:
        """All of it, as the module in the browser takes it."""
        return {"expression": self.expression, "answers": self.answers, "around": self.around}


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are one: of the same kind, what is no number like itself, and nought with its sign."""
    kinds = {bool if isinstance(value, bool) else isinstance(value, int | float) for value in (one, other)}
    if len(kinds) > 1:
        return False
    if isinstance(one, bool) or not isinstance(one, int | float):
        return bool(one == other)
    one, other = float(one), float(other)
    return math.isnan(one) and math.isnan(other) or one == other and math.copysign(1, one) == math.copysign(1, other)


class Chance(Random):
    """Makes what somebody may write or answer."""

    def day(self) -> str:
        """A day, mostly of our time."""
        if self.random() < 0.1:
            return date.fromordinal(self.randint(1, date.max.toordinal())).isoformat()
        return (date(2026, 11, 30) + timedelta(self.randint(-400, 400))).isoformat()

    def words(self) -> str:
        """What an answer may be."""
        return self.choice([
            lambda: self.choice(KNOWN),
            lambda: self.choice(KNOWN),
            lambda: str(self.randint(-20, 200)),
            lambda: f"{self.uniform(-100, 100):.{self.randint(1, 12)}f}",
            self.day,
            lambda: f"{self.randint(0, 23):02}:{self.randint(0, 59):02}",
            lambda: "".join(self.choices(LETTERS, k=self.randint(0, 6))),
        ])()  # fmt: skip

    def quoted(self) -> str:
        """A text in its quotes."""
        words = self.words()
        mark = '"' if "'" in words else self.choice("'\"")
        return mark + words + mark

    def answer(self) -> str:
        """An answer, or those of a repeat."""
        return f"${{{self.choice((*ALONE, *ASKED_EACH))}}}"

    def single(self) -> str:
        """What is made of nothing else."""
        return self.choice([
            self.answer,
            self.answer,
            self.answer,
            lambda: self.choice(NUMBERS),
            lambda: str(self.randint(0, 40)),
            self.quoted,
            lambda: self.choice([".", "true()", "false()", "today()", "position(..)", f"count(${{{REPEAT}}})"]),
        ])()  # fmt: skip

    def expression(self, depth: int = DEEPEST) -> str:
        """An expression that means something."""
        if depth == 0 or self.random() < (DEEPEST - depth) / (2 * DEEPEST):
            return self.single()
        return self.choice([self.joined, self.joined, self.joined, self.call, self.call, self.call, self.signed])(depth)

    def joined(self, depth: int) -> str:
        """Two parts and an operator."""
        word = self.choice(WORDS)
        sign = self.choice([*SIGNS, *(f" {one}\n" for one in SIGNS), *(f" {word} " for _ in SIGNS)])
        return f"{self.expression(depth - 1)}{sign}{self.expression(depth - 1)}"

    def call(self, depth: int) -> str:
        """A function with as many values as it takes, now and then of the kind that it is meant for."""
        name = self.choice(known_functions())
        if name == "position":
            return "position(..)"
        token = Parser.symbol_table[name]
        many = self.randint(token.fewest, token.fewest + 2 if token.most is None else token.most)
        values = [self.expression(depth - 1) for _ in range(many)]
        if name == "format-date":
            values[1] = f"'{self.choice(['%d/%m/%Y', '%a %e %b %y', '%n%', 'day %q'])}'"
        return f"{name}({', '.join(values)})"

    def signed(self, depth: int) -> str:
        """A part in brackets, or with a sign, or with spaces."""
        return self.choice(["-{}", "({})", "-({})", " {}\t"]).format(self.expression(depth - 1))

    def answers(self) -> dict[str, Any]:
        """Answers to some questions, and some rounds."""
        alone = {name: self.words() for name in ALONE if self.random() < 0.8}
        return alone | {REPEAT: [self.round() for _ in range(self.randint(0, 4))]}

    def round(self) -> dict[str, str]:
        """Answers of one round, of which some may not be there."""
        return {name: self.words() for name in ASKED_EACH if self.random() < 0.9}

    def around(self) -> dict[str, Any]:
        """What stands around the answers."""
        return {
            "today": self.day(),
            "repeat": self.choice([None, REPEAT]),
            "index": self.randint(0, 3),
            "own": self.choice([None, self.words()]),
            "names": self.choice([None, NAMES]),
        }

    def case(self) -> Case:
        """A whole case."""
        made = self.expression()
        while len(made) > LONGEST:
            made = self.expression()
        return Case(made, self.answers(), self.around())

    def slipped(self) -> Case:
        """A case whose expression somebody's hand slipped in, which may be none any more."""
        words = self.expression(2)
        for _ in range(self.choice([1, 1, 2])):
            at = self.randint(0, len(words))
            words = words[:at] + self.choice(SLIPS) + words[at + self.randint(0, 2) :]
        return Case(words, self.answers(), self.around())


def _by_chance(make: Callable[[Chance], Case]) -> st.SearchStrategy[Case]:
    return st.integers(0, 2**64).map(lambda seed: make(Chance(seed)))


cases = _by_chance(Chance.case)
slips = _by_chance(Chance.slipped)
