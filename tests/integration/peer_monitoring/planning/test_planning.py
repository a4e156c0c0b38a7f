"""A lead plans a visit, chooses its team and settles it."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from groups.models import Agreement, LivedExperience, Training, Vetting
from groups.queries import seat
from kit import clock
from kit.dates import day, short_day
from peer_monitoring import actions, queries
from peer_monitoring.errors import NotLetIn, TeamNotReady, ToldAlready, TooLate
from peer_monitoring.forms import VisitForm
from peer_monitoring.models import Visit
from peer_monitoring.views.planning import field_of
from people.models import Person
from questions.shape import write
from tenants.schemes.models import Scheme, Site
from tests.factories.groups import agreed, let_in, seated, typed, works_there
from tests.factories.peer_monitoring import Ready, make_ready, planned, ready_group, settled
from tests.factories.people import someone
from tests.factories.questions import every_kind, published, published_as_it_is
from tests.integration.peer_monitoring.planning.steps import NEW, fields, place


def test_a_visit_is_planned_its_team_chosen_and_settled(led, ready):
    led.post("/groups/voices/visits/new/", fields(ready, starts_at="9.30 am", meeting_point="At the bus stop"))
    visit = Visit.objects.for_group(ready.group).get()
    assert f"{visit.starts_at:%H:%M}" == "09:30"
    assert "A team has at least 2 people" in led.get(place(visit)).content.decode()
    led.post(place(visit, "team/"), {"people": [str(one.pk) for one in ready.monitors]})
    assert "is told the place, the day" in led.get(place(visit, "settle/")).content.decode()
    led.post(place(visit, "settle/"))
    visit.refresh_from_db()
    assert visit.state == Visit.State.ANNOUNCED


@pytest.mark.parametrize(("typed_in", "at"), [("9", "09:00"), (" 7 ", "07:00"), ("14", "14:00"), ("2", ""), ("24", "")])
def test_an_hour_alone_is_a_time_where_it_can_mean_only_one(typed_in, at, led, ready):
    page = led.post(NEW, fields(ready, starts_at=typed_in), follow=True).content.decode()
    assert ("Enter a time, like 10:30 or 2:30pm" in page) is not bool(at)
    assert [f"{one.starts_at:%H:%M}" for one in Visit.objects.for_group(ready.group)] == ([at] if at else [])


def test_each_step_of_planning_says_that_it_is_done(led, going, ready):
    def said(client, path: str, given: dict[str, object] | None = None) -> str:
        found = client.post(path, given or {}, follow=True).content.decode().partition("nhsuk-notification-banner")[2]
        return " ".join(found.partition("<main")[0].split())

    assert "The visit is planned. Now choose who goes." in said(led, NEW, fields(ready))
    visit = Visit.objects.for_group(ready.group).get()
    team = {"people": [str(one.pk) for one in ready.monitors]}
    assert "Who goes is saved." in said(led, place(visit, "team/"), team)
    assert "The plan is saved." in said(led, place(visit, "change/"), fields(ready))
    assert "The visit is settled. Whoever goes is told." in said(led, place(visit, "settle/"))
    assert "What you need on that day is saved." in said(going, place(visit, "needs/"), {"needs": "A lift"})
    noted = {"kind": "delayed", "by_role": "Sergeant", "why": "Busy"}
    other = settled(ready)
    assert "The visit is called off." in said(led, place(other, "call-off/"), {"why": "Ill"})
    assert "What happened is written down." in said(going, place(visit, "trouble/"), noted)
    actions.begin(visit=visit, by=ready.monitors[0].pk)
    ring = {"to_ring_of": str(ready.lead.pk), "ring_number": "07700 900 982"}
    assert "Whom the team can ring is saved." in said(led, place(visit, "change/"), ring)
    assert "The team is given no number now." in said(led, place(visit, "change/"), {"to_ring_of": ""})


def test_nobody_goes_where_no_permission_holds_on_that_day_f6(led, ready):
    late = fields(ready, **typed("day", clock.today() + timedelta(days=40)))
    ready.agreement.permissions.update(until=clock.today() + timedelta(days=30))
    page = led.post("/groups/voices/visits/new/", late).content.decode()
    assert "No permission of this place holds on that day" in page
    assert not Visit.objects.for_group(ready.group).exists()


@pytest.mark.parametrize("status", [Scheme.Status.SUSPENDED, Scheme.Status.CLOSED])
def test_where_only_the_scheme_is_shut_a_lead_reads_that_and_of_no_permission(as_owner, status, led, ready):
    visit = planned(ready)
    Scheme.objects.filter(pk=ready.site.scheme_id).update(status=status)
    asked = led.post("/groups/voices/visits/new/", fields(ready))
    for page in (asked, led.post(place(visit, "change/"), fields(ready)), led.post(place(visit, "settle/"))):
        words = page.content.decode()
        assert f"Ashmere is {status} on this service, so no visit" in words and "No permission" not in words
    assert 'href="#id_site"' in asked.content.decode()
    ready.agreement.permissions.update(until=clock.today())
    assert "No permission of this place holds" in led.post(place(visit, "settle/")).content.decode()


def test_a_permission_that_ended_meanwhile_stops_the_visit(ready):
    visit = planned(ready)
    ready.agreement.permissions.update(until=clock.today())
    with pytest.raises(NotLetIn):
        actions.make_ready(visit=visit, by=ready.lead.pk)


def test_a_place_of_another_group_cannot_be_chosen(led, ready):
    other = ready_group(Scheme.objects.get(slug="brackwell"))
    page = led.post("/groups/voices/visits/new/", fields(ready, site=str(other.site.pk)))
    assert NO_CHOICE in page.content.decode()


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


def test_whether_a_visit_is_announced_cannot_be_changed_once_it_is_settled(ready):
    with pytest.raises(ToldAlready, match="Call it off and plan another one"):
        actions.change_plan(visit=settled(ready), what=ready.plan(is_held_back=True), by=ready.lead.pk)


@pytest.mark.parametrize("is_held_back", [True, False])
def test_the_form_of_a_settled_visit_does_not_ask_whether_the_scheme_is_told_and_leaves_it(is_held_back, led, ready):
    one, open_still = settled(ready, is_held_back=is_held_back), planned(ready, is_held_back=is_held_back)
    said = "held back from the scheme" if is_held_back else "announced to the scheme"
    page = led.get(place(one, "change/")).content.decode()
    assert "Is the scheme told before?" not in page and f"This visit is {said}" in page
    assert "Is the scheme told before?" in led.get(place(open_still, "change/")).content.decode()
    given = fields(ready, meeting_point="At the bus stop")
    del given["told"]
    assert "The plan is saved." in led.post(place(one, "change/"), given, follow=True).content.decode()
    one.refresh_from_db()
    assert (one.is_held_back, one.meeting_point) == (is_held_back, "At the bus stop")


@pytest.mark.parametrize("is_held_back", [True, False])
def test_who_chose_otherwise_while_another_lead_settled_it_is_told_and_nothing_is_saved(is_held_back, led, ready):
    visit = planned(ready, is_held_back=is_held_back)
    assert "Is the scheme told before?" in led.get(place(visit, "change/")).content.decode()
    actions.make_ready(visit=visit, by=ready.lead.pk)
    other = fields(ready, told="announced" if is_held_back else "held_back", meeting_point="At the bus stop")
    page = led.post(place(visit, "change/"), other, follow=True).content.decode()
    assert "The plan is saved." not in page and "At the bus stop" in page
    assert "nhsuk-error-summary" in page and "This visit is settled as it is." in page
    visit.refresh_from_db()
    assert (visit.is_held_back, visit.meeting_point) == (is_held_back, "")
    same = other | {"told": "held_back" if is_held_back else "announced"}
    assert "The plan is saved." in led.post(place(visit, "change/"), same, follow=True).content.decode()


def test_where_it_was_settled_meanwhile_the_choice_itself_says_so(ready):
    visit = planned(ready)
    stale = queries.visit_of(ready.group, visit.pk)
    actions.make_ready(visit=visit, by=ready.lead.pk)
    given = {name: str(value) for name, value in fields(ready, told="held_back").items()}
    form = VisitForm(given, group=ready.group, sites=[], visit=stale)
    assert form.is_valid()
    with pytest.raises(ToldAlready) as refused:
        actions.change_plan(visit=stale, what=form.plan(), by=ready.lead.pk)
    assert field_of(refused.value) == "told"


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


def test_when_a_visit_is_reads_alike_on_every_page(led, going, client_at, ready):
    visit = settled(ready, starts_at=time(14, 30))
    when = f"{day(visit.day)} at 2:30pm"
    for client, path in (
        (led, place(visit)), (led, place(visit, "call-off/")), (led, "/groups/voices/visits/"), (going, "/visits/"),
        (going, place(visit, "log/")), (going, place(visit, "concern/")), (led, place(visit, "trouble/")),
    ):  # fmt: skip
        assert when in client.get(path).content.decode(), path


IN_A_MONTH = timedelta(days=30)
NO_CHOICE = "Choose one of the answers on the page. A place that is not there does not let your group in"
CANNOT = "This visit cannot take place as it is planned"


def closes(ready: Ready) -> str:
    Site.objects.filter(pk=ready.site.pk).update(closed_on=clock.today() + IN_A_MONTH)
    return f"{ready.site.name} is closed from {short_day(clock.today() + IN_A_MONTH)} on. Choose another place"


def has_closed(ready: Ready) -> str:
    Site.objects.filter(pk=ready.site.pk).update(closed_on=clock.today())
    return f"{ready.site.name} is closed. Choose another place."


def agreement_ends(ready: Ready) -> str:
    Agreement.objects.filter(pk=ready.agreement.pk).update(until=clock.today() + IN_A_MONTH)
    agreed(ready.group, Scheme.objects.get(slug="brackwell"))
    ready_group(ready.site.scheme, "Others")
    return (
        "No agreement of your group with Ashmere holds on that day. Choose another day, or ask Ashmere for a new one."
    )


def permission_ends(ready: Ready) -> str:
    ready.agreement.permissions.update(until=clock.today() + IN_A_MONTH)
    return "No permission of this place holds on that day. Choose another day, or write the permission down first."


@pytest.mark.parametrize("what", [closes, has_closed, agreement_ends, permission_ends])
def test_where_nobody_is_let_in_a_visit_is_not_planned_and_one_that_was_planned_says_why(
    what: Callable[[Ready], str], led, going, ready
):
    kept = planned(ready, day=clock.today() + IN_A_MONTH)
    assert CANNOT not in led.get(place(kept)).content.decode()
    why = what(ready)
    late = fields(ready, meeting_point="At the bus stop", **typed("day", kept.day))
    for asked in ("/groups/voices/visits/new/", place(kept, "change/")):
        page = led.post(asked, late).content.decode()
        # A place that closes is no choice for a new visit.
        assert why.removesuffix(".") in page or (NO_CHOICE in page and what in {closes, has_closed})
        assert "At the bus stop" in page, "what was typed is there still"
    assert list(Visit.objects.for_group(ready.group)) == [kept]
    for _ in range(2):
        page = led.get(place(kept)).content.decode()
        assert CANNOT in page and why in page
        theirs = going.get(place(kept)).content.decode()
        assert "Do not go in. Ask whoever leads your group." in theirs and why not in theirs
        # Settled, it says so too.
        Visit.objects.filter(pk=kept.pk).update(ready_at=clock.now())


def test_a_scheme_that_is_shut_is_said_on_a_planned_visit_too(as_owner, led, going, ready):
    visit = planned(ready)
    Scheme.objects.filter(pk=ready.site.scheme_id).update(status="suspended")
    assert "Ashmere is suspended on this service" in led.get(place(visit)).content.decode()
    said = "Do not go in before whoever leads your group says that you can."
    assert said in going.get(place(visit)).content.decode()


def untrained(ready: Ready, *people: Person) -> None:
    Training.objects.filter(person_id__in=[one.pk for one in people]).delete()


def nobody_trained(ready: Ready) -> str:
    untrained(ready, ready.lead, *ready.monitors)
    return "Nobody of your group may go there on that day."


def all_work_there(ready: Ready) -> str:
    for one in (ready.lead, *ready.monitors):
        works_there(seat(one.pk, ready.group), ready.site)
    return "Nobody of your group may go there on that day."


def one_vetted(ready: Ready) -> str:
    Vetting.objects.exclude(person_id=ready.lead.pk).delete()
    return f"Only {ready.lead.name} may go there on that day. A team has at least 2 people."


def none_with_lived_experience(ready: Ready) -> str:
    LivedExperience.objects.all().delete()
    return "Nobody who may go there on that day counts as having lived experience."


@pytest.mark.parametrize("what", [nobody_trained, all_work_there, one_vetted, none_with_lived_experience])
def test_where_no_team_can_go_a_visit_is_planned_and_says_at_once_what_to_do(
    what: Callable[[Ready], str], led, going, ready
):
    why = what(ready)
    page = led.post(NEW, fields(ready, meeting_point="At the bus stop"), follow=True).content.decode()
    visit = Visit.objects.for_group(ready.group).get()
    assert visit.meeting_point == "At the bus stop"
    assert CANNOT in page and why in page
    assert "Choose 2 or more" not in page and "Choose who goes" not in page and "Settle the visit" not in page
    actions.choose_team(visit=visit, people=[ready.lead.pk], by=ready.lead.pk)
    assert "Choose who goes" in led.get(place(visit)).content.decode(), "whoever is on it can be taken off"
    assert "somebody can still do a training, be vetted for the place, or join your group" in page
    assert why not in going.get(place(visit)).content.decode(), "what keeps others is for the lead alone"


def test_where_two_can_go_no_word_is_said_of_it(led, ready):
    untrained(ready, ready.lead)
    LivedExperience.objects.exclude(person_id=ready.monitors[0].pk).delete()
    page = led.post(NEW, fields(ready), follow=True).content.decode()
    assert CANNOT not in page and "Before it can be settled" in page
