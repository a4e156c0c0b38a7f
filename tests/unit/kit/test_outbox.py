"""The outbox without a database: who handles what, what a payload may hold, how long a failure waits."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from kit import outbox
from kit.outbox import handlers, putting, working

POINT = UUID("0190f3b2-6a1d-7c3e-9c55-3f2a51c5a001")


@pytest.fixture(autouse=True)
def nobody_registered(monkeypatch):
    monkeypatch.setattr(handlers, "_handlers", {})


def test_several_apps_may_handle_one_kind_in_the_order_they_registered():
    @outbox.handles("feedback.decided")
    def tell(message): ...

    @outbox.handles("feedback.decided")
    def count(message): ...

    assert handlers.handlers_of("feedback.decided") == (tell, count)
    assert outbox.handled_kinds() == {"feedback.decided"}


def test_a_handler_whose_module_is_imported_twice_does_its_work_once():
    def tell(message): ...

    outbox.handles("feedback.decided")(tell)
    outbox.handles("feedback.decided")(tell)

    assert handlers.handlers_of("feedback.decided") == (tell,)


def test_one_function_may_handle_two_kinds():
    @outbox.handles("feedback.decided")
    @outbox.handles("feedback.reopened")
    def tell(message): ...

    assert handlers.handlers_of("feedback.decided") == handlers.handlers_of("feedback.reopened") == (tell,)


def test_nobody_handles_an_unknown_kind():
    assert handlers.handlers_of("feedback.unheard_of") == ()


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (POINT, str(POINT)),
        (7, 7),
        (True, True),
        (None, None),
        ("we_will", "we_will"),
        ("wagtailcore.page:17", "wagtailcore.page:17"),
        (date(2027, 5, 4), "2027-05-04"),
        (datetime(2027, 5, 4, 9, tzinfo=UTC), "2027-05-04T09:00:00+00:00"),
        ([POINT, 1], [str(POINT), 1]),
    ],
)
def test_a_payload_holds_ids_numbers_codes_and_dates(given, stored):
    assert putting._id(given) == stored


@pytest.mark.parametrize(
    "words", ["They never told us.", "sam@example.org", "two words", "line\nbreak", "x" * 101, 1.5, {"said": "x"}, b"x"]
)
def test_a_payload_refuses_words_and_addresses(words):
    with pytest.raises(outbox.NotAnId, match="never words") as refused:
        putting._id([words])
    assert str(words) not in str(refused.value)


def test_each_failure_is_followed_by_a_longer_pause_of_at_most_six_hours():
    pauses = [working.pause_after(attempts) for attempts in range(1, outbox.MOST_ATTEMPTS)]

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16)]
    assert max(pauses) == timedelta(hours=6)
    assert pauses == sorted(pauses)


def test_what_was_broken_off_is_tried_again_sooner_than_what_failed():
    for attempts in range(1, outbox.MOST_ATTEMPTS):
        assert working.pause_if_broken_off(attempts) <= working.pause_after(attempts)
    assert working.pause_if_broken_off(1) == timedelta(seconds=5)


def test_a_night_without_a_mail_server_makes_no_dead_letter():
    assert sum(map(working.pause_after, range(1, outbox.MOST_ATTEMPTS)), timedelta()) > timedelta(hours=16)
