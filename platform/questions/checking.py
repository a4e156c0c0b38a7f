"""What keeps a draft from being published, in words that say where and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from questions.editing import all_words
from questions.expressions import BadExpression
from questions.looking_back import check_rule
from questions.page_size import MOST_FIELDS, fields_of
from questions.shape import EASY_READ, ENGLISH, LANGUAGES, Form, Question, Section, words_in, write


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right: the question or section that it is about, and what to do."""

    name: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


def problems(form: Form) -> tuple[Problem, ...]:
    """Everything that is to be put right before this can be published; what is only said by `pyxform` comes last."""
    found = (*_of_the_whole(form), *_of_sections(form), *_of_expressions(form), *_of_languages(form))
    return found or tuple(_of_xlsform(form))


def _of_the_whole(form: Form) -> Iterator[Problem]:
    if not any(question.is_answered for _, question in form.questions()):
        yield Problem("", "", "There is no question yet. Add one.")


def _of_sections(form: Form) -> Iterator[Problem]:
    for section in form.sections:
        if not section.questions:
            yield Problem(section.name, _called(section), "This section is empty. Add a question, or take it away.")
        if fields_of(form, section) > MOST_FIELDS:
            what = "This section asks for more than one page can send. Move some questions into another section."
            yield Problem(section.name, _called(section), what)
    for _, question in form.questions():
        if question.list_name and len(form.choices_of(question)) < 2:
            yield Problem(question.name, _called(question), "Give at least 2 answers to choose from.")


def _of_expressions(form: Form) -> Iterator[Problem]:
    """Who is asked only if something is so looks back alone; a limit may look at its own answer too."""
    for section in form.sections:
        yield from _checked(form, section, section.relevant, own=False)
        for question in section.questions:
            yield from _checked(form, question, question.relevant, own=False)
            yield from _checked(form, question, question.constraint, own=True)


def _checked(form: Form, thing: Section | Question, expression: str, *, own: bool) -> Iterator[Problem]:
    if not expression:
        return
    try:
        check_rule(form, expression, name=thing.name, own=own)
    except BadExpression as bad:
        yield Problem(thing.name, _called(thing), str(bad))


def _of_languages(form: Form) -> Iterator[Problem]:
    for thing in _said(form):
        if not thing.label.get(ENGLISH):
            yield Problem(thing.name, _called(thing), "This has no words. Write what it says.")
    for code in form.languages:
        missing = [words for words in all_words(form).values() if not words.get(code)]
        if missing:
            first = words_in(missing[0], ENGLISH)
            left = f"{len(missing)} {'thing has' if len(missing) == 1 else 'things have'}"
            what = f"{left} no words yet, the first is “{first}”. Write them, or take this language away."
            yield Problem("", LANGUAGES[code], what)
    if EASY_READ in form.languages:
        yield from _without_pictures(form)


def _without_pictures(form: Form) -> Iterator[Problem]:
    for _, question in form.without_pictures():
        yield Problem(question.name, _called(question), "Choose a picture for Easy Read.")


def _said(form: Form) -> Iterator[Section | Question]:
    for section in form.sections:
        yield section
        yield from section.questions


def _of_xlsform(form: Form) -> Iterator[Problem]:
    try:
        convert(xlsform=write(form), form_name="data")
    except PyXFormError as error:
        yield Problem("", "", f"Other tools could not read this set: {error}")


def _called(thing: Section | Question) -> str:
    return f"“{words_in(thing.label, ENGLISH) or thing.name}”"
