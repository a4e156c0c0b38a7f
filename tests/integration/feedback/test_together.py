"""Points that say the same are answered together; everybody keeps what they said (S18, S78 to S80)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from kit import clock, codes, erasure
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import AlreadyAnswered, AnsweredWithAnother, NotAgreed, NothingSaid, WordsErased
from tenants.feedback.models import GroupTag, Point
from tenants.feedback.rules import Answer, Channel, Stage, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, published, said, slip, somebody, staff, the_sayer
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson

SATURDAY = date(2026, 10, 31)


def together(by: Person, *points: Point) -> Point:
    return actions.answer_together(points=points, by=by)


def fresh(point: Point) -> Point:
    return Point.objects.get(pk=point.pk)


def test_the_oldest_leads_and_its_clock_counts_for_all(lead: Person) -> None:
    new, old = said(words="The new one"), said(words="The old one", received_on=SATURDAY - timedelta(days=15))
    made = together(lead, new, old)
    assert made == old and fresh(new).answered_with == old
    assert {(one.stage, one.due_on, one.seen_by_id) for one in Point.objects.all()} == {
        (Stage.SEEN, date(2026, 11, 13), lead.pk)
    }


def test_everybody_is_told_in_their_own_way_and_sees_their_own_words_alone(
    owner: Membership, lead: Person, person: MakePerson, work: Callable[[], None]
) -> None:
    robin, code = person(), codes.new_code()
    mine = said(somebody(robin), words="I wait too long.")
    theirs = said(slip(code=code), words="The queue never ends.")
    letter = said(slip(channel=Channel.LETTER), words="Hours of waiting.")
    made = decided(together(lead, mine, theirs, letter), owner)
    work()
    assert sorted((one.sayer.point.said, one.channel, one.state) for one in made.tellings.all()) == [
        ("Hours of waiting.", Channel.LETTER, TellingState.PENDING),
        ("I wait too long.", Channel.PAGE, TellingState.WAITING),
        ("The queue never ends.", Channel.SLIP, TellingState.WAITING),
    ]
    (own,) = queries.mine(robin.pk)
    (of_slip,) = queries.by_fingerprint(codes.fingerprint(code))
    assert [(one.pair.said, one.pair.answer) for one in (own, of_slip)] == [
        ("I wait too long.", made.answer), ("The queue never ends.", made.answer)
    ]  # fmt: skip
    notice = Notice.objects.get(person=robin)
    assert notice.path == f"/mine/{mine.pk}/"
    assert {one.stage for one in Point.objects.all()} == {Stage.DECIDED}


def test_who_said_the_same_twice_gets_one_message(owner: Membership, lead: Person, person: MakePerson) -> None:
    robin = reached_by_mail(person())
    points = [said(somebody(robin, channel=Channel.EMAIL), words=words) for words in ("One", "Two")]
    made = decided(together(lead, *points), owner)
    assert sorted(one.channel for one in made.tellings.all()) == [Channel.EMAIL, Channel.PAGE]


def test_any_of_them_confirms_and_any_no_opens_all_again(owner: Membership, lead: Person) -> None:
    first, second = said(words="One"), said(words="Two")
    round_ = claimed(together(lead, first, second), owner)
    actions.confirm(sayer=the_sayer(second), answer=Answer.YES, by=None)
    assert {fresh(one).stage for one in (first, second)} == {Stage.CONFIRMED}
    actions.confirm(sayer=the_sayer(first), answer=Answer.NO, by=None)
    assert {(one.stage, one.reopened_on) for one in Point.objects.all()} == {(Stage.SEEN, clock.today())}
    assert round_.confirmations.count() == 2


def test_no_point_disappears_from_the_figures(owner: Membership, lead: Person) -> None:
    women, older = GroupTag.objects.get(code="women"), GroupTag.objects.get(code="older")
    points = [said(words="One", groups=[women]), said(words="Two", groups=[older]), said(words="Three")]
    together(lead, *points)
    assert (queries.tab_counts()["all"], queries.tab_counts()["waiting"]) == (3, 3)
    published(fresh(points[0]).carrier, owner)
    assert queries.tab_counts()["decided"] == 3
    assert {row.group.code: row.answered for row in queries.reached_by_group() if row.points} == {
        "women": 1, "older": 1,
    }  # fmt: skip
    (pair,) = queries.answered().object_list
    assert sorted(pair.groups) == sorted([women.label, older.label])


def test_the_public_reads_one_pair_and_nobody_is_counted_twice(owner: Membership, lead: Person) -> None:
    code = codes.new_code()
    same = [said(slip(code=code), words=words, how_many=14) for words in ("One", "Two")]
    other = said(words="Three", how_many=9)
    published(together(lead, *same, other), owner)
    (pair,) = queries.answered().object_list
    assert pair.people_words == "About 25 people"
    shown = queries.point_page(fresh(other).carrier.pk)
    assert shown is not None and shown.people == 23


def test_words_for_the_website_rest_only_on_those_who_agreed(owner: Membership, lead: Person) -> None:
    """S3: each agreement is somebody's own."""
    quiet = said(slip(may_publish=False), words="Quiet", how_many=40, received_on=SATURDAY)
    one, two = said(words="One", how_many=20), said(words="Two", how_many=10)
    together(lead, quiet, one, two)
    assert {point.said for point in queries.words_may_rest_on(quiet)} == {"One", "Two"}
    published(quiet, owner)
    (pair,) = queries.answered().object_list
    assert pair.people_words == "About 30 people"
    (own,) = queries.by_fingerprint(the_sayer(quiet).slip)
    assert not own.is_on_website

    actions.stop_publishing(sayer=the_sayer(two), by=None)
    assert list(queries.answered().object_list) == []
    assert list(Point.objects.leading().agreed_to_be_public().without_words()) == [quiet]
    actions.approve_words(point=quiet, words="Again, without them", by=lead)
    (pair,) = queries.answered().object_list
    assert (pair.said, pair.people_words) == ("Again, without them", "About 20 people")
    actions.stop_publishing(sayer=the_sayer(one), by=None)
    with pytest.raises(NotAgreed):
        actions.approve_words(point=quiet, words="Nobody is left", by=lead)


def test_erasing_one_person_leaves_the_others(owner: Membership, lead: Person, person: MakePerson) -> None:
    robin = person()
    first, second = said(somebody(robin), words="Mine", received_on=SATURDAY), said(words="Theirs")
    together(lead, first, second)
    erasure.erase_person(robin.pk)
    assert fresh(first).said == "" and fresh(first).is_open
    assert fresh(second).said == "Theirs"
    made = decided(first, owner)
    assert [told.sayer.point_id for told in made.tellings.all()] == [second.pk]
    assert {one.stage for one in Point.objects.all()} == {Stage.TOLD}


def test_who_is_erased_from_what_is_joined_takes_their_words_off_the_website(
    owner: Membership, lead: Person, person: MakePerson
) -> None:
    robin = person()
    first, second = said(words="Theirs", received_on=SATURDAY), said(somebody(robin), words="Mine")
    published(together(lead, first, second), owner)
    assert len(queries.answered().object_list) == 1
    erasure.erase_person(robin.pk)
    assert list(queries.answered().object_list) == []
    actions.approve_words(point=first, words="Without them", by=lead)
    assert len(queries.answered().object_list) == 1


def test_it_is_undone_until_it_is_decided(owner: Membership, lead: Person) -> None:
    old, new = said(words="Old", received_on=SATURDAY - timedelta(days=12)), said(words="New")
    other = said(words="Other")
    together(lead, old, new, other)
    actions.approve_words(point=old, words="Words for all three", by=lead)
    actions.answer_apart(point=new, by=lead)
    assert (fresh(new).answered_with, fresh(new).due_on, fresh(other).answered_with) == (None, date(2026, 11, 30), old)
    assert not fresh(old).words_are_approved and fresh(old).public_words == "Words for all three"
    actions.answer_apart(point=old, by=lead)
    assert not Point.objects.exclude(answered_with=None).exists()
    decided(together(lead, old, new), owner)
    with pytest.raises(AlreadyAnswered, match="stay together"):
        actions.answer_apart(point=new, by=lead)


def test_twenty_times_the_same_is_once(lead: Person) -> None:
    points = [said(words="One"), said(words="Two")]
    for _ in range(20):
        together(lead, *points)
    assert Point.objects.exclude(answered_with=None).count() == 1
    for _ in range(20):
        actions.answer_apart(point=points[0], by=lead)
    assert Point.objects.exclude(answered_with=None).count() == 0


def test_groups_of_points_grow_and_never_chain(lead: Person) -> None:
    a, b, c, d = (said(words=str(n), received_on=SATURDAY - timedelta(days=n)) for n in range(4))
    together(lead, a, b)
    together(lead, c, d)
    assert together(lead, a, c) == d
    assert {one.answered_with_id for one in (fresh(a), fresh(b), fresh(c))} == {d.pk}


def test_only_what_waits_for_its_first_answer_goes_together(
    owner: Membership, lead: Person, person: MakePerson
) -> None:
    waiting, answered = said(words="Waits"), said(words="Answered")
    decided(answered, owner)
    with pytest.raises(AlreadyAnswered, match="first"):
        together(lead, waiting, answered)
    with pytest.raises(NothingSaid):
        together(lead, waiting)
    robin = person()
    gone = said(somebody(robin))
    erasure.erase_person(robin.pk)
    with pytest.raises(WordsErased):
        together(lead, waiting, gone)


def test_what_is_answered_with_another_is_not_decided_about_by_itself(owner: Membership, lead: Person) -> None:
    old, new = said(words="Old", received_on=SATURDAY), said(words="New")
    together(lead, old, new)
    with pytest.raises(AnsweredWithAnother):
        decided(new, owner)
    with pytest.raises(AnsweredWithAnother):
        actions.approve_words(point=new, words="W", by=lead)


def test_staff_put_points_together_and_apart_on_their_pages(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    with enter(scheme):
        by, _ = staff(scheme)
        old, new = said(words="Old", received_on=SATURDAY), said(words="Newer words")
    desk = client_at(scheme, by)
    page = desk.get(f"/points/{new.pk}/together/?words=old").content.decode()
    assert "Old" in page and 'value="old"' in page
    filled: dict[str, Any] = {"others": [str(old.pk)]}
    for _ in range(2):
        answer = desk.post(f"/points/{new.pk}/together/", filled)
        assert answer.headers["Location"] == f"/points/{old.pk}/"
    page = desk.get(f"/points/{old.pk}/").content.decode()
    assert "Newer words" in page and "2 people in all" in page and "They are answered together now" in page
    page = desk.get(f"/points/{new.pk}/").content.decode()
    assert "is answered together with it" in page and "/decide/" not in page
    desk.post(f"/points/{new.pk}/apart/")
    with enter(scheme):
        assert fresh(new).answered_with is None
    assert desk.get(f"/points/{uuid4()}/together/").status_code == 404
