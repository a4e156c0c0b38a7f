"""The paper for the Partnership Board: what it counts, what it never says, and what a month was, later too."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kit import clock, codes
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.board import as_pdf, board_paper
from tenants.feedback.models import GroupTag, Point, Round, Theme
from tenants.feedback.months import Month
from tenants.feedback.queries.board import board_figures
from tenants.feedback.rules import Answer, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import claimed, decided, published, said, slip, the_sayer

ClientAt = Callable[..., Client]
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
SECRET = "I was ashamed and I cried."


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, owner: Membership) -> Client:
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


def go_to(*moment: int) -> None:
    clock.set_to(datetime(*moment, tzinfo=UTC), frozen=True)  # type: ignore[arg-type,misc]


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages).split())


def at_work_for_long(owner: Membership) -> Person:
    """The owner, who was there before the months that are looked at."""
    Membership.objects.filter(pk=owner.pk).update(since=date(2026, 1, 1))
    return Person.objects.get(pk=owner.person_id)


def a_month_of_all_kinds(owner: Membership) -> None:
    """In November: eight points, every decision once, one confirmed, one denied, one seen, one that nobody saw."""
    themes = {theme.code: theme for theme in Theme.objects.all()}
    women = GroupTag.objects.get(code="women")
    for decision in Decision:
        published(said(theme=themes["rights"], groups=[women], how_many=4), owner, decision)
    for answer in (Answer.YES, Answer.NO):
        point = said(theme=themes["rights"], how_many=20)
        claimed(point, owner)
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    actions.acknowledge(point=said(), by=Person.objects.get(pk=owner.person_id))
    said(words=SECRET)


def test_a_month_is_counted_exactly_by_what_happened_in_it(inside: Scheme, owner: Membership) -> None:
    """S59, S89: what was not done is counted beside what was."""
    a_month_of_all_kinds(owner)
    go_to(2026, 12, 1, 9)
    found = board_figures(NOVEMBER).all
    assert found.said == 8 and found.seen == 7 and found.answered == 6 and found.told == 6
    assert found.decided == {"will": 3, "doing": 1, "not_now": 1, "cannot": 1}
    assert (found.changed, found.confirmed, found.partly, found.denied) == (2, 1, 0, 1)
    # Of the promises one is confirmed and one waits again after a "no".
    assert (found.waiting, found.promised) == (3, 2)
    assert board_figures(DECEMBER).all.said == 0
    assert board_figures(DECEMBER).all.waiting == 3


def test_each_of_the_three_clocks_counts_what_is_late_on_it(inside: Scheme, owner: Membership) -> None:
    """S59: nobody saw one, nobody decided about two, and one promise was not kept."""
    said(), actions.acknowledge(point=said(), by=Person.objects.get(pk=owner.person_id))
    decided(said(), owner, due=date(2026, 11, 10))
    go_to(2026, 11, 9, 12)
    # Five working days end on the 9th, and on their last day nothing is late.
    assert [(one.running, one.late) for one in board_figures(NOVEMBER).clocks] == [(1, 0), (2, 0), (1, 0)]
    go_to(2026, 12, 2, 12)
    late = board_figures(DECEMBER)
    assert [(one.running, one.late, one.longest) for one in late.clocks] == [(1, 1, 17), (2, 2, 2), (1, 1, 16)]
    assert late.all.late == 3


def test_a_month_that_is_over_reads_the_same_whenever_it_is_read(inside: Scheme, owner: Membership) -> None:
    """Decisions, claims and answers are added and never overwritten, so the end of a month can be worked out later."""
    lead = at_work_for_long(owner)
    a_month_of_all_kinds(owner)
    go_to(2026, 11, 30, 23, 30)
    then, answers = board_figures(NOVEMBER), board_paper(NOVEMBER).answers
    go_to(2026, 12, 15, 9)
    for point in Point.objects.waiting():
        decided(point, owner, by=lead)
    for round_ in Round.objects.filter(decision=Decision.DOING):
        actions.claim_done(point=round_.point, words="Done.", by=lead)
        actions.confirm(sayer=the_sayer(round_.point), answer=Answer.NO, by=None)
    said()
    go_to(2027, 3, 1, 9)
    for point in Point.objects.filter(rounds__decision=Decision.NOT_NOW):
        actions.review_due(point=point)
    now = board_figures(NOVEMBER)
    assert now == then
    assert board_paper(NOVEMBER).answers == answers and len(answers.done) == 4
    assert board_figures(DECEMBER).all.answered == 3


def test_a_promise_is_late_in_the_paper_of_a_month_only_if_it_was_late_then(inside: Scheme, owner: Membership) -> None:
    """S59: one kept in time after the month is not late in it; one kept late still was."""
    at_work_for_long(owner)
    go_to(2026, 11, 2, 9)
    in_time, late = said(), said()
    published(in_time, owner, due=date(2026, 12, 15))
    published(late, owner, due=date(2026, 11, 20))
    go_to(2026, 12, 10, 9)
    for point in (in_time, late):
        actions.claim_done(point=point, words="Done.", by=Person.objects.get(pk=owner.person_id))
    go_to(2026, 12, 20, 9)
    pairs = board_paper(NOVEMBER).answers.done
    assert {(pair.by, pair.is_late) for pair in pairs} == {(date(2026, 12, 15), False), (date(2026, 11, 20), True)}
    assert not any(pair.confirmation_words for pair in pairs)
    words = text_of(as_pdf(board_paper(NOVEMBER), scheme="Ashmere"))
    assert words.count("(this is late)") == 1 and "15 December 2026 (this is late)" not in words


def test_somebody_told_after_a_month_was_not_told_in_it(inside: Scheme, owner: Membership) -> None:
    """S59: the answer is public after ten working days, and the letter goes out later."""
    lead = at_work_for_long(owner)
    point = said(slip(channel="letter"))
    actions.approve_words(point=point, words="People were not told how long they would wait.", by=lead)
    round_ = decided(point, owner, by=lead)
    go_to(2026, 11, 30, 9)
    actions.open_to_public(round_=round_)
    then = board_paper(NOVEMBER).answers
    go_to(2026, 12, 3, 9)
    actions.end_telling(told=round_.tellings.get(), by=lead)
    assert board_paper(NOVEMBER).answers == then
    (today,) = queries.answered().object_list
    assert [one.done for one in (then.done[0].stops[3], today.stops[3])] == [False, True]


def test_what_was_put_off_is_said_to_be_looked_at_again_once_its_day_has_come(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    """S89: by when it is answered, on the page and in the file, also when they are made long after."""
    with enter(scheme):
        point = said()
        published(point, owner, Decision.NOT_NOW, review_on=date(2026, 11, 20))
    for moment, again in (((2026, 11, 19, 9), False), ((2026, 11, 20, 9), True), ((2027, 2, 1, 9), True)):
        go_to(*moment)
        with enter(scheme):
            actions.review_due(point=point)
        page = desk.get("/board/?month=2026-11").content.decode()
        for words in (page, text_of(desk.get("/board/paper/?month=2026-11").content)):
            assert ("We look at it again and answer by 18 December 2026." in words) == again


def test_what_was_put_off_waits_again_from_the_day_of_its_review(inside: Scheme, owner: Membership) -> None:
    decided(said(), owner, Decision.NOT_NOW, review_on=date(2026, 11, 20))
    go_to(2026, 11, 19, 12)
    assert board_figures(NOVEMBER).all.waiting == 0
    go_to(2026, 11, 20, 12)
    assert board_figures(NOVEMBER).all.waiting == 1


def test_a_mind_that_changed_counts_as_it_was_at_the_end_of_the_month(inside: Scheme, owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    go_to(2026, 12, 3, 9)
    actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)
    assert (board_figures(NOVEMBER).all.denied, board_figures(NOVEMBER).all.waiting) == (1, 1)
    assert (board_figures(DECEMBER).all.confirmed, board_figures(DECEMBER).all.waiting) == (1, 0)


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        # In summer London is an hour ahead: half past eleven at night there is still the day before in UTC.
        (datetime(2027, 5, 31, 22, 59, tzinfo=UTC), Month(2027, 5)),
        (datetime(2027, 5, 31, 23, 30, tzinfo=UTC), Month(2027, 6)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), Month(2026, 12)),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), Month(2027, 1)),
    ],
)
def test_a_month_begins_and_ends_at_midnight_in_london(
    inside: Scheme, owner: Membership, moment: datetime, month: Month
) -> None:
    at_work_for_long(owner)
    clock.set_to(moment, frozen=True)
    claimed(said(), owner)
    figures = board_figures(month)
    assert (figures.all.said, figures.all.answered, figures.all.changed) == (1, 1, 1)
    assert board_paper(month).answers.many == 1
    for other in (month.before, month.next):
        assert board_figures(other).all.changed == board_paper(other).answers.many == 0


def test_a_median_counts_what_still_waits_as_the_slowest(inside: Scheme, owner: Membership) -> None:
    """docs/formulas.md §6: of five, three are answered after 0, 2 and 9 working days, and two wait."""
    first, second, third, *_ = [said() for _ in range(5)]
    decided(first, owner)
    go_to(2026, 11, 4, 9)
    decided(second, owner)
    slow = board_figures(NOVEMBER).speed
    # Two of five are not more than half: there is no median, only that half have waited two days or more.
    assert (slow.points, slow.answered, slow.half_within, slow.half_beyond) == (5, 2, None, 2)
    go_to(2026, 11, 13, 9)
    decided(third, owner)
    speed = board_figures(NOVEMBER).speed
    assert (speed.points, speed.answered, speed.half_within, speed.half_beyond) == (5, 3, 9, None)


@pytest.mark.parametrize(
    ("how_many", "words"),
    [
        ([4], "a few people"),
        ([4, 5], "a few people"),
        ([13], "about 15 people"),
        ([13, None], "about 15 people or more"),
        ([None], "not known"),
        # 30 can be read on the website; a total of 35 beside it would give the other away.
        ([30, 5], "number not given"),
    ],
)
def test_people_of_a_group_are_counted_by_the_rule_of_disclosure(
    inside: Scheme, owner: Membership, how_many: list[int | None], words: str
) -> None:
    """S12: who was heard, without a count that points to somebody."""
    women = GroupTag.objects.get(code="women")
    for number in how_many:
        said(groups=[women], how_many=number)
    found = {group.label: group for group in board_figures(NOVEMBER).groups}
    assert found["Women"].people_words == words
    assert found["Young people"].tally.ever == 0


def test_what_was_passed_on_is_in_no_share_of_answers(inside: Scheme, owner: Membership, lead: Person) -> None:
    """ADR 0041: it counts nowhere."""
    for answer in (Answer.YES, Answer.NO):
        point = said()
        claimed(point, owner)
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert board_figures(NOVEMBER).heard
    for one in Point.objects.all():
        actions.hand_over(point=one, note="", by=lead)
    assert board_figures(NOVEMBER).heard == ""


def test_people_who_said_two_things_at_once_are_counted_once(inside: Scheme, lead: Person) -> None:
    women = GroupTag.objects.get(code="women")
    point = said(words="One thing. Another thing.", groups=[women], how_many=12)
    actions.split(point=point, stays="One thing.", goes="Another thing.", theme=None, client_key=point.pk, by=lead)
    figures = {group.label: group for group in board_figures(NOVEMBER).groups}["Women"]
    assert (figures.tally.said, figures.people_words) == (2, "about 10 people")


@pytest.mark.parametrize(
    ("findings", "others", "words"),
    [
        ([12, 12, 12], [], "about 10 people"),
        ([12, 12, None], [], "about 10 people or more"),
        ([4, 8, 8], [], "a few people"),
        ([12, 12, 12], [20], "about 30 people"),
        # 10 can be read on the website; a total of 15 beside it would give the 4 away.
        ([12, 12, 12], [4], "number not given"),
    ],
)
def test_a_workshop_with_several_findings_is_counted_once(
    inside: Scheme, owner: Membership, findings: list[int | None], others: list[int], words: str
) -> None:
    """S12: one slip, or one reporter, stands for all that a group found."""
    women, code = GroupTag.objects.get(code="women"), codes.new_code()
    for number in findings:
        said(slip(code=code, speaks_for=women), groups=[women], how_many=number)
    for number in others:
        said(groups=[women], how_many=number)
    figures = {group.label: group for group in board_figures(NOVEMBER).groups}["Women"]
    assert (figures.tally.said, figures.people_words) == (len(findings) + len(others), words)


def test_points_that_are_answered_together_each_count_and_their_answer_is_printed_once(
    inside: Scheme, owner: Membership, lead: Person
) -> None:
    first, second = said(), said(words="The same.")
    actions.answer_together(points=[first, second], by=lead)
    published(Point.objects.leading().get(), owner)
    made = board_paper(NOVEMBER)
    assert made.figures.all.answered == 2 and made.answers.many == 1 and made.words_left_out == 0


def test_somebody_erased_stays_counted_and_waits_for_nothing(inside: Scheme) -> None:
    point = said()
    Point.objects.filter(pk=point.pk).update(said="")
    found = board_figures(NOVEMBER)
    assert (found.all.said, found.all.waiting, found.speed.points) == (1, 0, 0)


@pytest.mark.parametrize("months", [1, 3])
def test_a_paper_costs_the_same_for_any_number_of_points(inside: Scheme, owner: Membership, months: int) -> None:
    for _ in range(months):
        a_month_of_all_kinds(owner)
    with CaptureQueriesContext(connection) as asked:
        assert board_paper(NOVEMBER).figures.all.said == 8 * months
    assert len(asked) == 30


def test_the_paper_says_what_cannot_be_done_as_openly_as_what_is_done(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    """S89: on the page and in the file, with the reason, and nothing that somebody said in private."""
    with enter(scheme):
        a_month_of_all_kinds(owner)
    page = desk.get("/board/?month=2026-11").content.decode().split("<main")[1]
    file = desk.get("/board/paper/?month=2026-11")
    assert file["Content-Disposition"] == 'attachment; filename="paper-2026-11.pdf"'
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "no-store")
    assert b"/Marked true" in file.content and b"pdfuaid" in file.content
    for words in (" ".join(page.split()), text_of(file.content)):
        assert "We cannot, because" in words and "You asked for it." in words
        assert "6 points got an answer: 4 with a promise, 1 with “we cannot”, 1 with “not now”" in words
        assert "People were not told how long they would wait." in words
        assert "Involvement lead" in words and "Sam" not in words
        assert SECRET not in words and "Nobody told me" not in words


def test_words_leave_the_paper_with_the_consent_and_the_count_stays(inside: Scheme, owner: Membership) -> None:
    point = said()
    published(point, owner)
    assert as_pdf(board_paper(NOVEMBER), scheme="Ashmere") != b""
    actions.stop_publishing(sayer=the_sayer(point), by=None)
    made = board_paper(NOVEMBER)
    assert made.answers.many == 0 and made.figures.all.answered == 1 and made.words_left_out == 1
    assert "People were not told" not in text_of(as_pdf(made, scheme="Ashmere"))


def test_an_answer_that_not_all_have_been_told_is_counted_and_not_printed(inside: Scheme, owner: Membership) -> None:
    decided(said(slip(), slip(channel="letter")), owner)
    made = board_paper(NOVEMBER)
    assert (made.figures.all.answered, made.figures.all.told, made.words_left_out) == (1, 0, 1)


def test_a_chart_says_its_finding_and_stands_beside_its_table_or_says_why_there_is_none(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    page = desk.get("/board/").content.decode()
    assert "<svg role=" not in page and "There is too little here for a chart." in page
    with enter(scheme):
        a_month_of_all_kinds(owner)
    page = desk.get("/board/").content.decode()
    finding = "6 points got an answer: 4 with a promise, 1 with “we cannot”, 1 with “not now”"
    assert f"<title>{finding}</title><desc>" in page and "We cannot, because: 1" in page
    assert "style=" not in page.split("<main")[1]
    assert "This month is not over." in page


def test_a_month_that_nobody_offers_is_not_there(desk: Client, scheme: Scheme, at_moment: Any) -> None:
    with enter(scheme):
        said()
    go_to(2026, 12, 5, 9)
    for month in ("2026-10", "2027-01", "0000-00", "november", "２０２６-11"):
        assert desk.get("/board/paper/", {"month": month}).status_code == (404 if Month.read(month) else 200)
        assert "November 2026" in desk.get("/board/", {"month": month}).content.decode()


def test_nothing_but_what_may_is_offered_to_whom_it_may(client_at: ClientAt, scheme: Scheme, person: Any) -> None:
    for role in Role:
        page = client_at(scheme, person(role.label, role=role, at=scheme)).get("/staff/").content.decode()
        assert ("Paper for the Partnership Board" in page) == (role in (Role.MANAGER, Role.INVOLVEMENT_LEAD))
        assert ("Make a poster" in page) == (role in (Role.MANAGER, Role.INVOLVEMENT_LEAD, Role.EDITOR))


def test_the_run_of_months_begins_where_the_scheme_does(inside: Scheme, owner: Membership) -> None:
    said()
    go_to(2027, 7, 5, 9)
    said()
    assert [str(one.month) for one in board_figures(Month(2027, 1)).run] == [
        "November 2026", "December 2026", "January 2027",
    ]  # fmt: skip
    run = board_figures(Month(2027, 7)).run
    assert len(run) == 6 and run[-1].said == 1 and run[-1].waiting == 2
    assert timedelta(days=1) + DECEMBER.last == date(2027, 1, 1)


def test_a_month_that_is_over_counts_the_groups_that_were_there_by_its_end(inside: Scheme) -> None:
    """A group that a file brings in later was not one from which nothing was heard."""
    go_to(2026, 12, 10, 9)
    before = [group.label for group in board_figures(NOVEMBER).groups]
    GroupTag.objects.create(code="later", label="A group of later", added_on=date(2026, 12, 3))
    assert [group.label for group in board_figures(NOVEMBER).groups] == before
    assert "A group of later" in [group.label for group in board_figures(DECEMBER).groups]
