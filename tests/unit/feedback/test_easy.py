"""Easy Read: one idea to a line, few words, a picture beside each (F4, ADR 0055)."""

from datetime import date

import pytest

from kit.easy import FOLDER, Idea
from tenants.feedback import easy
from tenants.feedback.rules import Decision

DAY = date(2027, 6, 30)


def made(decision: Decision, **days: date) -> list[Idea]:
    return easy.ideas(
        said_on=date(2026, 11, 2), decision=decision, what="We make a card.\n\nIt says what comes next.",
        why="You asked.", who="Involvement lead", due=days.get("due"), review_on=days.get("review_on"),
    )  # fmt: skip


def test_what_was_written_stands_between_what_the_product_knows() -> None:
    assert [(one.picture, one.words) for one in made(Decision.WILL, due=DAY)] == [
        ("said", "You told us something on Monday 2 November 2026."),
        ("will", "We will do this."),
        ("what", "We make a card."),
        ("what", "It says what comes next."),
        ("why", "You asked."),
        ("who", "The involvement lead looks after this."),
        ("when", "We plan to finish by Wednesday 30 June 2027."),
    ]


@pytest.mark.parametrize("decision", Decision)
def test_every_idea_has_a_picture_of_our_own(decision: Decision) -> None:
    assert all((FOLDER / f"{idea.picture}.svg").exists() for idea in made(decision, due=DAY, review_on=DAY))


@pytest.mark.parametrize("decision", Decision)
def test_our_own_sentences_keep_the_rule_that_staff_are_held_to(decision: Decision) -> None:
    lines = "\n".join(one.words for one in made(decision, due=DAY, review_on=DAY) if one.picture not in ("what", "why"))
    assert list(easy.problems(lines)) == []


def test_a_line_that_is_too_long_is_shown_with_its_number() -> None:
    fifteen = " ".join(["word"] * 15)
    assert list(easy.problems(fifteen)) == []
    (problem,) = easy.problems(f"Short.\n{fifteen} more")
    assert problem.startswith("Line 2 has 16 words") and f"“{fifteen} more”" in problem


def test_a_line_with_two_sentences_is_two_ideas() -> None:
    (problem,) = easy.problems("We make a card. It is on the wall.")
    assert problem.startswith("Line 1 says two things")


def test_more_lines_than_somebody_can_keep_in_mind_are_too_many() -> None:
    (problem,) = easy.problems("\n".join(["We do it."] * (easy.MOST_LINES + 1)))
    assert problem.startswith(f"There are {easy.MOST_LINES + 1} lines")
