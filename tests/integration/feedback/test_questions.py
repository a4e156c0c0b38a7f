"""Staff ask those who said a point for more words before they decide (S89)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from kit import clock, codes, erasure, outbox
from kit.models import OutboxMessage
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotTheirs, NotYet
from tenants.feedback.models import Consent, Point, Question, Reply
from tenants.feedback.rules import Channel, Purpose
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, slip, somebody, the_sayer
from tests.factories.people import reached_by_mail, someone

ClientAt = Callable[..., Client]
ASKED = "Which day was it?"


def ask(point: Point, by: Person) -> Question:
    return actions.ask_for_words(point=point, words=ASKED, client_key=uuid4(), by=by)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_question_goes_to_who_said_it_and_the_clock_goes_on(
    client_at: ClientAt, inside: Scheme, lead: Person
) -> None:
    robin = reached_by_mail(someone())
    point = said(somebody(robin, channel=Channel.EMAIL))
    desk, own, send = client_at(inside, lead), client_at(inside, robin), str(uuid4())
    for _ in range(20):
        sent = desk.post(f"/points/{point.pk}/ask/", {"words": ASKED, "send": send})
        assert sent["Location"] == f"/points/{point.pk}/"
    while outbox.work_once():
        pass
    notice = Notice.objects.get(person=robin, kind="question")
    with enter(inside):
        assert (notice.key, notice.path) == (str(Question.objects.get().pk), f"/mine/{point.pk}/")
        # A question is no excuse.
        assert Point.objects.get().due_on == point.due_on
    assert OutboxMessage.objects.filter(kind="feedback.ask").count() == 1
    assert "Asked, waiting for words" in text(desk, "/points/")
    assert ASKED in text(own, f"/mine/{point.pk}/")
    notice.refresh_from_db()
    assert notice.read_at


def test_whoever_wants_no_messages_about_this_gets_none_and_sees_the_question_on_their_page(
    inside: Scheme, lead: Person
) -> None:
    robin, kim = reached_by_mail(someone("Robin")), reached_by_mail(someone("Kim"))
    point = said(somebody(robin, channel=Channel.EMAIL), somebody(kim, channel=Channel.EMAIL))
    agreed = Consent.objects.filter(sayer=point.sayers.get(person_id=robin.pk), purpose=Purpose.CONTACT)
    assert agreed.update(withdrawn_at=clock.now()) == 1
    question = ask(point, lead)
    actions.tell_of_question(question_id=question.pk)
    (message,) = OutboxMessage.objects.filter(kind="feedback.ask")
    assert message.key.endswith(str(point.sayers.get(person_id=kim.pk).pk))
    assert Notice.objects.filter(person=robin, kind="question").exists()


def test_what_they_answer_is_read_by_staff_alone_and_once(client_at: ClientAt, inside: Scheme, lead: Person) -> None:
    robin = someone()
    point = said(somebody(robin))
    reply = {"words": "A Monday.", "question": str(ask(point, lead).pk)}
    desk, own, address = client_at(inside, lead), client_at(inside, robin), f"/mine/{point.pk}/reply/"
    assert "Write in the box what you want to say" in own.post(address, reply | {"words": ""}).content.decode()
    for _ in range(20):
        assert own.post(address, reply)["Location"] == f"/mine/{point.pk}/"
    own.post(address, reply | {"words": "Or a Tuesday."})
    assert "A Monday." in text(own, f"/mine/{point.pk}/")
    page = text(desk, f"/points/{point.pk}/")
    assert "A Monday." in page and "Or a Tuesday." in page and "Answered" in text(desk, "/points/")
    with enter(inside):
        assert Reply.objects.count() == 2


def test_who_holds_a_slip_answers_without_signing_in(client_at: ClientAt, inside: Scheme, lead: Person) -> None:
    code = codes.new_code()
    point = said(slip(code=code))
    reply = {"words": "A Monday.", "question": str(ask(point, lead).pk)}
    visitor, address = client_at(inside), f"/answer/yours/{point.pk}/reply/"
    assert visitor.post(address, reply).status_code == 404
    visitor.post("/answer/", {"code": code})
    assert ASKED in text(visitor, "/answer/yours/")
    assert "Write in the box what you want" in visitor.post(address, reply | {"words": " "}).content.decode()
    assert visitor.post(address, reply)["Location"] == "/answer/yours/"
    with enter(inside):
        assert Reply.objects.get().words == "A Monday."


def test_a_question_waits_for_who_was_asked_until_they_answer(
    client_at: ClientAt, inside: Scheme, lead: Person
) -> None:
    robin = someone()
    point = said(somebody(robin))
    question = ask(point, lead)
    (own,) = queries.mine(robin.pk)
    assert own.to_reply
    actions.reply(sayer=the_sayer(point), question=question, words="A Monday.", by=robin)
    (own,) = queries.mine(robin.pk)
    assert not own.to_reply and own.question == question


def test_only_those_who_said_it_answer_and_only_their_own_question(inside: Scheme, lead: Person) -> None:
    robin = someone()
    point, other = said(somebody(robin)), said()
    question, elsewhere = ask(point, lead), ask(other, lead)
    for by in (lead, None):
        with pytest.raises(NotTheirs):
            actions.reply(sayer=the_sayer(point), question=question, words="A", by=by)
    with pytest.raises(NotYet):
        actions.reply(sayer=the_sayer(point), question=elsewhere, words="A", by=robin)


def test_after_the_decision_nobody_asks_and_nobody_answers(owner: Membership, lead: Person) -> None:
    point = said()
    question = ask(point, lead)
    decided(point, owner)
    with pytest.raises(NotYet):
        ask(point, lead)
    with pytest.raises(NotYet):
        actions.reply(sayer=the_sayer(point), question=question, words="A", by=None)


def test_question_and_answer_go_with_the_person(inside: Scheme, lead: Person) -> None:
    robin = someone()
    point = said(somebody(robin))
    actions.reply(sayer=the_sayer(point), question=ask(point, lead), words="A Monday.", by=robin)
    erasure.erase_person(robin.pk)
    assert (Question.objects.get().words, Reply.objects.get().words) == ("", "")


def test_one_of_several_does_not_read_what_another_answered(inside: Scheme, lead: Person) -> None:
    robin, kit = someone("Robin"), someone("Kit")
    point = said(somebody(robin), somebody(kit))
    sayer = point.sayers.get(person_id=kit.pk)
    actions.reply(sayer=sayer, question=ask(point, lead), words="Mine alone.", by=kit)
    (own,) = queries.mine(robin.pk)
    assert own.to_reply and own.questions[0][1] == []
