"""A point's clocks start on the day it reached the scheme, which may lie long before somebody writes it down."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import Workbook
from pypdf import PdfReader

from audit.models import Entry
from comparison import queries as comparison
from comparison.measures import Fact, Period, Share
from kit import clock, erasure
from kit.imports import BadFile
from kit.models import OutboxMessage
from people.models import Person
from tenants.feedback import actions, rules
from tenants.feedback.errors import AlreadyAnswered, NotThen
from tenants.feedback.importing import import_points
from tenants.feedback.models import Point
from tenants.feedback.months import Month
from tenants.feedback.queries.board import board_figures, board_months
from tenants.feedback.rules import Answer
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, said, somebody
from tests.integration.conftest import MakePerson
from tests.integration.feedback.pages_for_staff.steps import text

IN_SEPTEMBER = date(2026, 9, 1)
TODAY = date(2026, 11, 2)
HEAD = ["organisation", "group", "finding", "method", "said on", "how many", "may publish", "reporter"]


@pytest.fixture
def desk(client_at: Callable[..., Client], scheme: Scheme, owner: Membership) -> Client:
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


def written(**more: str) -> dict[str, Any]:
    return {
        "said": "Nobody told me.", "method": "paper", "basis": "consent", "explained_how": "Printed on the slip",
        "channel": "slip", "send": "7b1e38a1-8d11-4a93-b1f6-2d7a33a2f3a0", **more,
    }  # fmt: skip


def written_down(lead: Person, **point: Any) -> Point:
    """Something that staff wrote down for somebody."""
    return said(logged=True, by=lead, **point)


def on(name: str, day: str) -> dict[str, str]:
    """A day in the three boxes of a field."""
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), day.split(), strict=True)}


def test_a_slip_of_september_that_is_typed_in_november_has_the_clocks_of_september(
    desk: Client, scheme: Scheme
) -> None:
    assert "When did it reach you?" in text(desk, "/points/new/")
    assert desk.post("/points/new/", written() | on("received_on", "1 9 2026")).status_code == 302
    with enter(scheme):
        point = Point.objects.get()
        assert point.received_on == IN_SEPTEMBER
        assert point.due_on == rules.seen_clock(IN_SEPTEMBER).due < TODAY
    late = "We should have answered by Tuesday 29 September 2026, and are late"
    assert late in text(desk, "/points/new/slip/")
    slip = desk.get("/tell-us/thanks/slip/")
    pages = PdfReader(io.BytesIO(b"".join(slip)))  # type: ignore[call-overload]
    assert late in " ".join(pages.pages[0].extract_text().split())
    assert "1 Sep" in text(desk, f"/points/{point.pk}/")


def test_without_a_day_it_came_today(desk: Client, scheme: Scheme) -> None:
    assert desk.post("/points/new/", written()).status_code == 302
    with enter(scheme):
        assert Point.objects.get().received_on == TODAY
    assert "by Monday 30 November 2026. No name" in text(desk, "/points/new/slip/")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (on("received_on", "3 11 2026"), "Enter today or an earlier day"),
        (
            on("received_on", "2 11 2006"),
            "Check the year. This day is more than 2 years ago. If it is right, leave this",
        ),
        (on("received_on", "1 11 2024"), "Check the year. This day is more than 2 years ago."),
        ({"received_on_day": "1"}, "Enter the month and year too, like 27 3 2027"),
        (
            on("said_on", "2 9 2026") | on("received_on", "1 9 2026"),
            "Enter the day on which they said it, or a later day",
        ),
    ],
)
def test_a_day_that_cannot_be_is_named_and_what_was_typed_stays(
    desk: Client, scheme: Scheme, typed: dict[str, str], words: str
) -> None:
    page = desk.post("/points/new/", written() | typed).content.decode()
    assert words in page and "Nobody told me." in page
    for name, value in typed.items():
        assert f'name="{name}"' in page and f'value="{value}"' in page
    with enter(scheme):
        assert not Point.objects.exists()


def test_the_day_on_which_it_was_said_is_the_earliest_that_it_can_have_come(desk: Client, scheme: Scheme) -> None:
    same = on("said_on", "1 9 2026") | on("received_on", "1 9 2026")
    assert desk.post("/points/new/", written() | same).status_code == 302
    with enter(scheme):
        assert Point.objects.get().received_on == IN_SEPTEMBER


def test_a_day_two_years_ago_is_not_too_long_ago(desk: Client, scheme: Scheme) -> None:
    assert desk.post("/points/new/", written() | on("received_on", "2 11 2024")).status_code == 302
    file = f"{','.join(HEAD)},received on\nA club,Women,One,,,,,,2 November 2024\n"
    import_points(file.encode(), scheme=scheme, apply=True)
    with enter(scheme):
        assert set(Point.objects.values_list("received_on", flat=True)) == {date(2024, 11, 2)}


def test_a_workbook_may_say_when_each_finding_came(desk: Client, scheme: Scheme) -> None:
    book = Workbook()
    book.active.append([*HEAD, "received on"])
    for finding, came in (("One", datetime(2026, 9, 1)), ("Two", "4 September 2026"), ("Three", None)):
        book.active.append(["A club", "Women", finding, None, None, None, None, None, came])
    file = io.BytesIO()
    book.save(file)
    sent = {"file": SimpleUploadedFile("findings.xlsx", file.getvalue()), "sheet": ""}
    assert desk.post("/points/import/", sent).headers["Location"] == "/points/import/look/"
    assert desk.post("/points/import/look/").headers["Location"] == "/points/import/added/"
    with enter(scheme):
        came = dict(Point.objects.values_list("said", "received_on"))
    assert came == {"One": IN_SEPTEMBER, "Two": date(2026, 9, 4), "Three": TODAY}


def test_a_file_without_the_column_is_taken_as_before_and_came_today(scheme: Scheme) -> None:
    file = f"{','.join(HEAD)}\nA club,Women,One,,,,,\n"
    import_points(file.encode(), scheme=scheme, apply=True)
    with enter(scheme):
        assert Point.objects.get().received_on == TODAY


@pytest.mark.parametrize(
    ("said_on", "came", "words"),
    [
        ("", "3 November 2026", "This day has not come yet. Write the day on which it reached you, or leave this"),
        ("", "2 November 2006", "This day is more than 2 years ago. Check the year. If it is right, leave this empty:"),
        ("", "1 November 2024", "This day is more than 2 years ago."),
        ("", "soon", "“soon” is not a date."),
        ("2 September 2026", "1 September 2026", "This is before the day on which it was said. Write the same day or"),
    ],
)
def test_a_cell_with_a_day_that_cannot_be_keeps_all_rows_out(
    scheme: Scheme, said_on: str, came: str, words: str
) -> None:
    file = f"{','.join(HEAD)},received on\nA club,Women,One,,,,,,\nA club,Women,Two,,{said_on},,,,{came}\n"
    with pytest.raises(BadFile) as refused:
        import_points(file.encode(), scheme=scheme, apply=True)
    (problem,) = refused.value.problems
    assert str(problem).startswith(f"Line 3, column “received on”: {words}")
    with enter(scheme):
        assert not Point.objects.exists()


def test_what_came_in_september_and_is_decided_the_day_it_is_typed_was_not_decided_in_time(
    desk: Client, scheme: Scheme, owner: Membership, work: Callable[[], None]
) -> None:
    desk.post("/points/new/", written() | on("received_on", "1 9 2026"))
    with enter(scheme):
        decided(Point.objects.get(), owner)
    work()
    assert comparison.share_at(scheme, Period.ALL) == Share(0, 1, 0)


def test_the_boards_paper_of_a_month_that_is_over_knows_nothing_of_what_is_written_down_later(
    inside: Scheme, owner: Membership
) -> None:
    """It counts in the month in which it was written down, with the clock of the day it came (ADR 0051)."""
    clock.set_to(datetime(2026, 9, 2, 10, tzinfo=clock.LONDON), frozen=True)
    said(words="Then")
    clock.set_to(datetime(2026, 11, 2, 10, tzinfo=clock.LONDON), frozen=True)
    september, november = Month(2026, 9), Month(2026, 11)
    before = board_figures(september)
    said(words="Now", received_on=IN_SEPTEMBER)
    assert board_figures(september) == before
    found = board_figures(november)
    assert (found.all.said, found.all.late) == (1, 2)
    assert [(one.said, one.waiting) for one in found.run] == [(1, 1), (0, 1), (1, 2)]
    assert board_months()[-1] == september


def test_the_day_it_came_is_corrected_from_the_points_page_and_its_clocks_with_it(
    desk: Client, scheme: Scheme, owner: Membership, lead: Person, work: Callable[[], None]
) -> None:
    with enter(scheme):
        point = written_down(lead)
    work()
    page = f"/points/{point.pk}/day/"
    assert page in text(desk, f"/points/{point.pk}/")
    assert 'value="2"' in text(desk, page) and 'value="2026"' in text(desk, page)
    saved = desk.post(page, on("received_on", "1 9 2026"), follow=True)
    assert "The day it came is written down." in saved.content.decode()
    work()
    day_20 = rules.decided_clock(IN_SEPTEMBER).due
    with enter(scheme):
        point.refresh_from_db()
        assert (point.received_on, point.due_on) == (IN_SEPTEMBER, rules.seen_clock(IN_SEPTEMBER).due)
        entry = Entry.objects.get(what="corrected the day on which a point came")
        assert (entry.by, entry.thing_id) == (owner.person_id, str(point.pk))
        actions.acknowledge(point=point, by=lead)
    later = date(2026, 9, 2)
    assert desk.post(page, on("received_on", "2 9 2026")).status_code == 302
    with enter(scheme):
        point.refresh_from_db()
        assert (point.received_on, point.due_on) == (later, rules.decided_clock(later).due)
    assert comparison.facts_at(scheme) == {point.pk: Fact(IN_SEPTEMBER, day_20)}
    work()
    assert comparison.facts_at(scheme) == {point.pk: Fact(later, rules.decided_clock(later).due)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2 11 2006", "Check the year. This day is more than 2 years before it was written down"),
        ("3 11 2026", "Enter today or an earlier day."),
        ("31 8 2026", "Enter the day on which they said it, or a later day"),
        ("1 9 -", "Enter the year with 4 numbers, like 2027"),
    ],
)
def test_a_day_on_which_it_cannot_have_come_is_not_taken(
    desk: Client, scheme: Scheme, lead: Person, typed: str, words: str
) -> None:
    with enter(scheme):
        point = written_down(lead, said_on=IN_SEPTEMBER, received_on=IN_SEPTEMBER)
    assert words in desk.post(f"/points/{point.pk}/day/", on("received_on", typed)).content.decode()
    with enter(scheme):
        assert Point.objects.get().received_on == IN_SEPTEMBER


def test_the_same_day_again_changes_nothing_and_nothing_is_written_about_it(inside: Scheme, lead: Person) -> None:
    point = written_down(lead)
    before = Entry.objects.count(), OutboxMessage.objects.count()
    assert actions.correct_day(point=point, received_on=TODAY, by=lead) == point
    assert (Entry.objects.count(), OutboxMessage.objects.count()) == before


def test_no_day_after_the_one_on_which_it_was_written_down_gives_it_more_time(
    desk: Client, scheme: Scheme, lead: Person
) -> None:
    """Not even where it is late in the evening: the day is that of London."""
    late = datetime(2027, 7, 6, 0, 30, tzinfo=clock.LONDON)
    clock.set_to(late, frozen=True)
    with enter(scheme):
        point = written_down(lead, received_on=date(2027, 7, 1))
    clock.set_to(datetime(2027, 7, 14, 10, tzinfo=clock.LONDON), frozen=True)
    refused = desk.post(f"/points/{point.pk}/day/", on("received_on", "7 7 2027")).content.decode()
    assert "This was written down on 6 July 2027. Enter that day or an earlier day" in refused
    with enter(scheme):
        point.refresh_from_db()
        assert (point.received_on, point.due_on) == (date(2027, 7, 1), rules.seen_clock(date(2027, 7, 1)).due)
        with pytest.raises(IntegrityError, match="point_received_before_it_was_written_down"), transaction.atomic():
            Point.objects.update(received_on=date(2027, 7, 7))
        assert Point.objects.update(received_on=date(2027, 7, 6)) == 1
    assert desk.post(f"/points/{point.pk}/day/", on("received_on", "6 7 2027")).status_code == 302


def test_the_two_years_within_which_something_came_end_when_it_is_written_down(
    desk: Client, scheme: Scheme, lead: Person
) -> None:
    """However long it waits: what was true on that day can still be put right later."""
    with enter(scheme):
        point = written_down(lead)
    clock.set_to(datetime(2027, 2, 1, 10, tzinfo=clock.LONDON), frozen=True)
    page = f"/points/{point.pk}/day/"
    too_early = desk.post(page, on("received_on", "1 11 2024")).content.decode()
    assert "This day is more than 2 years before it was written down" in too_early
    assert desk.post(page, on("received_on", "2 11 2024")).status_code == 302


def test_what_somebody_sent_themselves_came_on_the_day_they_sent_it(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        sent = said()
    page = f"/points/{sent.pk}/day/"
    assert page not in text(desk, f"/points/{sent.pk}/")
    refused = desk.post(page, on("received_on", "1 9 2026")).content.decode()
    assert "Somebody sent this to you themselves." in refused
    with enter(scheme):
        assert Point.objects.get().received_on == TODAY


def test_the_day_of_what_a_file_brought_is_corrected_though_nobody_brought_it_in(desk: Client, scheme: Scheme) -> None:
    import_points(f"{','.join(HEAD)}\nA club,Women,One,,,,,\n".encode(), scheme=scheme, apply=True)
    with enter(scheme):
        point = Point.objects.get()
        assert point.logged_by_id is None
    page = f"/points/{point.pk}/day/"
    assert page in text(desk, f"/points/{point.pk}/")
    assert desk.post(page, on("received_on", "1 9 2026")).status_code == 302


def test_once_there_is_an_answer_the_day_it_came_stays(
    desk: Client, scheme: Scheme, owner: Membership, lead: Person
) -> None:
    with enter(scheme):
        point = written_down(lead)
        decided(point, owner)
    page = f"/points/{point.pk}/day/"
    assert page not in text(desk, f"/points/{point.pk}/")
    assert "This has an answer by now" in desk.post(page, on("received_on", "1 9 2026")).content.decode()
    with enter(scheme):
        assert Point.objects.get().received_on == TODAY


def test_of_points_that_are_answered_together_the_oldest_leads_and_has_the_clock_whatever_is_corrected(
    inside: Scheme, owner: Membership, lead: Person
) -> None:
    september, october = date(2026, 9, 30), date(2026, 10, 1)
    both = [written_down(lead, received_on=september), written_down(lead, words="Two", received_on=october)]
    first = actions.answer_together(points=both, by=lead)
    other = first.joined.get()
    actions.correct_day(point=other, received_on=september, by=lead)
    for one, day in ((other, IN_SEPTEMBER), (first, october)):
        with pytest.raises(NotThen, match="the oldest leads"):
            actions.correct_day(point=one, received_on=day, by=lead)
    assert set(Point.objects.values_list("received_on", flat=True)) == {september}
    actions.correct_day(point=other, received_on=TODAY, by=lead)
    assert set(Point.objects.values_list("due_on", flat=True)) == {rules.decided_clock(september).due}
    actions.correct_day(point=first, received_on=IN_SEPTEMBER, by=lead)
    assert set(Point.objects.values_list("due_on", flat=True)) == {rules.decided_clock(IN_SEPTEMBER).due}
    decided(first, owner)
    with pytest.raises(AlreadyAnswered):
        actions.correct_day(point=other, received_on=TODAY, by=lead)


def test_the_page_says_on_which_day_the_time_to_answer_starts(desk: Client, scheme: Scheme, lead: Person) -> None:
    with enter(scheme):
        both = [written_down(lead, received_on=IN_SEPTEMBER), written_down(lead, words="Two")]
        first = actions.answer_together(points=both, by=lead)
        other = first.joined.get()
    page = f"/points/{other.pk}/day/"
    assert "starts on the day that one came, 1 September 2026. You can" in text(desk, page)
    assert "Your time to answer starts on this day. You can" in text(desk, f"/points/{first.pk}/day/")
    older = desk.post(page, on("received_on", "31 8 2026")).content.decode()
    assert "the oldest leads. Take them apart first" in older


def test_one_whose_words_are_gone_is_not_older_than_the_one_that_leads(
    inside: Scheme, lead: Person, person: MakePerson
) -> None:
    robin = person()
    first = written_down(lead, received_on=IN_SEPTEMBER)
    gone, stays = said(somebody(robin), received_on=date(2026, 10, 1)), said(words="Three")
    first = actions.answer_together(points=[first, gone, stays], by=lead)
    erasure.erase_person(robin.pk)
    assert actions.correct_day(point=first, received_on=TODAY, by=lead).received_on == TODAY


def test_the_page_names_the_other_parts_of_what_was_taken_apart_as_long_as_they_wait(
    desk: Client, scheme: Scheme, owner: Membership, lead: Person
) -> None:
    with enter(scheme):
        first = written_down(lead, words="The tap drips. The bin is full. The tea is cold. He hits her.")
        about: dict[str, Any] = {"point": first, "theme": None, "by": lead}
        harm = actions.split(
            stays="The tap drips. The bin is full. The tea is cold.", goes="He hits her.", client_key=uuid4(), **about
        )
        second = actions.split(
            stays="The tap drips. The bin is full.", goes="The tea is cold.", client_key=uuid4(), **about
        )
        third = actions.split(stays="The tap drips.", goes="The bin is full.", client_key=uuid4(), **about)
        actions.correct_day(point=third, received_on=IN_SEPTEMBER, by=lead)
        actions.hand_over(point=harm, note="", by=lead)
    page = text(desk, f"/points/{first.pk}/day/")
    assert f"/points/{harm.pk}/day/" not in page
    assert f'/points/{third.pk}/day/">Part 2, which came on 1 September 2026<' in page
    assert f'/points/{second.pk}/day/">Part 3, which came on 2 November 2026<' in page
    with enter(scheme):
        # It was answered, and waits again.
        claimed(second, owner)
        actions.confirm(sayer=second.sayers.get(), answer=Answer.NO, by=None)
        assert Point.objects.waiting().count() == 3
    page = text(desk, f"/points/{third.pk}/day/")
    assert f"/points/{first.pk}/day/" in page and f"/points/{second.pk}/day/" not in page
    with enter(scheme):
        older = said(words="The tap drips.", received_on=date(2026, 10, 1))
        claimed(actions.answer_together(points=[first, older], by=lead), owner)
        actions.confirm(sayer=older.sayers.get(), answer=Answer.NO, by=None)
        assert Point.objects.waiting().filter(pk=first.pk).exists()
    assert "taken apart" not in text(desk, f"/points/{third.pk}/day/")
