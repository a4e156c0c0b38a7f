"""A visit as plain forms: kept after each page, sent once, changed afterwards, read side by side."""

import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_monitoring import actions, queries
from peer_monitoring.models import Draft, Received, Record, Visit
from questions.answering import MOST_ROUNDS
from questions.limits import alone
from questions.page_size import MOST_FIELDS
from questions.shape import Choice, Kind, Section
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import ready_group, settled, written
from tests.factories.people import someone
from tests.factories.questions import a_form, a_question, filled, published, published_again, words
from tests.integration.conftest import PLATFORM, sign_in


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


def questions():
    why = a_question("why", Kind.TEXT, relevant="${told} = 'no'")
    people = Section("people", words("People"), (a_question("who", Kind.ONE),), repeats=True)
    rights = Section("rights", words("Rights"), (a_question("told", required=True), why))
    return a_form(rights, people)


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group, questions()))


@pytest.fixture
def first(client_at, ready):
    return client_at(None, ready.monitors[0])


@pytest.fixture
def second(client_at, ready):
    return client_at(None, ready.monitors[1])


def place(visit, path=""):
    return f"/groups/voices/visits/{visit.pk}/{path}"


def write(client, visit, told="no", why="Nobody came"):
    client.post(place(visit, "log/"))
    client.post(place(visit, "log/sections/rights/"), filled(told=told))
    client.post(place(visit, "log/sections/rights/"), filled(told=told, why=why))


def send(client, visit, **answers):
    write(client, visit, **answers)
    client.post(place(visit, "log/review/"))


def test_what_is_answered_is_sent_as_one_record_and_the_draft_is_gone(first, ready, visit):
    send(first, visit)
    record = Record.objects.on(visit).get()
    assert record.answers == {"told": "no", "why": "Nobody came", "people": []}
    assert record.person_id == ready.monitors[0].pk
    assert not Draft.objects.filter(visit=visit).exists()
    assert json.loads(bytes(record.received.get().body))["answers"]["why"] == "Nobody came"
    assert "We have what you sent" in first.get(place(visit, "log/")).content.decode()


def test_pressing_send_twice_sends_once(first, visit):
    send(first, visit)
    first.post(place(visit, "log/review/"))
    assert Record.objects.on(visit).count() == Received.objects.count() == 1


def test_what_is_wrong_is_kept_and_said(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/rights/"), filled(told="", why=""))
    assert "This must be answered" in page.content.decode()
    first.post(place(visit, "log/sections/rights/"), filled(told="nonsense"))
    assert queries.my_draft(visit, Draft.objects.get().person_id).answers["told"] == "nonsense"


def test_a_section_comes_back_while_it_asks_something_that_was_not_shown(first, visit):
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/rights/")
    page = first.post(address, filled(told="no")).content.decode()
    assert "More is asked here now" in page
    assert '<a href="#id_answer-why">About why?</a>' in page
    assert "There is a problem" not in page
    assert first.post(address, filled(told="no", why="")).status_code == 302


def test_what_must_be_answered_is_not_missing_before_it_was_shown(first, ready):
    count = a_question("minutes", Kind.COUNT, relevant="${told} = 'no'", required=True)
    mind = a_question("mind", Kind.NOTE, label=words("Tell the sergeant."), relevant="${told} = 'no'")
    again = Section("people", words("People"), (a_question(), count, mind), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    page = first.post(address, filled(**{"told.0": "no"})).content.decode()
    assert '<a href="#id_answer-minutes.0">1. About minutes?</a>' in page
    assert '<a href="#id_answer-mind.0">1. Tell the sergeant.</a>' in page
    assert "This must be answered" not in page
    shown = {**filled(**{"told.0": "no", "minutes.0": ""}), "answer-mind.0-asked": "1"}
    page = first.post(address, shown).content.decode()
    assert "This must be answered" in page
    assert "More is asked here now" not in page
    assert first.post(address, {**shown, "answer-minutes.0": "5"}).status_code == 302


def test_each_problem_names_its_question_and_what_must_be_answered_says_so_before(first, ready):
    arrived = a_question("arrived", Kind.TIME, label=words("When you came"), required=True)
    asked = (a_question(required=True, hint=words("On arrival")), a_question("many", Kind.COUNT), arrived)
    visit = settled(ready, version=published(ready.group, a_form(Section("people", words("People"), asked, True))))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    page = first.post(address, {"rounds": "more"}).content.decode()
    assert "On arrival. Must be answered" in page
    assert "For example, 14:05. Must be answered" in page
    assert page.count("Must be answered") == 2
    answers = {"told.0": "", "many.0": "lots", "arrived.0": ""}
    page = first.post(address, filled(**answers)).content.decode()
    summary = page.partition("nhsuk-error-summary")[2].partition("</ul>")[0]
    for told in ("1. About told? This must be answered", "1. About many? ", "1. When you came. This must be answered"):
        assert told in summary


def test_nothing_is_sent_while_something_must_be_answered(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/review/"))
    assert page.status_code == 409
    assert "This must be answered" in page.content.decode()
    assert not Record.objects.on(visit).exists()


def test_what_is_missing_is_listed_first_with_the_way_to_it(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/review/")).content.decode()
    href, words = re.search(r'error-summary__list.*?<a href="([^"]+)">(.*?)</a>', page, re.DOTALL).groups()
    assert href == f"{place(visit, 'log/sections/rights/')}#id_answer-told"
    assert words.strip() == "About told? This must be answered"
    assert "<title>Error: Look at it all" in page
    assert "nhsuk-error-summary" not in first.get(place(visit, "log/review/")).content.decode()


def test_rounds_come_and_go(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/people/"), {"rounds": "more"}).content.decode()
    assert "About who?" in page
    first.post(place(visit, "log/sections/people/"), {"rounds": "more", **filled(**{"who.0": "a"})})
    assert Draft.objects.get().answers["people"] == [{"who": "a"}, {}]
    first.post(place(visit, "log/sections/people/"), {"rounds": "fewer", **filled(**{"who.0": "b"})})
    assert Draft.objects.get().answers["people"] == [{"who": "b"}]


def test_one_more_round_comes_with_nothing_wrong_in_it(first, ready):
    again = Section("people", words("People"), (a_question(required=True),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    for pressed, answers in (("more", {}), ("more", filled(**{"told.0": ""})), ("fewer", filled(**{"told.0": ""}))):
        page = first.post(address, {"rounds": pressed, **answers}).content.decode()
        assert "About told?" in page
        assert "There is a problem" not in page
    assert "This must be answered" in first.post(address, filled(**{"told.0": ""})).content.decode()


def test_a_visit_begins_with_the_first_and_is_logged_with_the_last(first, second, visit):
    first.post(place(visit, "log/"))
    assert queries.visit_of(visit.group, visit.pk).state == Visit.State.UNDER_WAY
    send(first, visit)
    assert queries.visit_of(visit.group, visit.pk).state == Visit.State.UNDER_WAY
    send(second, visit)
    assert queries.visit_of(visit.group, visit.pk).state == Visit.State.LOGGED


def test_the_lead_can_say_that_nothing_more_comes(first, client_at, ready, visit):
    led = client_at(None, ready.lead)
    led.post(place(visit, "records/logged/"))
    assert queries.visit_of(visit.group, visit.pk).logged_at is None, "nothing was written yet"
    send(first, visit)
    led.post(place(visit, "records/logged/"))
    assert queries.visit_of(visit.group, visit.pk).state == Visit.State.LOGGED


def test_what_was_sent_is_changed_by_a_record_that_replaces_it(first, visit):
    send(first, visit)
    old = Record.objects.get()
    first.post(place(visit, "log/change/"))
    assert Draft.objects.get().answers["why"] == "Nobody came"
    send(first, visit, why="Somebody came late")
    old.refresh_from_db()
    new = Record.objects.on(visit).counting().get()
    assert (old.state, new.supersedes_id) == (Record.State.REPLACED, old.pk)
    assert Received.objects.count() == 2, "what was sent first is kept too"


def test_both_stand_side_by_side_with_where_they_differ_and_who_is_waited_for(first, second, visit):
    send(first, visit)
    page = second.get(place(visit, "records/")).content.decode()
    assert "Nothing has come yet from Monitor" in page
    send(second, visit, told="yes", why="")
    page = second.get(place(visit, "records/")).content.decode()
    assert "Nobody came" in page
    assert "Differ" in page
    assert "Nothing has come yet" not in page


@pytest.mark.parametrize("kind", ["csv", "ods", "json"])
def test_the_answers_are_taken_away_as_a_file(kind, first, visit):
    send(first, visit, why="=1+1")
    answer = first.get(place(visit, f"records/answers.{kind}"))
    assert answer["Content-Disposition"] == f'attachment; filename="answers-{visit.day}.{kind}"'
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert '"\'=1+1"' in text
        assert "About told?" in text
    if kind == "json":
        assert json.loads(answer.content)[0]["sent"][0]["record"]["answers"]["why"] == "=1+1"


def test_there_is_no_other_kind_of_file(first, visit):
    assert first.get(place(visit, "records/answers.exe")).status_code == 404


LOG = ["log/", "log/sections/rights/", "log/review/"]


@pytest.mark.parametrize("path", [*LOG, "records/"])
@pytest.mark.parametrize("who", ["another monitor", "another group"])
def test_who_does_not_go_finds_nothing_of_it(path, who, first, client_at, ready, visit):
    write(first, visit)
    person = someone("Other")
    if who == "another monitor":
        seated(ready.group, person, seat="monitor")
    else:
        person = ready_group(Scheme.objects.get(slug="ashmere")).lead
    client = client_at(None, person)
    assert client.get(place(visit, path)).status_code == 404
    assert client.post(place(visit, path)).status_code in (404, 405)


@pytest.mark.parametrize("path", LOG)
def test_the_lead_reads_records_and_writes_none_of_a_visit_they_do_not_go_on(path, first, client_at, ready, visit):
    write(first, visit)
    led = client_at(None, ready.lead)
    assert led.get(place(visit, path)).status_code == 404
    assert led.get(place(visit, "records/")).status_code == 200


def test_a_draft_is_read_by_its_own_writer_alone(first, second, visit):
    write(first, visit, why="Only mine yet")
    second.post(place(visit, "log/"))
    for path in ("log/", "log/sections/rights/", "log/review/", "records/"):
        assert "Only mine yet" not in second.get(place(visit, path)).content.decode()


def test_nothing_is_written_of_a_visit_that_is_not_settled(first, ready):
    visit = actions.plan(group=ready.group, what=ready.plan(), programme=None, by=ready.lead.pk)
    actions.choose_team(visit=visit, people=[one.pk for one in ready.monitors], by=ready.lead.pk)
    assert first.get(place(visit, "log/")).status_code == 404


@pytest.mark.parametrize("rounds", [1, 30])
def test_the_page_side_by_side_costs_the_same_for_any_number_of_answers(rounds, first, second, visit):
    for client in (first, second):
        client.post(place(visit, "log/"))
        for index in range(rounds):
            fields = filled(**{f"who.{n}": "a" for n in range(index)})
            client.post(place(visit, "log/sections/people/"), {"rounds": "more", **fields})
        send(client, visit)
    with CaptureQueriesContext(connection) as asked:
        first.get(place(visit, "records/"))
    assert len(asked) <= 24, [query["sql"][:90] for query in asked]


def asked_on(page):
    return set(re.findall(r'name="(answer-\w+)"', page.content.decode()))


def sent_signed_out(client, address, **answers):
    """What is pressed on a page whose sign-in has ended meanwhile."""
    mark = re.search(r'name="_for" value="([^"]+)"', client.get(address).content.decode()).group(1)
    client.logout()
    assert client.post(address, filled(**answers) | {"_for": html.unescape(mark)}).status_code == 302


def test_words_are_there_again_when_the_sign_in_had_ended(first, ready, visit):
    write(first, visit, why="")
    address = place(visit, "log/sections/rights/")
    sent_signed_out(first, address, told="no", why="A long sentence about a night")
    sign_in(first, ready.monitors[0], PLATFORM)
    assert "A long sentence about a night" in first.get(address).content.decode()


def test_they_answer_the_same_questions_when_others_were_published_meanwhile(first, ready, visit):
    write(first, visit, why="")
    address = place(visit, "log/sections/rights/")
    before = asked_on(first.get(address))
    sent_signed_out(first, address, told="no", why="A long sentence about a night")
    published_again(visit.version)
    sign_in(first, ready.monitors[0], PLATFORM)
    again = first.get(address)
    assert asked_on(again) == before == {"answer-told", "answer-why"}
    assert "A long sentence about a night" in again.content.decode()
    first.post(address, filled(told="no", why="A long sentence about a night"))
    first.post(place(visit, "log/review/"))
    record = Record.objects.on(visit).get()
    assert (record.version_id, record.answers["why"]) == (visit.version_id, "A long sentence about a night")


def test_what_was_sent_to_another_version_is_changed_on_its_own_questions(first, ready, visit):
    later = published_again(visit.version)
    old = written(visit, ready.monitors[0], version=later, limited="5", text="Only this version asks it")
    first.post(place(visit, "log/change/"))
    sections = re.findall(rf"{place(visit, 'log/sections/')}(\w+)/", first.get(place(visit, "log/")).content.decode())
    assert sections == [section["name"] for section in later.compiled["sections"]]
    page = first.get(place(visit, f"log/sections/{sections[0]}/")).content.decode()
    assert "Only this version asks it" in page
    assert "Only this version asks it" in first.get(place(visit, "log/review/")).content.decode()
    first.post(place(visit, "log/review/"))
    new = Record.objects.on(visit).counting().get()
    assert (new.supersedes_id, new.version_id, new.answers["text"]) == (old.pk, later.pk, "Only this version asks it")


def test_two_sections_that_are_kept_one_after_the_other_stay_both(ready, visit):
    draft = actions.open_draft(visit=visit, by=ready.monitors[0].pk)
    actions.save_answers(draft=draft, how=lambda was: {**was, "told": "no"})
    actions.save_answers(draft=draft, how=lambda was: {**was, "people": [{"who": "a"}]})
    assert Draft.objects.get().answers == {"told": "no", "people": [{"who": "a"}]}


def test_an_old_page_begins_no_second_record(first, visit):
    send(first, visit)
    page = first.post(place(visit, "log/"))
    assert page.status_code == 409
    assert "You have sent this already" in page.content.decode()
    assert not Draft.objects.exists()


def test_a_question_called_as_a_button_of_the_page_presses_none(first, ready):
    form = a_form(Section("people", words("People"), (a_question("rounds", Kind.TEXT),), repeats=True))
    visit = settled(ready, version=published(ready.group, form))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    assert first.post(address, filled(**{"rounds.0": "more"})).status_code == 302
    assert Draft.objects.get().answers == {"people": [{"rounds": "more"}]}


def test_the_fullest_page_there_can_be_is_kept_whole(first, ready):
    choices = tuple(Choice(f"c{number}", words(f"Answer {number}")) for number in range(MOST_FIELDS // MOST_ROUNDS - 1))
    again = Section("people", words("People"), (a_question("pick", Kind.MANY, choices=choices),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    draft = actions.open_draft(visit=visit, by=ready.monitors[0].pk)
    actions.save_answers(draft=draft, how=lambda was: {"people": [{} for _ in range(MOST_ROUNDS)]})
    chosen = [one.value for one in choices]
    page = filled(**{f"pick.{number}": chosen for number in range(MOST_ROUNDS)})
    assert first.post(place(visit, "log/sections/people/"), page).status_code == 302
    assert Draft.objects.get().answers == {"people": [{"pick": " ".join(chosen)}] * MOST_ROUNDS}


def test_none_of_these_beside_another_answer_is_said_in_the_words_of_the_set(first, ready):
    choices = (Choice("water", words("Water")), Choice("none", words("None of these")))
    said = {"constraint": alone("none"), "message": words("Water, or nothing. Not both.")}
    there = a_question("there", Kind.MANY, choices=choices, **said)
    visit = settled(ready, version=published(ready.group, a_form(Section("room", words("Room"), (there,)))))
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/room/"), filled(there=["water", "none"]))
    assert page.content.decode().count("Water, or nothing. Not both") == 2  # in the summary and beside the question
    assert re.search(r'value="none"[^>]*exclusive', page.content.decode())
    assert first.post(place(visit, "log/sections/room/"), filled(there=["none"])).status_code == 302


def test_each_round_has_its_number_also_where_its_first_question_is_not_asked(first, ready):
    old = a_question("old", Kind.TEXT, relevant="${age} > 60")
    again = Section("people", words("People"), (old, a_question("name", Kind.TEXT)), repeats=True)
    rights = Section("rights", words("Rights"), (a_question("age", Kind.COUNT),))
    visit = settled(ready, version=published(ready.group, a_form(rights, again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    page = first.post(address, {"rounds": "more"}).content.decode()
    assert re.findall(r'<h2 class="nhsuk-heading-m">(\d)</h2>', page) == ["1", "2"]
    first.post(place(visit, "log/sections/rights/"), filled(age="70"))
    page = first.get(address).content.decode()
    assert re.findall(r'<h2 class="nhsuk-heading-m">(\d)</h2>', page) == ["1", "2"]


def test_a_note_is_shown_and_not_asked(first, ready):
    note = a_question("mind", Kind.NOTE, label=words("Tell the sergeant first."))
    form = a_form(Section("rights", words("Rights"), (note, a_question())))
    visit = settled(ready, version=published(ready.group, form))
    first.post(place(visit, "log/"))
    assert "Tell the sergeant first." in first.get(place(visit, "log/sections/rights/")).content.decode()
    assert "0 of 1 answered" in first.get(place(visit, "log/")).content.decode()
    assert "Tell the sergeant first." not in first.get(place(visit, "log/review/")).content.decode()
