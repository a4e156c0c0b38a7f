"""What answers are meant to help (S23 to S26) and what they aim at (S91): noted, never ranked (S30)."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotYet
from tenants.feedback.models import Outcome, Point
from tenants.feedback.queries import Tab
from tenants.feedback.rules import OUTCOMES, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, published, said, staff

EVERY = [tag for tag, _ in OUTCOMES]


def test_the_source_names_four_benefits_and_five_aims() -> None:
    """S23 to S26 and S91."""
    assert EVERY[:4] == ["individual", "community", "service", "planning_commissioning_governance"]
    assert len(EVERY) == 9


def test_any_number_of_them_is_noted_on_what_was_decided(owner: Membership, lead: Person) -> None:
    point = said()
    with pytest.raises(NotYet):
        actions.note_outcomes(point=point, tags=["service"], by=lead)
    decided(point, owner)
    for _ in range(20):
        actions.note_outcomes(point=point, tags=["service", "access"], by=lead)
    actions.note_outcomes(point=point, tags=["service", "community"], by=lead)
    assert [one.tag for one in point.outcomes.all()] == ["community", "service"]


def test_the_register_is_filtered_by_them_with_what_is_answered_together(owner: Membership, lead: Person) -> None:
    points = [said(words="One"), said(words="Two")]
    made = actions.answer_together(points=points, by=lead)
    decided(made, owner)
    decided(said(words="Other"), owner)
    actions.note_outcomes(point=made, tags=["service"], by=lead)
    found = queries.register(tab=Tab.ALL, outcome="service").object_list
    assert sorted(row.words for row in found) == ["One", "Two"]


def test_the_public_reads_none_that_says_something_of_a_person_and_none_of_a_no(
    owner: Membership, lead: Person
) -> None:
    will, cannot = said(), said()
    published(will, owner)
    published(cannot, owner, Decision.CANNOT)
    for point in (will, cannot):
        actions.note_outcomes(point=point, tags=EVERY, by=lead)
    shown = {pair.decision: list(pair.helps) for pair in queries.answered().object_list}
    assert shown["cannot"] == [] and len(shown["will"]) == 5
    words = " ".join(shown["will"]).lower()
    assert not [hidden for hidden in ("justice", "diver", "offend", "person") if hidden in words]


def test_the_database_knows_each_tag_and_keeps_it_once(owner: Membership) -> None:
    point = decided(said(), owner).point
    Outcome.objects.create(point=point, tag="service")
    for name, tag in {"outcome_once_at_a_point": "service", "outcome_is_known": "score"}.items():
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            Outcome.objects.create(point=point, tag=tag)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("point_is_answered_with_another", {"answered_with": "itself"}),
        ("point_part_keeps_the_whole", {"split_from": "other"}),
    ],
)
def test_the_database_refuses_points_that_lead_nowhere(inside: Scheme, name: str, fields: dict[str, str]) -> None:
    points = {"itself": said(), "other": said()}
    changed = {field: points[which] for field, which in fields.items()}
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        Point.objects.filter(pk=points["itself"].pk).update(**changed)


def test_staff_note_them_on_a_page_and_filter_by_them(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    with enter(scheme):
        by, owner = staff(scheme)
        point = decided(said(), owner).point
    desk = client_at(scheme, by)
    address = f"/points/{point.pk}/helps/"
    assert desk.post(address, {"helps": ["service"], "aims": ["access"]}).status_code == 302
    assert desk.get(address).content.decode().count(" checked") == 2
    page = desk.get(f"/points/{point.pk}/").content.decode()
    assert "Services: how good they are" in page and "Better access to health care and support" in page
    assert str(point.pk) in desk.get("/points/?show=all&outcome=service").content.decode()
    assert str(point.pk) not in desk.get("/points/?show=all&outcome=community").content.decode()
