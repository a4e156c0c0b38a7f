"""The loop's rules, without a database."""

from datetime import date

import pytest

from tenants.feedback import rules
from tenants.feedback.rules import Answer, Stage

MONDAY = date(2026, 11, 2)


def test_a_point_is_to_be_seen_within_5_working_days() -> None:
    assert rules.seen_clock(MONDAY).due == date(2026, 11, 9)


def test_day_20_of_the_deciding_clock_is_the_one_in_the_formulas() -> None:
    assert rules.decided_clock(date(2026, 12, 21)).due == date(2027, 1, 21)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 2), "5 working days left"),
        (date(2026, 11, 6), "1 working day left"),
        (date(2026, 11, 7), "1 working day left"),
        (date(2026, 11, 9), "due today"),
        (date(2026, 11, 10), "1 working day late"),
        (date(2026, 11, 12), "3 working days late"),
    ],
)
def test_a_running_clock_says_in_working_days_how_long_there_is(today: date, words: str) -> None:
    assert rules.seen_clock(MONDAY).words(today) == words


def test_a_promise_that_falls_due_on_a_saturday_is_late_on_sunday() -> None:
    promise = rules.changed_clock(MONDAY, date(2026, 11, 14))
    assert promise.words(date(2026, 11, 15)) == "1 working day late"
    assert promise.is_late(date(2026, 11, 15))


def test_a_clock_that_was_stopped_says_whether_it_was_in_time() -> None:
    assert rules.seen_clock(MONDAY, date(2026, 11, 9)).words(date(2027, 1, 1)) == "in time"
    assert rules.seen_clock(MONDAY, date(2026, 11, 10)).words(date(2027, 1, 1)) == "late"


def test_the_public_reads_how_many_of_20_working_days_have_gone() -> None:
    assert rules.decided_clock(MONDAY).progress(date(2026, 11, 18)) == "12 of 20 working days"


def test_the_public_reads_plainly_that_it_takes_longer_than_was_promised() -> None:
    assert rules.decided_clock(MONDAY).progress(date(2026, 12, 4)) == "24 working days. We promised 20"


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ([], Stage.CHANGED),
        (["partly"], Stage.CHANGED),
        (["yes"], Stage.CONFIRMED),
        (["yes", "partly"], Stage.CONFIRMED),
        (["yes", "yes", "no"], Stage.SEEN),
        (["partly", "no"], Stage.SEEN),
    ],
)
def test_one_no_opens_a_point_again_and_a_yes_with_no_no_confirms_it(answers: list[str], stage: Stage) -> None:
    assert rules.after_answers(answers) == stage


def test_an_answer_is_yes_partly_or_no() -> None:
    assert list(Answer) == ["yes", "partly", "no"]


@pytest.mark.parametrize(
    ("points", "crowds"),
    [
        ([], []),
        ([(12, "a"), (12, "a"), (12, "a")], [12]),
        ([(12, "a"), (9, "b"), (4, "a")], [12, 9]),
        # Somebody who said two of them makes one crowd of what were two.
        ([(5, "a"), (7, "b"), (3, "ab")], [7]),
        ([(None, "abc")], [3]),
        ([(1, "ab"), (None, "bc")], [3]),
        ([(4, ""), (4, "")], [4, 4]),
    ],
)
def test_nobody_who_is_known_to_have_said_two_things_is_counted_twice(
    points: list[tuple[int | None, str]], crowds: list[int]
) -> None:
    assert sorted(rules.crowds_in(points)) == sorted(crowds)
    assert rules.people_in(points) == sum(crowds)
