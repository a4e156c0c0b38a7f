"""What stands before a part of a set: whether a question is asked follows from what was answered before it alone."""

from collections.abc import Collection
from dataclasses import dataclass

from questions.expressions import BadExpression, check, names_in
from questions.shape import ENGLISH, Form, Question, Section, words_in


@dataclass(frozen=True, slots=True)
class Before:
    """The sections that have begun, the questions that were asked, and the section that the part itself stands in."""

    sections: tuple[Section, ...]
    questions: tuple[tuple[Section, Question], ...]
    home: Section | None


def before(form: Form, name: str, section: str = "") -> Before:
    """What stands before a part.

    `name` is the part; a new question has none yet and stands last in its `section`, a new section last of all.
    """
    begun: list[Section] = []
    asked: list[tuple[Section, Question]] = []
    for one in form.sections:
        if one.name == name:
            return Before(tuple(begun), tuple(asked), None)
        begun.append(one)
        for question in one.questions:
            if question.name == name:
                return Before(tuple(begun), tuple(asked), one)
            asked.append((one, question))
        if one.name == section:
            return Before(tuple(begun), tuple(asked), one)
    return Before(tuple(begun), tuple(asked), None)


def known_before(form: Form, name: str, section: str = "") -> tuple[dict[str, str | None], str | None]:
    """What a rule about a part may name, each with the repeat it stands in, and the repeat that the part stands in."""
    found = before(form, name, section)
    known: dict[str, str | None] = {one.name: "" for one in found.sections if one.repeats}
    known |= {one.name: _repeat(home) for home, one in found.questions if one.is_answered}
    return known, _repeat(found.home)


def check_rule(form: Form, rule: str, *, name: str, section: str = "", own: bool = False) -> None:
    """Raise BadExpression where a part cannot ask this; what is only asked too late for it is named in its words."""
    known, inside = known_before(form, name, section)
    if late := _later(form, name, names_in(rule) - known.keys()):
        raise BadExpression(f"“{words_in(late.label, ENGLISH) or late.name}” must come before this. Move it up.")
    check(rule, names=known, inside=inside, own=own)


def _later(form: Form, name: str, named: Collection[str]) -> Section | Question | None:
    """The first of these, which are not known before a part, that is answered after it all the same."""
    for section in form.sections:
        if section.repeats and section.name in named and section.name != name:
            return section
        for question in section.questions:
            if question.is_answered and question.name in named and question.name != name:
                return question
    return None


def _repeat(section: Section | None) -> str | None:
    return section.name if section is not None and section.repeats else None
