"""How a scheme looked at equality before it decided (S13, S14)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from kit import clock
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NoRegard, NotTheirs
from tenants.feedback.forms.regard import MISSING
from tenants.feedback.models import DueRegard, Point, Round
from tenants.feedback.rules import REGARD, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import decided, said, staff

WORDS = {name: f"About {name}." for name in REGARD}
PROMISE = {"decision": Decision.CANNOT, "answer": "No.", "reason": "No room."}


def record(point: Point, owner: Membership, by: Person, **words: str) -> DueRegard:
    return actions.record_regard(point=point, words=WORDS | words, decision_maker=owner, by=by)


def test_nothing_is_decided_before_equality_was_looked_at(owner: Membership, lead: Person) -> None:
    point = said()
    with pytest.raises(NoRegard, match="What you typed stays here"):
        actions.decide(point=point, owner=owner, by=lead, **PROMISE)
    regard = record(point, owner, lead)
    made = actions.decide(point=point, owner=owner, by=lead, **PROMISE)
    assert (made.regard, made.regard_made_at, regard.decision_maker_role) == (
        regard,
        regard.made_at,
        "Involvement lead",
    )


def test_each_decision_rests_on_a_record_of_its_own(owner: Membership, lead: Person) -> None:
    point = said()
    first = decided(point, owner)
    with pytest.raises(NoRegard):
        actions.decide(point=point, owner=owner, by=lead, replaces=first, **PROMISE)


def test_a_correction_is_a_new_version_and_sent_twice_it_is_one(owner: Membership, lead: Person) -> None:
    point = said()
    for _ in range(20):
        record(point, owner, lead)
    second = record(point, owner, lead, evidence="What 40 people told us.")
    assert [one.number for one in DueRegard.objects.all()] == [1, 2]
    assert actions.decide(point=point, owner=owner, by=lead, **PROMISE).regard == second
    assert [one.evidence for one in queries.regards_of(point)] == ["What 40 people told us.", "About evidence."]


def test_the_same_words_of_somebody_else_are_a_version_of_their_own(
    owner: Membership, lead: Person, scheme: Scheme
) -> None:
    point, other = said(), staff(scheme)[0]
    made = [record(point, owner, lead), record(point, owner, other)]
    assert [(one.number, one.by_id) for one in made] == [(1, lead.pk), (2, other.pk)]


def test_a_record_of_one_counts_where_points_are_answered_together(owner: Membership, lead: Person) -> None:
    old, new = said(words="Old", received_on=clock.today() - timedelta(days=9)), said(words="New")
    regard = record(new, owner, lead)
    actions.answer_together(points=[old, new], by=lead)
    assert actions.decide(point=old, owner=owner, by=lead, **PROMISE).regard == regard


@pytest.mark.parametrize("empty", REGARD)
def test_a_record_is_whole(owner: Membership, lead: Person, empty: str) -> None:
    with pytest.raises(NoRegard) as refused:
        record(said(), owner, lead, **{empty: " "})
    assert refused.value.field == empty


def test_who_decides_works_for_this_scheme(lead: Person, other_scheme: Scheme) -> None:
    with pytest.raises(NotTheirs) as refused:
        record(said(), staff(other_scheme)[1], lead)
    assert refused.value.field == "decision_maker"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("due_regard_is_whole_or_says_why_not", {"changes_policy": False}),
        ("due_regard_is_whole_or_says_why_not", {"changes_policy": False, "why_not": "No.", "evidence": "Some"}),
        ("due_regard_is_whole_or_says_why_not", {"changes_policy": True, "why_not": "No."}),
        ("due_regard_is_whole_or_says_why_not", {"changes_policy": True, **WORDS}),
        ("due_regard_versions_begin_at_one", {"changes_policy": False, "why_not": "No.", "number": 0}),
        ("due_regard_version_is_its_own_at_a_point", {"changes_policy": False, "why_not": "No.", "number": 1}),
    ],
)
def test_the_database_refuses_half_a_record(owner: Membership, lead: Person, name: str, fields: dict[str, Any]) -> None:
    point = said()
    actions.no_regard_needed(point=point, why_not="The same for all.", by=lead)
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        DueRegard.objects.create(**{"point": point, "number": 2, "by_id": lead.pk} | fields)


def test_the_database_refuses_a_decision_before_its_record_and_one_record_for_two(owner: Membership) -> None:
    made = decided(said(), owner)
    by = Person.objects.get(pk=owner.person_id)
    other = actions.no_regard_needed(point=made.point, why_not="Another", by=by)
    row = {field.attname: getattr(made, field.attname) for field in Round._meta.concrete_fields if field.name != "id"}
    later = clock.now() + timedelta(seconds=1)
    for name, changed in {
        "round_was_decided_after_its_record_of_regard": {"regard_id": other.pk, "regard_made_at": later},
        "round_has_a_record_of_regard_of_its_own": {},
    }.items():
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            Round.objects.create(**row | {"number": 2} | changed)


def test_the_service_may_add_records_and_change_none(as_web: str, scheme: Scheme) -> None:
    with enter(scheme):
        by, _ = staff(scheme)
        regard = actions.no_regard_needed(point=said(), why_not="The same for all.", by=by)
        for change in (lambda: DueRegard.objects.update(why_not="Other"), lambda: regard.delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()
    connection.close()


def test_deciding_begins_with_one_short_question(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    with enter(scheme):
        by, owner = staff(scheme, Role.MANAGER)
        point = said()
    desk, base = client_at(scheme, by), f"/points/{point.pk}/"
    assert desk.get(f"{base}decide/").headers["Location"] == f"{base}regard/"
    assert "Say in one line why not" in desk.post(f"{base}regard/", {"changes": "no"}).content.decode()
    filled = {"decision": "cannot", "answer": "My long answer", "reason": "No.", "owner": str(owner.pk)}
    page = desk.post(f"{base}decide/", filled).content.decode()
    assert "My long answer" in page and "First say whether this changes a policy" in page and f"{base}regard/" in page
    assert desk.post(f"{base}regard/", {"changes": "yes"}).headers["Location"] == f"{base}regard/record/"
    half = WORDS | {"evidence": "", "decision_maker": str(owner.pk)}
    page = desk.post(f"{base}regard/record/", half).content.decode()
    assert "About mitigation." in page and 'href="#id_evidence"' in page
    assert (
        "as amended by the Health and Care Act 2022" in page
        and "Papers of the programme call it" in page
        and "Source wording" not in page
    )
    answer = desk.post(f"{base}regard/record/", WORDS | {"decision_maker": str(owner.pk)})
    assert answer.headers["Location"] == f"{base}decide/"
    assert "The record of due regard was written on 2 November 2026" in desk.get(f"{base}decide/").content.decode()
    assert desk.post(f"{base}decide/", filled).status_code == 302
    page = desk.get(base).content.decode()
    assert "About foster." in page and "before answer 1" in page


def test_each_empty_box_says_what_to_write_and_only_who_may_decide_is_offered_s13(
    scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    with enter(scheme):
        by, owner = staff(scheme, Role.MANAGER)
        others = [staff(scheme, role)[1] for role in (Role.PRACTITIONER, Role.STR_WORKER, Role.EDITOR)]
        point = said()
    desk, address = client_at(scheme, by), f"/points/{point.pk}/regard/record/"
    page = desk.post(address, {}).content.decode()
    assert all(f'href="#id_{name}"' in page and words in page for name, words in MISSING.items())
    assert str(owner.pk) in page and not [one for one in others if str(one.pk) in page]
    assert desk.post(address, WORDS | {"decision_maker": str(others[0].pk)}).status_code == 200
