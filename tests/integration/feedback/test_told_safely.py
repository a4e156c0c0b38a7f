"""Told in the way that is safe, once a day, and in a form that can be read (F4, S2, DAPB1605, ADR 0042)."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, scheduler
from people.actions import change_contact, choose_format, choose_times
from people.models import Mobile, Person
from tenants.feedback import actions, queries
from tenants.feedback.models import InformationNeed, Point, Sayer, Told
from tenants.feedback.rules import Channel, Form, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests import fake_notify
from tests.factories.feedback import decided, said, slip, somebody, staff, the_sayer
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson
from tests.integration.feedback.conftest import MONDAY

Work = Callable[[], None]
NUMBER = "+447700900123"


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return reached_by_mail(person())


@pytest.fixture
def notify(settings: Any) -> Iterator[fake_notify.FakeNotify]:
    with fake_notify.running() as running:
        for name, value in running.settings.items():
            setattr(settings, name, value)
        yield running


def at(moment: datetime) -> None:
    clock.set_to(moment, frozen=True)


def answered(person: Person, owner: Membership, *, channel: Channel = Channel.EMAIL, **saying: Any) -> Told:
    return decided(said(somebody(person, channel=channel, **saying)), owner).tellings.get()


def by_text(person: Person) -> Person:
    Mobile.objects.create(person=person, number=NUMBER)
    change_contact(person=person, channel="text", by=person)
    return person


def now(told: Told) -> Told:
    return Told.objects.get(pk=told.pk)


def test_a_text_tells_whoever_chose_texts_whatever_they_chose_when_they_said_it(
    owner: Membership, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    point = said(somebody(robin, channel=Channel.EMAIL))
    by_text(robin)
    told = decided(point, owner).tellings.get()
    work()
    (sent,) = notify.sent
    assert (sent["to"], now(told).channel, now(told).state) == (NUMBER, Channel.TEXT, TellingState.SENT)
    assert told.round.answer not in sent["body"]


def test_two_answers_on_one_day_are_one_message_and_a_third_waits_for_the_next(
    owner: Membership, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    tellings = [answered(robin, owner), answered(robin, owner)]
    work()
    tellings.append(answered(robin, owner))
    work()
    assert len(notify.sent) == 1
    assert [now(told).state for told in tellings] == [TellingState.SENT, TellingState.SENT, TellingState.PENDING]
    at(MONDAY + timedelta(days=1))
    work()
    assert len(notify.sent) == 2
    assert now(tellings[2]).state == TellingState.SENT


def test_one_message_a_day_goes_to_a_person_from_all_schemes_together(
    scheme: Scheme, other_scheme: Scheme, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    for one in (scheme, other_scheme):
        with enter(one):
            answered(robin, staff(one)[1])
            work()
    assert len(notify.sent) == 1


def test_a_message_waits_for_a_time_that_is_safe_and_is_not_taken_for_stuck_meanwhile(
    owner: Membership, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    choose_times(person=robin, days=[6], parts=["morning"], by=robin)
    told = answered(robin, owner)
    work()
    at(MONDAY + timedelta(days=4))
    scheduler.tick()
    work()
    assert (notify.sent, now(told).state) == ([], TellingState.PENDING)
    at(datetime(2026, 11, 7, 8, tzinfo=UTC))
    work()
    assert (len(notify.sent), now(told).state) == (1, TellingState.SENT)


def test_a_bounce_is_a_task_and_does_not_hold_the_answer_back(
    owner: Membership, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    notify.bounces.add(str(robin.email))
    told = answered(robin, owner)
    work()
    opened = now(told).round.public_from
    assert opened is not None
    at(MONDAY + timedelta(minutes=5))
    scheduler.tick()
    task = Told.objects.for_a_human().get()
    assert (task.state, "another way" in task.task) == (TellingState.FAILED, True)
    assert task.round.public_from == opened


def test_what_arrived_is_written_down_as_delivered(
    owner: Membership, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    told = answered(robin, owner)
    work()
    at(MONDAY + timedelta(minutes=5))
    scheduler.tick()
    assert now(told).state == TellingState.DELIVERED


def test_whether_it_changed_is_asked_once_by_their_own_way_when_it_is_safe(
    owner: Membership, lead: Person, robin: Person, work: Work, notify: fake_notify.FakeNotify
) -> None:
    told = answered(by_text(robin), owner)
    work()
    actions.claim_done(point=told.round.point, words="A card hangs there.", by=lead)
    work()
    assert len(notify.sent) == 1
    at(MONDAY + timedelta(days=1))
    for _ in range(2):
        actions.ask_whether_it_changed(round_id=told.round_id)
        work()
    assert [sent["to"] for sent in notify.sent] == [NUMBER, NUMBER]


def test_a_named_worker_is_asked_to_tell_them_and_the_telling_ends_when_they_did(
    owner: Membership, lead: Person, robin: Person
) -> None:
    change_contact(person=robin, channel="worker", worker="Ola at the hub", by=robin)
    tellings = [
        answered(robin, owner),
        decided(said(slip(channel=Channel.WORKER, worker="Kit, night team")), owner).tellings.get(),
    ]
    assert {told.task for told in Told.objects.for_a_human()} == {
        "Ask Ola at the hub to tell them when they see them.",
        "Ask Kit, night team to tell them when they see them.",
    }
    for told in tellings:
        actions.end_telling(told=told, by=lead)
    assert not Told.objects.for_a_human().exists()


def test_where_a_letter_goes_is_read_at_its_telling_alone(
    owner: Membership, lead: Person, robin: Person, scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    change_contact(person=robin, channel="letter", letter_to="Robin, 1 High Street", by=robin)
    told = answered(robin, owner)
    telling, point = f"/points/tellings/{told.pk}/", f"/points/{told.round.point_id}/"
    desk = client_at(scheme, lead)
    assert "1 High Street" in desk.get(telling).content.decode()
    with enter(scheme):
        assert Entry.objects.filter(by=lead.pk, what="read where a letter goes").count() == 1
    for elsewhere in ("/points/tellings/", point):
        assert "1 High Street" not in desk.get(elsewhere).content.decode()


def test_large_print_is_flagged_and_another_form_is_a_task_until_they_have_it(
    owner: Membership, lead: Person, robin: Person, work: Work
) -> None:
    choose_format(person=robin, format="large", by=robin)
    assert not answered(robin, owner).must_be_made
    choose_format(person=robin, format="other", format_words="In Polish", by=robin)
    told = answered(robin, owner)
    work()
    assert Told.objects.for_a_human().get().task == "Give them the answer in the form they need: In Polish."
    assert now(told).round.public_from is not None
    actions.meet_need(told=told, by=lead)
    assert not Told.objects.for_a_human().exists()
    assert now(told).met_on == date(2026, 11, 2)


def test_each_reading_of_who_is_to_be_told_and_what_they_need_is_written_down_s1(
    owner: Membership, lead: Person, robin: Person, scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    change_contact(person=robin, channel="worker", worker="Ola at the hub", by=robin)
    told = answered(robin, owner)
    actions.write_down_need(sayer=told.sayer, form=Form.OTHER, words="Audio", by=lead)
    need = InformationNeed.objects.get()
    desk = client_at(scheme, lead)
    for page, what, subject in (
        ("/points/needs/", "read what people need", None),
        (f"/points/needs/{need.pk}/", "read what somebody needs", robin.pk),
        ("/points/tellings/", "read who is still to be told", None),
        (f"/points/tellings/{told.pk}/", "read how somebody is to be told", None),
    ):
        assert desk.get(page).status_code == 200
        with enter(scheme):
            entries = Entry.objects.filter(by=lead.pk, operation="read", what=what)
            assert [entry.subject for entry in entries] == [subject], page


def test_a_need_goes_its_six_steps(
    owner: Membership, lead: Person, scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    """Asked, written down, shown, shared, met, looked at again (DAPB1605)."""
    point = said(slip())
    need = actions.write_down_need(sayer=the_sayer(point), form=Form.OTHER, words="Audio", by=lead)
    assert need is not None and (need.asked_on, need.written_by_id) == (date(2026, 11, 2), lead.pk)
    told = decided(point, owner).tellings.get()
    shown, telling, page = f"/points/{point.pk}/", f"/points/tellings/{told.pk}/", f"/points/needs/{need.pk}/"
    desk = client_at(scheme, lead)
    assert "Needs: Audio" in desk.get(shown).content.decode()
    assert "Audio" in desk.get(telling).content.decode()
    desk.post(telling, {"what": "made"})
    with enter(scheme):
        assert Told.objects.get().met_on is not None
    assert "Ask again what somebody needs" not in desk.get("/staff/").content.decode()
    at(MONDAY + timedelta(days=366))
    assert "Ask again what somebody needs" in client_at(scheme, lead).get("/staff/").content.decode()
    again = client_at(scheme, lead)
    assert "Audio" in again.get("/points/needs/").content.decode()
    again.post(page, {"form": "easy", "shared_with": "The health centre"})
    with enter(scheme):
        need = InformationNeed.objects.get()
        assert (need.form, need.shared_with, need.shared_on) == (Form.EASY, "The health centre", date(2027, 11, 3))
    again.post(page, {"form": "plain"})
    with enter(scheme):
        assert not queries.needs().exists()


def test_what_a_person_says_on_their_own_page_is_known_from_their_first_point_on(
    inside: Scheme, robin: Person, work: Work
) -> None:
    choose_format(person=robin, format="easy", by=robin)
    point = said(somebody(robin))
    work()
    assert queries.needs_at(point) == ["Easy Read"]
    choose_format(person=robin, format="plain", by=robin)
    actions.need_of(the_sayer(point))
    assert queries.needs_at(point) == []


def test_staff_write_down_who_tells_them_and_what_they_need(
    lead: Person, scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    filled = {
        "said": "Nobody told me.", "method": "conversation", "basis": "consent", "explained_how": "Read aloud",
        "channel": "worker", "need": "other", "send": "7b1e38a1-8d11-4a93-b1f6-2d7a33a2f3a0",
    }  # fmt: skip
    desk = client_at(scheme, lead)
    page = desk.post("/points/new/", filled).content.decode()
    assert "Enter who tells them" in page and "Enter what would work for them" in page
    assert desk.post("/points/new/", filled | {"worker": "Ola", "need_words": "Audio"}).status_code == 302
    with enter(scheme):
        assert Sayer.objects.get().worker == "Ola"
        assert queries.needs_at(Point.objects.get()) == ["Audio"]
