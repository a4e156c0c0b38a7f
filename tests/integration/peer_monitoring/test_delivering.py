"""What a phone delivers by its own token: opened, taken once, with a receipt; refused in a sentence (ADR 0074)."""

import json
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from peer_monitoring import actions, limits
from peer_monitoring.models import Phone, Received, Record, Seat
from peer_monitoring.parts import MOST_TEXT
from questions.actions import retire
from tenants.schemes.models import Scheme
from tenants.schemes.pages import PLATFORM_PAGES
from tenants.schemes.urls_walk import pages_of
from tests.factories.peer_monitoring import ready_group, settled, written
from tests.factories.phones import Delivering, made_ready, record_of, sealed_draft
from tests.factories.questions import published
from tests.integration.proofs.listening import logged


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group))


@pytest.fixture
def phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[0])[1])


def nothing_came():
    return not Record.objects.exists() and not Received.objects.exists()


def test_a_sealed_record_arrives_without_anybody_signed_in_and_the_receipt_names_it(ready, visit, phone):
    told = record_of(visit)
    answer = phone.record(told)
    assert answer.status_code == 200
    record = Record.objects.get()
    assert (str(record.pk), record.person_id) == (told["id"], ready.monitors[0].pk)
    assert answer.json() == {
        "id": told["id"], "sha256": Received.objects.get().sha256, "answers": 1, "conflict": False,
        "photos": {"held": [], "missing": []},
    }  # fmt: skip
    assert Phone.objects.get().last_delivered_at is not None
    assert answer["Cache-Control"] == "no-store"


def test_a_phone_asks_whether_it_was_shut_out_before_it_sends_anything(ready, phone):
    answer = phone.told()
    assert (answer.status_code, answer.content) == (204, b"")
    actions.shut_out(phone=Phone.objects.get(), by=ready.monitors[0].pk)
    answer = phone.told()
    assert answer.status_code == 401
    assert answer.json()["sentence"].startswith("This phone may not send any more.")


def test_a_phone_that_asks_very_often_is_told_to_ask_later(phone, monkeypatch):
    monkeypatch.setattr(limits, "ASKED_AN_HOUR", 2)
    assert [phone.told().status_code for _ in range(3)] == [204, 204, 429]


def test_sent_twenty_times_it_is_one_record_with_one_receipt(visit, phone):
    told = record_of(visit)
    receipts = [phone.record(told).content for _ in range(20)]
    assert len(set(receipts)) == 1
    assert Record.objects.count() == Received.objects.count() == 1


def test_a_phone_that_is_shut_out_sends_nothing(ready, visit, phone):
    actions.shut_out(phone=Phone.objects.get(), by=ready.monitors[0].pk)
    answer = phone.record(record_of(visit))
    assert (answer.status_code, answer["WWW-Authenticate"], answer["Cache-Control"]) == (401, "Phone", "no-store")
    assert "make the phone ready again" in answer.json()["sentence"]
    assert nothing_came()


@pytest.mark.parametrize("said", ["", "Phone", "Phone ", "Phone x", "Bearer {token}", "phone {token}", "{token}"])
def test_without_its_token_nothing_is_taken(said, visit, phone):
    answer = phone.record(record_of(visit), headers={"Authorization": said.format(token=phone.token)})
    assert answer.status_code == 401
    assert nothing_came()


def test_a_session_counts_for_nothing_where_a_phone_delivers(ready, visit, client_at):
    signed_in = client_at(None, ready.monitors[0])
    assert Delivering(signed_in, "").record(record_of(visit)).status_code == 401
    assert nothing_came()
    # With another's cookie beside the token, it is the token's owner who sends.
    Delivering(signed_in, made_ready(ready.monitors[1])[1]).record(record_of(visit))
    assert Record.objects.get().person_id == ready.monitors[1].pk


def test_a_phone_of_a_closed_account_sends_nothing(ready, visit, phone):
    type(ready.lead).objects.filter(pk=ready.monitors[0].pk).update(is_active=False)
    assert phone.record(record_of(visit)).status_code == 401
    assert nothing_came()


def test_what_was_begun_before_the_right_was_taken_is_kept_and_marked(visit, ready, phone):
    Seat.objects.filter(visit=visit, person_id=ready.monitors[0].pk).update(left_at=clock.now())
    assert phone.record(record_of(visit)).status_code == 200
    assert Record.objects.get().sent_after_leaving


def test_a_version_that_was_retired_meanwhile_is_taken_like_any_other(visit, ready, phone):
    retire(version=visit.version, by=ready.lead.pk)
    assert phone.record(record_of(visit)).status_code == 200


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"content_type": "multipart/form-data; boundary=x"}, 415, "sent as it was sealed"),
        ({"content_type": "application/json"}, 415, "sent as it was sealed"),
        ({"content_type": ""}, 415, "sent as it was sealed"),
        ({"CONTENT_LENGTH": ""}, 411, "how long it is"),
        ({"CONTENT_LENGTH": "-1"}, 411, "how long it is"),
        ({"CONTENT_LENGTH": "1e3"}, 411, "how long it is"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411, "how long it is"),
        ({"CONTENT_LENGTH": str(MOST_TEXT + 1)}, 413, "bigger than 2 MB"),
        ({"CONTENT_LENGTH": "9" * 5000}, 413, "bigger than 2 MB"),
        ({"CONTENT_LENGTH": str(MOST_TEXT), "wsgi.input": BytesIO(b"ALS1")}, 408, "did not arrive whole"),
        ({"CONTENT_LENGTH": "100"}, 400, "changed or cut"),
        ({"CONTENT_LENGTH": "0"}, 400, "nothing that the app has sealed"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_one_part_is_refused_and_nothing_is_kept(more, status, said, visit, phone):
    answer = phone.record(record_of(visit), **more)
    assert answer.status_code == status
    assert said in answer.json()["sentence"]
    assert nothing_came()


def test_a_record_that_is_too_big_is_refused_before_and_after_it_is_opened(visit, phone):
    for length in (MOST_TEXT + 1, 2 * 1024 * 1024):
        answer = phone.record(record_of(visit, answers={"told": "x" * length}))
        assert (answer.status_code, "bigger than 2 MB" in answer.json()["sentence"]) in ((413, True), (400, True))
    assert nothing_came()


@pytest.mark.parametrize(
    "more",
    [
        {"photos": [{"id": str(uuid4()), "sha256": "0" * 64, "key": "a"} for _ in range(10_001)]},
        {"photos": [{"id": str(uuid4()), "sha256": "0" * 64, "key": "a"} for _ in range(51)]},
    ],
)  # fmt: skip
def test_a_record_with_too_many_photos_is_refused(more, visit, phone):
    answer = phone.record(record_of(visit, **more))
    assert (answer.status_code, "50 photos at most" in answer.json()["sentence"]) == (400, True)
    assert nothing_came()


@pytest.mark.parametrize(
    "photos",
    [
        {}, "x", [1], [{}], [{"id": "x", "sha256": "0" * 64, "key": "a"}],
        [{"id": str(uuid4()), "sha256": "0" * 63, "key": "a"}],
        [{"id": str(uuid4()), "sha256": "0" * 64, "key": "../../secrets/secret-key"}],
        [{"id": str(uuid4()), "sha256": "0" * 64, "key": ""}],
        2 * [{"id": "5e2f0c1a-9d0e-4d0b-8b1e-2f4f6a7b8c9d", "sha256": "0" * 64, "key": "a"}],
    ],
)  # fmt: skip
def test_photos_that_are_not_named_as_they_must_be_are_refused(photos, visit, phone):
    assert phone.record(record_of(visit, photos=photos)).status_code == 400
    assert nothing_came()


def test_another_persons_record_and_another_visit_are_refused_without_saying_that_they_are_there(
    ready, visit, phone, client_at
):
    theirs = record_of(visit)
    Delivering(client_at(None), made_ready(ready.monitors[1])[1]).record(theirs)
    elsewhere = ready_group(Scheme.objects.get(slug="brackwell"), "Others")
    other = settled(elsewhere, version=published(elsewhere.group))
    sentences = {
        (answer.status_code, answer.json()["sentence"])
        for told in ({**theirs, "answers": {}}, record_of(other), {**record_of(visit), "visit": str(uuid4())})
        for answer in [phone.record(told)]
    }
    assert sentences == {(400, "This record cannot be taken from you. Ask whoever leads your group.")}
    assert Record.objects.count() == Received.objects.count() == 1


def test_a_record_is_taken_at_its_own_address_alone(visit, phone):
    told = record_of(visit)
    assert phone.part(str(uuid4()), "record", json.dumps(told).encode()).status_code == 400
    assert nothing_came()


def test_too_many_parts_are_put_off_and_too_many_wrong_tokens_too(visit, phone, monkeypatch):
    monkeypatch.setattr(limits, "DELIVERIES_AN_HOUR", 1)
    monkeypatch.setattr(limits, "WRONG_TOKENS_AN_HOUR", 1)
    assert [phone.record(record_of(visit)).status_code for _ in range(2)] == [200, 429]
    wrong = Delivering(phone.client, "wrong")
    assert [wrong.record(record_of(visit)).status_code for _ in range(2)] == [401, 429]


def test_all_phones_of_one_person_bring_so_many_bytes_a_day_and_no_more(ready, visit, phone, monkeypatch):
    told = record_of(visit)
    monkeypatch.setattr(limits, "BYTES_A_DAY", 1500)
    assert phone.record(told).status_code == 200
    second = Delivering(phone.client, made_ready(ready.monitors[0], "Red phone")[1])
    assert [second.record(told).status_code for _ in range(2)] == [200, 429]
    other = Delivering(phone.client, made_ready(ready.monitors[1])[1])
    assert other.record(record_of(visit)).status_code == 200


def test_a_photo_before_its_record_or_of_anothers_is_not_read_and_uses_nothing_up(ready, visit, phone, monkeypatch):
    monkeypatch.setattr(limits, "DELIVERIES_AN_HOUR", 1)
    told, other = record_of(visit), ready.monitors[1]
    names = (told["id"], written(visit, other).pk, sealed_draft(visit, other).pk)
    early = [phone.bytes(str(one), f"photos/{uuid4()}", b"", content_type="text/plain") for one in names]
    assert [one.status_code for one in early] == [409] * 3
    assert phone.record(told).status_code == 200
    assert phone.record(told).status_code == 429


@pytest.mark.parametrize("method", ["get", "head", "post", "patch", "delete"])
def test_a_delivery_is_sent_by_put_alone(method, visit, phone):
    answer = getattr(phone.client, method)(f"/app/deliveries/{uuid4()}/record/")
    assert (answer.status_code, answer["Cache-Control"]) == (405, "no-store")


@pytest.mark.parametrize("name", ["..", "../../secrets/secret-key", "..%2f..%2fclock", "x", "", "%00"])
def test_no_name_of_a_part_leads_anywhere(name, phone):
    assert phone.bytes(name, "record", b"").status_code == 404


def test_a_delivery_costs_the_same_for_many_records_as_for_one(visit, phone):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            phone.record(record_of(visit))
        return len(asked)

    cost()
    second = cost()
    for _ in range(5):
        cost()
    assert cost() == second


def test_the_session_that_ends_is_the_owners_alone(ready, phone, client_at):
    def over(client):
        return client.post("/app/session-over/", headers={"Authorization": f"Phone {phone.token}"})

    mine, theirs = client_at(None, ready.monitors[0]), client_at(None, ready.monitors[1])
    assert over(theirs).json() == {"ended": False}
    assert theirs.get("/app/mine.json").status_code == 200
    actions.shut_out(phone=Phone.objects.get(), by=ready.lead.pk)
    answer = over(mine)
    assert (answer.json(), answer["Cache-Control"]) == ({"ended": True}, "no-store")
    assert mine.get("/app/mine.json").status_code == 401
    assert over(mine).json() == {"ended": False}
    assert mine.post("/app/session-over/").status_code == 401


def test_only_what_a_token_opens_is_taken_without_a_mark_against_forgery():
    """Everything else that changes something asks for it; Notify calls with a word of its own."""
    exempt = {
        page.name
        for urlconf in (settings.PUBLIC_SCHEMA_URLCONF, settings.ROOT_URLCONF)
        for page in pages_of(urlconf)
        if getattr(page.view, "csrf_exempt", False) and not page.in_cms
    }
    by_token = {name for name in PLATFORM_PAGES if name.startswith("delivery_")} | {"session_over"}
    assert len(by_token) == 5
    assert exempt == by_token | {"notify_callback"}


def test_no_line_that_is_logged_holds_a_token(ready, visit, phone, monkeypatch):
    phone.client.raise_request_exception = False
    with logged() as lines:
        phone.record(record_of(visit))
        phone.record(record_of(visit), content_type="text/plain")
        monkeypatch.setattr(actions, "deliver_record", None)
        assert phone.record(record_of(visit)).status_code == 500
        actions.shut_out(phone=Phone.objects.get(), by=ready.monitors[0].pk)
        assert phone.record(record_of(visit)).status_code == 401
    assert "TypeError" in lines.getvalue()
    assert phone.token not in lines.getvalue()
