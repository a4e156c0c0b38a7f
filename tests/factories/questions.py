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


def long_form(questions: int = 120, *, of_a_section: int = 10) -> Form:
    """A set of so many questions of all kinds that are typed or chosen, each third with a rule, in several sections."""
    kinds = (Kind.YES_NO, Kind.GRADE, Kind.COUNT, Kind.SCALE, Kind.TEXT, Kind.ONE, Kind.MANY, Kind.TIME)
    made = [_numbered(number, kinds[number % len(kinds)]) for number in range(questions)]
    parts = [tuple(made[start : start + of_a_section]) for start in range(0, questions, of_a_section)]
    return a_form(*(Section(f"part_{number}", words(f"Part {number}"), part) for number, part in enumerate(parts, 1)))


def long_answers(form: Form) -> dict[str, str]:
    """An answer to every question of such a set, so that all of them are asked."""
    by_kind = {Kind.YES_NO: "yes", Kind.GRADE: "pass", Kind.COUNT: "7", Kind.TIME: "14:05"}
    by_kind |= {Kind.TEXT: "Nobody said how long it takes, and the room was cold.", Kind.MANY: "a b"}
    return {one.name: by_kind.get(one.kind, "a") for _, one in form.questions()}


def _numbered(number: int, kind: Kind) -> Question:
    rules = {"constraint": ". <= 99", "message": words("Give 99 or less.")} if kind == Kind.COUNT else {}
    if number >= 8 and number % 3 == 0:
        rules |= {"relevant": "${q_0} = 'yes' and ${q_2} < 50"}
    label = words(f"{number + 1}. Did somebody explain what happens next, in words that people know?")
    return a_question(f"q_{number}", kind, label=label, required=number % 2 == 0, **rules)


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


def published_again(version: QuestionSetVersion) -> QuestionSetVersion:
    """The next version of its set, which asks other things."""
    version.question_set.draft = write(every_kind())
    version.question_set.save(update_fields=["draft"])
    return published_as_it_is(version.question_set)


def shown(section: Section) -> dict[str, str]:
    """What a browser sends beside the answers of a page that showed all questions of a section."""
    return {f"{PREFIX}-{question.name}-asked": "1" for question in section.questions}


def filled(**answers: str | list[str]) -> dict[str, str | list[str]]:
    """What a browser sends of a page of questions that was filled in like this."""
    asked = {f"{PREFIX}-{name}-asked": "1" for name in answers}
    return asked | {f"{PREFIX}-{name}": answer for name, answer in answers.items()}
