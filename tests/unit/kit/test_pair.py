"""The pair, its line, and what waits for somebody."""

import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup, Tag
from django.template import engines

from kit import clock
from kit.gallery import pairs, stops
from kit.pair import DECISION_LABELS, STOPS, Decision, PairView, Stop, where_it_is
from kit.waiting import Changed, Waiting, apart, soonest


def draw(call: str, **words: object) -> BeautifulSoup:
    """What one macro draws."""
    source = '{% from "kit/macros.jinja" import line, pair, waits %}{{ ' + call + " }}"
    return BeautifulSoup(engines["jinja2"].from_string(source).render(words), "html.parser")


def drawn_pair(point: PairView) -> BeautifulSoup:
    return draw("pair(point)", point=point)


def read_out(element: Tag) -> str:
    """What a screen reader says: hidden pieces are left out."""
    for silent in element.select("[aria-hidden=true]"):
        silent.decompose()
    return re.sub(r"\s+", " ", element.get_text()).strip()


def test_the_six_stops_are_read_out_in_full() -> None:
    page = draw("line(stops)", stops=stops(4))
    assert [read_out(stop) for stop in page.select("ol > li")] == [
        "Said: on 3 March 2027",
        "Seen: on 12 March 2027",
        "Decided: on 21 March 2027",
        "Told: on 30 March 2027",
        "Changed: not yet",
        "Confirmed: not yet",
    ]


def test_a_stop_that_was_reached_on_an_unknown_day_is_done() -> None:
    assert Stop("Told", done=True).words == "done"


@pytest.mark.parametrize(
    ("reached", "words"),
    [(2, "Seen on 12 March 2027. Next: decided"), (6, "Confirmed on 17 April 2027"), (0, "Next: said")],
)
def test_a_narrow_screen_says_where_it_is_in_a_few_words(reached: int, words: str) -> None:
    assert where_it_is(stops(reached)) == words


def test_there_are_six_stops_and_four_decisions() -> None:
    assert STOPS == ("Said", "Seen", "Decided", "Told", "Changed", "Confirmed")
    assert DECISION_LABELS == {
        "will": "We will",
        "doing": "We are doing it",
        "not_now": "Not now",
        "cannot": "We cannot, because",
    }


def classes(point: PairView) -> list[list[str]]:
    return [list(element.get("class") or []) for element in drawn_pair(point).find_all(True)]


@pytest.mark.parametrize("decision", ["doing", "not_now", "cannot"])
def test_every_decision_stands_in_exactly_the_same_box(decision: Decision) -> None:
    def point(chosen: Decision) -> PairView:
        return PairView(
            said="The form is too long.", decision=chosen, answer="A", why="B", who="manager", by=date(2027, 6, 30)
        )

    assert classes(point(decision)) == classes(point("will"))


@pytest.mark.parametrize("point", pairs(), ids=lambda point: point.decision_label)
def test_the_pair_says_both_halves_in_words(point: PairView) -> None:
    said, happened = drawn_pair(point).select(".app-pair__half")
    assert point.said in said.get_text()
    assert point.decision_label in happened.get_text()
    assert (point.answer or point.waiting_words) in happened.get_text()


def test_a_point_that_waits_says_for_how_long() -> None:
    page = drawn_pair(PairView(said="x", waiting_words="Waiting for an answer: 12 of 20 working days"))
    assert "Waiting for an answer: 12 of 20 working days" in page.get_text()
    assert "No answer yet" in page.get_text()


def test_what_was_said_is_never_markup() -> None:
    assert not drawn_pair(PairView(said="<script>x</script>", answer="<b>y</b>", decision="will")).select("script, b")


def a_line(text: str, by: date | None = None) -> Waiting:
    return Waiting(text, "/x", by)


def test_at_most_five_lines_wait_and_the_soonest_comes_first() -> None:
    lines = [a_line("none"), *(a_line(f"{number}", date(2027, 5, number)) for number in (9, 3, 7, 5, 4, 8))]
    assert [line.text for line in soonest(lines)] == ["3", "4", "5", "7", "8"]
    assert [line.text for line in soonest(lines[:2])] == ["9", "none"]
    assert len(draw("waits(lines)", lines=lines).select("li")) == 5


def test_what_stands_together_has_a_line_of_its_own_where_all_is_listed() -> None:
    clock.set_to(datetime(2027, 5, 4, 12, tzinfo=UTC), frozen=True)
    two = (Waiting("x", "/1", since=clock.now()), Waiting("x", "/2"))
    lines = [a_line("y"), Waiting("2 of x", "/all/", stands_for=2, each=two)]
    assert [(line.text, line.when) for line in apart(lines)] == [
        ("y", ""), ("x", "Waiting since Tuesday 4 May 2027 at 1pm"), ("x", ""),
    ]  # fmt: skip
    six = [*lines, *(a_line("z") for _ in range(4))]
    assert draw("waits(lines, all_of_it='/all/')", lines=six).select("p a")[0].get_text() == "See all 7"
    assert not draw("waits(lines, all_of_it='/all/')", lines=six[:5]).select("p")


def test_by_when_is_said_without_blame() -> None:
    clock.set_to(datetime(2027, 5, 4, 12, tzinfo=UTC), frozen=True)
    assert a_line("x", date(2027, 5, 6)).when == "By Thursday 6 May 2027"
    assert a_line("x", date(2027, 5, 4)).when == "By today"
    assert a_line("x", date(2027, 5, 3)).when == "The day for this was Monday 3 May 2027"
    assert a_line("x").when == ""


def test_where_nothing_waits_the_page_says_so_and_what_changed() -> None:
    page = draw("waits([], changed)", changed=[Changed("Wall cards", "/1", date(2027, 5, 3))])
    assert "Nothing is waiting for you." in page.get_text()
    assert page.select("section a")[0].get_text() == "Wall cards"


def test_where_something_waits_it_comes_alone() -> None:
    assert "Wall cards" not in draw("waits(lines, changed)", lines=[a_line("x")], changed=[Changed("Wall cards", "/1")])


def test_words_that_are_not_their_own_stand_without_quotation_marks() -> None:
    for in_other_words, names in (
        (True, ["app-pair__said", "app-pair__said--in-other-words"]),
        (False, ["app-pair__said"]),
    ):
        said = drawn_pair(PairView(said="x", in_other_words=in_other_words)).blockquote
        assert said["class"] == names
