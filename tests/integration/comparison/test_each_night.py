"""Each night every scheme is counted again and put right, and the page says when it last agreed."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from alongside.cli.root import alongside
from comparison import queries, recounting
from comparison.measures import Fact, Period, Share
from comparison.models import PointFact, RegisterCheck
from comparison.recounting import Recount
from kit import clock, outbox, scheduler, scope
from kit.models import OutboxMessage
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions.counting import KIND
from tenants.schemes import closing
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import NationalRoleName
from tests.factories.feedback import decided, said, staff
from tests.integration.conftest import MakePerson

Work = Callable[[], None]
DUTY = "comparison.duties.figures_are_counted_again"


@pytest.fixture
def page(client_at: Callable[..., Client], person: MakePerson) -> Callable[[], str]:
    """What the page says to a national analyst now."""
    desk = client_at(None, person("Ana", national=NationalRoleName.ANALYST))
    return lambda: unescape(desk.get("/comparison/").content.decode())


def tick_at(day: int, hour: int, minute: int = 0) -> scheduler.TickReport:
    clock.set_to(datetime(2026, 11, day, hour, minute, tzinfo=UTC), frozen=True)
    return scheduler.tick()


def lose(scheme: Scheme) -> None:
    """Take what the store holds of a scheme away."""
    PointFact.objects.filter(scheme=scheme).delete()


@pytest.fixture
def counted(scheme: Scheme, owner: Membership, work: Work) -> None:
    """One decided point at Ashmere, counted, and both schemes counted again this morning."""
    with enter(scheme):
        decided(said(), owner)
    work()
    assert scheduler.tick().failures == []


def test_what_differs_is_put_right_at_three_in_the_morning_and_not_before(scheme: Scheme, counted: None) -> None:
    lose(scheme)
    tick_at(3, 2, 59)
    assert queries.share_at(scheme, Period.ALL) == Share()
    tick_at(3, 3)
    assert queries.share_at(scheme, Period.ALL) == Share(1, 1)
    lose(scheme)
    tick_at(3, 12)
    assert queries.share_at(scheme, Period.ALL) == Share()
    tick_at(4, 3)
    assert queries.share_at(scheme, Period.ALL) == Share(1, 1)


def test_the_page_says_when_the_schemes_last_agreed_and_what_was_put_right(
    scheme: Scheme, counted: None, page: Callable[[], str]
) -> None:
    assert "All of them last agreed on Monday 2 November 2026 at 10am or later." in page()
    assert "put right" not in page()
    lose(scheme)
    tick_at(3, 3)
    assert "All of them last agreed on Tuesday 3 November 2026 at 3am or later." in page()
    assert "1 point differed the last time, and was put right." in page()
    tick_at(4, 3)
    assert "put right" not in page()


def test_a_scheme_that_was_never_counted_again_is_named(scheme: Scheme, page: Callable[[], str]) -> None:
    assert "Not counted again yet: Ashmere, Brackwell." in page() and "last agreed" not in page()


def test_a_scheme_that_closed_is_not_waited_for(as_owner: str, counted: None, page: Callable[[], str]) -> None:
    with enter("public"):
        closing.close(slug="brackwell", by=None)
    RegisterCheck.objects.filter(scheme__slug="brackwell").delete()
    tick_at(3, 3)
    assert "All of them last agreed on Tuesday 3 November 2026 at 3am" in page() and "Brackwell" not in page()


def test_what_cannot_be_put_right_is_said_with_the_day_on_which_it_last_was(
    scheme: Scheme, counted: None, page: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(queries, "share_at", lambda scheme, period: Share(2, 2, 0))
        tick_at(3, 3)
    shown = page()
    assert "The last count did not agree at Ashmere, Brackwell." in shown
    assert "All of them last agreed on Monday 2 November 2026 at 10am or later." in shown


def test_a_change_that_was_given_up_has_not_reached_the_page_until_the_night_brings_it(
    scheme: Scheme, counted: None, page: Callable[[], str], work: Work
) -> None:
    assert "No change is on its way." in page()
    clock.set_to(datetime(2026, 11, 2, 11, tzinfo=UTC), frozen=True)
    with enter(scheme):
        said(words="Two")
    waiting = OutboxMessage.objects.filter(kind=KIND, done_at=None)
    waiting.update(dead_at=clock.now())
    outbox.give_up(message=waiting.get(), by=None, reason="It failed.")
    work()
    assert "1 change has not reached this page yet." in page()
    assert recounting.on_their_way(scheme) == 1
    tick_at(3, 3)
    assert "No change is on its way." in page()
    assert queries.share_at(scheme, Period.ALL) == Share(1, 1, 1)


def test_a_change_that_is_on_its_way_at_three_is_not_said_to_have_been_put_right(
    scheme: Scheme, counted: None, page: Callable[[], str]
) -> None:
    with enter(scheme):
        said(words="Two")
    tick_at(3, 3)
    shown = page()
    assert "1 change has not reached this page yet." in shown and "put right" not in shown
    assert "All of them last agreed on Tuesday 3 November 2026 at 3am or later." in shown


def test_what_is_answered_with_a_point_whose_decision_is_on_its_way_is_on_its_way_too(
    scheme: Scheme, owner: Membership, work: Work
) -> None:
    with enter(scheme):
        said_twice = [said(), said(words="Two")]
        lead = actions.answer_together(points=said_twice, by=Person.objects.get(pk=owner.person_id))
    work()
    with enter(scheme):
        decided(lead, owner)
    checked = recounting.check_one(scheme)
    assert (len(checked.differences), checked.not_on_its_way, checked.agrees_but_for_what_comes) == (2, 0, True)


def test_where_a_message_promises_to_count_everything_every_point_is_on_its_way(scheme: Scheme) -> None:
    """As after an upgrade, which counts all that was there before."""
    with enter(scheme):
        said(), said(words="Two")
        OutboxMessage.objects.filter(kind=KIND).delete()
        assert recounting.check_one(scheme).not_on_its_way == 2
        outbox.put(KIND, key="everything")
    checked = recounting.check_one(scheme)
    assert (len(checked.differences), checked.not_on_its_way) == (2, 0)


def test_the_night_reads_both_sides_as_of_one_moment(
    as_web: str, scheme: Scheme, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody decides, and it is counted, after the scheme's own points were read and before the store is."""
    with enter(scheme):
        point, owner = said(), staff(scheme)[1]
    work()

    def decide() -> None:
        try:
            with enter(scheme):
                decided(point, owner)
            work()
        finally:
            connection.close()

    def slowly() -> Mapping[UUID, Fact]:
        found = feedback.facts()
        if scope.current() == scheme.schema_name and not PointFact.objects.filter(decided_on__isnull=False).exists():
            with ThreadPoolExecutor(1) as pool:
                pool.submit(decide).result()
        return found

    (feedback,) = recounting._registered
    monkeypatch.setattr(recounting, "_registered", [replace(feedback, facts=slowly)])
    assert tick_at(3, 3).failures == []
    assert PointFact.objects.get().decided_on is not None
    check = RegisterCheck.objects.get(scheme=scheme)
    assert (check.differed, check.agreed_at) == (0, check.checked_at)


def test_one_scheme_that_cannot_be_counted_does_not_stop_the_others(
    scheme: Scheme, other_scheme: Scheme, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_facts() -> Mapping[UUID, Fact]:
        if scope.current() == scheme.schema_name:
            raise ZeroDivisionError
        return {}

    def nothing(keys: Collection[UUID]) -> None:
        return None

    broken = Recount(kind="test.count", facts=no_facts, again=nothing, promised=frozenset)
    monkeypatch.setattr(recounting, "_registered", [*recounting._registered, broken])
    failures = [(one.duty, one.schema) for one in tick_at(3, 3).failures]
    assert failures == [(DUTY, scheme.schema_name)]
    last = {one.scheme.name: one.agreed_at for one in RegisterCheck.objects.select_related("scheme")}
    assert {name: at and at.day for name, at in last.items()} == {"Ashmere": 2, "Brackwell": 3}


def test_a_count_by_hand_is_put_down_too_when_it_agrees(
    as_web: str, scheme: Scheme, counted: None, tmp_path: Path
) -> None:
    clock.set_to(datetime(2026, 11, 2, 15, tzinfo=UTC), frozen=True)
    lose(scheme)
    run = ["--data", str(tmp_path), "facts", "check"]
    assert CliRunner().invoke(alongside, run).exit_code == 1
    hours = dict(RegisterCheck.objects.values_list("scheme__name", "checked_at__hour"))
    assert hours == {"Ashmere": 10, "Brackwell": 15}
    assert CliRunner().invoke(alongside, [*run, "--mend"]).exit_code == 0
    assert set(RegisterCheck.objects.values_list("checked_at__hour", "agreed_at__hour")) == {(15, 15)}
