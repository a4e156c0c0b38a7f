"""A concern raised on a visit: at once and once, to the safeguarding lead, with nothing of a held-back visit."""

import json
from contextlib import ExitStack
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock, outbox
from kit.dates import moment
from kit.models import OutboxMessage
from peer_monitoring import actions, limits, parts
from peer_monitoring.actions.concerns import TOO_MANY, TOO_MANY_HERE, follow_concern, tell_leads
from peer_monitoring.models import Seat, SiteConcern, Visit
from peer_monitoring.reaching import number_in
from people.models import Notice
from tenants.feedback import actions as at_the_scheme
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import concern as a_concern
from tests.factories.groups import seated
from tests.factories.peer_monitoring import inside, logged, planned, ready_group, settled
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready, raised, record_of
from tests.factories.schemes import works_at

WORDS = "A man in cell 4 has had no water since the morning."


@pytest.fixture
def ready(scheme):
    return ready_group(scheme, "Voices")


@pytest.fixture
def lead(scheme):
    made = someone("Safeguarding")
    works_at(scheme, made.pk, role=Role.SAFEGUARDING_LEAD)
    return made


@pytest.fixture
def phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[0])[1])


def concern_on(visit, **more):
    told = {"id": str(uuid4()), "visit": str(visit.pk), "words": WORDS, "inside": False}
    return {**told, "raised_at": clock.now().isoformat(), **more}


def send(phone, told):
    return phone.part(told["id"], "concern", json.dumps(told).encode())


def arrived(scheme):
    while outbox.work_once():
        pass
    with enter(scheme):
        return list(Concern.objects.all())


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
    how, carries, ready, phone, scheme
):
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
    send(phone, concern_on(visit, inside="said inside" in how, raised_at=raised_at.isoformat()))
    (concern,) = arrived(scheme)
    assert concern.how_it_came == (f"From {ready.site.name}, {moment(raised_at)}" if carries else "")
    for secret in ("Voices", "visit", str(visit.pk), ready.monitors[0].name):
        assert secret not in f"{concern.how_it_came} {concern.note} {concern.reach_at}"


@pytest.mark.parametrize("said", [None, "", "2999-01-01T00:00:00+00:00"])
def test_a_phone_whose_clock_says_nothing_or_too_much_is_taken_as_of_now(said, ready, phone):
    before = clock.now()
    assert send(phone, concern_on(settled(ready), raised_at=said)).status_code == 200
    assert before <= SiteConcern.objects.get().raised_at <= clock.now()


@pytest.mark.parametrize(
    "more",
    [
        {"words": ""}, {"words": "  \x00 "}, {"words": None}, {"words": ["x"]}, {"words": "x" * 5001}, {"visit": "x"},
        {"visit": None}, {"raised_at": "noon"}, {"raised_at": "2026-11-30T10:00:00"}, {"raised_at": 3},
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
        assert "Your concern was sent" in page
        assert address in page
    (concern,) = arrived(scheme)
    assert concern.words == WORDS
    kept = SiteConcern.objects.get()
    assert (kept.visit, kept.is_inside) == (visit, True)


def test_the_way_to_a_concern_stands_where_the_visit_is_written_about(ready, client_at):
    visit = settled(ready)
    here, client = f"/groups/voices/visits/{visit.pk}/", client_at(None, ready.monitors[0])
    client.post(f"{here}log/")
    name = visit.version.compiled["sections"][0]["name"]
    for path in ("", "log/", f"log/sections/{name}/"):
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


@pytest.mark.parametrize("by", ["monitor", "lead"])
def test_the_leads_of_the_group_hear_of_it_at_once_and_read_no_word_of_it(
    by, ready, lead, scheme, client_at, mailoutbox
):
    second = someone("Second")
    seated(ready.group, second, seat="lead")
    raiser = ready.monitors[0] if by == "monitor" else ready.lead
    visit = settled(ready)
    arrived(scheme)
    mailoutbox.clear()
    raised(visit, raiser, words=WORDS)
    arrived(scheme)
    told = {one.person_id: one.path for one in Notice.objects.filter(kind="visit_concern")}
    here = f"/groups/voices/visits/{visit.pk}/"
    assert told == dict.fromkeys({ready.lead.pk, second.pk} - {raiser.pk}, here)
    assert (
        {second.email}
        <= {one.to[0] for one in mailoutbox}
        == {second.email, lead.email} | ({ready.lead.email} - {raiser.email})
    )
    assert "Something was raised on a visit" in client_at(None, second).get("/my/").content.decode()
    page = client_at(None, second).get(here).content.decode()
    assert f"{raiser.name}, {moment(clock.now())[:10]}" in page
    assert WORDS not in page and "Sent to the safeguarding lead of Ashmere" in page


def seen_by(client_at, visit, person):
    """What somebody reads of concerns on the page of a visit."""
    page = client_at(None, person).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    return page.partition("Concerns ")[2].partition("What was written is not shown here.")[0]


def test_whoever_raised_it_and_the_leads_see_how_it_stands_and_nobody_else(ready, lead, scheme, client_at):
    clock.set_to(clock.now(), frozen=True)
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who, words=WORDS)

    def stands():
        (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
        pages = [seen_by(client_at, visit, one) for one in (who, ready.lead)]
        assert seen_by(client_at, visit, ready.monitors[1]) == ""
        assert WORDS not in str(told) and not any(WORDS in page for page in pages)
        return told, pages

    told, pages = stands()
    kept = SiteConcern.objects.get()
    assert told == {
        "id": str(kept.id_on_phone), "raised_at": kept.raised_at.isoformat(), "state": "received", "whom": "",
        "at": kept.received_at.isoformat(),
    }  # fmt: skip
    assert all("We have it. It goes to the safeguarding lead of Ashmere." in page for page in pages)
    (concern,) = arrived(scheme)
    now = moment(clock.now())
    told, pages = stands()
    assert (told["state"], told["whom"], told["at"]) == ("told", "safeguarding_lead", clock.now().isoformat())
    assert all(f"Sent to the safeguarding lead of Ashmere, {now}. Nobody there has said yet" in page for page in pages)
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=lead)
    arrived(scheme)
    told, pages = stands()
    assert (told["state"], told["whom"]) == ("seen", "safeguarding_lead")
    assert all(f"Seen by the safeguarding lead of Ashmere, {now}. They see to it." in page for page in pages)
    with enter(scheme):
        at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=lead)
    arrived(scheme)
    told, pages = stands()
    assert (told["state"], told["whom"]) == ("done", "")
    assert all(f"Dealt with at Ashmere, {now}." in page and "Water" not in page for page in pages)


def mine_of(client_at, person):
    return client_at(None, person).get("/app/mine.json").json()


def test_the_app_is_told_of_ones_own_concerns_alone(ready, client_at):
    visit, other = settled(ready), settled(ready)
    for one, where in ((ready.monitors[0], visit), (ready.monitors[1], visit), (ready.monitors[0], other)):
        raised(where, one)
    told = {one["id"]: len(one["concerns"]) for one in mine_of(client_at, ready.monitors[0])["visits"]}
    assert told == {str(visit.pk): 1, str(other.pk): 1}
    raised(visit, ready.monitors[0], words="Another")
    (first, second) = next(
        one["concerns"] for one in mine_of(client_at, ready.monitors[0])["visits"] if one["id"] == str(visit.pk)
    )
    assert first["raised_at"] < second["raised_at"]


def test_where_the_managers_stand_in_it_says_so(ready, scheme, client_at):
    manager = someone("Manager")
    works_at(scheme, manager.pk, role=Role.MANAGER)
    visit = settled(ready)
    raised(visit, ready.monitors[0])
    (concern,) = arrived(scheme)
    assert "Sent to the managers of Ashmere" in seen_by(client_at, visit, ready.monitors[0])
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=manager)
    arrived(scheme)
    assert "Seen by a manager of Ashmere" in seen_by(client_at, visit, ready.monitors[0])


@pytest.mark.parametrize("team", ["somebody", "nobody"])
def test_where_nobody_of_the_scheme_is_there_the_group_reads_that_and_whether_anybody_was_told(
    team, ready, scheme, person, client_at
):
    if team == "somebody":
        person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    clock.set_to(clock.now(), frozen=True)
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who)
    arrived(scheme)
    page, now = seen_by(client_at, visit, who), moment(clock.now())
    (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
    if team == "somebody":
        words = f"Nobody at Ashmere was there, {now}. The national team was asked to ring them. Tell somebody in person"
    else:
        words = f"Nobody was there at Ashmere or in the national team, {now}. Tell somebody in person now."
    assert words in page and "Sent to" not in page
    assert (told["state"], told["whom"]) == ("told", "national" if team == "somebody" else "nobody")


def test_no_words_are_read_for_the_page_of_a_visit_or_for_the_app(ready, client_at):
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who, words=WORDS)
    assert SiteConcern.objects.get().words == WORDS
    client = client_at(None, who)
    with CaptureQueriesContext(connection) as asked:
        assert "Concerns that you raised" in client.get(f"/groups/voices/visits/{visit.pk}/").content.decode()
        assert client.get("/app/mine.json").json()["visits"][0]["concerns"]
    of_concerns = [one["sql"] for one in asked if "peer_monitoring_siteconcern" in one["sql"]]
    assert of_concerns and not any("words" in sql for sql in of_concerns)


@pytest.mark.parametrize(("step", "whom"), [("tolled", "manager"), ("told", "managers"), ("seen", ""), ("told", "")])
def test_what_is_misspelt_of_a_concern_is_not_written_down(step, whom, ready, lead, scheme):
    raised(settled(ready), ready.monitors[0])
    (concern,) = arrived(scheme)
    SiteConcern.objects.update(told_to="", told_at=None)
    with pytest.raises(ValueError, match="is not a valid"):
        follow_concern(kept_as=concern.pk, step=step, whom=whom, at=clock.now())
    kept = SiteConcern.objects.get()
    assert (kept.told_at, kept.seen_at) == (None, None)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("site_concern_says_who_was_told_and_when", {"told_to": "manager"}),
        ("site_concern_says_who_was_told_and_when", {"told_at": clock.now()}),
        ("site_concern_says_who_was_told_and_when", {"told_to": "mayor", "told_at": clock.now()}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_by": "manager"}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_at": clock.now()}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_by": "national", "seen_at": clock.now()}),
        ("site_concern_is_seen_before_it_is_done", {"done_at": clock.now()}),
        ("site_concern_is_kept_as_one_of_its_own", {"kept_as": uuid4()}),
    ],
)
def test_what_must_never_be_false_of_a_concern_is_refused(name, fields, ready):
    for one in ready.monitors:
        raised(settled(ready), one)
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        SiteConcern.objects.update(**fields)


def test_what_could_not_be_true_before_is_put_right_on_a_full_database(as_owner, ready):
    names = [one.name for one in SiteConcern._meta.constraints if one.name.startswith("site_concern")]
    now = clock.now()
    wrong = (
        {"told_to": "manager"}, {"told_at": now}, {"seen_by": "manager"}, {"seen_at": now}, {"done_at": now},
        {"told_to": "manager", "told_at": now, "seen_by": "manager", "seen_at": now, "done_at": now},
    )  # fmt: skip
    visit = settled(ready)
    for _ in wrong:
        raised(visit, ready.monitors[0])
    with connection.cursor() as cursor:
        for name in names:
            drop = (
                "DROP INDEX" if "one_of_its_own" in name else "ALTER TABLE peer_monitoring_siteconcern DROP CONSTRAINT"
            )
            cursor.execute(f"{drop} {name}")
    for concern, fields in zip(SiteConcern.objects.all(), wrong, strict=True):
        SiteConcern.objects.filter(pk=concern.pk).update(**fields)
    import_module("peer_monitoring.migrations.0014_nobody_was_told_of_a_concern").put_right(apps, None)
    with connection.schema_editor() as editor:
        for one in SiteConcern._meta.constraints:
            if one.name in names:
                editor.add_constraint(SiteConcern, one)
    found = [(one.told_to, one.seen_by, bool(one.seen_at), bool(one.done_at)) for one in SiteConcern.objects.all()]
    assert found == [
        ("", "", False, False), ("", "", False, False), ("", "", False, False), ("", "safeguarding_lead", True, False),
        ("", "safeguarding_lead", True, True), ("manager", "manager", True, True),
    ]  # fmt: skip


def test_a_concern_that_nobody_raised_on_a_visit_stands_on_none(ready, lead, scheme, client_at):
    visit = settled(ready)
    raised(visit, ready.monitors[0])
    arrived(scheme)
    with enter(scheme):
        other = a_concern("Told on a page")
        at_the_scheme.take_up(concern=other, by=lead)
    arrived(scheme)
    assert "Sent to the safeguarding lead" in seen_by(client_at, visit, ready.monitors[0])


@pytest.mark.parametrize("is_held_back", [True, False])
def test_the_page_says_who_learns_what_and_whom_to_ring(is_held_back, ready, client_at):
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way="01632 960123")
    visit = settled(ready, is_held_back=is_held_back, to_ring="Robin, +44 (0)7700 900 982")
    page = client_at(None, ready.monitors[0]).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    assert "goes at once to the safeguarding lead of Ashmere. If they are not there, its managers get it." in page
    assert "If nobody is there, the national team is asked to ring Ashmere, and does not read it." in page
    assert ("They are told nothing of this visit." in page) == is_held_back
    assert ("They are told your group, the place and the time, and not who you are." in page) != is_held_back
    assert '<a href="tel:+447700900982">Robin, +44 (0)7700 900 982</a>' in page
    assert ('<a href="tel:01632960123">' in page) != is_held_back
    here = client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    assert '<a href="tel:+447700900982">' in here


@pytest.mark.parametrize(
    ("who", "leads", "told", "says"),
    [
        ("monitor", 1, "lead", "Your lead gets a message that you raised a concern"),
        ("lead", 2, "others", "The other leads of your group get a message that you raised a concern"),
        ("lead", 1, "nobody", "Nobody else leads your group, so nobody in it gets a message."),
        ("monitor", 0, "nobody", "Nobody else leads your group, so nobody in it gets a message."),
    ],
)  # fmt: skip
def test_it_is_said_before_which_leads_hear_of_it_and_those_do(who, leads, told, says, ready, client_at):
    raiser = ready.monitors[0] if who == "monitor" else ready.lead
    visit = settled(ready)
    Seat.objects.get_or_create(visit=visit, person_id=raiser.pk)
    if leads == 2:
        seated(ready.group, someone("Second"), seat="lead")
    if leads == 0:
        ready.group.memberships.filter(seat="lead").update(until=clock.today())
    page = client_at(None, raiser).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    others = {"Your lead gets", "The other leads", "Nobody else leads"} - {says[:14], says[:15], says[:17]}
    assert says in page and not any(other in page for other in others)
    assert mine_of(client_at, raiser)["visits"][0]["told_of_concerns"] == told
    tell_leads(concern_id=raised(visit, raiser).pk)
    assert Notice.objects.filter(kind="visit_concern").exists() == (told != "nobody")


def test_no_promise_to_write_to_a_lead_keeps_who_it_is(ready):
    tell_leads(concern_id=raised(settled(ready), ready.monitors[0]).pk)
    promise = OutboxMessage.objects.get(kind="peer_monitoring.concern_word")
    assert str(ready.lead.pk) not in str(promise.payload)


def test_who_has_left_the_group_before_the_message_goes_gets_none(ready, scheme, mailoutbox):
    concern = raised(settled(ready), ready.monitors[0])
    tell_leads(concern_id=concern.pk)
    ready.group.memberships.filter(seat="lead").update(until=clock.today())
    arrived(scheme)
    assert ready.lead.email not in {one.to[0] for one in mailoutbox}


def test_where_nobody_can_be_named_the_page_says_so(ready, client_at):
    visit = settled(ready)
    here, client = f"/groups/voices/visits/{visit.pk}/concern/", client_at(None, ready.monitors[0])
    assert "Nobody is named here" not in client.get(here).content.decode()
    ready.group.memberships.filter(seat="lead").update(until=clock.today())
    type(ready.agreement).objects.update(contact_role="")
    assert "Nobody is named here whom you could ring." in client.get(here).content.decode()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("01632 960123", "01632960123"), ("Ask for Mo: (01632) 960-123, line 4", "01632960123"),
        ("+44 (0)1632 960123", "+441632960123"), ("mo1234567@example.org", ""), ("Ask Mo", ""), ("line 12 3", ""),
        ("", ""), ("Mon to Fri 09.00-17.00, 020 7946 0018", "02079460018"), ("+353 1 436 4200", "+35314364200"),
        ("Mon to Fri 09.00-17.00 020 7946 0018", "02079460018"), ("Room 12 07700 900 982", "07700900982"),
        ("Robin (9:00-17:00) 07700 900982", "07700900982"), ("01632.960.123", "01632960123"),
        ("mo07700900982@example.org, 07700 900 983", "07700900983"), ("01632 960123 or mo@example.org", "01632960123"),
        ("Robin, 07700 900 982 07700 900 983", ""), ("07700 900 982 or 07700 900 983", ""), ("01632 960123 4", ""),
        ("07700900982+447700900983", ""), ("0770090098207700900983", ""), ("From 1.12.2026, call 12345", ""),
    ],
)  # fmt: skip
def test_a_number_is_found_in_what_people_write_and_none_where_it_is_not_clear(words, number):
    assert number_in(words) == number


def test_how_a_concern_stands_is_told_to_the_app_also_after_its_visit_was_closed_called_off_or_left(ready, client_at):
    clock.set_to(clock.now(), frozen=True)
    over, off, left, on = logged(ready), settled(ready), settled(ready), settled(ready)
    who = ready.monitors[0]
    made = {one.visit_id: one for one in (raised(visit, who) for visit in (over, off, left, on))}
    raised(over, ready.monitors[1])
    assert mine_of(client_at, who)["concerns"] == []
    actions.close(visit=over, by=ready.lead.pk)
    actions.cancel(visit=off, why="CanaryWhy", by=ready.lead.pk)
    Seat.objects.filter(visit=left, person_id=who.pk).update(left_at=clock.now())
    told = mine_of(client_at, who)
    assert [len(one["concerns"]) for one in told["visits"]] == [1]
    assert told["concerns"] == [
        {
            "id": str(made[visit.pk].id_on_phone), "raised_at": made[visit.pk].raised_at.isoformat(),
            "state": "received", "whom": "", "at": made[visit.pk].received_at.isoformat(), "visit": str(visit.pk),
            "site": ready.site.name, "scheme": "Ashmere",
        }
        for visit in (over, off, left)
    ]  # fmt: skip
    SiteConcern.objects.update(received_at=clock.now() - timedelta(days=61))
    told = mine_of(client_at, who)
    assert (told["concerns"], [len(one["concerns"]) for one in told["visits"]]) == ([], [1])


def test_concerns_on_visits_that_are_closed_cost_the_same_for_any_number(ready, client_at):
    going = client_at(None, ready.monitors[0])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            told = going.get("/app/mine.json").json()
        return len(asked), len(told["concerns"])

    def one_more():
        visit = logged(ready)
        raised(visit, ready.monitors[0])
        actions.close(visit=visit, by=ready.lead.pk)

    settled(ready)
    one_more()
    cost()  # the first time its sign-in gets its mark
    one, _ = cost()
    for _ in range(4):
        one_more()
    assert cost() == (one, 5)


def test_where_it_is_not_clear_which_number_is_meant_the_words_stand_there_and_nothing_is_dialled(ready, client_at):
    two = "01632 960123 01632 960124"
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way=two)
    visit = settled(ready)
    client = client_at(None, ready.monitors[0])
    page = client.get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    assert f"Involvement lead: {two}" in page and "tel:" not in page
    (told,) = client.get("/app/mine.json").json()["visits"]
    assert told["tell"][-1] == {"who": "Involvement lead", "way": two, "number": ""}
