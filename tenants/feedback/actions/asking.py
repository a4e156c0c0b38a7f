"""Staff ask those who said a point for more words, and get them."""

import uuid

from django.db import transaction

import audit
from kit import outbox, scope
from people.actions import notice
from people.models import Person
from tenants.feedback.actions.confirming import PASSED_ON
from tenants.feedback.actions.doing import once_for_each, promise_question
from tenants.feedback.actions.locking import locked, locked_with_words
from tenants.feedback.errors import NothingSaid, NotTheirs, NotYet
from tenants.feedback.models import Question, Reply, Sayer
from tenants.feedback.models.points import Point
from tenants.feedback.rules import MESSAGES, Kind, Purpose
from tenants.schemes.models import Scheme


@transaction.atomic
def ask_for_words(*, point: Point, words: str, client_key: uuid.UUID, by: Person) -> Question:
    """Ask all who said it a question before it is decided; the same form sent again is the same question."""
    point = locked_with_words(point.pk)
    asked = point.questions.filter(client_key=client_key).first()
    if asked:
        return asked
    words = words.strip()
    if not words:
        raise NothingSaid("Write what you want to ask.", field="words")
    if not point.is_open:
        raise NotYet("This has an answer. Those who said it are told that, and are not asked any more.")
    if not point.sayers.reachable().exists():
        raise NotTheirs("Nobody is left who could answer. The record of those who said it was erased.")
    question = Question.objects.create(point=point, words=words, client_key=client_key, by_id=by.pk)
    outbox.put("feedback.question", key=question.pk)
    audit.record(by=by, operation="change", what="asked those who said a point for more words", thing=point)
    return question


@transaction.atomic
def tell_of_question(*, question_id: uuid.UUID) -> None:
    """Put a wordless notice on the pages of those with an account, and write to those who agreed to messages."""
    question = Question.objects.select_related("point").get(pk=question_id)
    scheme = Scheme.objects.get(schema_name=scope.current())
    if question.point.passed_on_at:
        return
    sayers = question.point.sayers
    for person_id in sayers.person_ids():
        path = f"/mine/{question.point_id}/"
        notice(person_id=person_id, kind="question", key=str(question.pk), path=path, scheme=scheme)
    silent = Sayer.objects.filter(point=question.point).not_agreeing(Purpose.CONTACT).values("pk")
    asked = once_for_each(sayers.filter(channel__in=MESSAGES).exclude(pk__in=silent))
    # Always in the same order, since each waits for whoever promises the same person something.
    for sayer in sorted(asked, key=lambda one: str(one.person_id)):
        promise_question(sayer, key=f"{question.pk}:{sayer.pk}")


@transaction.atomic
def reply(*, sayer: Sayer, question: Question | None, words: str, by: Person | None) -> Reply:
    """Answer a question as one of those who said it; the same words again change nothing, others are added."""
    point = locked(sayer.point_id)
    sayer = Sayer.objects.get(pk=sayer.pk)
    if point.passed_on_at:
        raise NotYet(PASSED_ON)
    if sayer.kind == Kind.GONE or sayer.person_id != (by.pk if by else None):
        raise NotTheirs("Only those who said this can answer.")
    if question is None or question.point_id != point.pk:
        raise NotYet("Nobody has asked you something here.")
    words = words.strip()
    if not words:
        raise NothingSaid("Write your answer in the box.", field="words")
    last = question.replies.filter(sayer=sayer).order_by("-number").first()
    if last and last.words == words:
        return last
    if not point.is_open:
        raise NotYet("We have made up our mind about this in the meantime. Our answer is on this page.")
    given = Reply.objects.create(question=question, sayer=sayer, number=last.number + 1 if last else 1, words=words)
    audit.record(by=by, operation="collect", what="answered a question", subject=by, thing=point, basis="consent")
    return given
