"""The register, the table of partner organisations, and who is reached."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock, codes
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.models import GroupTag, Partner, Point, Sayer, Theme
from tenants.feedback.queries import Tab
from tenants.feedback.rules import Answer, Channel, Decision, Kind
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, said, slip, the_sayer
from tests.integration.conftest import MakePerson


def words(**asked: object) -> list[str]:
    return [row.point.said for row in queries.register(**asked).object_list]


def test_what_waits_for_an_answer_stands_first_and_the_soonest_due_at_the_top(owner: Membership, lead: Person) -> None:
    decided(said(words="promised"), owner, due=date(2026, 11, 3))
    said(words="new")
    actions.acknowledge(point=said(words="seen", received_on=date(2026, 10, 14)), by=lead)
    said(words="old", received_on=date(2026, 10, 28))
    assert words(tab=Tab.ALL) == ["old", "new", "seen", "promised"]


def test_each_tab_shows_and_counts_its_own(owner: Membership) -> None:
    said(words="waiting")
    decided(said(words="will"), owner)
    decided(said(words="not now"), owner, Decision.NOT_NOW)
    assert (words(tab=Tab.WAITING), words(tab=Tab.DECIDED), words(tab=Tab.NOT_NOW)) == (
        ["waiting"], ["will"], ["not now"],
    )  # fmt: skip
    assert queries.tab_counts() == {"waiting": 1, "decided": 1, "not_now": 1, "all": 3}


def test_a_promise_replaced_by_not_now_is_counted_as_not_now(owner: Membership) -> None:
    point = said()
    decided(point, owner, Decision.NOT_NOW, replaces=decided(point, owner))
    assert queries.tab_counts()["not_now"] == 1


def test_the_register_is_filtered_by_theme_place_and_group(inside: Scheme) -> None:
    site, women = inside.sites.first(), GroupTag.objects.get(code="women")
    said(words="all three", theme=Theme.objects.get(code="rights"), site_id=site.pk, groups=[women])
    said(words="none")
    for asked in ({"theme": "rights"}, {"site": site.pk}, {"group": "women"}):
        assert words(**asked) == ["all three"]


def test_a_row_says_where_it_came_from_how_long_there_is_and_who_sees_to_it(owner: Membership) -> None:
    point = said(method="workshop", how_many=9)
    (row,) = queries.register().object_list
    assert (row.came_from, row.clock_words, row.owner) == ("Workshop, 9 people", "5 working days left", "no one yet")
    decided(point, owner, due=date(2026, 11, 4))
    clock.set_to(clock.now() + timedelta(days=3), frozen=True)
    (row,) = queries.register(tab=Tab.DECIDED).object_list
    assert (row.clock_words, row.owner, row.is_late) == ("1 working day late", "Involvement lead", True)


def test_a_long_story_is_cut_at_a_word(inside: Scheme) -> None:
    said(words="word " * 100)
    (row,) = queries.register().object_list
    assert row.words.endswith("word…") and len(row.words) <= 121


@pytest.mark.parametrize("points", [1, 6])
def test_the_register_costs_the_same_for_any_number_of_points(owner: Membership, points: int) -> None:
    for _ in range(points):
        claimed(said(), owner)
    with CaptureQueriesContext(connection) as asked:
        rows = list(queries.register(tab=Tab.ALL).object_list)
        assert [row.clock_words + row.owner for row in rows] == ["Involvement lead"] * points
    assert len(asked) == 8


@pytest.mark.parametrize("rounds", [1, 6])
def test_a_points_page_costs_the_same_for_any_number_of_rounds(owner: Membership, rounds: int) -> None:
    point = said()
    for _ in range(rounds):
        claimed(point, owner)
        actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    with CaptureQueriesContext(connection) as asked:
        shown = queries.point_page(point.pk)
        assert len(shown.rounds) == rounds and shown.clocks
    assert len(asked) == 18


def test_the_clocks_of_a_point_run_from_its_own_days(owner: Membership, lead: Person) -> None:
    point = said(received_on=date(2026, 10, 26))
    actions.acknowledge(point=point, by=lead)
    clock.set_to(clock.now() + timedelta(days=28), frozen=True)
    decided(point, owner, due=date(2026, 12, 24))
    shown = queries.point_page(point.pk)
    today = clock.today()
    assert [(one.name, one.due.isoformat(), one.words(today)) for one in shown.clocks] == [
        ("seen", "2026-11-02", "in time"),
        ("decided", "2026-11-23", "late"),
        ("changed", "2026-12-24", "18 working days left"),
    ]


def test_a_point_opened_again_has_its_deciding_clock_from_that_day(owner: Membership) -> None:
    point = said(received_on=date(2026, 10, 1))
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    (again,) = queries.point_page(point.pk).clocks
    assert (again.started_on, again.due) == (date(2026, 11, 2), date(2026, 11, 30))


def test_the_table_of_partners_has_the_shape_of_the_source_and_says_not_reported_s77_s81(inside: Scheme) -> None:
    women, young = GroupTag.objects.get(code="women"), GroupTag.objects.get(code="young")
    centre = Partner.objects.create(organisation="A women's centre", group=women)
    club = Partner.objects.create(organisation="A youth club", group=young)
    said(words="Access to children", partner=centre, groups=[women])
    assert [(row.partner, [one.said for one in row.findings], row.is_reported) for row in queries.partner_table()] == [
        (centre, ["Access to children"], True),
        (club, [], False),
    ]


def test_access_and_outcome_stand_by_group_and_are_never_added_up_s12_s78(owner: Membership) -> None:
    women, older = GroupTag.objects.get(code="women"), GroupTag.objects.get(code="older")
    said(groups=[women], how_many=9)
    both = said(groups=[women, older])
    claimed(both, owner)
    actions.confirm(sayer=the_sayer(both), answer=Answer.YES, by=None)
    rows = {row.group.code: row for row in queries.reached_by_group()}
    assert len(rows) == 6
    first = rows["women"]
    assert (first.points, first.waiting, first.answered, first.changed, first.confirmed) == (2, 1, 1, 1, 1)
    assert first.people_words == "9 or more"
    assert (rows["older"].points, rows["older"].people_words) == (1, "not known")
    assert rows["young"].people_words == "not reported"


def test_what_was_erased_stays_counted_and_waits_for_nothing_s12(owner: Membership) -> None:
    women = GroupTag.objects.get(code="women")
    said(groups=[women])
    done = said(groups=[women])
    claimed(done, owner)
    actions.confirm(sayer=the_sayer(done), answer=Answer.YES, by=None)
    gone = said(groups=[women])
    Point.objects.filter(pk=gone.pk).update(said="")
    (row,) = [one for one in queries.reached_by_group() if one.points]
    assert (row.points, row.waiting, row.answered, row.changed, row.confirmed) == (3, 1, 1, 1, 1)
    assert row.waiting == Point.objects.waiting().count()


def test_a_group_with_several_findings_is_counted_once_s12(person: MakePerson, inside: Scheme) -> None:
    """By one slip, and by one reporter; whoever else came from the group is added."""
    women, older = GroupTag.objects.get(code="women"), GroupTag.objects.get(code="older")
    code, robin = codes.new_code(), person("Robin")
    for words in ("One", "Two", "Three"):
        said(slip(code=code, speaks_for=women), words=words, groups=[women], how_many=12)
        reporter = Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=older, may_publish=True)
        said(reporter, words=words, groups=[older], how_many=9)
    said(groups=[older], how_many=2)
    rows = {row.group.code: row for row in queries.reached_by_group()}
    assert (rows["women"].points, rows["women"].people_words) == (3, "12")
    assert (rows["older"].points, rows["older"].people_words) == (4, "11")


@pytest.mark.parametrize("points", [1, 5])
def test_who_is_reached_costs_the_same_for_any_number_of_points(points: int, inside: Scheme) -> None:
    for _ in range(points):
        said(groups=list(GroupTag.objects.all()), how_many=4)
    with CaptureQueriesContext(connection) as asked:
        assert queries.reached_by_group()[0].points == points
    assert len(asked) == 3


def test_staff_see_the_exact_number_of_people_when_it_is_known(inside: Scheme) -> None:
    said(groups=[GroupTag.objects.get(code="women")], how_many=3)
    assert next(row for row in queries.reached_by_group() if row.points).people_words == "3"


def test_points_are_found_by_their_words_in_any_form_and_by_those_of_the_website(owner: Membership) -> None:
    said(words="I waited three hours.")
    decided(said(words="The officers laughed."), owner)
    point = said(words="It smelled.")
    actions.approve_words(point=point, words="The waiting room smelled.", by=Person.objects.get(pk=owner.person_id))
    found = {"wait": {"I waited three hours.", "It smelled."}, "laughing": {"The officers laughed."}, "nothing": set()}
    for asked, expected in found.items():
        assert set(words(tab=Tab.ALL, words=asked)) == expected
    assert words(tab=Tab.ALL, words="wait -hours") == ["It smelled."]


@pytest.mark.parametrize("odd", ["'", '"', "&|!", "a:*", "%", "\\", "<b>", "“", "-"])
def test_no_sign_breaks_a_search(odd: str, inside: Scheme) -> None:
    said(words="The door sticks.")
    words(words=odd)


def test_a_search_reads_the_index_and_not_every_point(inside: Scheme) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "point_by_words" in Point.objects.saying("door").order_by().explain()


def test_after_ten_working_days_staff_read_who_is_still_to_be_told(owner: Membership, lead: Person) -> None:
    """Nobody is said to be told whose letter was never posted."""
    point = said(slip(channel=Channel.LETTER, may_publish=False), slip(channel=Channel.LETTER), slip())
    made = decided(point, owner)

    def read() -> str:
        shown = queries.point_page(point.pk)
        assert shown
        return shown.who_reads(shown.rounds[0])

    clock.set_to(clock.now() + timedelta(days=16), frozen=True)
    actions.open_to_public(round_=made)
    assert read().startswith("10 working days have passed, and 2 people are still to be told. The public does not")
    first, second = made.tellings.to_come()
    actions.post_letter(told=first, by=lead)
    assert "2 people are still to be told" in read()
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    actions.end_telling(told=second, by=lead)
    assert "10 working days have passed, and 1 person is still to be told." in read()
    actions.fail_telling(told=first, note="It came back.")
    assert "1 person is still to be told" in read() and "told by" not in read()
    actions.take_back(sayer=first.sayer, by=None)
    # The last of them was told by hand after the public could read it.
    assert read().startswith("Those who said it were told by 19 November 2026.")


def test_an_answer_is_left_out_only_where_the_same_one_is_said_again_by_the_same_voice_with_words(
    owner: Membership,
) -> None:
    point = said(slip(), slip())
    made = claimed(point, owner)
    first, second = point.sayers.all()

    def shown() -> list[tuple[str, str]]:
        page = queries.point_page(point.pk)
        assert page
        return [(one.answer, one.words) for one in page.answers_in(page.rounds[0])]

    def say(sayer: Sayer, answer: Answer, words: str = "") -> None:
        clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
        actions.confirm(sayer=sayer, answer=answer, words=words, by=None)

    say(first, Answer.NO)
    say(first, Answer.NO, "It is dark.")
    assert shown() == [(Answer.NO, "It is dark.")]
    # Another answer of the same voice, and the same one of another voice, are answers of their own.
    say(first, Answer.PARTLY)
    say(first, Answer.NO, "Dark again.")
    say(first, Answer.YES)
    say(first, Answer.NO)
    say(second, Answer.NO, "It is cold.")
    assert shown() == [
        (Answer.NO, "It is dark."), (Answer.PARTLY, ""), (Answer.NO, "Dark again."), (Answer.YES, ""), (Answer.NO, ""),
        (Answer.NO, "It is cold."),
    ]  # fmt: skip
    assert made.confirmations.count() == 7
