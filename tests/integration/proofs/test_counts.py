"""What is counted of an internet address shows no address, and stands nowhere once its hour is over."""

from collections.abc import Callable

from django.db import connection
from django.test import Client

from kit import counting, scheduler
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

ADDRESS = "192.0.2.77"


def counts() -> set[str]:
    """The keys of all counts that stand in the cache."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM public.kit_cache")
        return {key for (key,) in cursor.fetchall()}


def test_no_count_shows_whose_it_is(client_at: Callable[..., Client], scheme: Scheme) -> None:
    """Not of those who search, try codes, sign in or download either, nor of those that others count for us."""
    platform, there = client_at(None), client_at(scheme)
    before = counts()
    platform.get("/answers/?q=wait", REMOTE_ADDR=ADDRESS)
    platform.post("/sign-in/", {"login": "kim@example.org", "password": "not this one"}, REMOTE_ADDR=ADDRESS)
    there.post("/answer/", {"code": "bcdf-ghjk"}, REMOTE_ADDR=ADDRESS)
    new = counts() - before
    assert {key.split(":")[3] for key in new} == {"answers.search", "allauth", "feedback.slip"}
    assert not any(ADDRESS in key or "kim@" in key for key in new)


def test_each_is_counted_apart_all_the_same(scheme: Scheme) -> None:
    with enter(scheme):
        assert [counting.count(f"tries:{whose}", seconds=60) for whose in ("one", "two", "one")] == [1, 1, 2]


def test_the_clock_takes_away_what_is_over_and_nothing_else(in_public: None) -> None:
    for what in ("over", "running"):
        counting.count(f"tests.{what}:{ADDRESS}", seconds=60)
    with connection.cursor() as cursor:
        an_hour_ago = "UPDATE public.kit_cache SET expires = now() - interval '1 hour' WHERE cache_key LIKE %s"
        cursor.execute(an_hour_ago, ["%tests.over%"])
    assert not scheduler.tick().failures
    assert [key.split(":")[3] for key in counts() if "tests." in key] == ["tests.running"]
