"""By which way and when somebody is written to about the visits of their team, and what they read of that."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from kit import clock
from peer_monitoring import actions
from people.actions import change_contact, choose_format, choose_times, withdraw_consent
from people.models import Consent, Person, SafeContact
from tests.factories.peer_monitoring import settled
from tests.factories.people import reached_by_mail

Channel, Part = SafeContact.Channel, SafeContact.Part


@pytest.fixture
def noon():
    return clock.now().astimezone(clock.LONDON).replace(hour=12, minute=30)


def nothing(who: Person) -> None:
    """They never looked at the page."""


def large_print(who: Person) -> None:
    choose_format(person=who, format=SafeContact.Format.LARGE, by=who)


def afternoons(who: Person) -> None:
    choose_times(person=who, days=[], parts=[Part.AFTERNOON], by=who)


def the_page(who: Person) -> None:
    change_contact(person=who, channel=Channel.PAGE, by=who)


def the_page_and_large_print(who: Person) -> None:
    large_print(who)
    the_page(who)
    large_print(who)


def email_and_no_more(who: Person) -> None:
    reached_by_mail(who)
    withdraw_consent(person=who, purpose=Consent.Purpose.CONTACT, by=who)


UNTIL = "Until you choose, messages about your visits with a group come by email."
NEVER = "No message comes about your visits with a group: what is new stands on your page."
TOO = "Messages about your visits with a group come by email too, each when there is something new."


@pytest.mark.parametrize(
    ("choose", "says", "way"),
    [
        (nothing, UNTIL, "Not chosen yet, so on my page only"),
        (large_print, UNTIL, "Not chosen yet, so on my page only"),
        (afternoons, UNTIL, "Not chosen yet, so on my page only"),
        (the_page, NEVER, "On my page only"),
        (the_page_and_large_print, NEVER, "On my page only"),
        (reached_by_mail, TOO, "By email"),
        (email_and_no_more, NEVER, "On my page only"),
    ],
)
def test_whether_a_message_comes_is_what_the_pages_say(
    choose: Callable[[Person], object], says, way, noon, ready, who, at_moment, work, client_at, mailoutbox
):
    at_moment(noon)
    choose(who)
    settled(ready)
    work()
    assert (str(who.email) in [one.to[0] for one in mailoutbox]) == (says != NEVER)
    for page in ("/my/contact/", "/my/details/"):
        read = client_at(None, who).get(page).content.decode()
        assert says in read and not any(one in read for one in {UNTIL, NEVER, TOO} - {says})
        assert way in read and (way.startswith("Not") or "Not chosen yet" not in read)


@pytest.mark.parametrize(
    ("choose", "ticked"), [(nothing, []), (large_print, []), (the_page, ["page"]), (reached_by_mail, ["email"])]
)
def test_no_way_is_ticked_that_nobody_chose(choose: Callable[[Person], object], ticked, who, client_at):
    choose(who)
    page = client_at(None, who).get("/my/contact/way/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ticked


def test_who_goes_on_no_visits_or_has_no_address_reads_nothing_of_such_messages(ready, who, client_at):
    ready.group.memberships.filter(person_id=who.pk).update(seat="supporter")
    other = ready.monitors[1]
    Person.objects.filter(pk=other.pk).update(email=None)
    other.refresh_from_db()
    for one in (who, other):
        for page in ("/my/contact/", "/my/details/"):
            assert "your visits with a group" not in client_at(None, one).get(page).content.decode()


@pytest.fixture
def changed(ready, work, client_at) -> Callable[..., None]:
    """The plan of a visit changes so often; between two changes somebody looks at it, or does not."""

    def change(visit, who, *, times: int, looks: bool) -> None:
        for number in range(times):
            if looks:
                client_at(None, who).get(f"/groups/voices/visits/{visit.pk}/")
            clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
            plan = ready.plan(meeting_point=f"Stop {number}, {clock.now()}")
            actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)
            work()

    return change


@pytest.mark.parametrize("looks", [True, False])
def test_who_named_times_gets_one_message_of_a_visit_then_however_often_it_changed(
    looks, noon, ready, who, at_moment, work, changed, mailoutbox
):
    at_moment(noon)
    reached_by_mail(who)
    choose_times(person=who, days=[], parts=[Part.EVENING], by=who)
    visit = settled(ready)
    work()
    changed(visit, who, times=3, looks=looks)
    mailoutbox.clear()
    at_moment(noon.replace(hour=17, minute=1))
    work()
    assert [one.to[0] for one in mailoutbox].count(str(who.email)) == 1


def test_of_a_change_somebody_is_told_by_no_second_message_while_that_they_go_waits(
    noon, ready, who, at_moment, work, changed, mailoutbox
):
    at_moment(noon)
    visit = settled(ready)
    work()
    changed(visit, who, times=1, looks=False)
    assert [one.to[0] for one in mailoutbox].count(str(who.email)) == 1
    changed(visit, who, times=1, looks=True)
    assert [one.to[0] for one in mailoutbox].count(str(who.email)) == 2


def test_of_another_visit_somebody_has_a_message_of_its_own(noon, ready, who, at_moment, work, mailoutbox):
    at_moment(noon)
    for _ in range(2):
        settled(ready)
    work()
    assert [one.to[0] for one in mailoutbox].count(str(who.email)) == 2


def test_a_worker_that_stood_still_sends_nothing_at_night_to_who_named_the_afternoon(
    noon, ready, who, at_moment, work, mailoutbox
):
    at_moment(noon.replace(hour=9))
    afternoons(who)
    settled(ready)
    work()
    for hour, gone in ((23, 0), (35, 0), (36, 1), (37, 1)):
        at_moment(noon.replace(hour=0, minute=30) + timedelta(hours=hour))
        work()
        assert [one.to[0] for one in mailoutbox].count(str(who.email)) == gone, hour


def test_who_names_other_times_meanwhile_is_written_to_at_those(noon, ready, who, at_moment, work, mailoutbox):
    at_moment(noon)
    choose_times(person=who, days=[], parts=[Part.EVENING], by=who)
    settled(ready)
    work()
    choose_times(person=who, days=[], parts=[Part.MORNING], by=who)
    for moment, gone in ((noon.replace(hour=17, minute=1), 0), (noon.replace(hour=8, minute=1) + timedelta(days=1), 1)):
        at_moment(moment)
        work()
        assert [one.to[0] for one in mailoutbox].count(str(who.email)) == gone
