"""Whoever needs Easy Read is told in it where somebody wrote the words, and else it stays a task (F4, ADR 0055)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from kit import codes
from people.actions import choose_format
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import EasyRead, Round, Told
from tenants.feedback.rules import Channel, Form
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, slip, somebody, the_sayer
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson

ClientAt = Callable[..., Client]
EASY = {"easy_what": "We make a card.\nIt hangs on the wall.", "easy_why": "You asked for it."}
WRITTEN = {"what": EASY["easy_what"], "why": EASY["easy_why"]}


@pytest.fixture
def robin(person: MakePerson) -> Person:
    made = reached_by_mail(person())
    choose_format(person=made, format="easy", by=made)
    return made


def test_with_words_whoever_needs_easy_read_is_told_in_it_and_nobody_has_to_make_it(
    owner: Membership, robin: Person, scheme: Scheme, client_at: ClientAt
) -> None:
    point = said(somebody(robin))
    told = decided(point, owner, **EASY).tellings.get()
    assert told.form == Form.EASY and not told.must_be_made
    assert not Told.objects.for_a_human().exists()
    page = client_at(scheme, robin).get(f"/mine/{point.pk}/").content.decode()
    assert page.index("kit/easy/will.svg") < page.index("We make a card.") < page.index("It hangs on the wall.")
    assert page.index("You asked for it.") < page.index("The involvement lead looks after this.")
    assert "Read this in Easy Read" not in page and "Macro" not in page


def test_without_words_it_is_a_task_as_before_until_they_are_written(
    owner: Membership, lead: Person, robin: Person
) -> None:
    round_ = decided(said(somebody(robin)), owner)
    assert Told.objects.for_a_human().get().must_be_made
    actions.write_easy_read(round_=round_, by=lead, **WRITTEN)
    assert not Told.objects.for_a_human().exists()


@pytest.mark.parametrize(("words", "open_tasks"), [(EASY, 0), ({}, 1)])
def test_posting_a_letter_in_easy_read_leaves_nothing_to_make_where_its_words_were_written(
    words: dict[str, str], open_tasks: int, owner: Membership, lead: Person
) -> None:
    point = said(slip(channel=Channel.LETTER))
    actions.write_down_need(sayer=the_sayer(point), form=Form.EASY, by=lead)
    actions.post_letter(told=decided(point, owner, **words).tellings.get(), by=lead)
    assert Told.objects.for_a_human().count() == open_tasks


def test_a_letter_in_easy_read_still_needs_somebody_to_send_it(owner: Membership, lead: Person) -> None:
    point = said(slip(channel=Channel.LETTER))
    actions.write_down_need(sayer=the_sayer(point), form=Form.EASY, by=lead)
    decided(point, owner, **EASY)
    assert Told.objects.for_a_human().get().must_be_made


def test_everybody_else_can_open_it_under_their_answer(owner: Membership, scheme: Scheme, client_at: ClientAt) -> None:
    code = codes.new_code()
    decided(said(slip(code=code)), owner, **EASY)
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    page = phone.get("/answer/yours/").content.decode()
    assert "Read this in Easy Read" in page and "We make a card." in page


def test_a_slip_for_which_easy_read_was_asked_opens_in_it(
    owner: Membership, lead: Person, scheme: Scheme, client_at: ClientAt
) -> None:
    code = codes.new_code()
    point = said(slip(code=code))
    actions.write_down_need(sayer=the_sayer(point), form=Form.EASY, by=lead)
    decided(point, owner, **EASY)
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    assert "Read this in Easy Read" not in phone.get("/answer/yours/").content.decode()


def test_a_message_with_the_answer_in_it_is_easy_read_too(
    owner: Membership, robin: Person, work: Callable[[], None], mail_folder: Path
) -> None:
    reached_by_mail(robin, words=True)
    decided(said(somebody(robin, channel=Channel.EMAIL, words_in_message=True)), owner, **EASY)
    work()
    (message,) = (file.read_text() for file in mail_folder.glob("*.eml"))
    assert "We make a card." in message and "A card on the wall says" not in message


@pytest.mark.parametrize(
    ("what", "field", "plain"),
    [
        ("", "easy_what", "at least one line"),
        (" ".join(["word"] * 16), "easy_what", "Line 1 has 16 words"),
        ("We do it. It is soon.", "easy_what", "Line 1 says two things"),
    ],
)
def test_what_is_hard_to_read_is_refused_with_the_line_that_is(
    owner: Membership, lead: Person, what: str, field: str, plain: str
) -> None:
    round_ = decided(said(), owner)
    with pytest.raises(NothingSaid, match=plain) as refused:
        actions.write_easy_read(round_=round_, what=what, why="You asked.", by=lead)
    assert refused.value.field == field and not EasyRead.objects.exists()


def test_a_decision_with_easy_read_that_is_hard_to_read_is_not_made(owner: Membership) -> None:
    with pytest.raises(NothingSaid, match="has 16 words"):
        decided(said(), owner, easy_what=" ".join(["word"] * 16), easy_why="You asked.")
    assert not Round.objects.exists()


def test_staff_write_it_later_see_it_as_it_is_read_and_keep_what_they_typed(
    owner: Membership, lead: Person, scheme: Scheme, client_at: ClientAt
) -> None:
    point = said()
    desk = client_at(scheme, lead)
    assert desk.get(f"/points/{point.pk}/easy/").status_code == 404
    with enter(scheme):
        decided(point, owner)
    assert f"/points/{point.pk}/easy/" in desk.get(f"/points/{point.pk}/").content.decode()
    long = " ".join(["word"] * 16)
    refused = desk.post(f"/points/{point.pk}/easy/", EASY | {"easy_what": long}).content.decode()
    assert "Line 1 has 16 words" in refused and f">{long}</textarea>" in refused
    assert desk.post(f"/points/{point.pk}/easy/", EASY).status_code == 302
    shown = desk.get(f"/points/{point.pk}/easy/").content.decode()
    assert "kit/easy/why.svg" in shown and "It hangs on the wall.</textarea>" in shown and "Macro" not in shown
    with enter(scheme):
        assert EasyRead.objects.get().by_id == lead.pk


def test_a_new_answer_has_its_own_easy_read(owner: Membership, lead: Person) -> None:
    point = said()
    first = decided(point, owner, **EASY)
    second = decided(point, owner, replaces=first)
    assert getattr(second, "easy", None) is None and first.easy.why == WRITTEN["why"]
