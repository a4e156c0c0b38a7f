"""Rules 6 and 7: one record for each instance id; the same bytes once; other bytes an edit or a conflict; all kept."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kit import clock
from peer_monitoring import actions, records
from peer_monitoring import written as of_visits
from peer_monitoring.errors import NotARecord, TooLate
from peer_monitoring.models import Received, Record, Seat
from questions.shape import Kind, Section
from tests.factories.peer_monitoring import ready_group, settled
from tests.factories.questions import a_form, a_question, published, words

# In Greenwich it is a year before the first one.
BEFORE_ALL_YEARS = "0001-01-01T00:00:00+14:00"


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group))


def body(visit, **more):
    told = {"id": str(uuid4()), "visit": str(visit.pk), "version": str(visit.version_id), "answers": {"told": "yes"}}
    return json.dumps({**told, **more}).encode()


def receive(visit, ready, **more):
    return actions.receive(body=body(visit, **more), by=ready.monitors[0].pk)


def test_the_same_bytes_twenty_times_are_one_record_with_the_same_receipt(ready, visit):
    sent = body(visit)
    receipts = {actions.receive(body=sent, by=ready.monitors[0].pk) for _ in range(20)}
    assert len(receipts) == 1
    assert Record.objects.count() == Received.objects.count() == 1
    assert bytes(Received.objects.get().body) == sent


def test_a_receipt_counts_each_answer_of_each_round(ready):
    again = Section(
        "people", words("People"), (a_question("age", Kind.COUNT), a_question("name", Kind.TEXT)), repeats=True
    )
    form = a_form(Section("rights", words("Rights"), (a_question(), a_question("why", Kind.TEXT))), again)
    visit = settled(ready, version=published(ready.group, form))
    people = [{"age": "20", "name": ""}, {"age": "30", "name": "x"}, {}]
    assert receive(visit, ready, answers={"told": "yes", "why": "", "people": people}).answers == 4


def test_other_bytes_under_the_same_id_are_a_conflict_and_both_stay(ready, visit):
    one = str(uuid4())
    receive(visit, ready, id=one)
    assert receive(visit, ready, id=one, answers={"told": "no"}).is_conflict
    record = Record.objects.get()
    assert record.state == Record.State.CONFLICT
    assert record.answers == {"told": "yes"}, "until somebody chooses, the first one is shown"
    other = Received.objects.of(record.pk).order_by("received_at").last()
    actions.choose(record=record, received=other, by=ready.lead.pk)
    record.refresh_from_db()
    assert (record.state, record.answers) == (Record.State.COUNTS, {"told": "no"})
    assert Received.objects.of(record.pk).count() == 2


def test_what_comes_under_the_same_id_is_read_by_the_questions_that_it_names(ready, visit, client_at):
    other = published(ready.group, a_form(Section("rights", words("Rights"), (a_question("told", Kind.COUNT),))))
    one = str(uuid4())
    receive(visit, ready, id=one)
    receive(visit, ready, id=one, version=str(other.pk), answers={"told": "5"})
    (conflict,) = of_visits.conflicts(of_visits.side_by_side(visit))
    assert [[said.value for said in row.said] for row in conflict.rows] == [
        ["yes", ""], ["", "5"],
    ]  # fmt: skip
    record, (first, second) = Record.objects.get(), Received.objects.all()
    actions.choose(record=record, received=second, by=ready.lead.pk)
    record.refresh_from_db()
    assert (record.version, record.answers, record.problems) == (other, {"told": "5"}, {})
    sides = of_visits.sides(of_visits.everything(visit))[record.pk]
    assert [(side.received, side.counts) for side in sides] == [(first, False), (second, True)]


def test_no_other_bytes_come_that_answer_questions_of_another_group(ready, visit, scheme):
    theirs, one = published(ready_group(scheme, "Others").group), str(uuid4())
    receive(visit, ready, id=one)
    with pytest.raises(NotARecord, match="no record of a visit"):
        receive(visit, ready, id=one, version=str(theirs.pk), answers={"told": "no"})
    assert Received.objects.count() == 1


def test_what_a_visit_asked_before_its_lead_chose_other_questions_is_received(ready, visit):
    sent, asked = body(visit), visit.version
    plan = ready.plan(version=published(ready.group, a_form(Section("way", words("Way"), (a_question("cold"),)))))
    visit = actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)
    assert actions.receive(body=sent, by=ready.monitors[0].pk).answers == 1
    record = Record.objects.get()
    assert (record.version, record.answers, record.problems) == (asked, {"told": "yes"}, {})
    asked_by_now, of_another = of_visits.side_by_side(visit).rows
    assert [one.silence for one in asked_by_now.said] == ["Not asked"]
    assert of_another.only_in == f"only in “{asked.title}”" and [one.value for one in of_another.said] == ["yes"]


def test_answers_to_questions_of_another_group_are_no_record(ready, visit, scheme):
    theirs = published(ready_group(scheme, "Others").group)
    with pytest.raises(NotARecord, match="no record of a visit"):
        receive(visit, ready, version=str(theirs.pk))
    assert not Received.objects.exists()


def test_an_edit_names_what_it_replaces(ready, visit):
    old = receive(visit, ready)
    new = receive(visit, ready, supersedes=str(old.instance_id), answers={"told": "no"})
    states = dict(Record.objects.values_list("pk", "state"))
    assert states == {old.instance_id: Record.State.REPLACED, new.instance_id: Record.State.COUNTS}


def test_somebody_elses_record_cannot_be_replaced_or_written_under(ready, visit):
    theirs = receive(visit, ready)
    for more in ({"supersedes": str(theirs.instance_id)}, {"id": str(theirs.instance_id), "answers": {}}):
        with pytest.raises(NotARecord, match="cannot be taken from you"):
            actions.receive(body=body(visit, **more), by=ready.monitors[1].pk)
    assert Record.objects.get().state == Record.State.COUNTS


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b'{"id": 3}', b"null", b"[" * 100_000,
    ],
)  # fmt: skip
def test_bytes_that_are_no_record_are_refused_with_what_to_do(wrong, ready):
    with pytest.raises(NotARecord, match="Open the visit again"):
        actions.receive(body=wrong, by=ready.monitors[0].pk)


@pytest.mark.parametrize(
    "more",
    [
        {"id": None}, {"id": "x"}, {"answers": []}, {"answers": None}, {"supersedes": "x"}, {"began_at": "yesterday"},
        {"finished_at": "2026-11-30T10:00:00"}, {"version": str(uuid4())},
    ],
)  # fmt: skip
def test_a_record_without_its_names_is_refused_and_nothing_is_kept(more, ready, visit):
    with pytest.raises(NotARecord, match="Open the visit again"):
        receive(visit, ready, **more)
    assert not Record.objects.exists()


@pytest.mark.parametrize("said", [BEFORE_ALL_YEARS, "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00"])
def test_a_clock_that_says_no_year_of_ours_loses_no_record_and_shuts_no_page(said, ready, visit, client_at):
    receive(visit, ready, began_at=said, finished_at=said)
    record = Record.objects.get()
    assert (record.answers, record.began_at, record.finished_at) == ({"told": "yes"}, None, None)
    assert said in bytes(Received.objects.get().body).decode(), "what was sent stays as it came"
    here = f"/groups/voices/visits/{visit.pk}/"
    for path in ("", "records/", "records/logged/", "records/answers.csv"):
        assert client_at(None, ready.lead).get(here + path).status_code == 200
    assert client_at(None, ready.monitors[0]).get("/app/mine.json").status_code == 200


def test_a_phone_that_woke_in_1970_is_taken_at_its_word(ready, visit):
    receive(visit, ready, began_at="1970-01-01T00:00:00+00:00")
    assert Record.objects.get().began_at.year == 1970


def test_no_moment_is_kept_that_no_page_can_read(ready, visit):
    receive(visit, ready)
    with pytest.raises(IntegrityError, match="record_says_moments_of_a_clock"), transaction.atomic():
        Record.objects.update(began_at=datetime(3001, 1, 1, tzinfo=UTC))


def test_a_record_that_is_too_big_is_refused(ready, visit):
    with pytest.raises(NotARecord, match="bigger than 2 MB"):
        receive(visit, ready, answers={"told": "x" * records.MOST_BYTES})


def test_who_was_never_on_the_team_sends_nothing(ready, visit):
    with pytest.raises(NotARecord, match="cannot be taken from you"):
        actions.receive(body=body(visit), by=ready.lead.pk)
    with pytest.raises(NotARecord, match="cannot be taken from you"):
        elsewhere = body(visit).replace(str(visit.pk).encode(), str(uuid4()).encode())
        actions.receive(body=elsewhere, by=ready.monitors[0].pk)


def test_what_comes_after_somebody_left_the_team_is_kept_and_marked(ready, visit):
    Seat.objects.filter(visit=visit, person_id=ready.monitors[0].pk).update(left_at=clock.now())
    receive(visit, ready)
    assert Record.objects.get().sent_after_leaving


def test_what_is_wrong_in_a_record_is_kept_and_named(ready, visit):
    receive(visit, ready, answers={"told": "nonsense", "nothing": "x"})
    record = Record.objects.get()
    assert record.answers == {"told": "nonsense"}
    assert "Choose one of the answers" in record.problems["told"]


def test_a_nul_in_an_answer_does_not_stop_a_record(ready, visit):
    receive(visit, ready, answers={"told": "a\x00b"})
    assert Record.objects.get().answers == {"told": "ab"}


@pytest.mark.parametrize(
    "statement", ["UPDATE peer_monitoring_received SET body = ''", "DELETE FROM peer_monitoring_received"]
)
def test_the_server_can_add_what_was_sent_and_never_change_it(as_web, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_record_is_always_the_same_bytes():
    sent = records.Sent(uuid4(), uuid4(), uuid4(), None, clock.now(), None, {"b": "ü", "a": "1"})
    assert records.written(sent) == records.written(records.read(records.written(sent)))


def test_what_was_replaced_comes_back_by_no_bytes_that_say_the_same_and_by_no_old_page(ready, visit):
    old = receive(visit, ready)
    receive(visit, ready, supersedes=str(old.instance_id), answers={"told": "no"})
    again = receive(visit, ready, id=str(old.instance_id), finished_at="2026-11-30T10:00:00+00:00", salt="other")
    record = Record.objects.get(pk=old.instance_id)
    assert (again.is_conflict, record.state) == (False, Record.State.REPLACED)
    with pytest.raises(TooLate):
        actions.choose(record=record, received=Received.objects.of(record.pk).first(), by=ready.lead.pk)


@pytest.mark.parametrize("more", [{"answers": {"told": "partly"}}, {"supersedes": "now"}])
def test_what_was_replaced_and_is_finished_once_more_in_other_words_waits_for_the_team(more, ready, visit, client_at):
    """Its draft came back to a second phone, which may know what counts by now, and may not."""
    old = receive(visit, ready)
    now = receive(visit, ready, supersedes=str(old.instance_id), answers={"told": "no"})
    more = {name: str(now.instance_id) if said == "now" else said for name, said in more.items()}
    # What somebody else says is no word of theirs.
    actions.receive(body=body(visit, answers={"told": "partly"}), by=ready.monitors[1].pk)
    assert receive(visit, ready, id=str(old.instance_id), **more).is_conflict
    own = Record.objects.of_person(ready.monitors[0].pk)
    assert set(own.values_list("state", flat=True)) == {Record.State.CONFLICT}
    page = client_at(None, ready.lead).get(f"/groups/{ready.group.slug}/visits/{visit.pk}/records/").content.decode()
    assert page.count("Choose: ") == 3
    record = Record.objects.get(pk=old.instance_id)
    actions.choose(record=record, received=Received.objects.of(record.pk).last(), by=ready.lead.pk)
    states = dict(own.values_list("pk", "state"))
    assert states == {old.instance_id: Record.State.COUNTS, now.instance_id: Record.State.REPLACED}


@pytest.mark.parametrize(("typed", "kept"), [("a\x00b", "ab"), ("\\u0000", "\\u0000"), ("half \ud83d", "half ?")])
def test_what_no_text_can_hold_stops_no_record(typed, kept, ready, visit):
    receive(visit, ready, answers={"told": typed})
    assert Record.objects.get().answers == {"told": kept}


@pytest.mark.parametrize("edits", [True, False])
def test_where_two_of_one_person_would_count_the_team_chooses_one(edits, ready, visit, client_at):
    old = receive(visit, ready)
    named = str(old.instance_id) if edits else None
    elsewhere = receive(settled(ready, version=visit.version), ready)
    actions.receive(body=body(visit), by=ready.monitors[1].pk)
    one = receive(visit, ready, supersedes=named, answers={"told": "no"})
    other = receive(visit, ready, supersedes=named, answers={"told": "partly"})
    assert (one.is_conflict, other.is_conflict) == (not edits, True)
    mine = Record.objects.on(visit).of_person(ready.monitors[0].pk)
    waiting = {one.instance_id, other.instance_id} | ({old.instance_id} if not edits else set())
    assert {one.pk for one in mine.filter(state=Record.State.CONFLICT)} == waiting
    client = client_at(None, ready.lead)
    page = client.get(f"/groups/{ready.group.slug}/visits/{visit.pk}/records/").content.decode()
    assert page.count("Different records came from") == 1 and page.count("Choose: ") == len(waiting)
    sent = Received.objects.of(other.instance_id).get()
    here = f"/groups/{ready.group.slug}/visits/{visit.pk}/records/"
    address = f"{here}{other.instance_id}/choose/{sent.pk}/"
    assert f'href="{here}?choose={sent.pk}"' in page and client.post(address).status_code == 302
    counting = {one.pk: one.answers for one in mine.counting()}
    assert counting == {other.instance_id: {"told": "partly"}}
    beside = Record.objects.exclude(pk__in=mine)
    assert beside.filter(pk=elsewhere.instance_id).exists() and {one.state for one in beside} == {Record.State.COUNTS}


def test_the_later_one_of_two_that_wait_can_be_changed_and_still_waits(ready, visit):
    receive(visit, ready)
    other = receive(visit, ready)
    edit = receive(visit, ready, supersedes=str(other.instance_id), answers={"told": "no"})
    assert edit.is_conflict
    assert Record.objects.counting().count() == 2


def test_an_edit_of_what_is_not_here_any_more_counts_by_itself_and_says_so(ready, visit, client_at):
    lost = str(uuid4())
    receipt = receive(visit, ready, supersedes=lost, answers={"told": "no"})
    record = Record.objects.get(pk=receipt.instance_id)
    assert (record.state, record.supersedes, record.supersedes_unknown) == (Record.State.COUNTS, None, True)
    page = client_at(None, ready.lead).get(f"/groups/{ready.group.slug}/visits/{visit.pk}/records/").content.decode()
    assert "changed a record that is not here" in page
    theirs = actions.receive(body=body(visit), by=ready.monitors[1].pk)
    with pytest.raises(NotARecord, match="cannot be taken from you"):
        receive(visit, ready, supersedes=str(theirs.instance_id))
    assert not Record.objects.get(pk=theirs.instance_id).supersedes_unknown


def test_nobody_is_logged_before_the_day(ready):
    visit = settled(ready, version=published(ready.group), day=clock.today() + timedelta(days=3))
    for monitor in ready.monitors:
        actions.receive(body=body(visit), by=monitor.pk)
    assert actions.say_logged(visit=visit, by=ready.lead.pk).logged_at is None
    visit.refresh_from_db()
    assert (visit.began_at, visit.can_change) == (None, True), "what is sent before the day begins nothing"
    visit.day = clock.today()
    visit.save()
    logged = actions.say_logged(visit=visit, by=ready.lead.pk)
    assert logged.logged_at is not None and logged.began_at == logged.logged_at
