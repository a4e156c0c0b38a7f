"""What the app asks with a session: what somebody has at hand, and a token for their phone (ADR 0074)."""

import base64
import gzip
import hashlib
import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.models import GroupMembership
from groups.seats import Seat as SeatInGroup
from kit import clock, tokens
from peer_monitoring import actions, keys, limits, queries
from peer_monitoring.models import Phone, Seat, Visit
from questions.shape import Kind, Section
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import logged, planned, ready_group, settled, under_way, written
from tests.factories.people import someone
from tests.factories.phones import sealed_draft
from tests.factories.questions import a_form, a_question, long_form, published, words
from tests.integration.peer_monitoring.planning.steps import fields


def mine(client):
    return client.get("/app/mine.json").json()


def test_who_is_not_signed_in_is_told_so_and_led_nowhere(client_at):
    visitor = client_at(None)
    for answer in (visitor.get("/app/mine.json"), visitor.post("/app/phones/new/")):
        assert (answer.status_code, answer["Cache-Control"]) == (401, "no-store")
        assert answer.json() == {"sentence": "Sign in, then try again."}


def test_the_app_has_what_a_visit_needs(ready, going):
    visit = settled(ready, version=published(ready.group), meeting_point="At the bus stop", photos_allowed=True)
    told = mine(going)
    assert told["person"] == {"id": str(ready.monitors[0].pk), "name": ready.monitors[0].name}
    assert told["visits"] == [{
        "id": str(visit.pk), "version": str(visit.version_id), "group": "Voices", 
        "scheme": "Ashmere",
        "site": ready.site.name, "day": clock.today().isoformat(), "starts_at": None, "state": "announced",
        "gone": False, "meeting_point": "At the bus stop", "note": "", "photos": True,
        "questions": "Rights",
        "host": {"lets_in": True, "scheme_shut": False, "by": "Custody inspector, The police", "conditions": ""},
        "held_back": False, "tell": [{"who": ready.lead.name, "way": "", "number": ""}], "concerns": [],
        "page": f"/groups/voices/visits/{visit.pk}/", "told_of_concerns": "lead", "scheme_is_open": True,
    }]  # fmt: skip
    assert told["versions"][str(visit.version_id)]["compiled"] == visit.version.compiled
    spki = base64.b64decode(told["key"]["spki"])
    assert hashlib.sha256(spki).digest()[:8].hex() == told["key"]["name"] == keys.public_key().name
    assert going.get("/app/mine.json")["Cache-Control"] == "no-store"


def test_an_answer_that_takes_long_says_when_it_was_begun(ready, going, monkeypatch):
    """A phone lets go of what an older answer says, so none passes for newer than what it has read."""
    began, reads = clock.now(), queries.visits_to_log

    def slowly(person_id):
        found = list(reads(person_id))
        clock.set_to(began + timedelta(seconds=9))
        return found

    monkeypatch.setattr(queries, "visits_to_log", slowly)
    clock.set_to(began)
    assert datetime.fromisoformat(mine(going)["now"]) < began + timedelta(seconds=9)


def test_the_contact_at_the_scheme_is_named_unless_the_visit_is_held_back(ready, going):
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way="01632 960123")
    settled(ready)
    contact = {"who": "Involvement lead", "way": "01632 960123", "number": "01632960123"}
    assert contact in mine(going)["visits"][0]["tell"]
    ready.agreement.group.memberships.filter(seat="lead").update(until=clock.today())
    assert [one["who"] for one in mine(going)["visits"][0]["tell"]] == ["Involvement lead"]
    type(ready.agreement).objects.update(until=clock.today())
    assert mine(going)["visits"][0]["tell"] == []


@pytest.mark.parametrize("way", ["", "involvement@example.org"])
def test_an_email_address_is_no_way_to_somebody_without_signal_who_is_asked_for_instead(way, ready, going):
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way=way)
    visit = settled(ready)
    asked_for = {"who": "Involvement lead", "way": "ask any member of staff for them", "number": ""}
    assert mine(going)["visits"][0]["tell"][1:] == [asked_for]
    page = going.get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    assert "<li>Involvement lead: ask any member of staff for them</li>" in page


@pytest.mark.parametrize("name", ["Lena Ash", "A" * 90])
def test_a_lead_whose_number_is_to_be_rung_stands_there_once_and_one_with_the_same_name_too(name, led, ready, going):
    type(ready.lead).objects.filter(pk=ready.lead.pk).update(name=name)
    other, visit = someone("Other"), settled(ready)
    type(other).objects.filter(pk=other.pk).update(name=name)
    rung = {"to_ring_of": str(ready.lead.pk), "ring_number": "07700 900 982"}
    led.post(f"/groups/voices/visits/{visit.pk}/change/", fields(ready, **rung))
    way = f"{name[:80]}, 07700 900 982"
    ring = {"who": "To ring on the day", "way": way, "number": "07700900982"}
    assert mine(going)["visits"][0]["tell"] == [ring]
    page = going.get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    listed = page.partition("Tell somebody in person as well")[2].partition("</ul>")[0]
    assert listed.count("<li>") == 1 and way in listed
    seated(ready.group, other, seat="lead")
    assert mine(going)["visits"][0]["tell"] == [ring, {"who": name, "way": "", "number": ""}]


def test_whom_to_ring_on_the_day_is_told_until_the_visit_is_over_and_to_nobody_who_left(ready, going):
    visit = settled(ready, to_ring="Robin, 07700 900 982")
    ring = {"who": "To ring on the day", "way": "Robin, 07700 900 982", "number": "07700900982"}
    assert mine(going)["visits"][0]["tell"] == [ring, {"who": ready.lead.name, "way": "", "number": ""}]
    sealed_draft(visit, ready.monitors[0])
    Seat.objects.filter(visit=visit, person_id=ready.monitors[0].pk).update(left_at=clock.now())
    (given,) = mine(going)["drafts"]
    assert (given["visit"]["gone"], ring in given["visit"]["tell"]) == (True, False)
    over, off = logged(ready, to_ring="Robin, 07700 900 982"), settled(ready, to_ring="Robin, 07700 900 982")
    assert actions.close(visit=over, by=ready.lead.pk).to_ring == ""
    assert actions.cancel(visit=off, why="Ill", by=ready.lead.pk).to_ring == ""


def test_nobody_at_the_scheme_is_named_of_a_visit_that_is_held_back(ready, going):
    type(ready.agreement).objects.update(contact_role="Involvement lead")
    settled(ready, is_held_back=True)
    assert [one["who"] for one in mine(going)["visits"][0]["tell"]] == [ready.lead.name]


def test_only_visits_that_one_goes_on_and_that_are_on_are_named(ready, going, client_at):
    planned(ready)
    assert mine(going)["visits"] == []
    visit = settled(ready)
    over = logged(ready)
    assert {one["id"] for one in mine(going)["visits"]} == {str(visit.pk), str(over.pk)}
    actions.cancel(visit=visit, why="", by=ready.lead.pk)
    actions.close(visit=over, by=ready.lead.pk)
    assert mine(going)["visits"] == []
    settled(ready)
    for other in (ready.lead, ready_group(Scheme.objects.get(slug="brackwell")).monitors[0], someone("Nobody")):
        told = mine(client_at(None, other))
        assert (told["visits"], told["versions"], told["records"]) == ([], {}, [])


def test_who_left_the_group_has_its_visits_at_hand_no_more(ready, going):
    settled(ready)
    GroupMembership.objects.filter(person_id=ready.monitors[0].pk).update(until=clock.today())
    assert mine(going)["visits"] == []


def test_of_what_is_over_the_phone_is_told_what_its_owner_sent_and_what_of_it_counts(ready, going):
    over, (first, second) = under_way(ready), ready.monitors
    old = written(over, first)
    new = written(over, first, supersedes=old.pk)
    written(over, second)
    actions.close(visit=over, by=ready.lead.pk)
    told = mine(going)
    assert [one["id"] for one in told["records"]] == [str(new.pk)]
    assert [one["id"] for one in told["visits"]] == [str(over.pk)]


def test_the_phone_is_told_why_a_visit_is_gone_and_nothing_else_of_it(ready, going, client_at):
    off, over, left, old = settled(ready), logged(ready), settled(ready), settled(ready)
    settled(ready)
    not_settled = planned(ready)
    Seat.objects.filter(visit__in=[left, old, not_settled], person_id=ready.monitors[0].pk).update(left_at=clock.now())
    actions.cancel(visit=off, why="Somebody is ill", by=ready.lead.pk)
    actions.cancel(visit=left, why="CanaryWhy", by=ready.lead.pk)
    actions.close(visit=over, by=ready.lead.pk)
    Visit.objects.filter(pk=old.pk).update(day=clock.today() - timedelta(days=61))
    told = mine(going)
    assert told["gone"] == {str(off.pk): "cancelled", str(over.pk): "closed", str(left.pk): "left"}
    assert told["reasons"] == {str(off.pk): "Somebody is ill"}
    assert "CanaryWhy" not in json.dumps(told), "whoever is off the team reads no reason"
    nobody = mine(client_at(None, someone("Nobody")))
    assert (nobody["gone"], nobody["reasons"]) == ({}, {})


@pytest.mark.parametrize("end", [actions.cancel, actions.close], ids=["called off", "closed"])
@pytest.mark.parametrize("leave", ["team", "group", "visiting"])
@pytest.mark.parametrize("left_first", [True, False], ids=["left first", "left later"])
def test_whoever_left_learns_nothing_of_what_becomes_of_a_visit(ready, going, end, leave, left_first):
    held_back = (settled if end is actions.cancel else logged)(ready, is_held_back=True)
    person = ready.monitors[0]
    sealed_draft(held_back, person)

    def leaves():
        if leave == "team":
            Seat.objects.filter(visit=held_back, person_id=person.pk).update(left_at=clock.now())
        elif leave == "group":
            GroupMembership.objects.filter(person_id=person.pk).update(until=clock.today())
        else:
            GroupMembership.objects.filter(person_id=person.pk).update(seat="supporter")

    def ends():
        end(visit=held_back, by=ready.lead.pk, **({"why": "Ill"} if end is actions.cancel else {}))

    for step in (leaves, ends) if left_first else (ends, leaves):
        step()
    told = mine(going)
    assert told["gone"][str(held_back.pk)] == "left"
    assert [one["visit"]["state"] for one in told["drafts"]] == [""]


@pytest.mark.parametrize("is_in_it", [True, False], ids=["of the group", "left it"])
def test_who_leads_a_group_by_now_or_is_its_contact_is_told_to_nobody_who_left_it(is_in_it, ready, going):
    person = ready.monitors[0]
    written(logged(ready), person)
    sealed_draft(settled(ready), person)
    if not is_in_it:
        GroupMembership.objects.filter(person_id=person.pk).update(until=clock.today())
    seated(ready.group, someone("CanaryLead"), seat="lead")
    type(ready.agreement).objects.update(contact_role="CanaryContact")
    told = mine(going)
    if not is_in_it:
        assert [one["gone"] for one in (*told["visits"], *(given["visit"] for given in told["drafts"]))] == [True] * 2
    assert [name in json.dumps(told) for name in ("CanaryLead", "CanaryContact")] == [is_in_it] * 2


def test_ones_own_records_are_there_to_be_changed_and_no_others(ready, going):
    visit = settled(ready, version=published(ready.group))
    record = written(visit, ready.monitors[0], told="yes")
    written(visit, ready.monitors[1], told="no")
    (told,) = mine(going)["records"]
    assert (told["id"], told["visit"], told["answers"], told["state"]) == (
        str(record.pk), str(visit.pk), {"told": "yes"}, "counts",
    )  # fmt: skip


def test_a_record_that_was_replaced_or_whose_visit_is_closed_is_there_no_more(ready, going):
    visit, over = settled(ready), logged(ready)
    old, new = written(visit, ready.monitors[0]), written(visit, ready.monitors[0])
    written(over, ready.monitors[0])
    type(old).objects.filter(pk=old.pk).update(state="replaced")
    actions.close(visit=over, by=ready.lead.pk)
    assert [one["id"] for one in mine(going)["records"] if one["visit"] == str(visit.pk)] == [str(new.pk)]


@pytest.mark.parametrize("how", ["called off", "closed", "left"])
def test_what_was_sent_lately_of_a_visit_that_is_over_is_told_without_its_answers_and_for_a_week(how, ready, going):
    asked = Section("rights", words("Rights"), (a_question("told"), a_question("why", Kind.TEXT)))
    version, person = published(ready.group, a_form(asked)), ready.monitors[0]
    visit = (logged if how == "closed" else settled)(ready, version=version)
    record = written(visit, person, told="yes", why="CanaryAnswer")
    if how == "left":
        Seat.objects.filter(visit=visit, person_id=person.pk).update(left_at=clock.now())
    elif how == "closed":
        actions.close(visit=visit, by=ready.lead.pk)
    else:
        Visit.objects.filter(pk=visit.pk).update(cancelled_at=clock.now(), cancelled_why="Ill")
    told = mine(going)
    (one,), (sent,) = told["visits"], told["records"]
    assert (one["id"], one["gone"], one["state"], one["host"]) == (str(visit.pk), True, "", None)
    assert (sent["id"], sent["answers"], sent["answered"]) == (str(record.pk), {}, 2)
    assert told["gone"] == {str(visit.pk): {"called off": "cancelled"}.get(how, how)}
    assert told["versions"] == {}
    assert "CanaryAnswer" not in json.dumps(told)
    clock.set_to(clock.now() + timedelta(days=7, minutes=1))
    told = mine(going)
    assert (told["visits"], told["records"]) == ([], [])


@pytest.mark.parametrize("kept", ["draft", "record"])
def test_whoever_left_is_not_told_what_a_visit_asks_since(kept, ready, going):
    person, tomorrow = ready.monitors[0], clock.today() + timedelta(days=1)
    visit = settled(ready, day=tomorrow)
    (sealed_draft if kept == "draft" else written)(visit, person)
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk, ready.lead.pk], by=ready.lead.pk)
    plan = ready.plan(day=tomorrow, version=published(ready.group))
    actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)
    told = mine(going)
    (one,) = [*told["visits"], *(given["visit"] for given in told["drafts"])]
    assert (one["site"], one["questions"]) == (ready.site.name, "")


def test_what_was_raised_on_a_visit_that_is_over_is_told_beside_it_and_so_stands_on_the_first_screen(ready, going):
    visit = settled(ready)
    written(visit, ready.monitors[0], told="yes")
    actions.raise_concern(
        visit=visit, concern_id=uuid4(), words="Somebody is not safe", is_inside=False, by=ready.monitors[0].pk
    )
    Visit.objects.filter(pk=visit.pk).update(cancelled_at=clock.now())
    told = mine(going)
    assert [one["concerns"] for one in told["visits"]] == [[]]
    assert [one["visit"] for one in told["concerns"]] == [str(visit.pk)]


def test_what_is_at_hand_costs_the_same_for_any_number_of_visits(ready, going):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            going.get("/app/mine.json")
        return len(asked)

    visit = settled(ready)
    written(visit, ready.monitors[0])
    cost()  # the first time its sign-in gets its mark
    one = cost()
    for days in range(1, 6):
        written(settled(ready, day=clock.today() + timedelta(days=days)), ready.monitors[0])
    assert cost() == one


def test_what_is_at_hand_of_visits_that_are_over_costs_the_same_for_any_number(ready, going):
    costs = set()
    going.get("/app/mine.json")  # the first time its sign-in gets its mark
    for _ in range(4):
        visit = settled(ready)
        written(visit, ready.monitors[0])
        Visit.objects.filter(pk=visit.pk).update(cancelled_at=clock.now())
        with CaptureQueriesContext(connection) as asked:
            going.get("/app/mine.json")
        costs.add(len(asked))
    assert len(costs) == 1


def test_a_long_set_of_questions_comes_packed(ready, going):
    settled(ready, version=published(ready.group, long_form()))
    plain = going.get("/app/mine.json")
    packed = going.get("/app/mine.json", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(packed.content))["versions"] == plain.json()["versions"]
    assert len(packed.content) * 5 < len(plain.content)
    assert packed["Cache-Control"] == "no-store"


def test_questions_that_the_phone_holds_do_not_come_again(ready, going):
    asked = [settled(ready, version=published(ready.group)), settled(ready)]
    first, second = (str(one.version_id) for one in asked)
    person = ready.monitors[0].pk

    def versions(*held):
        with CaptureQueriesContext(connection) as read:
            told = going.get("/app/mine.json", headers={"X-Held": " ".join(map(str, held))}).json()
        assert {one["version"] for one in told["visits"]} == {first, second}
        return set(told["versions"]), sum('"compiled"' in one["sql"] for one in read)

    assert versions() == ({first, second}, 1)
    assert versions(person, first) == ({second}, 1)
    assert versions(person, "nonsense", first, second) == (set(), 0)
    assert versions(ready.monitors[1].pk, first, second) == ({first, second}, 1), "what another person has is nothing"


def test_questions_are_read_once_however_many_visits_ask_them(ready, going):
    for _ in range(3):
        written(settled(ready), ready.monitors[0])
    with CaptureQueriesContext(connection) as asked:
        told = mine(going)
    assert (len(told["visits"]), len(told["records"]), len(told["versions"])) == (3, 3, 1)
    [reading] = [one["sql"] for one in asked if '"compiled"' in one["sql"]]
    assert "peer_monitoring" not in reading


def test_a_phone_is_made_ready_with_a_token_that_stands_nowhere(ready, client_at):
    going = client_at(None, ready.monitors[0], enforce_csrf_checks=True)
    csrf = mine(going)["csrf"]
    made = going.post(
        "/app/phones/new/", json.dumps({"name": " Blue\n phone "}), content_type="application/json",
        headers={"X-CSRFToken": csrf},
    )  # fmt: skip
    assert (made.status_code, made["Cache-Control"]) == (201, "no-store")
    phone = Phone.objects.get()
    assert (str(phone.pk), phone.person_id, phone.name) == (made.json()["phone"], ready.monitors[0].pk, "Blue phone")
    assert phone.token_hash == tokens.fingerprint(made.json()["token"])
    assert Entry.objects.filter(what="made a phone ready", thing_id=phone.pk).exists()


def test_without_the_token_against_forgery_no_phone_is_made_ready(ready, client_at):
    going = client_at(None, ready.monitors[0], enforce_csrf_checks=True)
    assert going.post("/app/phones/new/", b"{}", content_type="application/json").status_code == 403
    assert not Phone.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"name": 3}', b'{"name": "  "}', b"\xff", b'{"name": "\\u0000"}', b"[" * 100_000]
)
def test_a_phone_without_a_name_is_called_what_its_browser_says(body, going):
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130"}
    assert going.post("/app/phones/new/", body, content_type="application/json", headers=agent).status_code == 201
    assert Phone.objects.get().name == "Android phone or tablet, Chrome"


def test_a_name_is_cut_where_it_is_too_long(going):
    going.post("/app/phones/new/", json.dumps({"name": "x" * 500}), content_type="application/json")
    assert len(Phone.objects.get().name) == 60


def test_a_phone_that_is_made_ready_again_keeps_its_name(ready, going):
    name = {"name": "Blue phone"}
    first = going.post("/app/phones/new/", name, content_type="application/json").json()["phone"]
    actions.shut_out(phone=Phone.objects.get(), by=ready.monitors[0].pk)
    again = going.post("/app/phones/new/", {"again": first}, content_type="application/json").json()["phone"]
    assert Phone.objects.get(pk=again).name == "Blue phone"


@pytest.mark.parametrize("of_another", [True, False])
def test_a_phone_is_not_called_as_one_of_somebody_else_or_as_none(of_another, ready, going):
    phone, _ = actions.make_phone(name="Red phone", by=ready.monitors[1].pk)
    again = str(phone.pk) if of_another else "none"
    made = going.post("/app/phones/new/", {"again": again}, content_type="application/json").json()["phone"]
    assert Phone.objects.get(pk=made).name != "Red phone"


def test_who_goes_on_no_visits_makes_no_phone_ready(ready, client_at):
    seat = GroupMembership.objects.filter(person_id=ready.monitors[0].pk)
    seat.update(seat=SeatInGroup.SUPPORTER)
    answer = client_at(None, ready.monitors[0]).post("/app/phones/new/")
    assert (answer.status_code, answer.json()) == (404, {"sentence": "There is nothing here for you."})


def test_not_more_phones_a_day_than_anybody_needs(going, monkeypatch):
    monkeypatch.setattr(limits, "PHONES_A_DAY", 1)
    assert [going.post("/app/phones/new/").status_code for _ in range(2)] == [201, 429]
    assert Phone.objects.count() == 1
