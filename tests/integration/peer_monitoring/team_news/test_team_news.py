"""Whoever is on the team of a settled visit learns what becomes of it, each thing once, in words that name nothing."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from groups import actions as of_groups
from groups.queries import seat
from kit import clock
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from peer_monitoring import actions
from peer_monitoring.models import Seat, Visit
from people.actions import change_contact, choose_times
from people.models import Notice, Person, SafeContact
from people.own_waiting import text
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, make_ready, planned, ready_group, settled, written
from tests.factories.people import noticed, reached_by_mail

TEAM = {"visit_yours", "visit_changed", "visit_off", "visit_left"}


@pytest.fixture
def known(ready: Ready, client_at, work, mailoutbox) -> Callable[..., Visit]:
    """A settled visit that its team has looked at."""

    def make(**more: object) -> Visit:
        visit = settled(ready, **more)
        work()
        for monitor in ready.monitors:
            client_at(None, monitor).get(place(visit))
        mailoutbox.clear()
        return visit

    return make


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def waiting(person: Person) -> set[str]:
    found = Notice.objects.filter(person=person, read_at=None, kind__in=TEAM)
    return set(found.values_list("kind", flat=True))


def written_to(mailoutbox) -> list[str]:
    return sorted(one.to[0] for one in mailoutbox)


def change(visit: Visit, ready: Ready, *, by: Person | None = None, **more: object) -> None:
    actions.change_plan(visit=visit, what=ready.plan(**more), by=(by or ready.lead).pk)


def choose(visit: Visit, ready: Ready, *people: Person, by: Person | None = None) -> None:
    actions.choose_team(visit=visit, people=[one.pk for one in people], by=(by or ready.lead).pk)


def test_a_team_learns_of_its_visit_once_it_is_settled_and_once(ready, work, client_at, mailoutbox):
    visit = planned(ready)
    change(visit, ready, meeting_point="At the bus stop")
    work()
    assert not Notice.objects.filter(kind__in=TEAM).exists(), "it may still come to nothing"
    for _ in range(2):
        actions.make_ready(visit=visit, by=ready.lead.pk)
        choose(visit, ready, *ready.monitors)
        change(visit, ready, meeting_point="At the bus stop")
        work()
    assert [waiting(one) for one in (*ready.monitors, ready.lead)] == [{"visit_yours"}, {"visit_yours"}, set()]
    assert written_to(mailoutbox) == sorted(str(one.email) for one in ready.monitors)
    page = client_at(None, ready.monitors[0]).get("/my/").content.decode()
    assert "You are on the team of a visit" in page and page.count("/my/notices/") == 1


def test_the_notice_leads_to_the_page_of_the_visit_and_ends_there_for_who_opens_it(ready, work, client_at):
    visit, other = settled(ready), settled(ready)
    work()
    first, second = ready.monitors
    path = Notice.objects.get(person=first, key=str(visit.pk)).path
    noticed(first, kind="visit", key=visit.pk)
    assert path == place(visit)
    page = client_at(None, first).get(path).content.decode()
    assert ready.site.name in page
    assert Notice.objects.get(person=first, kind="visit").read_at is None, "it is another thing, told at a scheme"
    unread = set(Notice.objects.filter(read_at=None, kind__in=TEAM).values_list("person_id", "key"))
    assert unread == {(first.pk, str(other.pk)), (second.pk, str(visit.pk)), (second.pk, str(other.pk))}


def test_the_same_news_of_several_visits_is_one_line_and_the_list_says_which_are_new(ready, work, client_at):
    visits, first = [settled(ready) for _ in range(3)], ready.monitors[0]
    work()
    mine = client_at(None, first)
    page = mine.get("/my/").content.decode()
    assert page.count("You are on the team of") == 1 and '<a class="app-waits__link" href="/visits/">' in page
    assert "You are on the team of 3 visits" in page
    for looked_at, left in ((visits[0], 2), (visits[1], 1)):
        mine.get(place(looked_at))
        assert mine.get("/visits/").content.decode().split().count("New") == left
    assert "You are on the team of a visit<" in mine.get("/my/").content.decode()


def test_who_is_put_on_or_taken_off_later_learns_it_and_nobody_else(known, ready, who, third, work, mailoutbox):
    visit, stays = known(), ready.monitors[1]
    for _ in range(2):
        choose(visit, ready, stays, third)
        work()
    assert [waiting(one) for one in (who, stays, third)] == [{"visit_left"}, set(), {"visit_yours"}]
    assert written_to(mailoutbox) == sorted([str(who.email), str(third.email)])


def test_who_is_off_and_on_again_has_one_thing_waiting(ready, who, third, work, mailoutbox):
    visit = settled(ready)
    work()
    for team, waits in (([third], {"visit_left"}), ([who, third], {"visit_yours"}), ([third], {"visit_left"})):
        choose(visit, ready, ready.monitors[1], *team)
        work()
        assert waiting(who) == waits
    assert written_to(mailoutbox).count(str(who.email)) == 4, "each was new to them"


def test_whoever_is_off_the_team_learns_nothing_of_what_becomes_of_the_visit(known, ready, who, third, work, client_at):
    visit = known()
    choose(visit, ready, ready.monitors[1], third)
    work()
    change(visit, ready, meeting_point="Elsewhere")
    actions.cancel(visit=visit, why="Somebody is ill", by=ready.lead.pk)
    work()
    assert waiting(who) == {"visit_left"}, "they still have to know that they do not go"
    assert (waiting(ready.monitors[1]), waiting(third)) == ({"visit_off"}, {"visit_off"})


@pytest.mark.parametrize(
    "what",
    [{"day": timedelta(days=1)}, {"starts_at": time(9, 30)}, {"meeting_point": "At the bus stop"}],
    ids=["day", "time", "meeting point"],
)
def test_a_team_learns_of_another_day_time_or_meeting_point(what, known, ready, work, client_at, mailoutbox):
    visit = known()
    what = {name: clock.today() + value if name == "day" else value for name, value in what.items()}
    for _ in range(2):
        change(visit, ready, **what)
        work()
    assert [waiting(one) for one in (*ready.monitors, ready.lead)] == [{"visit_changed"}, {"visit_changed"}, set()]
    assert written_to(mailoutbox) == sorted(str(one.email) for one in ready.monitors)


def test_what_else_stands_in_the_plan_is_no_news(known, ready, work, mailoutbox):
    change(known(), ready, note="Ask for the sergeant", photos_allowed=True)
    work()
    assert not Notice.objects.filter(read_at=None, kind__in=TEAM).exists()
    assert mailoutbox == []


def test_of_a_second_change_who_has_not_looked_at_the_first_gets_no_second_message(
    known, ready, who, work, client_at, mailoutbox
):
    visit = known()
    change(visit, ready, meeting_point="At the bus stop")
    work()
    client_at(None, who).get(place(visit))
    change(visit, ready, meeting_point="At the station")
    work()
    beside = ready.monitors[1]
    assert (waiting(who), waiting(beside)) == ({"visit_changed"}, {"visit_changed"})
    assert written_to(mailoutbox) == sorted([str(who.email), str(who.email), str(beside.email)])


def test_a_team_learns_that_its_visit_is_off_and_why_and_of_nothing_before(ready, who, work, client_at, mailoutbox):
    visit = settled(ready)
    work()
    change(visit, ready, meeting_point="At the bus stop")
    work()
    assert waiting(who) == {"visit_yours", "visit_changed"}
    mailoutbox.clear()
    actions.cancel(visit=visit, why="Somebody is ill", by=ready.lead.pk)
    assert waiting(who) == set()
    work()
    assert [waiting(one) for one in (*ready.monitors, ready.lead)] == [{"visit_off"}, {"visit_off"}, set()]
    assert written_to(mailoutbox) == sorted(str(one.email) for one in ready.monitors)
    mine = client_at(None, who)
    assert mine.get("/app/mine.json").json()["reasons"] == {str(visit.pk): "Somebody is ill"}
    assert "Somebody is ill" in mine.get(place(visit)).content.decode()
    assert waiting(who) == set()


def test_a_lead_reads_before_that_the_team_is_told(ready, client_at):
    led = client_at(None, ready.lead)
    assert "Whoever goes is told" in led.get(place(planned(ready), "settle/")).content.decode()
    words = "Whoever goes is told, and reads why."
    assert words in led.get(place(settled(ready), "call-off/")).content.decode()
    assert words not in led.get(place(planned(ready), "call-off/")).content.decode()


def test_nobody_is_told_that_a_visit_is_off_which_was_never_settled(ready, work, mailoutbox):
    actions.cancel(visit=planned(ready), why="Somebody is ill", by=ready.lead.pk)
    work()
    assert (mailoutbox, Notice.objects.filter(kind__in=TEAM).exists()) == ([], False)


def test_who_did_it_is_not_told_also_where_they_go_themselves(ready, who, work, mailoutbox):
    visit = planned(ready)
    choose(visit, ready, ready.lead, who)
    actions.make_ready(visit=visit, by=ready.lead.pk)
    change(visit, ready, meeting_point="At the bus stop")
    choose(visit, ready, who, ready.monitors[1])
    choose(visit, ready, ready.lead, who)
    actions.cancel(visit=visit, why="Somebody is ill", by=ready.lead.pk)
    work()
    assert waiting(ready.lead) == set()
    assert waiting(who) == {"visit_off"}
    assert str(ready.lead.email) not in written_to(mailoutbox)


def test_what_is_true_no_more_when_its_turn_comes_is_not_told(ready, who, third, work, mailoutbox):
    off, left = settled(ready), settled(ready)
    actions.cancel(visit=off, why="Somebody is ill", by=ready.lead.pk)
    choose(left, ready, ready.monitors[1], third)
    work()
    told = set(Notice.objects.filter(person=who).values_list("kind", "key"))
    assert told == {("visit_off", str(off.pk)), ("visit_left", str(left.pk))}
    assert written_to(mailoutbox).count(str(who.email)) == 2


@pytest.fixture
def each(ready, third, work) -> Visit:
    """A visit of which everything was told to somebody: that they go, that it changed, that they do not."""
    visit = settled(ready, is_held_back=True)
    work()
    change(visit, ready, is_held_back=True, meeting_point="At the bus stop")
    choose(visit, ready, ready.monitors[1], third)
    work()
    return visit


@pytest.mark.parametrize("how", ["all have written", "the lead waits for no more"])
def test_nothing_of_a_visit_that_is_over_waits_for_anybody(how, each, ready, third, who):
    team = [ready.monitors[1], third]
    assert [waiting(one) for one in (who, *team)] == [{"visit_left"}, {"visit_yours", "visit_changed"}, {"visit_yours"}]
    for person in team if how == "all have written" else team[:1]:
        written(each, person)
    if how != "all have written":
        assert waiting(who) and waiting(third)
        actions.say_logged(visit=each, by=ready.lead.pk)
    assert [waiting(one) for one in (who, *team)] == [set(), set(), set()]


def test_messages_and_lines_name_no_visit_no_place_and_no_group(each, ready, work, mailoutbox):
    actions.cancel(visit=each, why="Somebody is ill", by=ready.lead.pk)
    work()
    assert {one.subject for one in mailoutbox} == {"Something waits for you"}
    names = ("visit", "voices", "bus stop", "ill", ready.site.name.lower(), str(each.pk))
    for message in mailoutbox:
        assert all(one not in message.body.replace("Something waits", "").lower() for one in names)
    notices = Notice.objects.filter(kind__in=TEAM)
    assert set(notices.values_list("kind", flat=True)) == TEAM
    assert not any(one in text(notice).lower() for notice in notices for one in names[1:])


def test_nobody_at_the_scheme_learns_of_it_and_no_promise_names_a_person(
    ready, who, third, person, scheme, client_at, work, mailoutbox
):
    manager = person("Sam", role=Role.MANAGER, at=scheme)
    before = Notice.objects.count()
    visit = settled(ready, is_held_back=True)
    change(visit, ready, is_held_back=True, meeting_point="At the bus stop")
    choose(visit, ready, ready.monitors[1], third)
    promised = OutboxMessage.objects.filter(kind="peer_monitoring.team_news")
    everybody = [str(one.pk) for one in (*ready.monitors, third, ready.lead)]
    assert promised.count() == 6
    assert not any(one in f"{row.key} {row.payload}" for row in promised for one in everybody)
    work()
    assert not Notice.objects.filter(person=manager).exists() and str(manager.email) not in written_to(mailoutbox)
    assert Notice.objects.count() > before and not Notice.objects.filter(scheme_id__isnull=False).exists()
    assert not Visit.objects.visible_to_scheme(scheme.pk).exists()


def leave(person: Person, ready: Ready) -> None:
    of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)


def only_support(person: Person, ready: Ready) -> None:
    held = seat(person.pk, ready.group)
    of_groups.change_seat(membership=held, seat="supporter", capacity=held.capacity, by=ready.lead.pk)


@pytest.mark.parametrize("way", [leave, only_support])
def test_who_goes_no_more_with_a_group_has_nothing_waiting_that_leads_to_its_pages(
    way, ready, who, third, work, mailoutbox
):
    visit, elsewhere = settled(ready), ready_group(Scheme.objects.get(slug="ashmere"), "Others")
    seated(elsewhere.group, who)
    make_ready(who, elsewhere.group, elsewhere.lead, elsewhere.site)
    elsewhere.monitors[0] = who
    other = settled(elsewhere)
    work()
    mailoutbox.clear()
    choose(visit, ready, ready.monitors[1], third)
    way(who, ready)
    work()
    unread = Notice.objects.filter(person=who, read_at=None, kind__in=TEAM)
    assert list(unread.values_list("key", flat=True)) == [str(other.pk)]
    assert str(who.email) not in written_to(mailoutbox)
    assert waiting(ready.monitors[1]) == {"visit_yours"}


def test_nobody_is_told_whose_time_in_the_group_has_ended(ready, who, work):
    settled(ready)
    ready.group.memberships.filter(person_id=who.pk).update(until=clock.today())
    work()
    assert (waiting(who), waiting(ready.monitors[1])) == (set(), {"visit_yours"})


def test_what_changed_before_a_visit_was_settled_is_no_news(ready, who, work):
    visit = planned(ready)
    change(visit, ready, meeting_point="At the bus stop")
    actions.make_ready(visit=visit, by=ready.lead.pk)
    work()
    assert waiting(who) == {"visit_yours"}


def test_erasing_somebody_takes_what_they_were_told_and_what_was_promised_to_them(known, ready, who, work, mailoutbox):
    visit = known()
    change(visit, ready, meeting_point="At the bus stop")
    mailoutbox.clear()
    erase_in_schema(who.pk, "public")
    work()
    assert not Seat.objects.filter(person_id=who.pk).exists()
    assert not Notice.objects.filter(person=who).exists()
    assert written_to(mailoutbox) == [str(ready.monitors[1].email)]


@pytest.mark.parametrize("channel", ["page", "letter"])
def test_who_chose_another_way_than_email_finds_it_on_their_page_alone(channel, ready, who, work, mailoutbox):
    more = {"letter_to": "1 High Street"} if channel == "letter" else {}
    change_contact(person=who, channel=SafeContact.Channel(channel), words_in_messages=False, by=who, **more)
    settled(ready)
    work()
    assert waiting(who) == {"visit_yours"}
    assert written_to(mailoutbox) == [str(ready.monitors[1].email)]


def test_a_message_goes_at_a_time_that_somebody_named_and_not_once_they_have_looked(
    ready, work, at_moment, client_at, mailoutbox
):
    noon = clock.now().astimezone(clock.LONDON).replace(hour=12, minute=30)
    at_moment(noon)
    for one in ready.monitors:
        reached_by_mail(one)
        choose_times(person=one, days=[], parts=[SafeContact.Part.EVENING], by=one)
    first, second = ready.monitors
    visit = settled(ready)
    work()
    assert (mailoutbox, waiting(first), waiting(second)) == ([], {"visit_yours"}, {"visit_yours"})
    client_at(None, second).get(place(visit))
    at_moment(noon.replace(hour=17, minute=1))
    work()
    assert written_to(mailoutbox) == [str(first.email)]
