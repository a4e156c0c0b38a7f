"""A lead plans a visit and settles it; a team begins it and notes what was in the way."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from groups import actions as of_groups
from groups.queries import seat
from kit import clock, scheduler
from peer_monitoring import actions, queries
from peer_monitoring.errors import NotLetIn, NotOfTheGroup, NotOnTheTeam, TeamNotReady, TooLate
from peer_monitoring.models import Trouble, Visit
from questions.shape import write
from tenants.schemes.models import Scheme
from tests.factories.groups import agreed, let_in, seated, typed, works_there
from tests.factories.peer_monitoring import logged, make_ready, planned, ready_group, settled, under_way, written
from tests.factories.people import someone
from tests.factories.questions import every_kind, published, published_as_it_is


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def led(client_at, ready):
    return client_at(None, ready.lead)


@pytest.fixture
def going(client_at, ready):
    return client_at(None, ready.monitors[0])


NEW = "/groups/voices/visits/new/"


def place(visit, path=""):
    return f"/groups/voices/visits/{visit.pk}/{path}"


def fields(ready, **more):
    what = ready.plan()
    given = {"site": str(what.site.pk), "version": str(what.version.pk), "told": "announced", **typed("day", what.day)}
    return {**given, **more}


@pytest.mark.parametrize(
    "wrong",
    ["Robin", "robin@example.org", "Robin, 07700 900 982", "9-17, 07700 900 982", "07700 900 982 07700 900 983", "999"],
)
def test_whom_to_ring_on_the_day_has_one_number_and_nothing_else_in_its_place(wrong, led, ready):
    given = fields(ready, to_ring_of=str(ready.lead.pk), ring_number=wrong)
    assert "Enter one telephone number with its area code" in led.post(NEW, given).content.decode()
    assert not Visit.objects.for_group(ready.group).exists()


@pytest.mark.parametrize("number", ["07700 900 982", "(020) 7946-0018", "+44 (0)7700 900 982"])
def test_whom_to_ring_on_the_day_is_somebody_of_the_group_with_their_number(number, led, ready):
    who = ready.monitors[1]
    led.post(NEW, fields(ready, to_ring_of=str(who.pk), ring_number=f" {number} "))
    visit = Visit.objects.for_group(ready.group).get()
    assert (visit.to_ring, visit.to_ring_of_id) == (f"{who.name}, {number}", who.pk)
    page = led.get(place(visit, "change/")).content.decode()
    assert f'value="{number}"' in page and f'<option value="{who.pk}" selected>' in page


def test_a_number_is_somebody_s_and_somebody_is_rung_at_a_number(led, ready):
    page = led.post(NEW, fields(ready, ring_number="07700 900 982")).content.decode()
    assert "Choose whose telephone number it is" in page
    page = led.post(NEW, fields(ready, to_ring_of=str(ready.lead.pk))).content.decode()
    assert "Enter their telephone number" in page
    stranger = someone("Stranger")
    led.post(NEW, fields(ready, to_ring_of=str(stranger.pk), ring_number="07700 900 982"))
    assert not Visit.objects.for_group(ready.group).exists()
    with pytest.raises(NotOfTheGroup):
        planned(ready, to_ring="Stranger, 07700 900 982", to_ring_of_id=stranger.pk)


def test_words_in_which_no_number_is_clear_are_not_forgotten_by_who_changes_the_plan(led, ready):
    visit = planned(ready, to_ring="Robin or Kim, 07700 900 982 07700 900 983")
    assert f"So far: {visit.to_ring}" in led.get(place(visit, "change/")).content.decode()


def test_once_a_visit_has_begun_whom_to_ring_can_still_be_said_and_nothing_else(led, going, ready):
    visit, who = under_way(ready), str(ready.lead.pk)
    assert place(visit, "change/") in led.get(place(visit)).content.decode()
    assert "Where does the team meet?" not in led.get(place(visit, "change/")).content.decode()
    led.post(place(visit, "change/"), {"to_ring_of": who, "ring_number": "07700 900 982", "meeting_point": "Elsewhere"})
    visit.refresh_from_db()
    assert (visit.to_ring, visit.meeting_point) == (f"{ready.lead.name}, 07700 900 982", "")
    assert 'href="tel:07700900982"' in going.get(place(visit)).content.decode()
    led.post(place(visit, "change/"), {"to_ring_of": "", "ring_number": ""})
    visit.refresh_from_db()
    assert (visit.to_ring, visit.to_ring_of_id) == ("", None)
    over = actions.close(visit=logged(ready), by=ready.lead.pk)
    assert place(over, "change/") not in led.get(place(over)).content.decode()
    with pytest.raises(TooLate):
        actions.say_whom_to_ring(visit=over, to_ring="Robin, 07700 900 982", of_id=None, by=ready.lead.pk)


@pytest.mark.parametrize("make", [planned, settled, under_way, logged])
def test_a_number_to_ring_goes_a_week_after_the_day_also_of_a_visit_that_was_never_held_or_closed(make, ready):
    visit = make(ready, to_ring="Robin, 07700 900 982")
    for days, kept in ((7, "Robin, 07700 900 982"), (8, "")):
        Visit.objects.filter(pk=visit.pk).update(day=clock.today() - timedelta(days=days))
        scheduler.tick()
        visit.refresh_from_db()
        assert visit.to_ring == kept
    assert visit.to_ring_of_id is None


def test_a_number_from_before_is_a_lead_s_and_goes_where_nobody_leads(ready):
    say_whose = import_module("peer_monitoring.migrations.0012_whose_number_it_is").say_whose
    visit = settled(ready, to_ring="Robin, 07700 900 982")
    for whose, words in ((ready.lead.pk, "Robin, 07700 900 982"), (None, "")):
        Visit.objects.filter(pk=visit.pk).update(to_ring_of_id=None)
        say_whose(apps, None)
        visit.refresh_from_db()
        assert (visit.to_ring_of_id, visit.to_ring) == (whose, words)
        ready.group.memberships.filter(seat="lead").update(until=clock.today())


@pytest.mark.parametrize("moment", ["closed_at", "cancelled_at"])
def test_no_number_stands_on_a_visit_that_is_over(moment, ready):
    visit = logged(ready) if moment == "closed_at" else settled(ready)
    with pytest.raises(IntegrityError, match="nobody_is_rung_once_it_is_over"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**{moment: clock.now(), "to_ring": "Robin, 07700 900 982"})


def test_a_visit_is_planned_its_team_chosen_and_settled(led, ready):
    led.post("/groups/voices/visits/new/", fields(ready, starts_at="9.30", meeting_point="At the bus stop"))
    visit = Visit.objects.for_group(ready.group).get()
    assert f"{visit.starts_at:%H:%M}" == "09:30"
    assert "A team has at least 2 people" in led.get(place(visit)).content.decode()
    led.post(place(visit, "team/"), {"people": [str(one.pk) for one in ready.monitors]})
    assert "is told the place, the day" in led.get(place(visit, "settle/")).content.decode()
    led.post(place(visit, "settle/"))
    visit.refresh_from_db()
    assert visit.state == Visit.State.ANNOUNCED


def test_nobody_goes_where_no_permission_holds_on_that_day_f6(led, ready):
    late = fields(ready, **typed("day", clock.today() + timedelta(days=40)))
    ready.agreement.permissions.update(until=clock.today() + timedelta(days=30))
    page = led.post("/groups/voices/visits/new/", late).content.decode()
    assert "No permission of this place holds on that day" in page
    assert not Visit.objects.for_group(ready.group).exists()


def test_a_permission_that_ended_meanwhile_stops_the_visit(ready):
    visit = planned(ready)
    ready.agreement.permissions.update(until=clock.today())
    with pytest.raises(NotLetIn):
        actions.make_ready(visit=visit, by=ready.lead.pk)


def test_a_place_of_another_group_cannot_be_chosen(led, ready):
    other = ready_group(Scheme.objects.get(slug="brackwell"))
    page = led.post("/groups/voices/visits/new/", fields(ready, site=str(other.site.pk)))
    assert "Choose one of the answers on the page" in page.content.decode()


@pytest.mark.parametrize("starts_at", ["25:00", "half past nine", "9:99"])
def test_a_time_that_is_none_is_said(starts_at, led, ready):
    page = led.post("/groups/voices/visits/new/", fields(ready, starts_at=starts_at)).content.decode()
    assert "Enter a time, like 10:30" in page
    assert f'value="{starts_at}"' in page


def test_a_team_that_breaks_a_rule_cannot_be_settled(led, ready):
    visit = planned(ready)
    actions.choose_team(visit=visit, people=[ready.lead.pk], by=ready.lead.pk)
    with pytest.raises(TeamNotReady, match="at least 2 people"):
        actions.make_ready(visit=visit, by=ready.lead.pk)
    assert led.post(place(visit, "settle/")).status_code == 409


def test_a_team_stays_a_good_one_once_the_visit_is_settled(ready):
    visit = settled(ready)
    with pytest.raises(TeamNotReady):
        actions.choose_team(visit=visit, people=[ready.lead.pk], by=ready.lead.pk)
    assert len(queries.seats_on(visit)) == 2


def test_a_pair_is_drawn_and_only_ticked(led, ready):
    visit = planned(ready)
    page = led.get(f"{place(visit, 'team/')}?draw").content.decode()
    assert "Drawn at random" in page
    assert {one.seat.person_id for one in queries.seats_on(visit)} == {one.pk for one in ready.monitors}


def test_who_cannot_go_is_named_with_the_reason(led, ready):
    seated(ready.group, someone("Newcomer"), seat="monitor")
    page = led.get(place(planned(ready), "team/")).content.decode()
    assert "Newcomer" in page
    assert "has no training that is valid on that day and is not vetted for this place" in page.replace(", ", " and ")


def test_a_supporter_goes_on_no_visit(ready):
    helper = someone("Helper")
    seated(ready.group, helper, seat="supporter")
    make_ready(helper, ready.group, ready.lead, ready.site)
    assert helper.pk not in {one.person_id for one in queries.candidates(ready.group, ready.site, clock.today())}


def test_only_somebody_on_the_team_begins_a_visit_that_is_settled(ready):
    visit = settled(ready)
    with pytest.raises(NotOnTheTeam):
        actions.begin(visit=visit, by=ready.lead.pk)
    with pytest.raises(TooLate):
        actions.begin(visit=planned(ready), by=ready.monitors[0].pk)
    begun = actions.begin(visit=visit, by=ready.monitors[0].pk)
    again = actions.begin(visit=visit, by=ready.monitors[1].pk)
    assert begun.began_at == again.began_at


def test_a_visit_that_has_begun_keeps_its_plan_and_its_version(led, ready):
    visit = under_way(ready)
    for act in (
        lambda: actions.change_plan(visit=visit, what=ready.plan(), by=ready.lead.pk),
        lambda: actions.choose_team(visit=visit, people=[], by=ready.lead.pk),
    ):
        with pytest.raises(TooLate):
            act()
    assert "Change the plan" not in led.get(place(visit)).content.decode()


def test_whether_a_visit_is_announced_cannot_be_changed_once_it_is_settled(ready):
    with pytest.raises(TooLate, match="settled when"):
        actions.change_plan(visit=settled(ready), what=ready.plan(is_held_back=True), by=ready.lead.pk)


def test_what_was_in_the_way_is_noted_with_who_why_and_minutes(going, ready):
    visit = under_way(ready)
    given = {"kind": "delayed", "by_role": "Custody sergeant", "why": "Handover", "minutes": "25"}
    going.post(place(visit, "trouble/"), given)
    trouble = Trouble.objects.on(visit).get()
    assert (trouble.by_role, trouble.why, trouble.minutes) == ("Custody sergeant", "Handover", 25)
    assert "Let in late, 25 minutes: Handover (Custody sergeant)" in going.get(place(visit)).content.decode()


def test_a_monitor_who_does_not_go_writes_nothing_about_a_visit(client_at, ready):
    other = someone("Other")
    seated(ready.group, other, seat="monitor")
    assert client_at(None, other).get(place(under_way(ready), "trouble/")).status_code == 404


def test_a_visit_is_called_off_with_the_reason_and_once(led, ready):
    visit = settled(ready)
    led.post(place(visit, "call-off/"), {"why": "Somebody is ill"})
    visit.refresh_from_db()
    assert visit.state == Visit.State.CANCELLED
    assert "Somebody is ill" in led.get(place(visit)).content.decode()
    assert "called off already" in led.post(place(visit, "call-off/"), {"why": "Again"}).content.decode()


def test_what_somebody_needs_is_read_by_their_lead_alone(led, going, client_at, ready):
    visit = planned(ready)
    going.post(place(visit, "needs/"), {"needs": "A break every hour"})
    assert "A break every hour" in led.get(place(visit)).content.decode()
    beside = client_at(None, ready.monitors[1])
    assert "A break every hour" not in beside.get(place(visit)).content.decode()
    assert led.get(place(visit, "needs/")).status_code == 404, "the lead does not go"


def test_a_visit_is_closed_only_once_it_is_logged(ready):
    with pytest.raises(TooLate):
        actions.close(visit=under_way(ready), by=ready.lead.pk)
    assert actions.close(visit=logged(ready), by=ready.lead.pk).state == Visit.State.CLOSED


PATHS = ["", "change/", "team/", "settle/", "call-off/", "close/", "concern/", "trouble/", "needs/"]


@pytest.mark.parametrize("path", PATHS)
def test_another_groups_visit_is_not_there(path, client_at, ready):
    visit = planned(ready)
    other = ready_group(Scheme.objects.get(slug="ashmere"), "Others")
    client = client_at(None, other.lead)
    assert client.get(place(visit, path)).status_code == 404
    assert client.get(f"/groups/others/visits/{visit.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_supporter_finds_no_visit(path, client_at, ready):
    helper = someone("Helper")
    seated(ready.group, helper, seat="supporter")
    assert client_at(None, helper).get(place(planned(ready), path)).status_code == 404


def test_who_leaves_the_group_goes_no_more(client_at, ready):
    visit = settled(ready)
    person = ready.monitors[0]
    of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)
    assert list(queries.my_visits(person.pk)) == []
    assert person.pk not in {one.person_id for one in queries.team_of(visit)}


def test_todays_and_the_next_visits_stand_before_those_whose_day_has_passed(led, going, ready):
    days = {name: settled(ready, meeting_point=name) for name in ("today", "next", "later", "gone", "long gone")}
    for name, ahead in (("next", 2), ("later", 400), ("gone", -1), ("long gone", -30)):
        Visit.objects.filter(pk=days[name].pk).update(day=clock.today() + timedelta(days=ahead))
    in_order = ["today", "next", "later", "gone", "long gone"]
    assert [one.meeting_point for one in queries.my_visits(ready.monitors[0].pk)] == in_order
    assert [one.meeting_point for one in queries.coming(ready.group)] == in_order
    page = led.get("/groups/voices/visits/").content.decode()
    assert page.index(str(days["later"].pk)) < page.index("Their day has passed") < page.index(str(days["gone"].pk))
    mine = going.get("/my/").content.decode()
    soon, late = clock.today(), clock.today() + timedelta(days=400)
    assert f"{ready.site.name}, {soon:%-d %B}<" in mine
    assert f"{ready.site.name}, {late:%-d %B %Y}<" in mine


def test_no_day_has_passed_where_every_visit_is_to_come(led, ready):
    settled(ready)
    assert "Their day has passed" not in led.get("/groups/voices/visits/").content.decode()


@pytest.mark.parametrize("visits", [1, 12])
def test_the_lists_of_visits_cost_the_same_for_any_number(visits, led, going, ready):
    for _ in range(visits):
        settled(ready)
        logged(ready)
    for client, path, most in ((led, "/groups/voices/visits/", 13), (going, "/visits/", 8)):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_a_programme_says_what_is_due(led, ready):
    version = ready.plan().version
    led.post("/groups/voices/programmes/new/", {"name": "Each half year", "question_set": str(version.question_set_id)})
    programme = queries.programmes_of(ready.group).get()
    address = f"/groups/voices/programmes/{programme.pk}/"
    led.post(address, {"site": str(ready.site.pk), "months": "6"})
    assert "Due" in led.get(address).content.decode()
    visit = settled(ready)
    due = queries.what_is_due(programme)[0]
    assert (due.next, due.is_due) == (visit.day, False)
    for monitor in ready.monitors:
        written(visit, monitor)
    due = queries.what_is_due(programme)[0]
    assert (due.last, due.next, due.again_on) == (visit.day, None, queries.months_later(visit.day, 6))


def test_a_place_is_taken_from_a_programme_and_the_programme_ends(led, ready):
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    place_of_it = actions.add_place(programme=programme, site=ready.site, months=3, by=ready.lead.pk)
    led.post(f"/groups/voices/programmes/{programme.pk}/places/{place_of_it.pk}/take-away/")
    assert queries.what_is_due(programme) == []
    led.post(f"/groups/voices/programmes/{programme.pk}/end/")
    assert "ended" in led.get("/groups/voices/programmes/").content.decode()


def test_a_month_that_is_too_short_ends_a_visit_on_its_last_day():
    assert queries.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert queries.months_later(date(2026, 11, 30), 2) == date(2027, 1, 30)


def test_a_settled_visit_moves_only_where_and_when_its_team_may_go_f7(ready):
    visit = settled(ready)
    works_there(seat(ready.monitors[0].pk, ready.group), ready.site)
    with pytest.raises(TeamNotReady, match="works there"):
        actions.change_plan(visit=visit, what=ready.plan(note="Another note"), by=ready.lead.pk)


def test_a_settled_visit_stays_with_its_scheme(ready):
    visit, other = settled(ready), Scheme.objects.get(slug="brackwell")
    site = other.sites.earliest("name")
    let_in(agreed(ready.group, other), site, ready.lead)
    with pytest.raises(TooLate, match="another scheme"):
        actions.change_plan(visit=visit, what=ready.plan(site=site), by=ready.lead.pk)


def test_mending_a_note_changes_neither_the_questions_nor_the_place(led, ready):
    old = published(ready.group)
    visit = planned(ready, version=old)
    old.question_set.draft = write(every_kind())
    old.question_set.save()
    published_as_it_is(old.question_set)
    page = led.get(place(visit, "change/")).content.decode()
    assert f'<option value="{old.pk}" selected>' in page
    assert f'<option value="{ready.site.pk}" selected>' in page


def test_a_new_visit_begins_with_nothing_chosen(led, ready):
    given = fields(ready)
    page = led.post("/groups/voices/visits/new/", {**given, "site": "", "version": ""}).content.decode()
    assert "Choose a place" in page
    assert "Choose the questions" in page


def test_a_visit_does_not_begin_before_its_day(ready):
    visit = settled(ready, day=clock.today() + timedelta(days=3))
    with pytest.raises(TooLate, match="It can begin on that day"):
        actions.begin(visit=visit, by=ready.monitors[0].pk)


def test_who_only_supports_the_group_now_goes_on_no_visit_any_more(ready):
    settled(ready)
    person = ready.monitors[0]
    held = seat(person.pk, ready.group)
    of_groups.change_seat(membership=held, seat="supporter", capacity=held.capacity, by=ready.lead.pk)
    assert list(queries.my_visits(person.pk)) == []


def test_a_visit_that_nobody_went_on_leaves_its_place_due(ready):
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    actions.add_place(programme=programme, site=ready.site, months=3, by=ready.lead.pk)
    visit = settled(ready)
    Visit.objects.filter(pk=visit.pk).update(day=clock.today() - timedelta(days=1))
    assert queries.what_is_due(programme)[0].is_due
