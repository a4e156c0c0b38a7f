"""How much a browser sends of a page of answers: each section fits, with every box ticked and as many rounds as can be.

A server reads only so many fields of one page (`DATA_UPLOAD_MAX_NUMBER_FIELDS`), and what goes past that would be lost.
"""

from questions.answering import MOST_ROUNDS
from questions.shape import Form, Kind, Question, Section

MOST_FIELDS = 5_000


def fields_of(form: Form, section: Section) -> int:
    """How many fields the page of a section sends at most, without those of the page itself."""
    once = sum(_fields(form, question) for question in section.questions)
    return once * (MOST_ROUNDS if section.repeats else 1)


def _fields(form: Form, question: Question) -> int:
    """One that says that it was shown, and its answer."""
    if question.kind == Kind.NOTE:
        return 1
    if question.kind == Kind.MANY:
        return 1 + len(form.choices_of(question))
    return 1 + (3 if question.kind == Kind.DATE else 1)
