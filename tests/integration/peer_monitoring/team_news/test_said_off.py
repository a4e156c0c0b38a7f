"""Somebody sends that a visit was called off: whoever leads the group learns it, as a team learns its news."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from groups import actions as of_groups
from groups.queries import seat
from kit import clock
from kit.models import OutboxMessage
from kit.outbox import put
from peer_monitoring import actions
from peer_monitoring.models import Record, Visit
from people.actions import change_contact, choose_times
from people.models import Notice, Person, SafeContact
from people.own_waiting import text
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, settled, stopped, written
from tests.factories.people import reached_by_mail, someone
from tests.factories.questions import published

SAID_OFF = "visit_said_off"
Why = Record.Unfinished


@pytest.fixture
def second(ready: Ready) -> Person:
    """Another lead."""
    made = someone("Second")
    seated(ready.group, made, seat="lead")
    return made


@pytest.fixture
def visit(ready: Ready, work, client_at, mailoutbox) -> Visit:
    """One that is held back, of which nothing waits for anybody."""
    made = settled(ready, is_held_back=True, version=published(ready.group))
    work()
    Notice.objects.all().delete()
    mailoutbox.clear()
    return made


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def told() -> set[str]:
    """Whom it waits for."""
    waiting = Notice.objects.filter(kind=SAID_OFF, read_at=None)
    return set(waiting.values_list("person__email", flat=True))


def written_to(mailoutbox) -> list[str]:
    return sorted(one.to[0] for one in mailoutbox)


@pytest.mark.parametrize("way", ["phone", "pages"])
def test_the_leads_learn_it_once_and_read_it_on_the_page_of_the_visit(
    way, ready, who, second, visit, work, client_at, mailoutbox
) -> None:
    leads = sorted([ready.lead.email, second.email])
    if way == "phone":
        stopped(visit, who)
    else:
        going = client_at(None, who)
        going.post(place(visit, "log/"))
        going.post(place(visit, "log/review/"), {"kind": "called_off", "why": "Nobody opened"})
    work()
    stopped(visit, ready.monitors[1])
    work()
    assert (sorted(told()), written_to(mailoutbox)) == (leads, leads)
    assert {one.subject for one in mailoutbox} == {"Something waits for you"}
    assert not any(word in one.body.lower() for one in mailoutbox for word in ("visit", "voices", "called off"))
    led = client_at(None, ready.lead)
    assert "Somebody says that a visit was called off" in led.get("/my/").content.decode()
    own = Notice.objects.get(kind=SAID_OFF, person=ready.lead)
    assert own.path == place(visit) and who.name in led.get(f"/my/notices/{own.pk}/", follow=True).content.decode()
    assert sorted(told()) == leads, "looking at it does not call it off"
    assert not Visit.objects.visible_to_scheme(ready.site.scheme_id).exists()


def test_who_says_it_is_not_told_and_no_promise_names_a_person(ready, second, visit, work) -> None:
    actions.choose_team(visit=visit, people=[ready.lead.pk, ready.monitors[0].pk], by=second.pk)
    stopped(visit, ready.lead)
    everybody = [str(one.pk) for one in (*ready.monitors, ready.lead, second)]
    promised = OutboxMessage.objects.filter(kind__startswith="peer_monitoring.said_off")
    assert promised.count() == 1
    work()
    assert told() == {second.email}
    assert promised.count() == 2 and not any(one in f"{row.key} {row.payload}" for row in promised for one in everybody)


def test_what_whoever_left_the_team_says_is_told_and_stands_on_the_page_that_it_leads_to(
    ready, who, third, second, visit, work, client_at
) -> None:
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk, third.pk], by=ready.lead.pk)
    stopped(visit, who)
    work()
    assert told() == {ready.lead.email, second.email}
    page = " ".join(client_at(None, ready.lead).get(place(visit)).content.decode().split())
    assert f"{who.name} sent what they had, because this visit was called off." in page
    came = page.partition("What has come")[2].partition("</ul>")[0]
    assert f"{who.name}, not on the team any more: <strong" in came and came.count("not on the team any more") == 1
    assert came.count("nothing yet") == 2


@pytest.mark.parametrize("why", [Why.REFUSED, Why.OTHER])
def test_another_reason_is_no_such_news(why, who, visit, work) -> None:
    stopped(visit, who, why)
    work()
    assert told() == set()


def changed(visit: Visit, ready: Ready) -> None:
    record = Record.objects.get()
    written(visit, ready.monitors[0], supersedes=record.pk)


def called_off(visit: Visit, ready: Ready) -> None:
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)


def left(visit: Visit, ready: Ready) -> None:
    held = seat(ready.lead.pk, ready.group)
    assert held is not None
    of_groups.change_seat(membership=held, seat="monitor", capacity=held.capacity, by=ready.lead.pk)


@pytest.mark.parametrize(("what", "still"), [(changed, set()), (called_off, set()), (left, {"second"})])
def test_what_is_so_no_more_when_its_turn_comes_is_not_told(
    what: Callable[[Visit, Ready], None], still, ready, who, second, visit, work
) -> None:
    stopped(visit, who)
    what(visit, ready)
    work()
    assert told() == ({second.email} if still else set())


def moved(visit: Visit, ready: Ready) -> None:
    plan = ready.plan(is_held_back=True, version=visit.version, day=visit.day + timedelta(days=1))
    actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)


def this_is_all(visit: Visit, ready: Ready) -> None:
    stopped(visit, ready.monitors[1], Why.REFUSED)
    actions.say_logged(visit=visit, by=ready.lead.pk)


@pytest.mark.parametrize(
    ("what", "still"),
    [(called_off, set()), (moved, set()), (changed, set()), (this_is_all, set()), (left, {"second"})],
)
def test_it_waits_no_more_once_something_was_done_about_it_or_for_who_leads_no_more(
    what: Callable[[Visit, Ready], None], still, ready, who, second, visit, work
) -> None:
    stopped(visit, who)
    work()
    assert told() == {ready.lead.email, second.email}
    what(visit, ready)
    work()
    assert told() == ({second.email} if still else set())


def test_it_comes_by_the_way_and_at_the_times_that_a_lead_chose(
    ready, who, second, visit, work, at_moment, mailoutbox
) -> None:
    noon = clock.now().astimezone(clock.LONDON).replace(hour=12, minute=30)
    at_moment(noon)
    change_contact(person=second, channel=SafeContact.Channel.PAGE, by=second)
    reached_by_mail(ready.lead)
    choose_times(person=ready.lead, days=[], parts=[SafeContact.Part.EVENING], by=ready.lead)
    stopped(visit, who)
    work()
    assert (told(), mailoutbox) == ({ready.lead.email, second.email}, [])
    at_moment(noon.replace(hour=17, minute=1))
    work()
    assert written_to(mailoutbox) == [ready.lead.email]


@pytest.mark.parametrize("now", [{"seat": "monitor"}, {"until": clock.today()}])
def test_no_message_goes_to_who_leads_no_more_by_then(now, ready, who, visit, work, at_moment, mailoutbox) -> None:
    noon = clock.now().astimezone(clock.LONDON).replace(hour=12, minute=30)
    at_moment(noon)
    reached_by_mail(ready.lead)
    choose_times(person=ready.lead, days=[], parts=[SafeContact.Part.EVENING], by=ready.lead)
    stopped(visit, who)
    work()
    ready.group.memberships.filter(person_id=ready.lead.pk).update(**now)
    at_moment(noon.replace(hour=17, minute=1))
    work()
    assert (told(), mailoutbox) == ({ready.lead.email}, [])


def test_the_line_names_no_place_and_no_group(ready, who, visit, work) -> None:
    stopped(visit, who)
    work()
    line = text(Notice.objects.get(kind=SAID_OFF)).lower()
    assert not any(one in line for one in ("voices", ready.site.name.lower(), who.name.lower()))


CAME_AFTER = "visit_came_after"


def told_of_what_came() -> set[str]:
    waiting = Notice.objects.filter(kind=CAME_AFTER, read_at=None)
    return set(waiting.values_list("person__email", flat=True))


@pytest.mark.parametrize("before", ["nothing", "it was off"])
def test_what_comes_after_a_visit_was_called_off_and_does_not_say_so_is_told_to_the_leads_once(
    before, ready, who, second, visit, work, client_at, mailoutbox
) -> None:
    record = stopped(visit, who) if before == "it was off" else None
    work()
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    work()
    mailoutbox.clear()
    leads = sorted([ready.lead.email, second.email])
    written(visit, who, supersedes=record.pk if record else None)
    work()
    assert (sorted(told_of_what_came()), written_to(mailoutbox)) == (leads, leads)
    assert not any(word in one.body.lower() for one in mailoutbox for word in ("visit", "voices", "called off"))
    led = client_at(None, ready.lead)
    assert "Something was sent of a visit after it was called off. Look at it" in led.get("/my/").content.decode()
    page = " ".join(led.get(Notice.objects.get(kind=CAME_AFTER, person=ready.lead).path).content.decode().split())
    assert f"This visit was called off. After that, something came from {who.name} that does not say so." in page
    assert "After that" not in client_at(None, who).get(place(visit)).content.decode()
    stopped(visit, ready.monitors[1], Why.REFUSED)
    work()
    assert (told_of_what_came(), written_to(mailoutbox)) == ({second.email}, leads), "who has read it is told no more"
    page = " ".join(led.get(place(visit)).content.decode().split())
    assert f"something came from {who.name} and {ready.monitors[1].name} that" in page
    assert not Visit.objects.visible_to_scheme(ready.site.scheme_id).exists()


def test_what_says_that_it_was_called_off_is_no_such_news_and_neither_is_what_came_before(
    ready, who, visit, work, client_at
) -> None:
    other = settled(ready, day=clock.today() + timedelta(days=1), version=visit.version)
    written(other, who)
    for one in (visit, other):
        actions.cancel(visit=one, why="Ill", by=ready.lead.pk)
        stopped(one, ready.monitors[1])
    work()
    assert told_of_what_came() == set()
    assert all(
        "After that" not in client_at(None, ready.lead).get(place(one)).content.decode() for one in (visit, other)
    )


def test_what_came_after_is_told_to_no_lead_who_sent_it_and_to_none_once_it_says_so(
    ready, who, second, visit, work
) -> None:
    actions.choose_team(visit=visit, people=[ready.lead.pk, who.pk], by=second.pk)
    actions.cancel(visit=visit, why="Ill", by=second.pk)
    record = written(visit, who)
    stopped(visit, who, supersedes=record)
    work()
    assert told_of_what_came() == set()
    written(visit, ready.lead)
    work()
    assert told_of_what_came() == {second.email}
    left(visit, ready)
    work()
    assert told_of_what_came() == {second.email}


@pytest.mark.parametrize("before", ["called off", "finished"])
def test_of_two_under_one_name_the_other_may_say_that_it_took_place_and_the_page_says_so(
    before, ready, who, visit, work, led
) -> None:
    if before == "finished":
        Visit.objects.filter(pk=visit.pk).update(day=clock.today() + timedelta(days=1))
    record = (stopped if before == "called off" else written)(visit, who)
    actions.cancel(visit=Visit.objects.get(pk=visit.pk), why="Ill", by=ready.lead.pk)
    work()
    assert told_of_what_came() == set() and "After that" not in led.get(place(visit)).content.decode()
    written(visit, who, instance_id=record.pk, told="no")
    work()
    assert told_of_what_came() == {ready.lead.email}
    assert f"After that, something came from {who.name} that does not say so." in led.get(place(visit)).content.decode()


def test_of_two_that_both_say_that_it_was_called_off_nothing_is_said(ready, who, visit, work, led) -> None:
    record = stopped(visit, who)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    stopped(visit, who, instance_id=record.pk, words="Nobody came")
    stopped(visit, who)
    work()
    assert told_of_what_came() == set()
    assert "After that" not in led.get(place(visit)).content.decode()


def test_a_message_that_was_promised_before_there_were_two_kinds_is_of_the_first(
    ready, who, visit, work, mailoutbox
) -> None:
    stopped(visit, who)
    work()
    mailoutbox.clear()
    since = Notice.objects.get(kind=SAID_OFF, person=ready.lead).at
    lead = seat(ready.lead.pk, ready.group)
    assert lead is not None
    put("peer_monitoring.said_off_word", key="older", in_schema="public", member=lead.pk, visit=visit.pk, since=since)
    work()
    assert written_to(mailoutbox) == [ready.lead.email]
