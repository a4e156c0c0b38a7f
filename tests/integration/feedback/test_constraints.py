"""What must never be false, whoever writes the row: each constraint refuses a row by its name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from kit import clock
from tenants.feedback.models import (
    Asked,
    ComplaintWay,
    Concern,
    Confirmation,
    Consent,
    EasyRead,
    Escalation,
    GroupTag,
    InformationNeed,
    Partner,
    Point,
    PointGroup,
    PrintedSlip,
    Progress,
    Question,
    Quote,
    Reply,
    Round,
    Sayer,
    SlipBatch,
    Theme,
    Told,
)
from tenants.feedback.rules import Basis, Channel, Decision, Kind, Method, Purpose, Relation, Stage, TellingState, Voice
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, concern, said, slip

PERSON = uuid4()


@pytest.fixture
def point(owner: Membership) -> Point:
    """A point that the scheme says is done."""
    made = said(slip(), slip(), groups=[GroupTag.objects.get(code="women")])
    claimed(made, owner)
    return made


def refused(name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("point_stage_is_known", {"stage": "lost"}),
        ("point_method_is_known", {"method": "rumour"}),
        ("point_said_before_it_was_received", {"said_on": date(2026, 11, 3)}),
        ("point_received_before_it_was_written_down", {"received_on": date(2026, 11, 3)}),
        ("point_approved_words_are_words", {"public_words": ""}),
        ("point_past_said_was_seen", {"seen_at": None}),
        ("point_waiting_has_a_clock", {"stage": Stage.SEEN, "due_on": None}),
        ("point_owner_has_a_role", {"owner_role": ""}),
        ("point_passed_on_has_no_words", {"passed_on_at": clock.now(), "passed_on_by_id": PERSON}),
        ("point_passed_on_has_no_words", {"said": "", "passed_on_at": clock.now()}),
    ],
)
def test_a_point_keeps_to_its_rules(point: Point, name: str, fields: dict[str, Any]) -> None:
    refused(name, lambda: Point.objects.filter(pk=point.pk).update(**fields))


@pytest.mark.parametrize(("name", "field"), [("point_imported_once", "import_key"), ("point_sent_once", "client_key")])
def test_a_point_comes_in_once(inside: Scheme, name: str, field: str) -> None:
    row = {"said": "A", "method": Method.WORKSHOP, "due_on": clock.today(), field: uuid4()}
    Point.objects.create(**row)
    refused(name, lambda: Point.objects.create(**row))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("sayer_is_a_person_or_a_slip", {"kind": Kind.PERSON, "channel": Channel.PAGE}),
        ("sayer_is_a_person_or_a_slip", {"kind": Kind.SLIP, "channel": Channel.SLIP}),
        ("sayer_is_a_person_or_a_slip", {"kind": Kind.SLIP, "channel": Channel.SLIP, "slip": "a", "person_id": PERSON}),
        ("sayer_is_a_person_or_a_slip", {"kind": Kind.GONE, "channel": Channel.PAGE, "person_id": PERSON}),
        ("sayer_reporter_speaks_for_a_group", {"kind": Kind.REPORTER, "channel": Channel.PAGE, "person_id": PERSON}),
        ("sayer_can_be_told_this_way", {"kind": Kind.SLIP, "channel": Channel.EMAIL, "slip": "a"}),
        ("sayer_can_be_told_this_way", {"kind": Kind.PERSON, "channel": Channel.SLIP, "person_id": PERSON}),
        (
            "sayer_has_words_only_in_a_message",
            {"kind": Kind.PERSON, "channel": Channel.PAGE, "person_id": PERSON, "words_in_message": True},
        ),
        ("sayer_has_a_worker_only_for_telling", {"kind": Kind.SLIP, "channel": Channel.WORKER, "slip": "a"}),
        (
            "sayer_relation_is_known",
            {"kind": Kind.PERSON, "channel": Channel.PAGE, "person_id": PERSON, "relation": "owner"},
        ),
    ],
)
def test_a_sayer_is_exactly_one_of_a_person_or_a_slip(point: Point, name: str, fields: dict[str, Any]) -> None:
    refused(name, lambda: Sayer.objects.create(point=point, **fields))


@pytest.mark.parametrize("relation", Relation)
def test_how_somebody_knows_the_service_is_one_of_four_s17(point: Point, relation: Relation) -> None:
    Sayer.objects.create(point=point, kind=Kind.SLIP, slip="a", channel=Channel.SLIP, relation=relation)


def test_a_person_and_a_slip_say_a_point_once(point: Point) -> None:
    person = {"kind": Kind.PERSON, "channel": Channel.PAGE, "person_id": PERSON}
    Sayer.objects.create(point=point, **person)
    refused("sayer_said_a_point_once", lambda: Sayer.objects.create(point=point, **person))
    twice = {"kind": Kind.SLIP, "channel": Channel.SLIP, "slip": point.sayers.exclude(slip="").first().slip}
    refused("sayer_slip_once_at_a_point", lambda: Sayer.objects.create(point=point, **twice))


PARENT = {
    "basis": Basis.PARENT,
    "giver_name": "A parent",
    "giver_relationship": "mother",
    "evidence_seen": "passport",
    "child_view": "wants it",
}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("consent_purpose_is_known", {"purpose": "sell"}),
        ("consent_basis_is_known", {"basis": "custom"}),
        *(
            ("consent_says_what_to_whom_and_how", {field: ""})
            for field in ("what", "to_whom", "wording_version", "explained_how")
        ),
        *(
            ("consent_of_a_parent_is_complete", PARENT | {field: ""})
            for field in ("giver_name", "giver_relationship", "evidence_seen", "child_view")
        ),
        ("consent_withdrawn_after_given", {"withdrawn_at": datetime(2000, 1, 1, tzinfo=UTC)}),
        ("consent_runs_once_for_a_purpose", {"purpose": Purpose.RECORD}),
        ("consent_review_is_a_month", {"review_on": date(2030, 5, 1)}),
        ("consent_review_is_a_month", PARENT | {"review_on": date(2030, 5, 17)}),
    ],
)
def test_a_consent_is_complete_s3_s4(point: Point, name: str, fields: dict[str, Any]) -> None:
    given = {"purpose": Purpose.CONTACT, "what": "a", "to_whom": "b", "wording_version": "1", "explained_how": "c"}
    sayer = point.sayers.first()
    refused(name, lambda: Consent.objects.create(sayer=sayer, **given | fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("asked_each_sayer_once_in_a_round", {"again": True}),
        ("asked_state_is_known", {"state": "lost", "ended_at": clock.now()}),
        ("asked_by_a_way_that_is_known", {"channel": "pigeon"}),
        ("asked_has_ended_or_is_pending", {"state": TellingState.SENT}),
        ("asked_failed_says_what_to_do", {"state": TellingState.FAILED, "ended_at": clock.now()}),
        ("asked_code_has_an_end", {"code": "a"}),
        ("asked_code_opens_one_question", {"code": "taken", "until": clock.now()}),
    ],
)
def test_each_is_asked_once_and_their_code_ends(point: Point, name: str, fields: dict[str, Any]) -> None:
    round_, (first, second) = point.rounds.get(), point.sayers.all()
    Asked.objects.create(round=round_, sayer=first, channel=Channel.LETTER, code="taken", until=clock.now())
    given = {"sayer": second, "channel": Channel.LETTER} | fields
    if given.pop("again", False):
        given["sayer"] = first
    refused(name, lambda: Asked.objects.create(round=round_, **given))


def test_a_quote_says_something(point: Point) -> None:
    sayer = point.sayers.earliest("pk")
    given = {"what": "x", "to_whom": "x", "wording_version": "1", "explained_how": "x", "withdrawn_at": clock.now()}
    agreed = Consent.objects.create(sayer=sayer, purpose=Purpose.PUBLISH, **given)
    refused("quote_says_something", lambda: Quote.objects.create(sayer=sayer, consent=agreed, words="", by_id=PERSON))


@pytest.mark.parametrize("empty", ["what", "why"])
def test_easy_read_says_what_and_why(point: Point, empty: str) -> None:
    words = {"what": "We do it.", "why": "You asked."} | {empty: ""}
    refused(
        "easy_read_says_what_and_why",
        lambda: EasyRead.objects.create(round=point.rounds.get(), by_id=PERSON, **words),
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("round_number_is_its_own_at_a_point", {"number": 1}),
        ("round_numbers_begin_at_one", {"number": 0}),
        ("round_decision_is_known", {"decision": "perhaps"}),
        ("round_has_an_answer_and_a_reason", {"answer": ""}),
        ("round_has_an_answer_and_a_reason", {"reason": ""}),
        ("round_has_an_owner", {"owner_role": ""}),
        ("round_promise_has_a_date", {"decision": Decision.WILL}),
        ("round_promise_has_a_date", {"decision": Decision.DOING}),
        ("round_not_now_has_a_review", {"decision": Decision.NOT_NOW}),
    ],
)
def test_a_round_has_its_reason_owner_and_date_s89(point: Point, name: str, fields: dict[str, Any]) -> None:
    row = {"number": 2, "decision": Decision.CANNOT, "answer": "a", "reason": "b", "owner_role": "Manager"}
    ids = {"owner_membership_id": uuid4(), "by_id": uuid4()}
    refused(name, lambda: Round.objects.create(point=point, **row | ids | fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("progress_says_something", {"words": ""}),
        ("progress_kind_is_known", {"kind": "begun"}),
        ("progress_done_once_in_a_round", {"kind": "done"}),
    ],
)
def test_progress_says_something_and_is_done_once(point: Point, name: str, fields: dict[str, Any]) -> None:
    row = {"round": point.rounds.get(), "kind": "update", "words": "a", "by_id": uuid4()}
    refused(name, lambda: Progress.objects.create(**row | fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("told_state_is_known", {"state": "lost"}),
        ("told_has_ended_or_is_pending", {"state": TellingState.PENDING}),
        ("told_has_ended_or_is_pending", {"ended_at": None}),
        ("told_failed_says_what_to_do", {"state": TellingState.FAILED}),
        ("told_posted_on_a_day", {"state": TellingState.POSTED}),
        ("told_form_is_known", {"form": "song"}),
    ],
)
def test_a_telling_is_pending_or_has_ended_in_one_of_five_ways(point: Point, name: str, fields: dict[str, Any]) -> None:
    refused(name, lambda: Told.objects.filter(round__point=point).update(**fields))


def test_each_of_those_who_said_it_is_told_once_in_a_round(point: Point) -> None:
    told = Told.objects.filter(round__point=point).first()
    again = Told(round=told.round, sayer=told.sayer, channel=Channel.SLIP)
    refused("told_each_sayer_once_in_a_round", again.save)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("confirmation_answer_is_known", {"answer": "maybe"}),
        ("confirmation_voice_is_known", {"voice": "scheme"}),
        ("confirmation_number_is_its_own", {}),
        ("confirmation_words_say_what_is_still_wrong", {"words": "The wait."}),
    ],
)
def test_a_confirmation_is_one_of_three_answers_in_one_of_three_voices(
    point: Point, name: str, fields: dict[str, Any]
) -> None:
    row = {"round": point.rounds.get(), "sayer": point.sayers.first(), "answer": "yes", "voice": Voice.SAYER}
    Confirmation.objects.create(number=1, **row)
    number = 1 if not fields else 2
    refused(name, lambda: Confirmation.objects.create(number=number, **row | fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("concern_is_taken_up_by_somebody", {"taken_at": clock.now()}),
        ("concern_closed_says_what_was_done", {"closed_at": clock.now(), "closed_by_id": PERSON}),
        ("concern_emptied_has_no_words", {"emptied_on": date(2026, 11, 2)}),
    ],
)
def test_a_concern_is_taken_up_and_closed_by_somebody(inside: Scheme, name: str, fields: dict[str, Any]) -> None:
    made = concern()
    refused(name, lambda: Concern.objects.filter(pk=made.pk).update(**fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("complaint_way_is_one", {"id": 2}), ("complaint_way_links_to_a_page", {"link": "javascript:alert(1)"})],
)
def test_there_is_one_way_for_complaints_and_it_leads_to_a_page(
    inside: Scheme, name: str, fields: dict[str, Any]
) -> None:
    refused(name, lambda: ComplaintWay.objects.create(by_id=PERSON, **fields))


def test_a_concern_is_sent_once(inside: Scheme) -> None:
    again = {"client_key": concern().client_key, "take_up_by": clock.today(), "words": "The same."}
    refused("concern_sent_once", lambda: Concern.objects.create(**again))


def test_a_clock_is_told_of_once_at_each_step(point: Point) -> None:
    row = {"point": point, "due_on": clock.today()}
    Escalation.objects.create(step="lead", **row)
    refused("escalation_once_for_a_clock", lambda: Escalation.objects.create(step="lead", **row))
    refused("escalation_step_is_known", lambda: Escalation.objects.create(step="mayor", **row))


def test_a_question_is_sent_once_and_its_replies_are_numbered(point: Point) -> None:
    row = {"point": point, "words": "Which day?", "by_id": PERSON, "client_key": PERSON}
    question = Question.objects.create(**row)
    refused("question_sent_once", lambda: Question.objects.create(**row))
    answer = {"question": question, "sayer": point.sayers.first(), "words": "Monday."}
    Reply.objects.create(number=1, **answer)
    refused("reply_number_is_its_own", lambda: Reply.objects.create(number=1, **answer))
    refused("reply_numbers_begin_at_one", lambda: Reply.objects.create(number=0, **answer))


def test_progress_links_only_to_a_page(point: Point) -> None:
    row = {"round": point.rounds.get(), "kind": "update", "words": "A card.", "by_id": PERSON}
    refused("progress_links_to_a_page", lambda: Progress.objects.create(link="javascript:alert(1)", **row))


def test_lists_hold_each_thing_once_and_with_a_name(point: Point) -> None:
    women = GroupTag.objects.get(code="women")
    refused("point_came_from_a_group_once", lambda: PointGroup.objects.create(point=point, group=women))
    refused("theme_code_is_its_own", lambda: Theme.objects.create(code="rights", label="Again"))
    refused("theme_has_a_code_and_a_label", lambda: Theme.objects.create(code="x", label=""))
    refused("group_tag_code_is_its_own", lambda: GroupTag.objects.create(code="women", label="Again"))
    refused("group_tag_has_a_code_and_a_label", lambda: GroupTag.objects.create(code="", label="x"))
    refused("partner_has_a_name", lambda: Partner.objects.create(organisation="", group=women))
    Partner.objects.create(organisation="An organisation", group=women)
    refused("partner_reaches_a_group_once", lambda: Partner.objects.create(organisation="An organisation", group=women))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("need_is_of_a_person_or_a_slip", {"slip": ""}),
        ("need_form_is_known", {"form": "song"}),
        ("need_of_another_form_says_which", {"form": "other"}),
        ("need_shared_with_somebody_on_a_day", {"shared_with": "Somebody"}),
        ("need_written_down_after_asked", {"written_on": date(2000, 1, 1)}),
        ("need_is_looked_at_again_later", {"review_on": date(2000, 1, 1)}),
        ("need_once_for_a_slip", {}),
    ],
)
def test_a_need_is_of_somebody_and_is_looked_at_again(inside: Scheme, name: str, fields: dict[str, Any]) -> None:
    row = {"slip": "a", "form": "easy", "review_on": clock.today() + timedelta(days=365)}
    if not fields:
        InformationNeed.objects.create(**row)
    refused(name, lambda: InformationNeed.objects.create(**row | fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("printed_slip_has_a_code_of_its_own", {"number": 12345679}),
        ("printed_slip_has_a_number_of_its_own", {"slip": "b"}),
        ("printed_slip_has_a_code", {"slip": "", "number": 12345679}),
        ("printed_slip_number_has_eight_figures", {"slip": "b", "number": 9_999_999}),
        ("printed_slip_number_has_eight_figures", {"slip": "b", "number": 100_000_000}),
    ],
)
def test_a_printed_slip_has_a_code_and_a_number_of_its_own(inside: Scheme, name: str, fields: dict[str, Any]) -> None:
    row = {"batch": SlipBatch.objects.create(printed_by_id=PERSON), "slip": "a", "number": 12345678}
    PrintedSlip.objects.create(**row)
    refused(name, lambda: PrintedSlip.objects.create(**row | fields))


def test_slips_are_cancelled_by_somebody(inside: Scheme) -> None:
    row = {"printed_by_id": PERSON, "cancelled_at": clock.now()}
    refused("slips_are_cancelled_by_somebody", lambda: SlipBatch.objects.create(**row))


def test_slips_are_printed_once_for_a_form(inside: Scheme) -> None:
    row = {"printed_by_id": PERSON, "client_key": uuid4()}
    SlipBatch.objects.create(**row)
    refused("slips_are_printed_once_for_a_form", lambda: SlipBatch.objects.create(**row))


def test_every_constraint_of_the_loop_has_a_test_beside_this_one(inside: Scheme) -> None:
    written = "".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    names = {rule.name for model in apps.get_app_config("feedback").get_models() for rule in model._meta.constraints}
    assert {name for name in names if f'"{name}"' not in written} == set()
