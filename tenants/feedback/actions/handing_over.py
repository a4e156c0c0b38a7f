"""Staff who see harm in a point hand it to the safeguarding lead; nothing of it stays in the register (ADR 0041)."""

import uuid
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

import audit
from kit import clock, outbox, working_days
from people.models import Person
from tenants.feedback.actions.asked import ask_of_another
from tenants.feedback.actions.concerns import TAKEN_UP_WITHIN
from tenants.feedback.actions.confirming import forget_quotes
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import forget_the_whole, latest_round, locked_together
from tenants.feedback.actions.publishing import announce
from tenants.feedback.actions.telling import drop_words, lead_to_another, tell_of_another
from tenants.feedback.actions.together import NO_LONGER_APPROVED, answer_apart, answer_together
from tenants.feedback.errors import WordsErased
from tenants.feedback.models import Asked, Concern, Confirmation, Point, Question, Reply, Told
from tenants.feedback.rules import Channel, TellingState

KEYS = UUID("0f5f8a52-6d0c-4b43-9d62-6b0a3a0f9d11")
TO_TELL = (TellingState.PENDING, TellingState.FAILED)


@transaction.atomic
def hand_over(*, point: Point, note: str, by: Person) -> Concern:
    """Move the words of a point to a concern, with what staff know besides; the point is empty and closed.

    Those who said it are not written to: their page or slip says that it was passed on. Pressed twice it is one.
    """
    held = locked_together(point.pk)
    point = next(one for one in held if one.pk == point.pk)
    key = uuid.uuid5(KEYS, str(point.pk))
    if point.passed_on_at:
        return Concern.objects.get(client_key=key)
    if not point.said:
        raise WordsErased("The words were erased meanwhile. There is nothing left to pass on.")
    concern = Concern.objects.create(
        words=_words(point),
        note=note.strip(),
        reach_at=_reach_at(point),
        person_id=point.only_person_id,
        handed_over_by_id=by.pk,
        client_key=key,
        take_up_by=working_days.add(clock.today(), TAKEN_UP_WITHIN),
    )
    for one in held:
        announce(one)
    _leave(point, held, by)
    _empty(point, by)
    audit.record(
        by=by,
        operation="disclose",
        what="passed on a point",
        subject=concern.person_id,
        thing=point,
        basis="public_task",
    )
    audit.record(
        by=by, operation="collect", what="handed over a concern", subject=concern.person_id, thing=concern,
        basis="public_task",
    )  # fmt: skip
    outbox.put("feedback.concern", key=concern.pk)
    count_again(*(one.pk for one in held))
    return concern


def _words(point: Point) -> str:
    """All that those who said it wrote: with it, to the questions of staff, and when they said what is still wrong."""
    parts = [point.said]
    if point.said_whole not in ("", point.said):
        parts.append(f"All that was said with it:\n{point.said_whole}")
    for reply in Reply.objects.filter(question__point=point).exclude(words="").order_by("at", "number"):
        parts.append(f"When staff asked, on {reply.at:%-d %B %Y}:\n{reply.words}")
    for answer in Confirmation.objects.filter(sayer__point=point).exclude(words="").order_by("at", "number"):
        parts.append(f"What was still wrong, on {answer.at:%-d %B %Y}:\n{answer.words}")
    return "\n\n".join(parts)


def _reach_at(point: Point) -> str:
    """Through whom those who said it are reached, where staff wrote that down."""
    workers = sorted({one.worker for one in point.sayers.all() if one.channel == Channel.WORKER})
    return f"Through {', '.join(workers)}"[:200] if workers else ""


def _leave(point: Point, held: Sequence[Point], by: Person) -> None:
    """Leave those that it is answered with to each other; with an answer it stays their carrier, without words."""
    if len(held) == 1 or latest_round(point):
        # What the public reads of them may rest on these words.
        for one in held:
            _change(one, public_words="", **NO_LONGER_APPROVED)
        return
    others = [one for one in held if one.pk != point.pk]
    answer_apart(point=point, by=by)
    if len(others) > 1 and point.answered_with_id is None:
        answer_together(points=others, by=by)
    point.refresh_from_db()


def _empty(point: Point, by: Person) -> None:
    """Take out every word of those who said it, and what staff repeated of them."""
    forget_the_whole(point)
    forget_quotes(point.sayers.all())
    _change(
        point, said="", said_whole="", public_words="", only_person_id=None, passed_on_at=clock.now(),
        passed_on_by_id=by.pk, **NO_LONGER_APPROVED | {"words_left_out": True},
    )  # fmt: skip
    Question.objects.filter(point=point).update(words="")
    Reply.objects.filter(question__point=point).update(words="")
    # Whatever a link or a code asks, its answer would be read by nobody.
    told, asked = Told.objects.filter(sayer__point=point), Asked.objects.filter(sayer__point=point)
    ended = {"state": TellingState.WAITING, "ended_at": clock.now(), "task_note": "", "word_id": None}
    not_told = list(told.not_told_yet().select_related("sayer"))
    not_asked = list(asked.not_asked_yet().select_related("sayer"))
    for rows in (told, asked):
        drop_words(rows)
        rows.filter(state__in=TO_TELL).update(**ended)
    asked.update(code="", until=None)
    for one in not_told:
        if one.sayer.person_id:
            tell_of_another(one, person_id=one.sayer.person_id)
    for other in not_asked:
        if other.sayer.person_id:
            ask_of_another(other, person_id=other.sayer.person_id)
    for person_id in point.sayers.person_ids():
        lead_to_another(point, person_id=person_id)


def _change(point: Point, **fields: object) -> None:
    for name, value in fields.items():
        setattr(point, name, value)
    point.save(update_fields=list(fields))
