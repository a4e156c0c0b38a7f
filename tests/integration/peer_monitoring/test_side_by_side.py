"""What a team wrote, answer beside answer: what is wrong, what is to be chosen, and files that say what counts."""

import csv
import json
import re
import zipfile
from datetime import time, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.models import Group
from kit.dates import moment
from kit.erasure import erase_in_schema
from peer_monitoring import actions
from peer_monitoring import written as written_of
from peer_monitoring.models import Received, Record, Visit
from peer_monitoring.written import side_by_side
from people.models import Notice
from questions.models import QuestionSetVersion
from questions.shape import Form, Kind, Section, write
from tenants.schemes.models import Site
from tests.factories.peer_monitoring import Ready, settled, stopped, written
from tests.factories.phones import with_a_photo
from tests.factories.questions import a_form, a_question, published, published_as_it_is, words


@pytest.fixture
def first(client_at, ready: Ready) -> Client:
    return client_at(None, ready.monitors[0])


def questions(*more: str, told: str = "Were rights told?") -> Form:
    asked = [a_question("told", label=words(told)), *(a_question(name, Kind.TEXT) for name in more)]
    people = Section("people", words("People"), (a_question("age", Kind.COUNT),), repeats=True)
    return a_form(Section("rights", words("Rights"), tuple(asked)), people)


@pytest.fixture
def visit(ready: Ready) -> Visit:
    return settled(ready, version=published(ready.group, questions("why")))


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/records/{path}"


def page_of(client: Client, visit: Visit) -> str:
    return " ".join(client.get(place(visit)).content.decode().split())


def later_version(visit: Visit, form: Form) -> QuestionSetVersion:
    asked = visit.version.question_set
    asked.draft = write(form)
    asked.save()
    return published_as_it_is(asked)


def test_no_body_of_what_was_sent_is_read_for_the_page(first, ready, visit) -> None:
    for monitor in ready.monitors:
        written(visit, monitor, told="yes")
    with CaptureQueriesContext(connection) as asked:
        first.get(place(visit))
    assert not [query["sql"] for query in asked if '"body"' in query["sql"]]


def test_what_the_team_wrote_costs_the_same_for_any_number_of_records(first, ready, visit) -> None:
    def costs() -> list[int]:
        counted = []
        for path in ("", "answers.csv", "answers.json"):
            with CaptureQueriesContext(connection) as asked:
                assert first.get(place(visit, path)).status_code == 200
            counted.append(len(asked))
        return counted

    def write(number: int) -> None:
        for monitor in ready.monitors:
            with_a_photo(written(visit, monitor, told="yes"), size=(60, 40 + number))
            written(visit, monitor, supersedes=written(visit, monitor, told="yes").pk)
            to_choose = written(visit, monitor, told="yes")
            written(visit, monitor, instance_id=to_choose.pk, told="no")

    write(0)
    few = costs()
    for number in range(1, 4):
        write(number)
    assert costs() == few


def test_what_is_wrong_with_an_answer_stands_beside_it(first, ready, visit) -> None:
    written(visit, ready.monitors[0], told="nonsense", people=[{"age": "20"}, {"age": "many"}])
    page = page_of(first, visit)
    assert "nonsense<br><strong>Choose one of the answers that are offered.</strong>" in page
    assert "many<br><strong>Enter a number, like 12.</strong>" in page
    assert page.count("<strong>") == 2


def test_both_sides_of_a_conflict_are_shown_before_one_is_chosen(first, ready, visit) -> None:
    record = written(visit, ready.monitors[0], told="yes", why="The same")
    written(visit, ready.monitors[0], instance_id=record.pk, told="no", why="The same", people=[{"age": "30"}])
    page = page_of(first, visit).partition("Take it away")[0]
    assert all(f">{answer}</dd>" in page for answer in ("Yes", "No", "30"))
    assert "The same" not in page
    one, other = Received.objects.of(record.pk)
    first.post(place(visit, f"{record.pk}/choose/{other.pk}/"))
    assert "Choose the record that counts" not in page_of(first, visit)


def test_answers_to_another_version_are_told_and_none_is_lost(first, ready, visit) -> None:
    other = later_version(visit, questions("new", told="Were all rights told?"))
    written(visit, ready.monitors[0], version=other, told="yes", new="Only asked later")
    page = page_of(first, visit)
    assert "answered version 2 of these questions. The visit asks version 1." in page
    assert "Were rights told?" in page and ">Yes</dd>" in page
    assert page.index("Rights (only in another version)") < page.index("Only asked later")


@pytest.fixture
def with_others(ready: Ready) -> Visit:
    """A visit of which somebody answered what it asked before its lead chose others of our sets."""
    asked, instead = (ours(title) for title in ("Rights and information", "Welcome and dignity"))
    visit = settled(ready, version=asked)
    visit = actions.change_plan(visit=visit, what=ready.plan(version=instead), by=ready.lead.pk)
    written(visit, ready.monitors[0], version=asked, went_well="They explain rights")
    return visit


def ours(title: str) -> QuestionSetVersion:
    return QuestionSetVersion.objects.filter(question_set__group=None, title=title).latest("number")


def test_an_answer_to_another_set_does_not_stand_under_a_question_that_nobody_was_asked(first, with_others) -> None:
    welcome, rights = [row for row in side_by_side(with_others).rows if row.name == "went_well"]
    assert welcome.question == "What went well in how people are welcomed?"
    assert ([one.silence for one in welcome.said], [one.words for one in rights.said]) == (
        ["Not asked"], ["They explain rights"],
    )  # fmt: skip
    page = page_of(first, with_others)
    assert page.index("(only in “Rights and information”)") < page.index("They explain rights")


def test_where_another_set_was_answered_the_page_and_the_files_say_which(first, ready, with_others) -> None:
    page = page_of(first, with_others)
    assert f"{ready.monitors[0].name} answered other questions: “Rights and information”." in page
    assert "The visit asks “Welcome and dignity”." in page and "of these questions" not in page
    told = lines(first, with_others)
    assert {one["Set of questions"] for one in told} == {"Rights and information"}
    assert len({one["Name"] for one in told}) == len({(one["Section"], one["Question"]) for one in told})
    (record,) = json.loads(first.get(place(with_others, "answers.json")).content)
    assert (record["questions"], record["version"]) == ("Rights and information", 1)


def test_it_is_said_at_how_many_questions_they_differ(first, ready, visit) -> None:
    written(visit, ready.monitors[0], told="yes", why="The same")
    assert "They differ at" not in page_of(first, visit)
    written(visit, ready.monitors[1], told="no", why="The same")
    assert "They differ at 1 question." in page_of(first, visit)


@pytest.mark.parametrize(("hours", "is_said"), [(23, False), (25, True), (-25, True)])
def test_a_phones_clock_stands_beside_ours_where_they_differ_by_more_than_a_day(
    hours, is_said, first, ready, visit
) -> None:
    record = written(visit, ready.monitors[0], told="yes")
    record.finished_at = record.received_at - timedelta(hours=hours)
    record.save()
    assert ("By the clock of the phone" in page_of(first, visit)) == is_said


def lines(client: Client, visit: Visit) -> list[dict[str, str]]:
    text = client.get(place(visit, "answers.csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_a_file_says_which_record_counts_and_what_was_replaced(first, ready, visit) -> None:
    old = written(visit, ready.monitors[0], told="nonsense")
    written(visit, ready.monitors[0], supersedes=old.pk, told="no")
    told = [one for one in lines(first, visit) if one["Name"] == "told"]
    assert [(one["Counts"], one["Value"], one["What is wrong with it"]) for one in told] == [
        ("No, replaced by a later one", "nonsense", "Choose one of the answers that are offered."),
        ("Yes", "no", ""),
    ]
    assert {one["Version"] for one in told} == {"1"}
    page = page_of(first, visit)
    assert "What they sent later counts. What came first stands in the files." in page
    assert "nonsense" not in page


def test_a_file_of_all_that_was_sent_says_what_counts(first, ready, visit) -> None:
    record = written(visit, ready.monitors[0], told="yes")
    written(visit, ready.monitors[0], instance_id=record.pk, told="no")

    def told() -> list[tuple[object, list[tuple[object, str]]]]:
        found = json.loads(first.get(place(visit, "answers.json")).content)
        return [
            (one["counts"], [(side["counts"], side["record"]["answers"]["told"]) for side in one["sent"]])
            for one in found
        ]

    assert told() == [(None, [(None, "yes"), (None, "no")])]
    actions.choose(record=record, received=Received.objects.of(record.pk).last(), by=ready.lead.pk)
    assert told() == [(True, [(False, "yes"), (True, "no")])]
    written(visit, ready.monitors[0], supersedes=record.pk, told="partly")
    assert told() == [(False, [(False, "yes"), (False, "no")]), (True, [(True, "partly")])]


@pytest.mark.parametrize(
    ("typed", "encoding"),
    [
        ('"half \\ud83d"', "utf-8"), ('"half \ud83d"', "utf-8"), ('"ü 🙂"', "utf-8"), ('"ü"', "utf-8-sig"),
        ('"ü"', "utf-16"), ("[" * 900 + "]" * 900, "utf-8"),
    ],
)  # fmt: skip
def test_whatever_was_taken_stands_in_a_file_as_it_was_sent(typed, encoding, first, ready, visit) -> None:
    named = f'"id": "{uuid4()}", "visit": "{visit.pk}", "version": "{visit.version_id}"'
    sent = f'{{{named}, "answers": {{}}, "more": {typed}}}'
    actions.receive(body=sent.encode(encoding, "surrogatepass"), by=ready.monitors[0].pk)
    (record,) = json.loads(first.get(place(visit, "answers.json")).content)
    assert record["sent"][0]["record"] == json.loads(sent)


def test_each_line_of_a_file_says_of_which_visit_it_is(first, ready, visit) -> None:
    written(visit, ready.monitors[0], told="yes")
    Group.objects.filter(pk=ready.group.pk).update(name="=1+1")
    Site.objects.filter(pk=ready.site.pk).update(name="@Place")
    Visit.objects.filter(pk=visit.pk).update(starts_at=time(9, 30))
    for one in lines(first, visit):
        assert [one[name] for name in ("Group", "Scheme", "Place", "Day", "Time")] == [
            "'=1+1", "Ashmere", "'@Place", visit.day.isoformat(), "09:30",
        ]  # fmt: skip
    with zipfile.ZipFile(BytesIO(first.get(place(visit, "answers.ods")).content)) as book:
        rows = book.read("content.xml").decode().split("<table:table-row>")[1:]
    assert len(rows) > 2
    which = ("=1+1", "Ashmere", "@Place", visit.day.isoformat(), "09:30")
    assert all(all(words in row for words in which) for row in rows[1:])
    (told,) = json.loads(first.get(place(visit, "answers.json")).content)
    named = ("group", "scheme", "place", "day", "time")
    assert told.items() >= dict(zip(named, which, strict=True)).items()
    Visit.objects.filter(pk=visit.pk).update(starts_at=None)
    assert {one["Time"] for one in lines(first, visit)} == {""}


@pytest.mark.parametrize(("at", "ends"), [(time(9, 30), "-0930"), (None, "")])
def test_the_name_of_a_file_says_where_and_when(at, ends, first, ready, visit) -> None:
    written(visit, ready.monitors[0], told="yes")
    Site.objects.filter(pk=ready.site.pk).update(name='St. Mary’s "Court"\r\nX')
    Visit.objects.filter(pk=visit.pk).update(starts_at=at)
    named = first.get(place(visit, "answers.csv"))["Content-Disposition"]
    assert named == f'attachment; filename="answers-st-marys-court-x-{visit.day}{ends}.csv"'


@pytest.mark.parametrize("kind", ["csv", "ods", "json"])
def test_who_takes_a_file_away_is_in_the_record(kind, first, ready, visit) -> None:
    written(visit, ready.monitors[0], told="yes")
    taken = Entry.objects.filter(what="took what a team wrote as a file", by=ready.monitors[0].pk)
    first.get(place(visit))
    assert not taken.exists()
    first.get(place(visit, f"answers.{kind}"))
    assert taken.get().thing_id == str(visit.pk)


def test_what_was_not_asked_is_told_apart_from_what_was_left_empty(first, ready) -> None:
    told, why = a_question("told"), a_question("why", Kind.TEXT, relevant="${told} = 'no'")
    also, seen = a_question("also", Kind.TEXT), a_question("seen", Kind.PHOTO, relevant="${told} = 'no'")
    people = Section("people", words("People"), (a_question("age", Kind.COUNT),), repeats=True)
    form = a_form(Section("rights", words("Rights"), (told, why, also, seen)), people)
    visit = settled(ready, version=published(ready.group, form), photos_allowed=True)
    written(visit, ready.monitors[0], told="yes", people=[{"age": "40"}])
    written(visit, ready.monitors[1], told="no", also="More", people=[{"age": "41"}, {}])
    found = side_by_side(visit)
    told_of = {(row.name, row.round): [one.words or one.silence for one in row.said] for row in found.rows}
    assert told_of["why", 0] == ["Not asked", "No answer"]
    assert told_of["also", 0] == ["No answer", "More"]
    assert told_of["age", 2] == ["Not asked", "No answer"]
    page = page_of(first, visit)
    assert (page.count("Not asked"), page.count("No answer"), page.count("No photo")) == (3, 3, 1)


def differing(visit: Visit, ready: Ready) -> tuple[Record, Record]:
    """Two that one person changed from the same record, on two phones."""
    first = written(visit, ready.monitors[0], told="yes")
    return tuple(written(visit, ready.monitors[0], supersedes=first.pk, told=one) for one in ("no", "partly"))


def test_before_somebody_chooses_they_are_asked_and_afterwards_the_page_says_who_chose(
    first, ready, visit, client_at
) -> None:
    one, other = differing(visit, ready)
    led = client_at(None, ready.lead)
    (ask,) = re.findall(rf'href="([^"]*choose={other.received.get().pk})"', page_of(led, visit))
    asked = led.get(f"{place(visit)}{ask.partition('/records/')[2]}").content.decode()
    assert f"Choose record 2 of {ready.monitors[0].name}?" in asked
    assert f"It came on {moment(other.received_at)}" in asked
    assert "This cannot be undone." in asked and {str(row.state) for row in Record.objects.all()} >= {"conflict"}
    (choose,) = re.findall(r'<form[^>]* action="([^"]*/choose/[^"]*)"', asked)
    page = " ".join(led.post(choose, follow=True).content.decode().split())
    came = moment(other.received_at)
    assert f"Record 2 counts now. It came on {came}." in page
    assert f"{ready.lead.name} chose the one that came on {came}." in page
    first_one = f"{ready.monitors[0].name} changed what came on"
    assert page.count(first_one) == 1, "what they changed themselves, and not what somebody else did not choose"
    assert Record.objects.get(pk=one.pk).state == "replaced"
    late = led.post(choose, follow=True).content.decode()
    assert "There is nothing to choose between any more." in late
    assert "This cannot be undone." not in led.get(f"{place(visit)}{ask.partition('/records/')[2]}").content.decode()


def test_of_several_of_one_person_each_column_says_which_it_is_and_only_people_differ(first, ready, visit) -> None:
    differing(visit, ready)
    page = page_of(first, visit)
    for number, record in enumerate(Record.objects.filter(state="conflict"), start=1):
        said = f"record {number}, came on {moment(record.received_at)}"
        assert f"{ready.monitors[0].name}, {said}</dt>" in page and f">{said.capitalize()[:8]}{said[8:]}</dt>" in page
    assert "They differ at" not in page
    written(visit, ready.monitors[1], told="no")
    page = page_of(first, visit)
    assert "They differ at 1 question." in page and f">{ready.monitors[1].name}</dt>" in page


def test_what_was_chosen_on_one_visit_was_chosen_on_no_other(ready, visit) -> None:
    one, _ = differing(visit, ready)
    actions.choose(record=one, received=one.received.get(), by=ready.lead.pk)
    assert written_of.chosen(visit) and not written_of.chosen(settled(ready, version=visit.version))


def test_who_chose_is_forgotten_with_their_account(ready, visit) -> None:
    one, _ = differing(visit, ready)
    actions.choose(record=one, received=one.received.get(), by=ready.monitors[1].pk)
    (chosen,) = written_of.chosen(visit)
    assert chosen.by == ready.monitors[1].name
    erase_in_schema(ready.monitors[1].pk, "public")
    (chosen,) = written_of.chosen(visit)
    assert chosen.by == "Somebody"


def test_a_file_says_of_what_nobody_chose_that_another_was_chosen_and_by_whom(first, ready, visit) -> None:
    one, other = (written(visit, ready.monitors[0], told=told) for told in ("yes", "no"))
    written(visit, ready.monitors[1], told="yes")
    actions.choose(record=one, received=one.received.get(), by=ready.lead.pk)
    written(visit, ready.monitors[0], supersedes=one.pk, told="partly")
    chosen_at = Record.objects.get(pk=one.pk).chosen_at
    said = {
        one["Value"]: one for one in lines(first, visit) if one["Name"] == "told" and one["Who wrote it"][-1] == "a"
    }
    assert {value: (line["Counts"], line["Who chose"]) for value, line in said.items()} == {
        "yes": ("No, replaced by a later one", ready.lead.name),
        "no": ("No, another one was chosen", ready.lead.name), "partly": ("Yes", ""),
    }  # fmt: skip
    assert said["no"]["Chosen on"] == f"{chosen_at:%Y-%m-%d %H:%M}"
    told = {record["id"]: record for record in json.loads(first.get(place(visit, "answers.json")).content)}
    choice = {"of": str(one.pk), "by": ready.lead.name, "at": chosen_at.isoformat()}
    assert told[str(one.pk)]["choice"] == told[str(other.pk)]["choice"] == choice
    assert [record["choice"] for record in told.values()].count(None) == 2


def test_that_what_was_sent_later_counts_is_said_only_where_it_does(first, ready, visit) -> None:
    one, other = (written(visit, ready.monitors[0], told=told) for told in ("yes", "no"))
    written(visit, ready.monitors[0], supersedes=other.pk, told="partly")
    changed = f"{ready.monitors[0].name} changed what came on"
    assert changed in page_of(first, visit) and "What they sent later counts." not in page_of(first, visit)
    one.refresh_from_db()
    actions.choose(record=one, received=one.received.get(), by=ready.lead.pk)
    assert changed in page_of(first, visit) and "What they sent later counts." not in page_of(first, visit)
    written(visit, ready.monitors[0], supersedes=one.pk, told="partly")
    assert page_of(first, visit).count("What they sent later counts.") == 1


def test_who_chose_is_said_also_once_what_they_chose_was_changed(first, ready, visit) -> None:
    one, _ = differing(visit, ready)
    actions.choose(record=one, received=one.received.get(), by=ready.lead.pk)
    written(visit, ready.monitors[0], supersedes=one.pk, told="yes")
    assert f"{ready.lead.name} chose the one that came on {moment(one.received_at)}." in page_of(first, visit)


def test_each_stays_at_their_place_when_they_change_what_they_sent(first, ready, visit) -> None:
    sent = [written(visit, one, told="yes") for one in ready.monitors]
    in_order = [one.name for one in side_by_side(visit).writers]
    for record, who in zip(sent, ready.monitors, strict=True):
        written(visit, who, supersedes=record.pk, told="no")
        assert [one.name for one in side_by_side(visit).writers] == in_order


def test_of_what_was_left_out_only_that_is_said(first, ready) -> None:
    asked = Section("rights", words("Rights"), (a_question("told", required=True),))
    visit = settled(ready, version=published(ready.group, a_form(asked)))
    stopped(visit, ready.monitors[0])
    page = page_of(first, visit)
    assert page.count("This was not answered.") == 1 and "No answer" not in page


@pytest.mark.parametrize("who", ["monitor", "lead"])
def test_the_leads_have_it_waiting_that_records_differ_until_somebody_has_chosen(
    who, ready, client_at, work, mailoutbox
) -> None:
    visit = settled(ready)
    if who == "lead":
        actions.choose_team(visit=visit, people=[ready.lead.pk, ready.monitors[0].pk], by=ready.lead.pk)
    writer = ready.lead if who == "lead" else ready.monitors[0]

    def waits() -> set[object]:
        return set(Notice.objects.filter(kind="visit_to_choose", read_at=None).values_list("person_id", flat=True))

    old = written(visit, writer)
    work()
    one, _ = (written(visit, writer, supersedes=old.pk, signs=sign) for sign in ("fail", "pass"))
    mailoutbox.clear()
    work()
    assert waits() == {ready.lead.pk}
    (sent,) = [mail for mail in mailoutbox if mail.to == [ready.lead.email]]
    assert "visit" not in sent.body.lower() and "differ" not in sent.body
    led, own = client_at(None, ready.lead), Notice.objects.get(kind="visit_to_choose")
    led.get(f"/my/notices/{own.pk}/", follow=True)
    assert waits() == {ready.lead.pk}, "looking at it chooses nothing"
    words = "One person sent two different records of a visit. Choose the one that counts"
    assert words in led.get("/my/").content.decode()
    differing(settled(ready), ready)
    actions.choose(record=one, received=one.received.get(), by=writer.pk)
    assert waits() == set(), "what is to be chosen of another visit waits for itself"


def test_a_phone_is_told_which_of_two_counts_once_somebody_has_chosen(first, ready, visit) -> None:
    def told() -> dict[str, str]:
        return {one["id"]: one["state"] for one in first.get("/app/mine.json").json()["records"]}

    one, other = differing(visit, ready)
    assert told() == {str(one.pk): "conflict", str(other.pk): "conflict"}
    actions.choose(record=one, received=one.received.get(), by=ready.lead.pk)
    assert told() == {str(one.pk): "counts"}
