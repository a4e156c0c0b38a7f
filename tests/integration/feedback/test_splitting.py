"""A point that says two things is taken apart, and whoever said it has both answers by the slip they have."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from kit import codes, erasure
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import AlreadyAnswered, FeedbackError, NothingSaid
from tenants.feedback.models import GroupTag, Point, Theme
from tenants.feedback.rules import Decision, Purpose
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, published, said, slip, somebody, staff
from tests.integration.conftest import MakePerson

WHOLE = "The room is cold. Nobody told me how long I would wait."
COLD, WAIT = "The room is cold.", "Nobody told me how long I would wait."


def split(point: Point, by: Person, **given: Any) -> Point:
    return actions.split(
        **{"point": point, "stays": COLD, "goes": WAIT, "theme": None, "client_key": uuid4(), "by": by} | given
    )


def test_each_part_has_its_own_theme_words_and_decision_and_one_slip_opens_both(
    owner: Membership, lead: Person
) -> None:
    code, theme, women = codes.new_code(), Theme.objects.first(), GroupTag.objects.get(code="women")
    point = said(slip(code=code), words=WHOLE, groups=[women], how_many=12)
    part = split(point, lead, theme=theme)
    published(point, owner, Decision.CANNOT)
    published(part, owner)
    opened = queries.by_fingerprint(codes.fingerprint(code))
    assert {(own.pair.said, own.pair.decision, own.is_part) for own in opened} == {
        (COLD, "cannot", True), (WAIT, "will", True),
    }  # fmt: skip
    assert (part.theme, list(part.groups.all()), len(queries.answered().object_list)) == (theme, [women], 2)
    assert {one.said_whole for one in Point.objects.all()} == {WHOLE}
    (reach,) = [one for one in queries.reached_by_group() if one.group == women]
    assert (reach.points, reach.people, reach.people_unknown) == (2, 12, 0)


def test_sent_twenty_times_it_is_taken_apart_once(lead: Person) -> None:
    point, key = said(words=WHOLE), uuid4()
    made = {split(point, lead, client_key=key).pk for _ in range(20)}
    assert len(made) == 1 and Point.objects.count() == 2


def test_agreements_go_with_each_part_and_are_taken_back_apart(lead: Person) -> None:
    """S3: one agreement for each purpose, and it is theirs to take back."""
    point = said(slip(), words=WHOLE)
    part = split(point, lead)
    assert sorted(one.purpose for one in part.sayers.get().consents.all()) == [Purpose.PUBLISH, Purpose.RECORD]
    actions.stop_publishing(sayer=part.sayers.get(), by=None)
    assert list(Point.objects.agreed_to_be_public()) == [point]


def test_the_whole_goes_with_whoever_said_it(lead: Person, person: MakePerson) -> None:
    robin = person()
    split(said(somebody(robin), words=WHOLE), lead)
    erasure.erase_person(robin.pk)
    assert {(one.said, one.said_whole) for one in Point.objects.all()} == {("", "")}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("stays", {"stays": " "}),
        ("goes", {"goes": ""}),
        ("goes", {"goes": "Staff are rude."}),
        ("goes", {"goes": COLD}),
    ],
)
def test_nothing_is_put_into_anybodys_mouth(lead: Person, field: str, given: dict[str, str]) -> None:
    with pytest.raises(NothingSaid) as refused:
        split(said(words=WHOLE), lead, **given)
    assert refused.value.field == field and Point.objects.count() == 1


def test_what_has_an_answer_or_is_answered_with_another_is_not_taken_apart(owner: Membership, lead: Person) -> None:
    answered, one, other = (said(words=WHOLE) for _ in range(3))
    decided(answered, owner)
    actions.answer_together(points=[one, other], by=lead)
    for point in (answered, one, other):
        with pytest.raises(AlreadyAnswered):
            split(point, lead)
    assert issubclass(AlreadyAnswered, FeedbackError)


def test_staff_take_a_point_apart_and_read_the_whole_on_both(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    with enter(scheme):
        by, _ = staff(scheme)
        point = said(words=WHOLE)
    desk = client_at(scheme, by)
    assert desk.get(f"/points/{point.pk}/split/").content.decode().count(WHOLE) == 2
    filled = {"stays": COLD, "goes": "Not what was said", "theme": "", "send": str(uuid4())}
    refused = desk.post(f"/points/{point.pk}/split/", filled).content.decode()
    assert "write none of your own" in refused and "Not what was said" in refused
    assert desk.post(f"/points/{point.pk}/split/", filled | {"goes": WAIT}).status_code == 302
    assert "It is taken apart" in desk.get(f"/points/{point.pk}/").content.decode()
    with enter(scheme):
        part = point.parts.get()
    for one, other in ((point, part), (part, point)):
        page = desk.get(f"/points/{one.pk}/").content.decode()
        assert WHOLE in page and f"/points/{other.pk}/" in page
