"""Somebody of a team says that they are in and out; if they do not come out, the others learn it, once."""

from datetime import timedelta

import pytest

from groups import actions as of_groups
from groups.queries import seat
from kit import clock, scheduler
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from peer_monitoring import actions, queries
from peer_monitoring.errors import NotATime, NotOnTheTeam, TooLate
from peer_monitoring.models import SafetyCheck, Seat, Visit
from people.models import Notice
from people.own_waiting import text
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import inside, logged, planned, ready_group, settled, under_way
from tests.factories.people import someone

HOUR = timedelta(hours=1)


@pytest.fixture
def later():
    """The clock ticks once so much later."""

    def tick(after: timedelta) -> None:
        assert not scheduler.tick(clock.now() + after).failures

    return tick


@pytest.fixture
def known(ready, work, mailoutbox):
    """A settled visit, of which its team has been told."""
    visit = settled(ready)
    work()
    Notice.objects.all().delete()
    mailoutbox.clear()
    return visit


def place(visit, path="safety/"):
    return f"/groups/voices/visits/{visit.pk}/{path}"


def in_hours(hours: float) -> str:
    return f"{(clock.now() + hours * HOUR).astimezone(clock.LONDON):%H:%M}"


def told(kind="visit_alarm"):
    return set(Notice.objects.filter(kind=kind, read_at=None).values_list("person_id", flat=True))


def missed(ready, later, visit=None):
    """A visit whose first monitor is not back, of which the others know."""
    check = inside(visit or settled(ready), ready.monitors[0])
    later(3 * HOUR)
    check.refresh_from_db()
    return check


def test_somebody_says_that_they_are_in_and_later_that_they_are_out(going, ready):
    visit = settled(ready)
    assert f'value="{in_hours(2)}"' in going.get(place(visit)).content.decode(), "two hours are proposed"
    going.post(place(visit), {"out_by": in_hours(3)})
    check = SafetyCheck.objects.on(visit).get()
    assert check.person_id == ready.monitors[0].pk
    assert abs(check.due_out_at - clock.now() - 3 * HOUR) < timedelta(minutes=2)
    page = going.get(place(visit)).content.decode()
    assert "You are in" in page and "I am in" not in page
    going.post(place(visit, f"safety/{check.pk}/out/"))
    check.refresh_from_db()
    assert check.came_out_at
    assert "Out since" in going.get(place(visit)).content.decode()


def test_a_time_that_has_passed_today_is_that_of_tomorrow_and_too_far_away(going, ready):
    visit = settled(ready)
    page = going.post(place(visit), {"out_by": in_hours(-1)}).content.decode()
    assert "Choose a time within the next 12 hours" in page
    assert not SafetyCheck.objects.exists()


def test_over_midnight_the_time_is_that_of_the_next_day(going, ready, at_moment):
    visit = settled(ready)
    at_moment(clock.now().astimezone(clock.LONDON).replace(hour=23, minute=10))
    going.post(place(visit), {"out_by": "1.10"})
    left = SafetyCheck.objects.on(visit).get().due_out_at - clock.now()
    assert timedelta(minutes=115) < left <= 2 * HOUR


@pytest.mark.parametrize("out_by", ["", "later", "25:00"])
def test_what_is_no_time_is_said(out_by, going, ready):
    assert "Enter a time, like" in going.post(place(settled(ready)), {"out_by": out_by}).content.decode()


def test_only_the_team_goes_in_and_only_while_the_visit_is_on(ready):
    out_by, person = clock.now() + HOUR, ready.monitors[0]
    with pytest.raises(NotOnTheTeam):
        actions.say_in(visit=settled(ready), out_by=out_by, by=ready.lead.pk)
    called_off = actions.cancel(visit=settled(ready), why="Ill", by=ready.lead.pk)
    for visit in (planned(ready), logged(ready), called_off):
        with pytest.raises(TooLate):
            actions.say_in(visit=visit, out_by=out_by, by=person.pk)
    assert actions.say_in(visit=under_way(ready), out_by=out_by, by=person.pk).is_in


@pytest.mark.parametrize("hours", [0, 13])
def test_nobody_is_inside_until_a_moment_that_has_passed_or_for_days(hours, ready, at_moment):
    with pytest.raises(NotATime):
        actions.say_in(visit=settled(ready), out_by=clock.now() + hours * HOUR, by=ready.monitors[0].pk)


def test_whoever_goes_in_again_has_one_row(ready):
    visit, person = settled(ready), ready.monitors[0].pk
    first = actions.come_out(check=inside(visit, ready.monitors[0]), by=person)
    again = actions.say_in(visit=visit, out_by=clock.now() + HOUR, by=person)
    assert (again.pk, again.is_in, SafetyCheck.objects.count()) == (first.pk, True, 1)
    assert again.went_in_at > first.went_in_at


def test_who_does_not_come_out_is_missed_once_by_the_lead_and_the_rest_of_the_team(
    ready, known, later, work, mailoutbox
):
    check = inside(known, ready.monitors[0])
    seated(ready.group, someone("Other"), seat="monitor")
    later(timedelta(minutes=119))
    assert told() == set()
    later(timedelta(minutes=2))
    assert told() == {ready.lead.pk, ready.monitors[1].pk}
    work()
    later(timedelta(minutes=1))
    work()
    assert len(mailoutbox) == 2 == Notice.objects.filter(kind="visit_alarm").count()
    check.refresh_from_db()
    assert check.alarm_at


def test_what_is_sent_and_shown_says_nothing_of_a_visit(ready, known, later, work, mailoutbox):
    missed(ready, later, known)
    keys = list(OutboxMessage.objects.filter(kind="peer_monitoring.alarm").values_list("key", flat=True))
    people = (ready.lead.pk, *(one.pk for one in ready.monitors))
    assert len(keys) == 2 and not any(name in key for key in keys for one in people for name in (str(one), one.hex))
    work()
    assert sorted(one.to for one in mailoutbox) == sorted([[ready.lead.email], [ready.monitors[1].email]])
    for message in mailoutbox:
        assert message.subject == "Something waits for you"
        words = f"{message.subject} {message.body}"
        assert all(one not in words for one in (ready.site.name, ready.monitors[0].name, "visit", "groups"))
    assert {text(one) for one in Notice.objects.all()} == {"Somebody is not back yet"}


def test_the_notice_leads_to_who_is_not_back_and_what_to_do(ready, later, led):
    check = missed(ready, later)
    notice = Notice.objects.get(kind="visit_alarm", person_id=ready.lead.pk)
    page = led.get(notice.path).content.decode()
    assert notice.path == place(check.visit)
    assert ready.monitors[0].name in page and "Not back yet" in page and "call 999" in page


def test_who_came_out_in_time_is_missed_by_nobody(ready, later):
    actions.come_out(check=inside(settled(ready), ready.monitors[0]), by=ready.monitors[0].pk)
    later(3 * HOUR)
    assert not Notice.objects.filter(kind__startswith="visit_").exists()


def test_who_takes_longer_and_says_so_is_missed_later(going, ready, later):
    visit = settled(ready)
    inside(visit, ready.monitors[0])
    going.post(place(visit), {"out_by": in_hours(4)})
    later(3 * HOUR)
    assert told() == set()
    later(2 * HOUR)
    assert told()


def test_an_alarm_ends_when_they_are_out_and_those_who_were_told_learn_that_all_is_well(going, ready, later):
    check = missed(ready, later)
    whom = told()
    going.post(place(check.visit, f"safety/{check.pk}/out/"))
    assert (told(), told("visit_well")) == (set(), whom)
    later(HOUR)
    assert told() == set()


def test_an_alarm_ends_when_they_say_that_it_takes_longer_and_there_is_another_one_then(going, ready, later):
    check = missed(ready, later)
    whom = told()
    going.post(place(check.visit), {"out_by": in_hours(1)})
    assert (told(), told("visit_well")) == (set(), whom)
    later(2 * HOUR)
    assert told() == whom


def test_nobody_is_written_to_once_all_is_well(ready, known, later, work, mailoutbox):
    actions.come_out(check=missed(ready, later, known), by=ready.monitors[0].pk)
    work()
    assert mailoutbox == []


def test_nobody_is_written_to_of_an_alarm_that_ended_as_it_takes_longer(ready, known, later, work, mailoutbox):
    check = missed(ready, later, known)
    actions.say_in(visit=check.visit, out_by=clock.now() + HOUR, by=check.person_id)
    work()
    assert mailoutbox == []


def test_an_alarm_of_somebody_else_goes_on(ready, later):
    visit = settled(ready)
    inside(visit, ready.monitors[1])
    actions.come_out(check=missed(ready, later, visit), by=ready.monitors[0].pk)
    assert told() == {ready.lead.pk, ready.monitors[0].pk}


def test_who_goes_on_visits_no_more_is_told_nothing(ready, later):
    visit, member = settled(ready), seat(ready.monitors[1].pk, ready.group)
    of_groups.change_seat(membership=member, seat="supporter", capacity="", by=ready.lead.pk)
    missed(ready, later, visit)
    assert told() == {ready.lead.pk}


def test_out_is_said_once(ready, later):
    check = missed(ready, later)
    first = actions.come_out(check=check, by=ready.monitors[0].pk)
    later(HOUR)
    again = actions.come_out(check=check, by=ready.lead.pk)
    assert first.came_out_at == again.came_out_at


def test_a_lead_says_it_for_whoever_has_no_phone_and_nobody_else_does(client_at, led, ready, later):
    check = missed(ready, later)
    address = place(check.visit, f"safety/{check.pk}/out/")
    assert client_at(None, ready.monitors[1]).post(address).status_code == 404
    assert "They are out" not in client_at(None, ready.monitors[1]).get(place(check.visit)).content.decode()
    assert "They are out" in led.get(place(check.visit)).content.decode()
    led.post(address)
    check.refresh_from_db()
    assert not check.is_in


def test_who_is_in_can_still_come_out_when_the_visit_is_over_or_they_left_the_team(going, ready, later):
    visit = settled(ready)
    check = inside(visit, ready.monitors[0])
    people = [ready.lead.pk, ready.monitors[1].pk]
    actions.choose_team(visit=visit, people=people, by=ready.lead.pk)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    later(3 * HOUR)
    assert told() == set(people), "being taken off the team brings nobody home"
    assert "I am out" in going.get(place(visit)).content.decode()
    going.post(place(visit, f"safety/{check.pk}/out/"))
    assert told() == set()
    assert going.get(place(visit)).status_code == 404


def test_who_left_the_group_is_told_nothing_and_is_missed_all_the_same(ready, later):
    visit = settled(ready)
    for person in ready.monitors:
        inside(visit, person)
        of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)
    later(3 * HOUR)
    assert Notice.objects.filter(kind="visit_alarm").count() == 2
    assert told() == {ready.lead.pk}


def test_a_second_lead_is_told_too_and_a_supporter_never(ready, later):
    other, helper = someone("Other"), someone("Helper")
    seated(ready.group, other, seat="lead")
    seated(ready.group, helper, seat="supporter")
    missed(ready, later)
    assert told() == {ready.lead.pk, other.pk, ready.monitors[1].pk}


def test_the_lead_sees_who_is_in_and_since_when(led, ready):
    visit = settled(ready)
    assert "Nobody has said that they are in" in led.get(place(visit)).content.decode()
    inside(visit, ready.monitors[1])
    page = led.get(place(visit)).content.decode()
    assert ready.monitors[1].name in page and "In since" in page
    assert "I am in" not in page, "the lead does not go"


def test_the_page_is_for_the_team_and_the_lead_alone(client_at, ready):
    visit = settled(ready)
    check = inside(visit, ready.monitors[0])
    other, supporter = someone("Other"), someone("Helper")
    seated(ready.group, other, seat="monitor")
    seated(ready.group, supporter, seat="supporter")
    elsewhere = ready_group(Scheme.objects.get(slug="ashmere"), "Others").lead
    for person in (other, supporter, elsewhere):
        client = client_at(None, person)
        assert client.get(place(visit)).status_code == 404
        assert client.post(place(visit, f"safety/{check.pk}/out/")).status_code == 404
    assert client_at(None, elsewhere).get(f"/groups/others/visits/{visit.pk}/safety/").status_code == 404


def test_who_is_in_on_one_visit_is_ended_on_no_other(led, ready):
    one, other = settled(ready), settled(ready)
    check = inside(one, ready.monitors[0])
    assert led.post(place(other, f"safety/{check.pk}/out/")).status_code == 404
    assert queries.who_went_in(other, ready.lead.pk) == []
    assert queries.my_check(other, ready.monitors[0].pk) is None


def test_a_visit_of_another_group_alarms_its_own(ready, later):
    other = ready_group(Scheme.objects.get(slug="brackwell"))
    inside(settled(other), other.monitors[0])
    later(3 * HOUR)
    assert told() == {other.lead.pk, other.monitors[1].pk}


def test_going_in_says_nothing_to_the_scheme_of_a_visit_that_is_held_back(ready, later):
    visit = settled(ready, is_held_back=True)
    missed(ready, later, visit)
    assert not Visit.objects.visible_to_scheme(visit.scheme_id).exists()
    assert not Notice.objects.filter(scheme_id__isnull=False).exists()


def test_erasing_somebody_takes_with_it_that_they_were_in(ready, later):
    check = missed(ready, later)
    erase_in_schema(ready.monitors[0].pk, "public")
    assert not SafetyCheck.objects.filter(pk=check.pk).exists()


@pytest.mark.parametrize(
    ("who", "leads", "told"),
    [
        ("monitor", 1, "we tell your lead and your team."), ("lead", 1, "we tell your team."),
        ("lead", 2, "we tell the other leads of your group and your team."),
    ],
)  # fmt: skip
def test_it_is_said_who_looks_for_somebody_and_no_lead_is_called_their_own(who, leads, told, ready, client_at):
    visit = settled(ready)
    person = ready.monitors[0] if who == "monitor" else ready.lead
    Seat.objects.get_or_create(visit=visit, person_id=person.pk)
    if leads == 2:
        seated(ready.group, someone("Second"), seat="lead")
    client = client_at(None, person)
    assert told in client.get(place(visit)).content.decode()
    SafetyCheck.objects.filter(pk=inside(visit, person).pk).update(alarm_at=clock.now())
    said = told.replace("we tell", "We have told")
    assert f"That time has passed. {said}" in client.get(place(visit)).content.decode()
