"""A concern raised on a visit: at once and once, to the safeguarding lead, with nothing of a held-back visit."""

import json
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from kit import clock
from kit.dates import moment
from kit.models import OutboxMessage
from peer_monitoring import limits, parts
from peer_monitoring.actions import cancel, shut_out
from peer_monitoring.actions.concerns import TOO_MANY, TOO_MANY_HERE
from peer_monitoring.models import Phone, SiteConcern, Visit
from peer_monitoring.standing import PLACE_NOT_TOLD_EITHER
from peer_monitoring.views.deliveries import NO_PHONE_FOR_CONCERN
from people.models import Notice
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme, Site
from tests.factories.feedback import concern as a_concern
from tests.factories.groups import seated
from tests.factories.peer_monitoring import inside, planned, ready_group, settled
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready, raised, record_of
from tests.integration.peer_monitoring.concerns.steps import WORDS, arrived, concern_on, send
from tests.sealing import sealer


def test_it_reaches_the_safeguarding_lead_and_its_words_stand_nowhere_else(ready, lead, phone, scheme, client_at):
    told = concern_on(settled(ready))
    answer = send(phone, told)
    assert (answer.status_code, answer.json()) == (200, {"id": told["id"], "sha256": SiteConcern.objects.get().sha256})
    assert not any(WORDS in str(one.payload) for one in OutboxMessage.objects.all())
    (concern,) = arrived(scheme)
    assert (concern.words, concern.person_id) == (WORDS, None)
    gone = SiteConcern.objects.get()
    assert (gone.words, gone.passed_on_at is not None) == ("", True)
    assert Notice.objects.filter(person=lead, kind="concern").exists()
    page = client_at(scheme, lead).get(f"/concerns/{concern.pk}/").content.decode()
    assert WORDS in page
    assert f"From Voices, on a visit to {ready.site.name}, {moment(clock.now())[:10]}" in page


def test_sent_twenty_times_it_is_one_also_after_it_was_passed_on(ready, phone, scheme):
    told = concern_on(settled(ready))
    receipts = {send(phone, told).content for _ in range(20)}
    assert len(arrived(scheme)) == 1
    assert receipts == {send(phone, told).content}
    assert len(arrived(scheme)) == 1


def test_from_a_phone_that_was_shut_out_none_is_taken_and_it_says_what_to_do_until_it_is_made_ready_again(
    ready, lead, phone, scheme, client_at
):
    told, who = concern_on(settled(ready)), ready.monitors[0]
    sealed = sealer()(json.dumps(told).encode(), f"{told['id']}/concern")
    shut_out(phone=Phone.objects.get(), by=who.pk)
    answer = phone.bytes(told["id"], "concern", sealed)
    assert (answer.status_code, answer.json()["sentence"]) == (401, NO_PHONE_FOR_CONCERN)
    assert "Tell somebody in person now." in NO_PHONE_FOR_CONCERN and "the page of the visit" in NO_PHONE_FOR_CONCERN
    assert arrived(scheme) == [] and not SiteConcern.objects.exists()
    again = Delivering(client_at(None), made_ready(who)[1])
    assert again.bytes(told["id"], "concern", sealed).status_code == 200
    assert [one.words for one in arrived(scheme)] == [WORDS]
    assert Notice.objects.filter(person=lead, kind="concern").exists()


def test_other_words_under_the_same_name_are_another_concern(ready, phone, scheme):
    told = concern_on(settled(ready))
    send(phone, told)
    send(phone, {**told, "words": "And it is cold."})
    assert {one.words for one in arrived(scheme)} == {WORDS, "And it is cold."}


@pytest.mark.parametrize(
    ("how", "carries"),
    [
        ("outside", False), ("said inside", True), ("somebody went in", True), ("logged", True),
        ("said inside before the day", False), ("somebody went in before the day", False),
    ],
)  # fmt: skip
def test_from_a_visit_that_is_held_back_it_carries_site_and_time_once_the_team_was_let_in(
    how, carries, ready, phone, scheme, at_moment
):
    at_moment(datetime.combine(clock.today(), time(12), clock.LONDON))
    visit, other = (settled(ready, is_held_back=True) for _ in range(2))
    inside(other, ready.monitors[1])
    Visit.objects.filter(pk=other.pk).update(began_at=clock.now(), logged_at=clock.now())
    if "before the day" in how:
        Visit.objects.filter(pk=visit.pk).update(day=clock.today() + timedelta(days=1))
    if "somebody went in" in how:
        inside(visit, ready.monitors[1])
    if how == "logged":
        Visit.objects.filter(pk=visit.pk).update(began_at=clock.now(), logged_at=clock.now())
    raised_at = clock.now() - timedelta(hours=3)
    Visit.objects.filter(pk=visit.pk).update(ready_at=raised_at)
    send(phone, concern_on(visit, inside="said inside" in how, raised_at=raised_at.isoformat()))
    (concern,) = arrived(scheme)
    assert concern.how_it_came == (f"From {ready.site.name}, {moment(raised_at)}" if carries else "")
    for secret in ("Voices", "visit", str(visit.pk), ready.monitors[0].name):
        assert secret not in f"{concern.how_it_came} {concern.note} {concern.reach_at}"


@pytest.mark.parametrize(
    "said",
    [
        None, "", 3, "noon", "2026-11-30T10:00:00", "2999-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00+00:00",
    ],
)  # fmt: skip
def test_a_phone_whose_clock_says_nothing_or_what_cannot_be_loses_no_concern(said, ready, phone, scheme, client_at):
    visit, before = settled(ready), clock.now()
    assert send(phone, concern_on(visit, raised_at=said)).status_code == 200
    assert before <= SiteConcern.objects.get().raised_at <= clock.now()
    assert len(arrived(scheme)) == 1
    assert client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/").status_code == 200


def test_a_clock_that_is_slow_tells_no_place_that_a_visit_was_moved_from(ready, phone):
    visit, first = settled(ready), ready.site.name
    moved = [[first, clock.now().isoformat()]]
    other = Site.objects.filter(scheme=ready.site.scheme_id).exclude(pk=ready.site.pk).earliest("name")
    Visit.objects.filter(pk=visit.pk).update(site=other, places_before=moved)
    send(phone, concern_on(visit, raised_at="1970-01-01T00:00:00+00:00"))
    assert SiteConcern.objects.get().where == other.name


@pytest.mark.parametrize(
    "more",
    [
        {"words": ""}, {"words": "  \x00 "}, {"words": None}, {"words": ["x"]}, {"words": "x" * 5001}, {"visit": "x"},
        {"visit": None},
    ],
)  # fmt: skip
def test_what_is_no_concern_is_refused_in_words_and_not_kept(more, ready, phone):
    answer = send(phone, {**concern_on(settled(ready)), **more})
    assert answer.status_code == 400
    assert answer.json()["sentence"].endswith(("call 999.", "send it again."))
    assert not SiteConcern.objects.exists()


def test_a_concern_is_taken_at_its_own_address_alone(ready, phone):
    told = concern_on(settled(ready))
    assert phone.part(str(uuid4()), "concern", json.dumps(told).encode()).status_code == 400
    assert not SiteConcern.objects.exists()


def test_of_another_visit_or_under_the_name_of_anothers_none_is_taken(ready, phone, client_at):
    told = concern_on(settled(ready))
    send(phone, told)
    other = Delivering(client_at(None), made_ready(ready.monitors[1])[1])
    elsewhere = settled(ready_group(Scheme.objects.get(slug="brackwell")))
    for wrong in (told, {**told, "words": "Other words"}, concern_on(elsewhere)):
        answer = send(other, wrong)
        assert (answer.status_code, "cannot be taken from you" in answer.json()["sentence"]) == (400, True)
    assert SiteConcern.objects.count() == 1


def test_two_of_a_team_each_raise_a_concern(ready):
    visit = settled(ready)
    assert {raised(visit, one).person_id for one in ready.monitors} == {one.pk for one in ready.monitors}


def test_nobody_floods_whoever_keeps_people_safe_and_what_came_is_still_confirmed(ready, phone, monkeypatch):
    monkeypatch.setattr(limits, "CONCERNS_AN_HOUR", 1)
    told = concern_on(settled(ready))
    assert [send(phone, told).status_code for _ in range(3)] == [200, 200, 200]
    answer = send(phone, {**told, "words": "Other words"})
    assert (answer.status_code, "call 999" in answer.json()["sentence"]) == (429, True)


def test_no_photo_on_a_bad_line_and_no_full_queue_keeps_a_concern_back(ready, phone, monkeypatch):
    monkeypatch.setattr(limits, "DELIVERIES_AN_HOUR", 1)
    monkeypatch.setattr(parts, "PATIENCE", 0)
    visit = settled(ready)
    assert [phone.record(record_of(visit)).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr(limits, "DELIVERIES_AN_HOUR", 9)
    with ExitStack() as busy:
        for _ in range(parts.AT_ONCE):
            busy.enter_context(parts.PARTS)
        assert phone.record(record_of(visit)).status_code == 503
        assert send(phone, concern_on(visit)).status_code == 200
    monkeypatch.setattr(limits, "CONCERNS_SENT_AN_HOUR", 1)
    assert send(phone, concern_on(visit)).status_code == 429


def test_a_concern_is_as_long_as_the_longest_words_and_not_as_long_as_a_record(ready, phone):
    told = concern_on(settled(ready), words="\N{GRINNING FACE}" * 5000)
    assert send(phone, told).status_code == 200
    answer = phone.bytes(told["id"], "concern", b"x" * (128 * 1024 + 1))
    assert (answer.status_code, "bigger than 128 kB" in answer.json()["sentence"]) == (413, True)


def test_a_concern_of_who_was_erased_meanwhile_goes_no_further(ready, phone, scheme):
    send(phone, concern_on(settled(ready)))
    SiteConcern.objects.update(words="", person_id=None)
    assert arrived(scheme) == []


@pytest.mark.parametrize("who", ["monitor", "lead"])
def test_on_a_page_the_team_and_its_lead_raise_one_and_pressed_twice_it_is_one(who, ready, scheme, client_at):
    settled(ready)
    visit = settled(ready)
    address = f"/groups/voices/visits/{visit.pk}/concern/"
    client = client_at(None, ready.lead if who == "lead" else ready.monitors[0])
    page = client.get(address).content.decode()
    assert "call 999" in page
    told = {"words": WORDS, "inside": "yes", "send": str(uuid4())}
    assert "Write what you are worried about" in client.post(address, {**told, "words": ""}).content.decode()
    for _ in range(2):
        page = client.post(address, told, follow=True).content.decode()
        assert "Success" not in page
        now = page.partition("Your concern was sent</h1>")[2]
        assert now.index("call 999") < now.index("What happens now") < now.index("Tell somebody in person as well")
        assert "We have it. It goes to the safeguarding lead of Ashmere." in now
    (concern,) = arrived(scheme)
    assert concern.words == WORDS
    kept = SiteConcern.objects.get()
    assert (kept.visit, kept.is_inside) == (visit, True)


NOT_TOLD = "Then they are not told which place it is, unless somebody of your team has been let in."


@pytest.mark.parametrize(
    ("visit", "is_said"), [("held back", True), ("announced", False), ("held back, and somebody went in", False)]
)
def test_beside_no_it_is_said_that_the_place_is_not_told_and_neither_answer_is_chosen(visit, is_said, ready, client_at):
    one = settled(ready, is_held_back=visit != "announced")
    client = client_at(None, ready.monitors[0])
    client.post(f"/groups/voices/visits/{one.pk}/log/")
    if "went in" in visit:
        inside(one, ready.monitors[1])
    address = f"/groups/voices/visits/{one.pk}/concern/"
    page = client.get(address).content.decode()
    asked = page.partition("Have you been let in?")[2].partition("</fieldset>")[0]
    assert "checked" not in asked and (NOT_TOLD in asked) == is_said == (NOT_TOLD in page)
    told = {"words": WORDS, "send": str(uuid4())}
    assert "Choose whether you have been let in" in client.post(address, told).content.decode()
    sent = client.post(address, {**told, "inside": "no"}, follow=True).content.decode()
    assert ("They are not told which place it is." in sent) == is_said
    other = client_at(None, ready.lead).get(f"{address}?sent={told['send']}").content.decode()
    assert "Your concern was sent" not in other


def concern_page(client_at, visit, person):
    return client_at(None, person).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()


def test_of_one_that_was_called_off_it_is_said_of_both_answers_that_the_place_is_not_told(ready, client_at):
    one = settled(ready, is_held_back=True)
    cancel(visit=one, why="Ill", by=ready.lead.pk)
    assert concern_page(client_at, one, ready.monitors[0]).count(PLACE_NOT_TOLD_EITHER) == 2


def test_before_its_day_it_is_said_of_both_answers_that_the_place_is_not_told(ready, client_at):
    one = settled(ready, is_held_back=True, day=clock.today() + timedelta(days=2))
    page = concern_page(client_at, one, ready.monitors[0])
    asked = page.partition("Have you been let in?")[2].partition("</fieldset>")[0]
    assert asked.count(PLACE_NOT_TOLD_EITHER) == 2
    assert NOT_TOLD not in page
    assert "Once its day has come and your team has been let in, they are told the place" in page


def test_the_way_to_a_concern_stands_where_the_visit_is_written_about(ready, client_at):
    visit = settled(ready)
    here, client = f"/groups/voices/visits/{visit.pk}/", client_at(None, ready.monitors[0])
    for path in ("", "log/"):
        assert f'href="{here}concern/"' in client.get(f"{here}{path}").content.decode()


def test_who_neither_goes_nor_leads_raises_none_there(ready, client_at):
    visit, other = settled(ready), someone("Other")
    seated(ready.group, other, seat="monitor")
    told = {"words": WORDS, "inside": "yes", "send": str(uuid4())}
    address = f"/groups/voices/visits/{visit.pk}/concern/"
    assert client_at(None, other).post(address, told).status_code == 404
    not_settled = planned(ready)
    assert (
        client_at(None, ready.lead).post(address.replace(str(visit.pk), str(not_settled.pk)), told).status_code == 404
    )
    assert send(Delivering(client_at(None), made_ready(ready.lead)[1]), concern_on(not_settled)).status_code == 400
    assert not SiteConcern.objects.exists()


def test_a_page_never_says_that_it_sends_later_by_itself(ready, phone, client_at, monkeypatch):
    monkeypatch.setattr(limits, "CONCERNS_AN_HOUR", 0)
    visit = settled(ready)
    assert send(phone, concern_on(visit)).json() == {"sentence": TOO_MANY}
    told = {"words": WORDS, "inside": "yes", "send": str(uuid4())}
    address = f"/groups/voices/visits/{visit.pk}/concern/"
    page = client_at(None, ready.monitors[0]).post(address, told).content.decode()
    assert TOO_MANY_HERE.removesuffix(".") in page and "by itself" not in page and WORDS in page
    assert not SiteConcern.objects.exists()


def read_by(client_at, scheme, lead, concern):
    return client_at(scheme, lead).get(f"/concerns/{concern.pk}/").content.decode()


@pytest.mark.parametrize(("inside", "said"), [(True, "had been let in."), (False, "had not been let in yet.")])
def test_whoever_keeps_people_safe_reads_what_was_asked_on_the_visit_and_nothing_of_what_was_not(
    inside, said, ready, lead, phone, scheme, client_at
):
    send(phone, concern_on(settled(ready), inside=inside))
    (concern,) = arrived(scheme)
    page = read_by(client_at, scheme, lead, concern)
    assert f"From Voices, on a visit to {ready.site.name}" in page and f"The team {said}" in page
    assert "How to reach them" not in page and "Who told us" not in page


def test_a_concern_that_may_not_say_how_it_came_reads_like_one_that_anybody_sent(ready, lead, phone, scheme, client_at):
    send(phone, concern_on(settled(ready, is_held_back=True)))
    (concern,) = arrived(scheme)
    with enter(scheme):
        anybodys = a_concern(WORDS)
    pages = [read_by(client_at, scheme, lead, one) for one in (concern, anybodys)]
    asked = [page.partition("How to reach them")[2].partition("Taken up")[0] for page in pages]
    assert asked[0] == asked[1] and asked[0].count("We do not know") == 2
