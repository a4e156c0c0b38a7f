"""What can be done to a draft: each function takes a form and gives a new one (ADR 0070)."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from questions.errors import QuestionsRefused
from questions.shape import ENGLISH, LANGUAGES, MOST_QUESTIONS, Choice, Form, Question, Section, Words
from questions.shared_lists import shared_lists

UP, DOWN = -1, 1
Thing = TypeVar("Thing")


def new_form(title: str) -> Form:
    """A set with a title and nothing in it."""
    return Form(title={ENGLISH: title}, lists=shared_lists([ENGLISH]))


def new_name(words: str, form: Form) -> str:
    """A name that is not taken, made of what something is called in English."""
    stem = _plain(words)
    if not stem or not stem[0].isalpha():
        stem = f"q_{stem}".rstrip("_")
    return _not_taken(stem, form.names())


def new_value(words: str, taken: Collection[str]) -> str:
    """What an answer to choose is kept as, made of its words in English."""
    return _not_taken(_plain(words) or "answer", taken)


def _plain(words: str) -> str:
    """Small letters and figures, as every tool reads them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30].strip("_")


def _not_taken(stem: str, taken: Collection[str]) -> str:
    numbered = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def with_question(form: Form, *, section: str, question: Question) -> Form:
    """The form with one more question at the end of a section."""
    if sum(1 for _ in form.questions()) >= MOST_QUESTIONS:
        raise QuestionsRefused(f"A set holds {MOST_QUESTIONS} questions at most. Take some away, or start another set.")
    return _in_section(form, section, lambda one: replace(one, questions=(*one.questions, question)))


def with_changed_section(form: Form, changed: Section) -> Form:
    """The form with a section in place of the one of the same name."""
    return replace(form, sections=tuple(changed if one.name == changed.name else one for one in form.sections))


def with_changed_question(form: Form, changed: Question) -> Form:
    """The form with a question in place of the one of the same name."""
    sections = (
        replace(section, questions=tuple(changed if one.name == changed.name else one for one in section.questions))
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def without(form: Form, name: str) -> Form:
    """The form without a question, or without a section and all in it."""
    kept = (
        replace(section, questions=tuple(one for one in section.questions if one.name != name))
        for section in form.sections
        if section.name != name
    )
    return replace(form, sections=tuple(kept))


def moved(form: Form, name: str, by: int) -> Form:
    """The form with a section one place up or down, or a question, which goes on into the next section."""
    names = [one.name for one in form.sections]
    if name in names:
        return replace(form, sections=_swapped(form.sections, names.index(name), by))
    home = form.section_of(name)
    if home is None:
        return form
    inside = [one.name for one in home.questions].index(name)
    if 0 <= inside + by < len(home.questions):
        return with_changed_section(form, replace(home, questions=_swapped(home.questions, inside, by)))
    return _into_the_next(form, names.index(home.name), inside, by)


def _into_the_next(form: Form, home: int, inside: int, by: int) -> Form:
    if not 0 <= home + by < len(form.sections):
        return form
    question = form.sections[home].questions[inside]
    sections = list(without(form, question.name).sections)
    there = sections[home + by]
    both = (*there.questions, question) if by == UP else (question, *there.questions)
    sections[home + by] = replace(there, questions=both)
    return replace(form, sections=tuple(sections))


def _swapped(things: tuple[Thing, ...], place: int, by: int) -> tuple[Thing, ...]:
    if not 0 <= place + by < len(things):
        return things
    order = list(things)
    order[place], order[place + by] = order[place + by], order[place]
    return tuple(order)


def _in_section(form: Form, name: str, change: Callable[[Section], Section]) -> Form:
    return replace(form, sections=tuple(change(one) if one.name == name else one for one in form.sections))


# --------------------------------------------------------------------------------------------------------- languages
def with_language(form: Form, code: str) -> Form:
    """The form in one more language; its shared lists come with their words where we have them."""
    if code in form.languages:
        return form
    languages = tuple(one for one in LANGUAGES if one in {*form.languages, code})
    ours = {value.value: value for choices in shared_lists([code]).values() for value in choices}
    lists = {
        name: tuple(replace(one, label={**ours[one.value].label, **one.label}) for one in choices)
        for name, choices in form.lists.items()
    }
    return replace(form, languages=languages, lists=lists)


def without_language(form: Form, code: str) -> Form:
    """The form without a language and all its words; English stays."""
    if code == ENGLISH:
        return form
    kept = tuple(one for one in form.languages if one != code)
    return worded(replace(form, languages=kept), lambda _, words: {one: words[one] for one in words if one != code})


def worded(form: Form, change: Callable[[str, Words], Words]) -> Form:
    """The form with all its words changed; `change` is given what they are of, such as `rights_told.hint`."""

    def choice(owner: str, one: Choice) -> Choice:
        return replace(one, label=change(f"{owner}.choice.{one.value}", one.label))

    def question(one: Question) -> Question:
        return replace(
            one,
            label=change(f"{one.name}.label", one.label),
            hint=change(f"{one.name}.hint", one.hint),
            message=change(f"{one.name}.message", one.message),
            choices=tuple(choice(one.name, each) for each in one.choices),
        )

    def section(one: Section) -> Section:
        label = change(f"{one.name}.label", one.label)
        return replace(one, label=label, questions=tuple(question(each) for each in one.questions))

    return replace(
        form,
        title=change("title", form.title),
        sections=tuple(section(one) for one in form.sections),
        lists={name: tuple(choice(name, one) for one in choices) for name, choices in form.lists.items()},
    )


def all_words(form: Form) -> dict[str, Words]:
    """Everything that is said in a set, by what it is of, in the order of the page."""
    found: dict[str, Words] = {}

    def note(of: str, words: Words) -> Words:
        if words:
            found[of] = words
        return words

    worded(form, note)
    return found


REST = "-rest"  # the title and the shared lists, which stand in no section


def words_by_part(form: Form) -> dict[str, dict[str, Words]]:
    """The same by section, and what stands in none under `REST`; a part with no words is left out."""
    homes = {one.name: one.name for one in form.sections} | {one.name: home.name for home, one in form.questions()}
    parts: dict[str, dict[str, Words]] = {name: {} for name in (*(one.name for one in form.sections), REST)}
    for of, words in all_words(form).items():
        parts[homes.get(of.partition(".")[0], REST)][of] = words
    return {name: words for name, words in parts.items() if words}


def said_in(form: Form, code: str, words: Mapping[str, str]) -> Form:
    """The form with these words in a language, by what they are of; empty ones are taken away."""

    def change(of: str, was: Words) -> Words:
        if of not in words:
            return was
        others = {one: said for one, said in was.items() if one != code}
        return {**others, code: words[of]} if words[of] else others

    return worded(form, change)
