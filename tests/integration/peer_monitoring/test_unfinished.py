"""What somebody sends who cannot finish: with why, told apart from what is finished wherever it is read."""

import csv
import json
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.test import Client

from kit import clock
from kit.dates import moment
from peer_monitoring import actions, queries, records
from peer_monitoring.errors import NotARecord
from peer_monitoring.models import Draft, Programme, Record, Visit
from peer_monitoring.records import Sent, Stopped
from questions.shape import Form, Kind, Section
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, settled, written
from tests.factories.people import someone
from tests.factories.phones import record_of
from tests.factories.questions import a_form, a_question, filled, published, words

CUT_SHORT = Stopped(Record.Unfinished.CUT_SHORT, "The alarm went")
REFUSED = Stopped(Record.Unfinished.REFUSED)


@pytest.fixture
def visit(ready: Ready) -> Visit:
    return settled(ready, version=published(ready.group, questions()))


@pytest.fixture
def first(client_at, ready: Ready) -> Client:
    return client_at(None, ready.monitors[0])


def questions() -> Form:
    rights = (a_question("told", required=True), a_question("many", Kind.COUNT, required=True))
    return a_form(Section("rights", words("Rights"), rights))


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def page_of(client: Client, visit: Visit, path: str) -> str:
    return " ".join(client.get(place(visit, path)).content.decode().split())


def sent(visit: Visit, ready: Ready, stopped: Stopped | None, *, supersedes: Record | None = None) -> Record:
    """What a phone of the first monitor sends, with one of two answers."""
    told = Sent(
        uuid4(), visit.pk, visit.version_id, supersedes.pk if supersedes else None, None, clock.now(),
        {"told": "yes"}, stopped=stopped,
    )  # fmt: skip
    receipt = actions.receive(body=records.written(told), by=ready.monitors[0].pk)
    return Record.objects.get(pk=receipt.instance_id)


def lines(client: Client, visit: Visit) -> list[dict[str, str]]:
    text = client.get(place(visit, "records/answers.csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_what_is_not_finished_is_told_apart_on_the_page_and_in_files(first, ready, visit) -> None:
    sent(visit, ready, CUT_SHORT)
    written(visit, ready.monitors[1], told="yes", many="3")
    name, other = (one.name for one in ready.monitors)
    page = page_of(first, visit, "records/")
    assert f"Not finished </strong> {name} sent what they had. Why: We had to leave early. The alarm went." in page
    assert f"{other} sent what they had" not in page
    told = {(one["Who wrote it"], one["Finished"], one["Why not"]) for one in lines(first, visit)}
    assert told == {(name, "No", "We had to leave early. The alarm went"), (other, "Yes", "")}
    found = json.loads(first.get(place(visit, "records/answers.json")).content)
    assert [one["unfinished"] for one in found] == [{"kind": "cut_short", "why": "The alarm went"}, None]


def test_whoever_finishes_it_later_has_finished_it(first, ready, visit) -> None:
    record = sent(visit, ready, CUT_SHORT)
    assert [one["unfinished"] for one in first.get("/app/mine.json").json()["records"]] == ["cut_short"]
    sent(visit, ready, None, supersedes=record)
    assert [one["unfinished"] for one in first.get("/app/mine.json").json()["records"]] == [""]
    page = page_of(first, visit, "records/")
    assert "Not finished" not in page
    later = "That was not finished. Why: We had to leave early. The alarm went. They finished it later, on"
    assert f"{later} {moment(clock.now())[:10]}" in page


def test_each_of_the_team_stands_on_the_page_of_the_visit_with_why_it_is_not_finished(
    first, client_at, ready, visit
) -> None:
    seated(ready.group, beside := someone("Beside"), seat="monitor")
    name, other = (one.name for one in ready.monitors)
    led, why = client_at(None, ready.lead), "Why: We had to leave early. The alarm went."
    record = sent(visit, ready, CUT_SHORT)
    for client in (first, led):
        page = page_of(client, visit, "")
        assert f"{name}: <strong" in page and f"Not finished </strong> sent on {moment(clock.now())[:10]}" in page
        assert why in page and f"{other}: nothing yet" in page
    assert why not in page_of(client_at(None, beside), visit, "")
    sent(visit, ready, None, supersedes=record)
    page = page_of(led, visit, "")
    assert f"{name}: finished later, on" in page and f"What came before that was not finished. {why}" in page


def test_when_it_was_finished_is_when_it_first_was_however_often_it_was_changed_since(
    client_at, ready, visit, at_moment
) -> None:
    began = clock.now()
    record = sent(visit, ready, CUT_SHORT)
    for days in (1, 2):
        at_moment(began + timedelta(days=days))
        record = sent(visit, ready, None, supersedes=record)
    led, day = client_at(None, ready.lead), moment(began + timedelta(days=1))
    assert f"{ready.monitors[0].name}: finished later, on {day[:10]}" in page_of(led, visit, "")
    assert f"They finished it later, on {day[:10]}" in page_of(led, visit, "records/")
    first = written(visit, ready.monitors[1], told="yes", many="3")
    at_moment(began + timedelta(days=3))
    written(visit, ready.monitors[1], supersedes=first.pk, told="no", many="3")
    assert f"{ready.monitors[1].name}: finished, {moment(first.received_at)[:10]}" in page_of(led, visit, "")


@pytest.mark.parametrize("is_changed", [True, False])
def test_that_it_was_finished_later_is_said_of_what_was_changed_alone_and_once_it_is_chosen(
    is_changed, client_at, ready, visit
) -> None:
    led, name, later = client_at(None, ready.lead), ready.monitors[0].name, "finished later, on"
    old = sent(visit, ready, CUT_SHORT)
    finished = sent(visit, ready, None, supersedes=old if is_changed else None)
    if is_changed:
        sent(visit, ready, REFUSED, supersedes=old)
    assert f"{name}: different records. Choose the one that counts" in page_of(led, visit, "")
    assert "They finished it later" not in page_of(led, visit, "records/")
    actions.choose(record=Record.objects.get(pk=finished.pk), received=finished.received.get(), by=ready.lead.pk)
    page, of_records = page_of(led, visit, ""), page_of(led, visit, "records/")
    if is_changed:
        assert f"{name}: {later}" in page and "They finished it later" in of_records
    else:
        assert f"{name}: finished, " in page and "They finished it later" not in of_records


def test_lists_say_in_words_that_something_is_not_finished(first, client_at, ready, visit) -> None:
    led, mine, theirs = client_at(None, ready.lead), "You sent what you had.", "Not all that was sent is finished."
    settled(ready, version=visit.version)
    record = sent(visit, ready, CUT_SHORT)
    assert (page_of_lists(first).count(mine), page_of_lists(led).count(theirs)) == (1, 1)
    assert mine not in page_of_lists(client_at(None, ready.monitors[1]))
    sent(visit, ready, None, supersedes=record)
    assert mine not in page_of_lists(first) and theirs not in page_of_lists(led)


def page_of_lists(client: Client) -> str:
    return "".join(client.get(path).content.decode() for path in ("/visits/", "/groups/voices/visits/"))


def test_of_two_that_differ_the_one_that_is_chosen_says_whether_it_is_finished(ready, visit) -> None:
    record = sent(visit, ready, CUT_SHORT)
    other = {**record_of(visit, id=str(record.pk)), "answers": {"told": "no", "many": "1"}}
    actions.receive(body=json.dumps(other).encode(), by=ready.monitors[0].pk)
    assert actions.choose(record=record, received=record.received.last(), by=ready.lead.pk).unfinished == ""
    record = Record.objects.get()
    record.state = Record.State.CONFLICT
    record.save()
    chosen = actions.choose(record=record, received=record.received.first(), by=ready.lead.pk)
    assert (chosen.unfinished, chosen.unfinished_why) == ("cut_short", "The alarm went")


def test_two_that_differ_in_whether_they_are_finished_say_so_where_one_is_chosen(first, ready, visit) -> None:
    record = sent(visit, ready, CUT_SHORT)
    finished = {**record_of(visit, id=str(record.pk)), "answers": {"told": "yes"}}
    actions.receive(body=json.dumps(finished).encode(), by=ready.monitors[0].pk)
    page = page_of(first, visit, "records/").partition("Choose:")[0]
    assert "Their answers are the same." in page
    assert "Not finished </strong> We had to leave early. The alarm went.</p>" in page and ": finished.</p>" in page
    for received, stopped in zip(record.received.all(), ("cut_short", ""), strict=True):
        Record.objects.update(state=Record.State.CONFLICT)
        actions.choose(record=record, received=received, by=ready.lead.pk)
        found = json.loads(first.get(place(visit, "records/answers.json")).content)
        counting = [one["record"].get("unfinished") for one in found[0]["sent"] if one["counts"]]
        assert [one["kind"] if one else "" for one in counting] == [stopped]


def test_of_two_that_are_finished_nothing_is_said_of_it(first, ready, visit) -> None:
    record = written(visit, ready.monitors[0], told="yes", many="3")
    written(visit, ready.monitors[0], instance_id=record.pk, told="no", many="3")
    page = page_of(first, visit, "records/")
    assert "Choose:" in page and ": finished." not in page


@pytest.mark.parametrize("said", [{"kind": "a later app's", "why": "x" * 600}, {"kind": ["x"], "why": "x" * 600}])
def test_a_reason_that_nobody_knows_is_something_else_and_a_long_one_is_cut(said, ready, visit) -> None:
    body = json.dumps(record_of(visit, unfinished=said)).encode()
    actions.receive(body=body, by=ready.monitors[0].pk)
    record = Record.objects.get()
    assert (record.unfinished, record.unfinished_why) == ("other", "x" * 500)


@pytest.mark.parametrize("said", ["cut_short", 3, [], True])
def test_what_says_no_reason_is_no_record(said, ready, visit) -> None:
    with pytest.raises(NotARecord):
        actions.receive(body=json.dumps(record_of(visit, unfinished=said)).encode(), by=ready.monitors[0].pk)


@pytest.fixture
def programme(ready: Ready, visit: Visit) -> Programme:
    """One that goes to the place of the visit."""
    asked = visit.version.question_set
    made = actions.begin_programme(group=ready.group, name="Once", question_set=asked, by=ready.lead.pk)
    actions.add_place(programme=made, site=ready.site, months=3, by=ready.lead.pk)
    return made


def last_there(programme: Programme, visit: Visit, ready: Ready) -> date | None:
    actions.say_logged(visit=visit, by=ready.lead.pk)
    [due] = queries.what_is_due(programme)
    return due.last


@pytest.mark.parametrize(("stopped", "been"), [(REFUSED, False), (CUT_SHORT, True), (None, True)])
def test_a_place_that_let_nobody_in_stays_due(stopped, been, ready, visit, programme) -> None:
    sent(visit, ready, stopped)
    assert last_there(programme, visit, ready) == (visit.day if been else None)


@pytest.mark.parametrize(("first", "then", "been"), [(None, REFUSED, False), (REFUSED, None, True)])
def test_of_what_somebody_changed_the_later_one_says_whether_they_were_let_in(
    first, then, been, ready, visit, programme
) -> None:
    sent(visit, ready, then, supersedes=sent(visit, ready, first))
    assert last_there(programme, visit, ready) == (visit.day if been else None)


def test_whoever_is_to_be_chosen_from_was_there(ready, visit, programme) -> None:
    sent(visit, ready, None), sent(visit, ready, CUT_SHORT)
    assert {one.state for one in Record.objects.all()} == {Record.State.CONFLICT}
    assert last_there(programme, visit, ready) == visit.day


def test_what_was_begun_on_a_visit_that_was_called_off_comes_and_is_read_and_the_visit_stays_called_off(
    first, client_at, ready, visit
) -> None:
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    led = client_at(None, ready.lead)
    assert "What the team wrote" not in page_of(led, visit, "")
    assert "Nobody has sent anything.<" in page_of(led, visit, "records/")
    told = record_of(visit, unfinished={"kind": "called_off", "why": ""}, answers={})
    actions.receive(body=json.dumps(told).encode(), by=ready.monitors[0].pk)
    assert f"{ready.monitors[1].name}: nothing</li>" in page_of(led, visit, "")
    assert f"Nothing has come from {ready.monitors[1].name}." in page_of(led, visit, "records/")
    assert "Not all that was sent is finished." not in page_of_lists(led)
    told = record_of(visit, unfinished={"kind": "called_off", "why": ""}, answers={})
    actions.receive(body=json.dumps(told).encode(), by=ready.monitors[1].pk)
    assert Visit.objects.get().state == Visit.State.CANCELLED
    assert "What the team wrote" in page_of(led, visit, "")
    assert "Why: The visit was called off." in page_of(led, visit, "records/")


def test_on_the_pages_what_there_is_goes_with_why_and_only_so(first, ready, visit) -> None:
    first.post(place(visit, "log/"))
    first.post(place(visit, "log/sections/rights/"), filled(told="yes", many="three"))
    review = place(visit, "log/review/")
    assert first.post(review).status_code == 409
    page = first.post(review, {"why": "The alarm went"}).content.decode()
    assert "Choose why it is not finished" in page and "The alarm went" in page
    assert not Record.objects.exists()
    assert first.post(review, {"kind": "cut_short", "why": "The alarm went"}).status_code == 302
    record = Record.objects.get()
    assert (record.unfinished, record.unfinished_why) == ("cut_short", "The alarm went")
    assert (record.answers["told"], set(record.problems)) == ("yes", {"many"})
    assert not Draft.objects.exists()
    page = page_of(first, visit, "log/")
    assert "Not finished </strong> It says why: We had to leave early. The alarm went." in page
    assert "If you can finish it after all, press “Change it”." in page


def test_who_has_answered_all_can_still_say_that_it_is_not_finished(first, ready, visit) -> None:
    first.post(place(visit, "log/"))
    way = f'You cannot finish it? <a href="{place(visit, "log/review/")}#what-you-have">Send what you have</a>'
    review = page_of(first, visit, "log/review/")
    assert review.index('href="#what-you-have"') < review.index("<dl") < review.index('id="what-you-have"')
    first.post(place(visit, "log/sections/rights/"), filled(told="yes", many="3"))
    for path in ("log/", "log/review/"):
        assert "You cannot finish it?" in page_of(first, visit, path)
    assert way in page_of(first, visit, "log/")
    assert first.post(place(visit, "log/review/"), {"kind": "cut_short", "why": ""}).status_code == 302
    record = Record.objects.get()
    assert (record.unfinished, record.problems, Draft.objects.exists()) == ("cut_short", {}, False)


@pytest.mark.parametrize("answers", [{}, {"told": "yes"}])
def test_where_nothing_must_be_answered_it_can_be_sent_that_the_visit_was_called_off(answers, first, ready) -> None:
    rights = Section("rights", words("Rights"), (a_question("told"), a_question("many", Kind.COUNT)))
    people = Section("people", words("People"), (a_question("who"),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(rights, people)))
    first.post(place(visit, "log/"))
    first.post(place(visit, "log/sections/rights/"), filled(**answers))
    assert "Send what you have</a>" in page_of(first, visit, "log/")
    assert first.post(place(visit, "log/review/"), {"kind": "called_off", "why": ""}).status_code == 302
    assert Record.objects.get().unfinished == "called_off"


def test_where_nothing_is_asked_before_something_is_added_it_can_be_sent_too(first, ready) -> None:
    people = Section("people", words("People"), (a_question("who"),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(people)))
    first.post(place(visit, "log/"))
    assert first.post(place(visit, "log/review/"), {"kind": "called_off", "why": ""}).status_code == 302
