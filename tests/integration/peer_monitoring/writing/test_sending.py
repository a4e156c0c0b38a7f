"""What was written is sent once, changed afterwards, read side by side and taken away."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify

from kit.dates import moment
from peer_monitoring import queries
from peer_monitoring.models import Draft, Received, Record, Visit
from tests.factories.peer_monitoring import written
from tests.factories.phones import with_a_photo
from tests.factories.questions import filled, published_again
from tests.integration.peer_monitoring.writing.steps import place, send, write


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
    assert href == f"{place(visit, 'log/sections/rights/')}?change=told#id_answer-told"
    assert words.strip() == "About told? This must be answered"
    assert "<title>Error: Look at it all" in page
    assert "nhsuk-error-summary" not in first.get(place(visit, "log/review/")).content.decode()


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
    named = f"answers-{slugify(visit.site.name)}-{visit.day}.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{named}"'
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert '"\'=1+1"' in text
        assert "About told?" in text
    if kind == "json":
        assert json.loads(answer.content)[0]["sent"][0]["record"]["answers"]["why"] == "=1+1"


def test_there_is_no_other_kind_of_file(first, visit):
    assert first.get(place(visit, "records/answers.exe")).status_code == 404


@pytest.mark.parametrize("rounds", [1, 8])
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


def test_an_old_page_begins_no_second_record(first, visit):
    send(first, visit)
    page = first.post(place(visit, "log/"))
    assert page.status_code == 409
    assert "You have sent this already" in page.content.decode()
    assert not Draft.objects.exists()


def from_the_phone(ready, visit, **more):
    return written(visit, ready.monitors[0], **more)


def states():
    return [str(one) for one in Record.objects.order_by("received_at").values_list("state", flat=True)]


TAKES_ITS_PLACE = "What you send here takes the place of it."


def test_what_was_sent_from_a_phone_meanwhile_is_said_and_replaced(first, ready, visit):
    write(first, visit)
    assert TAKES_ITS_PLACE not in first.get(place(visit, "log/")).content.decode()
    sent = from_the_phone(ready, visit, told="yes")
    for path in ("log/", "log/review/"):
        page = first.get(place(visit, path)).content.decode()
        assert f"We have what you sent on {moment(sent.received_at)}. {TAKES_ITS_PLACE}" in page
    first.post(place(visit, "log/review/"))
    assert states() == ["replaced", "counts"]
    counts = Record.objects.get(state="counts")
    assert (counts.supersedes_id, counts.answers["told"]) == (sent.pk, "no")


def test_a_change_replaces_what_was_changed_on_a_phone_meanwhile_and_keeps_its_photos(first, ready, visit):
    Visit.objects.filter(pk=visit.pk).update(photos_allowed=True)
    send(first, visit)
    changed = Record.objects.get()
    first.post(place(visit, "log/change/"))
    sent = from_the_phone(ready, visit, supersedes=changed.pk, told="yes")
    photo = with_a_photo(sent)
    first.post(place(visit, "log/review/"))
    assert states() == ["replaced", "replaced", "counts"]
    assert Record.objects.get(state="counts").attachments.get().sha256 == photo.sha256


def test_a_change_of_what_counts_replaces_nothing_that_came_beside_it(first, ready, visit):
    send(first, visit)
    changed = Record.objects.get()
    first.post(place(visit, "log/change/"))
    beside = from_the_phone(ready, visit, told="yes")
    page = first.get(place(visit, "log/review/")).content.decode()
    assert f"We have what you sent on {moment(changed.received_at)}. {TAKES_ITS_PLACE}" in page
    first.post(place(visit, "log/review/"))
    assert states() == ["replaced", "conflict", "conflict"]
    assert Record.objects.get(pk=beside.pk).state == "conflict", "the team chooses"
