"""What is done about one point, person or role reaches no other, nor what is over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kit import clock, erasure
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotTheirs
from tenants.feedback.models import Asked, Confirmation, Consent, Point, Reply
from tenants.feedback.rules import Answer, Basis, Channel, Purpose, TheySay
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import claimed, concern, of_a_parent, said, slip, somebody, the_sayer
from tests.factories.people import someone
from tests.factories.schemes import works_at


def test_nobody_is_asked_for_words_where_nobody_is_left(inside: Scheme, lead: Person) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    point = said(somebody(robin), words="Robin's")
    said(somebody(kim), words="Kim's")
    erasure.erase_person(robin.pk)
    Point.objects.filter(pk=point.pk).update(said="Still there.")
    with pytest.raises(NotTheirs):
        actions.ask_for_words(point=point, words="Which day?", client_key=uuid4(), by=lead)


def test_what_one_answers_to_a_question_is_not_taken_for_anothers(inside: Scheme, lead: Person) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    point = said(somebody(robin), somebody(kim))
    question = actions.ask_for_words(point=point, words="Which day?", client_key=uuid4(), by=lead)
    for who in (robin, kim):
        sayer = point.sayers.get(person_id=who.pk)
        actions.reply(sayer=sayer, question=question, words="A Monday.", by=who)
    assert sorted(Reply.objects.values_list("sayer__person_id", "number")) == sorted([(robin.pk, 1), (kim.pk, 1)])


def test_a_concern_reaches_who_has_the_role_here_today(inside: Scheme, other_scheme: Scheme) -> None:
    here, before, elsewhere = someone("Here"), someone("Before"), someone("Elsewhere")
    works_at(inside, here.pk, role=Role.SAFEGUARDING_LEAD)
    over = works_at(inside, before.pk, role=Role.SAFEGUARDING_LEAD)
    yesterday = clock.today() - timedelta(days=1)
    Membership.objects.filter(pk=over.pk).update(since=yesterday, until=yesterday)
    works_at(other_scheme, elsewhere.pk, role=Role.SAFEGUARDING_LEAD)
    actions.send_concern(concern_id=concern().pk)
    assert [notice.person_id for notice in Notice.objects.filter(kind="concern")] == [here.pk]


def test_what_a_parent_took_back_is_not_given_again_by_the_child(inside: Scheme, lead: Person) -> None:
    point = said(slip(agreement=of_a_parent(), channel=Channel.LETTER), words="I was scared.")
    sayer = the_sayer(point)
    contact = Consent.objects.filter(sayer=sayer, purpose=Purpose.CONTACT, basis=Basis.PARENT)
    assert contact.update(withdrawn_at=clock.now())
    before = contact.get().withdrawn_at
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    actions.ask_the_young(
        sayer=sayer, they=TheySay.AGREES, explained_how="Read aloud", may_publish=False, turns=None, by=lead
    )
    assert contact.get().withdrawn_at == before
    assert not sayer.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).exists()


def test_a_changed_mind_that_is_changed_back_counts(inside: Scheme, owner: Membership) -> None:
    point = said(slip())
    claimed(point, owner)
    for answer in (Answer.YES, Answer.PARTLY, Answer.YES):
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert Confirmation.objects.that_count().get().answer == Answer.YES
    assert Confirmation.objects.count() == 3


def test_whoever_was_asked_is_not_asked_again_when_it_is_tried_again(inside: Scheme, owner: Membership) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    made = claimed(said(somebody(robin), somebody(kim)), owner)
    for _ in range(2):
        actions.ask_whether_it_changed(round_id=made.pk)
    assert Asked.objects.count() == 2


def test_words_taken_back_leave_what_was_never_cut_from_them_alone(inside: Scheme, lead: Person) -> None:
    robin = someone("Robin")
    first = said(somebody(robin), words="The tap drips. The bin is full.")
    other = said(slip(), words="The door sticks. The lamp is out.")
    for point, stays, goes in (
        (first, "The tap drips.", "The bin is full."), (other, "The door sticks.", "The lamp is out."),
    ):  # fmt: skip
        actions.split(point=point, stays=stays, goes=goes, theme=None, client_key=uuid4(), by=lead)
    actions.take_back(sayer=the_sayer(first), by=robin)
    assert set(Point.objects.filter(said__in=["The door sticks.", "The lamp is out."]).values_list("said_whole")) == {
        ("The door sticks. The lamp is out.",)
    }
    assert queries.tab_counts()["all"] >= 3
