"""“Ask only if” and limits as they are chosen on a page, and the expressions that they are kept as."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from questions.looking_back import before
from questions.shape import ENGLISH, Choice, Form, Kind, Question, words_in

_IS = re.compile(r"\$\{(?P<name>\w+)\} (?P<sign>!?=) '(?P<value>[^']*)'")
_CHOSEN = re.compile(r"(?P<not>not\()?selected\(\$\{(?P<name>\w+)\}, '(?P<value>[^']*)'\)\)?")
_NUMBERS = re.compile(r"(?:\. >= (?P<least>-?\d+))?(?: and )?(?:\. <= (?P<most>-?\d+))?")
_LETTERS = re.compile(r"string-length\(\.\) <= (?P<most>\d+)")
_ALONE = re.compile(r"not\(selected\(\., '(?P<value>[^']*)'\)\) or count-selected\(\.\) = 1")
NOT_LATER = ". <= today()"


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """That something is asked only if another answer is, or is not, a choice."""

    name: str
    value: str
    is_so: bool = True

    @classmethod
    def read(cls, expression: str) -> Self | None:
        """What an expression says, if it is one that a page makes."""
        if found := _IS.fullmatch(expression):
            return cls(found["name"], found["value"], found["sign"] == "=")
        if (found := _CHOSEN.fullmatch(expression)) and expression.endswith("))") == bool(found["not"]):
            return cls(found["name"], found["value"], not found["not"])
        return None

    def expression(self, form: Form) -> str:
        """The same as an expression: of several choices one is asked by its own function."""
        question = form.question(self.name)
        if question is not None and question.kind == Kind.MANY:
            chosen = f"selected(${{{self.name}}}, '{self.value}')"
            return chosen if self.is_so else f"not({chosen})"
        return f"${{{self.name}}} {'=' if self.is_so else '!='} '{self.value}'"


def in_words(draft: Form, rule: str) -> str:
    """“Ask only if” as a page says it; a rule that somebody wrote themselves is shown as they wrote it."""
    only_if = OnlyIf.read(rule)
    question = draft.question(only_if.name) if only_if else None
    if only_if is None or question is None:
        return rule
    words = {one.value: words_in(one.label, ENGLISH) for one in draft.choices_of(question)}
    answer = f"“{words.get(only_if.value, only_if.value)}”"
    return f"{answer if only_if.is_so else f'not {answer}'} to “{words_in(question.label, ENGLISH)}”"


def earlier_choices(draft: Form, name: str, section: str = "") -> Iterator[tuple[str, str]]:
    """Every answer that could be chosen before a part is asked, as (`name=value`, words).

    What stands in a repeat is known there alone.
    """
    found = before(draft, name, section)
    for home, question in found.questions:
        if not home.repeats or home is found.home:
            yield from _choices(draft, question)


def _choices(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    for one in form.choices_of(question):
        yield f"{question.name}={one.value}", f"{words_in(question.label, ENGLISH)}: {words_in(one.label, ENGLISH)}"


def numbers(least: int | None, most: int | None) -> str:
    """A limit of numbers as an expression, or nothing."""
    parts = (f". >= {least}" if least is not None else "", f". <= {most}" if most is not None else "")
    return " and ".join(part for part in parts if part)


def numbers_of(expression: str) -> tuple[int | None, int | None] | None:
    """The least and the most of such an expression; none if it says something else."""
    found = _NUMBERS.fullmatch(expression)
    return (_number(found["least"]), _number(found["most"])) if found else None


def letters(most: int | None) -> str:
    """A limit of the length of a text as an expression, or nothing."""
    return f"string-length(.) <= {most}" if most is not None else ""


def letters_of(expression: str) -> int | None:
    """The longest text that such an expression allows; none if it says something else."""
    found = _LETTERS.fullmatch(expression)
    return int(found["most"]) if found else None


def alone(value: str) -> str:
    """That an answer like “None of these” goes with no other, as an expression; nothing where there is none."""
    return f"not(selected(., '{value}')) or count-selected(.) = 1" if value else ""


def alone_of(expression: str) -> str:
    """The answer that such an expression lets stand alone; nothing if it says something else."""
    found = _ALONE.fullmatch(expression)
    return found["value"] if found else ""


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def said_of(constraint: str, choices: Iterable[Choice] = ()) -> str:
    """What we say to whoever goes past a limit, where nobody wrote anything else; nothing where there is none."""
    if not constraint:
        return ""
    if value := alone_of(constraint):
        words = {one.value: words_in(one.label, ENGLISH) for one in choices}
        return f"Choose either “{words.get(value, value)}” or the other answers."
    if both := numbers_of(constraint):
        return message(*both)
    if most := letters_of(constraint):
        return f"Write {most} letters at most."
    if constraint == NOT_LATER:
        return "Give today or a day before."
    return "This answer is outside of its limits. Change it."


def message(least: int | None, most: int | None) -> str:
    """What to say to whoever goes past a limit of numbers, where nobody wrote anything else."""
    if least is not None and most is not None:
        return f"Give a number from {least} to {most}."
    return f"Give {least} or more." if least is not None else f"Give {most} or less."
