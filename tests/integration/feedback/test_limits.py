"""Counting towards a limit, by many at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from kit import codes, counting
from tenants.feedback import limits
from tenants.feedback.models import Confirmation
from tenants.schemes.entering import enter
from tests.factories.feedback import claimed, said, slip, somebody, staff, supported
from tests.factories.people import someone

AT_ONCE = 6
EACH = 10


def at_once(act) -> list:
    """What each of several threads got."""
    together = Barrier(AT_ONCE, timeout=20)

    def alone(number):
        try:
            together.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, range(AT_ONCE)))


def test_each_of_many_at_once_is_counted_and_gets_a_number_of_its_own(as_web):
    numbers = at_once(lambda _: [counting.count("tries", seconds=60) for _ in range(EACH)])
    assert sorted(number for some in numbers for number in some) == list(range(1, AT_ONCE * EACH + 1))


def test_schemes_count_for_themselves(as_web, scheme, other_scheme):
    for place in (scheme, scheme, other_scheme):
        with enter(place):
            counted = counting.count("tries", seconds=60)
    assert counted == 1


def test_of_codes_that_are_tried_at_once_no_more_get_through_than_one_after_the_other(as_web, scheme, monkeypatch):
    monkeypatch.setattr(limits, "TRIES_AN_HOUR", AT_ONCE)

    def try_codes(number: int) -> int:
        client = Client(headers={"host": scheme.host})
        pages = [client.post("/answer/", {"code": "bcdf-ghjk"}).content.decode() for _ in range(2)]
        return sum("too many tries" not in page for page in pages)

    assert sum(at_once(try_codes)) == AT_ONCE


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_all_addresses_of_one_line_are_counted_together(scheme, monkeypatch, one, another, same):
    """Whoever has IPv6 has as many addresses as they like, all with the same first half."""
    monkeypatch.setattr(limits, "TRIES_AN_HOUR", 1)
    with enter(scheme):
        assert limits.may_try(RequestFactory().get("/", REMOTE_ADDR=one))
        assert limits.may_try(RequestFactory().get("/", REMOTE_ADDR=another)) is not same


def test_one_who_said_it_answers_ten_times_an_hour_by_their_page_and_through_a_supporter(scheme, client_at):
    """Each changed mind is kept for good, so nobody may change theirs without end."""
    robin, kim = someone("Robin"), someone("Kim", email="kim@example.org")
    with enter(scheme):
        point = said(somebody(robin))
        claimed(point, staff(scheme)[1])
        helps = supported(robin, kim)
    mine, theirs = client_at(scheme, robin), client_at(scheme, kim)
    for _ in range(limits.ANSWERS_AN_HOUR // 2):
        assert mine.post(f"/mine/{point.pk}/changed/", {"answer": "yes"}).status_code == 302
        sent = {"answer": "partly", "together": "on"}
        assert theirs.post(f"/support/{helps.pk}/{point.pk}/changed/", sent).status_code == 302
    for page in (
        mine.post(f"/mine/{point.pk}/changed/", {"answer": "yes"}),
        theirs.post(f"/support/{helps.pk}/{point.pk}/changed/", {"answer": "yes", "together": "on"}),
    ):
        assert "There were too many tries" in page.content.decode()
    with enter(scheme):
        assert Confirmation.objects.count() == limits.ANSWERS_AN_HOUR


def test_the_holder_of_a_slip_answers_ten_times_an_hour(scheme, client_at):
    code = codes.new_code()
    with enter(scheme):
        point = said(slip(code=code))
        claimed(point, staff(scheme)[1])
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    sent = [phone.post(f"/answer/yours/{point.pk}/", {"answer": ("yes", "partly")[n % 2]}) for n in range(11)]
    assert [one.status_code for one in sent] == [302] * 10 + [200]
    assert "There were too many tries" in sent[-1].content.decode()
    with enter(scheme):
        assert Confirmation.objects.count() == limits.ANSWERS_AN_HOUR
