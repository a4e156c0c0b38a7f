"""The briefing of a visit on paper, and its file for a calendar: for its team and the lead, and neutral to others."""

import io
from datetime import UTC, datetime, time

import pypdf
import pytest
from icalendar import Calendar, Event

from groups.models import HostPermission
from peer_monitoring import actions
from questions.shape import Kind, Section
from tenants.schemes.models import Scheme
from tests.factories.groups import let_in, seated
from tests.factories.peer_monitoring import planned, ready_group, settled
from tests.factories.people import someone
from tests.factories.questions import a_form, a_question, published
from tests.integration.feedback.printed_slips.steps import REVEALING, is_tagged, read

FILES = ["briefing.pdf", "calendar.ics"]


def place(visit, path):
    return f"/groups/voices/visits/{visit.pk}/{path}"


@pytest.fixture
def get(client_at, ready):
    """A file of a visit as somebody of the team gets it."""
    return lambda visit, path: client_at(None, ready.monitors[0]).get(place(visit, path))


@pytest.fixture
def words(get):
    """What stands in the briefing, as one line."""
    return lambda visit: read(get(visit, "briefing.pdf").content)


def entry(answer) -> Event:
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors
    return event


def test_the_briefing_is_tagged_and_neither_its_name_nor_its_title_says_what_it_is(get, ready):
    answer = get(settled(ready), "briefing.pdf")
    assert is_tagged(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="visit.pdf"'
    told = pypdf.PdfReader(io.BytesIO(answer.content)).metadata
    assert told is not None and told.title is not None and told.title.startswith("Your visit")
    assert not REVEALING.search(str(dict(told)))
    assert ready.group.name not in str(dict(told)) and ready.site.name not in str(dict(told))


@pytest.mark.parametrize("is_held_back", [True, False])
def test_the_briefing_says_that_a_visit_is_held_back(is_held_back, words, ready):
    said = "Held back: nobody at the scheme is told of this visit before it is logged"
    assert (said in words(settled(ready, is_held_back=is_held_back))) == is_held_back


def test_the_briefing_says_where_when_and_with_whom(words, ready):
    ring = "Robin, 07700 900 982"
    visit = settled(ready, starts_at=time(9, 30), meeting_point="At the bus stop", note="Bring a coat", to_ring=ring)
    said = words(visit)
    for one in (ready.site.name, f"{visit.day.year} at 9:30am", "At the bus stop", "Bring a coat", ring):
        assert one in said
    assert all(one.name.split()[0] in said for one in ready.monitors)
    assert ready.lead.name.split()[0] not in said, "the lead does not go"


def test_the_briefing_says_what_to_do_in_danger_and_that_no_names_are_written(words, ready):
    said = words(planned(ready))
    assert "call 999" in said and "Tell the person in charge" in said
    assert "Write no names; custody number only." in said


def test_the_briefing_gives_the_conditions_of_that_place_on_that_day(words, ready):
    visit = planned(ready)
    assert "keep to there: None" in words(visit)
    HostPermission.objects.update(until=visit.day)
    let_in(ready.agreement, ready.site, ready.lead, since=visit.day, conditions="Leave your bags outside")
    assert "Leave your bags outside" in words(visit)
    HostPermission.objects.filter(agreement=ready.agreement).update(until=visit.day)
    said = words(visit)
    assert "Leave your bags outside" not in said and "Do not go in. Ask whoever leads your group." in said


def test_where_only_the_scheme_is_shut_the_briefing_says_that(as_owner, words, ready):
    visit = settled(ready)
    Scheme.objects.update(status=Scheme.Status.SUSPENDED)
    said = words(visit)
    assert f"The pages of {ready.site.scheme} are closed. Do not go in before" in said
    assert "No permission of this place holds" not in said


def test_what_was_agreed_for_another_place_stands_in_no_briefing(words, ready):
    other = ready.site.scheme.sites.latest("name")
    let_in(ready.agreement, other, ready.lead, conditions="Come by the back door")
    assert "Come by the back door" not in words(planned(ready))
    there = actions.plan(group=ready.group, what=ready.plan(site=other), programme=None, by=ready.lead.pk)
    actions.choose_team(visit=there, people=[one.pk for one in ready.monitors], by=ready.lead.pk)
    assert "Come by the back door" in words(there)


def test_photos_are_off_unless_the_host_has_agreed(words, ready):
    assert "Photos: off" in words(planned(ready))
    said = words(planned(ready, photos_allowed=True))
    assert "Photos: off" not in said and "Photos: the host has agreed" in said


def test_the_briefing_asks_every_question_in_order_with_its_answers(words, ready):
    visit = planned(ready)
    said = words(visit)
    at, number = said.index("The questions"), 0
    for section in visit.version.compiled["sections"]:
        for question in section["questions"]:
            number += question["kind"] != "note"
            before = f"{number}. " if question["kind"] != "note" else ""
            at = said.index(before + " ".join(question["label"]["en"].split()), at)
            for choice in question.get("choices", ()):
                assert " ".join(choice["label"]["en"].split()) in said[at:]


def test_the_briefing_says_which_questions_must_be_answered(words, ready):
    must = a_question("must", required=True, hint={"en": "Ask staff."})
    photo = a_question("photo", Kind.PHOTO, required=True)
    asked = Section("rights", {"en": "Rights"}, (must, a_question("may"), photo))
    said = words(planned(ready, version=published(ready.group, a_form(asked))))
    assert "About must? Ask staff. Must be answered Yes" in said
    assert said.count("Must be answered") == 1


def test_what_somebody_needs_stands_in_no_briefing(words, ready, get):
    visit = planned(ready)
    actions.write_needs(seat=visit.seats.get(person_id=ready.monitors[1].pk), needs="A break")
    assert "A break" not in words(visit)


def test_a_briefing_of_a_visit_that_was_called_off_says_so(words, ready):
    visit = planned(ready)
    assert "called off" not in words(visit)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    assert "This visit was called off. Do not go." in words(visit)


@pytest.mark.parametrize("path", FILES)
def test_files_are_for_the_team_and_the_lead_alone(path, client_at, ready):
    visit = settled(ready)
    other, supporter = someone("Other"), someone("Helper")
    seated(ready.group, other, seat="monitor")
    seated(ready.group, supporter, seat="supporter")
    elsewhere = ready_group(Scheme.objects.get(slug="ashmere"), "Others")
    for person in (ready.lead, *ready.monitors):
        assert client_at(None, person).get(place(visit, path)).status_code == 200
    for person in (other, supporter, elsewhere.lead):
        assert client_at(None, person).get(place(visit, path)).status_code == 404
    assert client_at(None, elsewhere.lead).get(f"/groups/others/visits/{visit.pk}/{path}").status_code == 404


@pytest.mark.parametrize("is_held_back", [False, True])
def test_a_calendar_says_when_and_nothing_else(is_held_back, get, ready):
    visit = settled(ready, starts_at=time(9, 30), note="Bring a coat", is_held_back=is_held_back)
    answer = get(visit, "calendar.ics")
    event = entry(answer)
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY"}
    assert str(event["summary"]) == "Appointment"
    assert event.decoded("dtstart").astimezone(UTC).date() == visit.day
    assert not REVEALING.search(answer.content.decode())
    assert ready.site.name not in answer.content.decode() and "Bring a coat" not in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'


def test_a_time_is_that_of_london(get, ready):
    visit = planned(ready, starts_at=time(9, 30))
    visit.day = visit.day.replace(year=visit.day.year + 1, month=7, day=6)
    visit.save(update_fields=["day"])
    assert entry(get(visit, "calendar.ics")).decoded("dtstart") == datetime(visit.day.year, 7, 6, 8, 30, tzinfo=UTC)


def test_a_visit_whose_time_is_open_takes_the_whole_day(get, ready):
    visit = planned(ready)
    assert entry(get(visit, "calendar.ics")).decoded("dtstart") == visit.day


def test_the_place_is_where_the_team_meets_if_somebody_wrote_it(get, ready):
    event = entry(get(planned(ready, meeting_point="At the bus stop"), "calendar.ics"))
    assert str(event["location"]) == "At the bus stop"


def test_an_entry_keeps_its_id_and_counts_up_with_each_change_and_when_it_is_called_off(get, ready):
    visit = planned(ready)
    first = entry(get(visit, "calendar.ics"))
    actions.change_plan(visit=visit, what=ready.plan(starts_at=time(11)), by=ready.lead.pk)
    changed = entry(get(visit, "calendar.ics"))
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    over = entry(get(visit, "calendar.ics"))
    assert first["uid"] == changed["uid"] == over["uid"] != entry(get(planned(ready), "calendar.ics"))["uid"]
    assert [int(one["sequence"]) for one in (first, changed, over)] == [0, 1, 2]
    assert "status" not in changed and str(over["status"]) == "CANCELLED"
