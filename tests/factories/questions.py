"""Question sets: a small one of every kind, and published ones."""

from uuid import uuid4

from groups.models import Group
from questions import actions, editing
from questions.answer_forms import PREFIX
from questions.models import QuestionSet, QuestionSetVersion
from questions.shape import ENGLISH, Choice, Form, Kind, Question, Section, write

NOBODY = uuid4()


def words(english: str) -> dict[str, str]:
    return {ENGLISH: english}


def a_question(name: str = "told", kind: Kind = Kind.YES_NO, **more: object) -> Question:
    """A question with words; one that is chosen from answers of its own has two."""
    chosen = kind in (Kind.ONE, Kind.MANY, Kind.SCALE)
    choices = (Choice("a", words("Answer a")), Choice("b", words("Answer b"))) if chosen else ()
    return Question(name, kind, **{"label": words(f"About {name}?"), "choices": choices, **more})  # type: ignore[arg-type]


def a_form(*sections: Section) -> Form:
    """A set of these sections, or of one with a single question."""
    empty = editing.new_form("Rights")
    made = sections or (Section("rights", words("Rights"), (a_question(),)),)
    return Form(empty.title, empty.languages, made, empty.lists)


def every_kind() -> Form:
    """One question of every kind, a repeat, a limit, and one that is asked only if."""
    plain = tuple(a_question(kind.value, kind) for kind in Kind)
    limited = a_question("limited", Kind.COUNT, constraint=". <= 9", message=words("Give 9 or less."), required=True)
    asked_if = a_question("asked_if", Kind.TEXT, relevant="${yes_no} = 'no'", hint=words("Why?"))
    people = Section("people", words("People"), (a_question("who", Kind.TEXT),), repeats=True)
    return a_form(Section("all", words("All"), (*plain, limited, asked_if)), people)


def a_set(group: Group, form: Form | None = None) -> QuestionSet:
    """A group's own set with this draft."""
    made = actions.begin(group=group, title="Rights", purpose="", by=NOBODY)
    made.draft = write(form or a_form())
    made.save(update_fields=["draft"])
    return made


def published(group: Group, form: Form | None = None) -> QuestionSetVersion:
    """A version of a group's own set."""
    return published_as_it_is(a_set(group, form))


def published_as_it_is(one: QuestionSet) -> QuestionSetVersion:
    """A version of a set's draft."""
    return actions.publish(question_set=one, edition=one.edition, by=NOBODY)


def filled(**answers: str | list[str]) -> dict[str, str | list[str]]:
    """What a browser sends of a page of questions that was filled in like this."""
    asked = {f"{PREFIX}-{name}-asked": "1" for name in answers}
    return asked | {f"{PREFIX}-{name}": answer for name, answer in answers.items()}
