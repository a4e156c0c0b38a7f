"""What is done about one point, person or role reaches no other, nor what is over."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kit import clock, erasure
from kit.models import OutboxMessage
from people.actions import choose_format
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.actions.needs import need_of
from tenants.feedback.board import board_paper
from tenants.feedback.errors import InvitationUsed, NotTheirs
from tenants.feedback.forms.printing import PrintForm
from tenants.feedback.forms.regard import RecordForm
from tenants.feedback.forms.together import SplitForm
from tenants.feedback.handlers import send_word_of_a_concern, write_down_what_they_need
from tenants.feedback.models import (
    Asked,
    Confirmation,
    Consent,
    GroupTag,
    InformationNeed,
    Point,
    Reply,
    Sayer,
    Supporter,
    Theme,
)
from tenants.feedback.months import Month
from tenants.feedback.queries.board import board_figures
from tenants.feedback.queries.reporters import known_reporters
from tenants.feedback.rules import Answer, Basis, Channel, Form, Purpose, TheySay
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import (
    asked_to_help,
    claimed,
    concern,
    decided,
    of_a_parent,
    said,
    slip,
    somebody,
    supported,
    the_sayer,
)
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


def test_what_another_needs_is_not_needed_by_this_one(inside: Scheme, lead: Person) -> None:
    first, second = the_sayer(said(slip())), the_sayer(said(slip()))
    actions.write_down_need(sayer=first, form=Form.LARGE, by=lead)
    assert need_of(second) is None and queries.need_in_words(second) == ""
    assert queries.need_in_words(first) == "Large print"


def test_of_two_who_said_it_only_what_is_ones_own_goes(inside: Scheme, owner: Membership, lead: Person) -> None:
    robin = someone("Robin")
    point = said(somebody(robin), slip())
    other = point.sayers.get(person_id=None)
    actions.write_down_need(sayer=other, form=Form.LARGE, by=lead)
    write_down_need(robin, point, lead)
    claimed(point, owner)
    for sayer, by in ((point.sayers.get(person_id=robin.pk), robin), (other, None)):
        actions.confirm(sayer=sayer, answer=Answer.NO, words="It is still so.", by=by)
    actions.take_back(sayer=point.sayers.get(person_id=robin.pk), by=robin)
    assert dict(Confirmation.objects.values_list("sayer", "words"))[other.pk] == "It is still so."
    assert InformationNeed.objects.filter(slip=other.slip).exists()
    other_slip = said(slip())
    actions.write_down_need(sayer=the_sayer(other_slip), form=Form.EASY, by=lead)
    actions.take_back(sayer=other, by=None)
    assert InformationNeed.objects.get(slip=the_sayer(other_slip).slip).form == Form.EASY


def write_down_need(person: Person, point: Point, by: Person) -> None:
    actions.write_down_need(sayer=point.sayers.get(person_id=person.pk), form=Form.LARGE, by=by)


def test_of_two_invitations_each_link_opens_its_own(inside: Scheme) -> None:
    robin, ash, kim = someone("Robin"), someone("Ash"), someone("Kim", email="kim@example.org")
    first, second = asked_to_help(robin, "kim@example.org"), asked_to_help(ash, "kim@example.org")
    assert queries.invited_to_help("x") is None
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash="x", reached_at={"kim@example.org"}, by=kim)
    for asked in (first, second):
        found = queries.invited_to_help(asked.token_hash)
        assert found == asked
        made = actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
        assert made.pk == asked.pk


def test_what_a_helper_did_for_somebody_else_is_not_told(inside: Scheme) -> None:
    robin, ash, kim = someone("Robin"), someone("Ash"), someone("Kim", email="kim@example.org")
    for person in (robin, ash):
        said(somebody(person))
        supported(person, kim)
    point = Point.objects.get(sayers__person_id=ash.pk)
    helps_ash = Supporter.objects.get(person_id=ash.pk)
    actions.read_with(supporter=helps_ash, point=point, by=kim)
    (of_robin,), (of_ash,) = queries.helpers(robin.pk), queries.helpers(ash.pk)
    assert len(of_ash.did) == len(of_robin.did) + 1


def test_only_the_points_that_were_ticked_are_shown(inside: Scheme) -> None:
    one, _ = said(), said()
    assert queries.points_by_id([one.pk]) == [one]


def test_a_point_is_not_offered_to_be_joined_with_itself(inside: Scheme, lead: Person) -> None:
    one, two, three = (said(words=words) for words in ("One", "Two", "Three"))
    actions.answer_together(points=[one, two], by=lead)
    assert queries.could_join(Point.objects.get(pk=one.pk)) == [three]
    assert queries.could_join(Point.objects.get(pk=one.pk), also=[three.pk]) == [three]


def test_no_form_offers_what_is_over_or_elsewhere(inside: Scheme, other_scheme: Scheme, owner: Membership) -> None:
    site = inside.sites.first()
    assert site
    assert str(site.pk) in dict(PrintForm(scheme=inside).fields["site"].choices)
    type(site).objects.filter(pk=site.pk).update(closed_on=clock.today())
    assert str(site.pk) not in dict(PrintForm(scheme=inside).fields["site"].choices)
    Theme.objects.filter(code="rights").update(active=False)
    offered = SplitForm(point=said()).fields["theme"].queryset.values_list("code", flat=True)
    assert "rights" not in offered and offered
    before, elsewhere = someone("Before"), someone("Elsewhere")
    over = works_at(inside, before.pk, role=Role.INVOLVEMENT_LEAD)
    yesterday = clock.today() - timedelta(days=1)
    Membership.objects.filter(pk=over.pk).update(since=yesterday, until=yesterday)
    there = works_at(other_scheme, elsewhere.pk, role=Role.INVOLVEMENT_LEAD)
    makers = RecordForm(scheme=inside, before=None).memberships
    assert str(owner.pk) in makers and not {str(over.pk), str(there.pk)} & set(makers)


def test_no_word_of_a_concern_goes_to_a_role_that_has_ended(inside: Scheme, mail_folder: Path) -> None:
    lead = someone("Lead")
    role = works_at(inside, lead.pk, role=Role.SAFEGUARDING_LEAD)
    yesterday = clock.today() - timedelta(days=1)
    Membership.objects.filter(pk=role.pk).update(since=yesterday, until=yesterday)
    message = OutboxMessage(kind="feedback.concern_word", key=uuid4(), payload={"member": str(role.pk)})
    send_word_of_a_concern(message)
    assert not list(mail_folder.glob("*.eml"))


def test_a_need_is_written_down_where_its_point_is_and_nowhere_else(inside: Scheme) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    first, _ = said(somebody(robin)), said(somebody(kim))
    for who in (robin, kim):
        choose_format(person=who, format="large", by=who)
    InformationNeed.objects.all().delete()
    write_down_what_they_need(OutboxMessage(kind="feedback.need", key=str(first.pk), payload={}))
    assert [need.person_id for need in InformationNeed.objects.all()] == [robin.pk]


def test_a_reporter_is_known_by_their_own_address_while_their_account_is_open(inside: Scheme) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    for who in (robin, kim):
        said(somebody(who))
    assert set(known_reporters([str(robin.email)]).people.values()) == {robin.pk}
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    assert not known_reporters([str(robin.email)]).people


def test_nobody_who_is_gone_is_told_or_asked(inside: Scheme, owner: Membership) -> None:
    robin = someone("Robin")
    point = said(somebody(robin), slip())
    erasure.erase_person(robin.pk)
    made = decided(Point.objects.get(pk=point.pk), owner)
    actions.ask_whether_it_changed(round_id=made.pk)
    assert (made.tellings.count(), made.askings.count()) == (1, 1)


def test_a_group_that_is_no_longer_on_the_list_stands_in_no_paper(inside: Scheme) -> None:
    gone = GroupTag.objects.get(code="older")
    assert gone.label in {row.label for row in board_figures(Month.of(clock.today())).groups}
    GroupTag.objects.filter(pk=gone.pk).update(active=False)
    assert gone.label not in {row.label for row in board_figures(Month.of(clock.today())).groups}


def test_those_of_one_slip_are_not_those_of_another_nor_of_none(inside: Scheme) -> None:
    one, other, robin = the_sayer(said(slip())), the_sayer(said(slip())), the_sayer(said(somebody(someone("Robin"))))
    for sayer in (one, other, robin):
        assert list(Sayer.objects.same_as(sayer)) == [sayer]
    robin_gone = Sayer.objects.filter(pk=robin.pk)
    erasure.erase_person(robin.person_id)
    assert list(Sayer.objects.same_as(robin_gone.get())) == [robin_gone.get()]


def test_whoever_said_nothing_here_is_not_taken_for_somebody_who_did(inside: Scheme) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    said(somebody(robin))
    assert queries.has_said_something(robin.pk) and not queries.has_said_something(kim.pk)


def test_whose_help_is_over_is_shown_to_nobody(inside: Scheme) -> None:
    robin, kim, ash = someone("Robin"), someone("Kim", email="kim@example.org"), someone("Ash")
    point, _ = said(somebody(robin)), said(somebody(ash))
    helps = supported(robin, kim, name_shown=True)
    assert queries.who_helps_with(point) == ["Kim"]
    assert [one.supporter.pk for one in queries.helpers(robin.pk)] == [helps.pk] and not queries.helpers(ash.pk)
    clock.set_to(clock.now() + timedelta(days=400), frozen=True)
    assert queries.who_helps_with(point) == []


def test_a_ticked_point_is_shown_once_and_no_other_beside_it(inside: Scheme, lead: Person) -> None:
    one, ticked, other = (said(words=words) for words in ("One", "Ticked", "Windows"))
    found = queries.could_join(Point.objects.get(pk=one.pk), words="Ticked", also=[ticked.pk])
    assert found == [ticked] and other not in found
    again = queries.could_join(Point.objects.get(pk=one.pk), words="Windows", also=[ticked.pk])
    assert again == [other, ticked]


def test_a_need_is_that_of_its_slip_or_account_alone(inside: Scheme, lead: Person) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    mine, theirs = the_sayer(said(somebody(robin))), the_sayer(said(somebody(kim)))
    actions.write_down_need(sayer=mine, form=Form.LARGE, by=lead)
    assert InformationNeed.objects.of(mine).exists() and not InformationNeed.objects.of(theirs).exists()


def test_the_paper_prints_no_answer_that_the_public_may_not_read(inside: Scheme, owner: Membership) -> None:
    point = said(slip(channel=Channel.LETTER))
    by = Person.objects.get(pk=owner.person_id)
    actions.approve_words(point=point, words="People wait long.", by=by)
    made = decided(point, owner)
    month = Month.of(clock.today())
    assert "People wait long." not in str(board_paper(month).answers)
    for told in made.tellings.pending():
        actions.end_telling(told=told, by=by)
    assert "People wait long." in str(board_paper(month).answers)


def test_a_young_person_is_asked_about_what_a_parent_has_not_taken_back_and_no_other_is(
    inside: Scheme, lead: Person
) -> None:
    child = the_sayer(said(slip(agreement=of_a_parent()), words="I was scared."))
    said(slip(), words="Of an adult.")
    assert list(queries.agreed_for_by_a_parent()) == [child]
    assert list(Sayer.objects.agreed_for_by_a_parent()) == [child]
    child.consents.update(withdrawn_at=clock.now())
    assert not queries.agreed_for_by_a_parent().exists() and not Sayer.objects.agreed_for_by_a_parent().exists()


def test_help_that_was_ended_is_on_nobodys_list(inside: Scheme) -> None:
    robin, kim = someone("Robin"), someone("Kim", email="kim@example.org")
    said(somebody(robin))
    helps = supported(robin, kim)
    assert Supporter.objects.not_ended().exists()
    actions.end_support(supporter=helps, by=robin)
    assert not Supporter.objects.not_ended().exists() and not queries.helpers(robin.pk)
