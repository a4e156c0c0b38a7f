"""A published set as pages and phones read it: a tree of plain values, made once when a version is published."""

from collections.abc import Mapping
from typing import Any

from questions.limits import alone_of
from questions.shape import LANGUAGES, Form, Question, Section

Compiled = dict[str, Any]


def compiled(form: Form) -> Compiled:
    """The whole set: languages by code and name, and the sections with their questions in order."""
    return {
        "title": dict(form.title),
        "languages": [{"code": code, "name": LANGUAGES[code]} for code in form.languages],
        "sections": [_section(form, one) for one in form.sections],
    }


def _section(form: Form, section: Section) -> Compiled:
    return _full(
        name=section.name,
        label=dict(section.label),
        repeats=section.repeats,
        relevant=section.relevant,
        questions=[_question(form, one) for one in section.questions],
    )


def _question(form: Form, question: Question) -> Compiled:
    choices = [_full(value=one.value, label=dict(one.label), picture=one.picture) for one in form.choices_of(question)]
    return _full(
        name=question.name,
        kind=question.kind.value,
        label=dict(question.label),
        hint=dict(question.hint),
        required=question.required,
        relevant=question.relevant,
        constraint=question.constraint,
        message=dict(question.message),
        alone=alone_of(question.constraint),
        picture=question.picture,
        choices=choices,
    )


def _full(**values: Any) -> Compiled:
    """Only what is there: a phone on a slow line reads every byte."""
    return {name: value for name, value in values.items() if value or name == "questions"}


def repeat_of_each(compiled_form: Mapping[str, Any]) -> dict[str, str | None]:
    """For each question the repeat in which it stands, or none; for a repeat itself, empty text."""
    known: dict[str, str | None] = {}
    for section in compiled_form["sections"]:
        repeats = section.get("repeats", False)
        if repeats:
            known[section["name"]] = ""
        known.update({one["name"]: section["name"] if repeats else None for one in section["questions"]})
    return known
