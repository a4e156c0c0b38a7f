"""The letter that asks whether it changed, ready to fold: to whom it goes and what stands in it (S2, S15, F4)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock
from kit.dates import day
from people.actions import change_contact
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NoLetter
from tenants.feedback.models import Asked
from tenants.feedback.rules import QUESTION_OPEN, Channel, Form, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import WORDS, asked_by_letter, claimed, said, somebody, staff
from tests.integration.conftest import MakePerson
from tests.integration.feedback.test_letters import ADDRESS, REVEALING, by_letter, read, where

Clients = Callable[..., Client]


def asked_at_home(robin: Person, owner: Membership) -> Asked:
    """Somebody with an account, whom a letter has to ask."""
    made = claimed(said(somebody(robin, channel=Channel.EMAIL)), owner)
    actions.ask_whether_it_changed(round_id=made.pk)
    return made.askings.get()


def made_for(asked: Asked, scheme: Scheme, lead: Person) -> bytes:
    question = queries.open_question(asked.pk)
    assert question
    return actions.make_asking_letter(question=question, scheme=scheme, by=lead)


def test_it_has_the_days_the_code_and_the_address_and_nothing_that_was_said_or_answered(
    inside: Scheme, owner: Membership, lead: Person, person: MakePerson
) -> None:
    asked = asked_at_home(by_letter(person()), owner)
    made = made_for(asked, inside, lead)
    words = read(made)
    assert "Did it change?" in words and "You told us something on Monday 2 November 2026." in words
    assert all(part in words for part in (*ADDRESS.split("\n"), *actions.code_of(asked).split("-")))
    assert f"{inside.host}" in words.replace(" ", "")
    assert WORDS not in words and asked.round.answer not in words and asked.round.reason not in words
    assert not REVEALING.search(words.replace(inside.host, ""))
    seen = [words for x, y, _, words in where(made) if x < 110 and 46 < y < 99]
    assert " ".join(seen).split() == ADDRESS.split()


@pytest.mark.parametrize(("form", "size"), [(Form.PLAIN, 12), (Form.LARGE, 16), (Form.EASY, 14)])
def test_it_is_as_large_as_whoever_reads_it_needs_f4(
    form: Form, size: int, inside: Scheme, owner: Membership, lead: Person
) -> None:
    asked = asked_by_letter(owner)
    actions.write_down_need(sayer=asked.sayer, form=form, by=lead)
    pieces = where(made_for(asked, inside, lead))
    assert {round(found) for _, _, found, words in pieces if words.startswith("You told us")} == {size}
    assert not [words for x, y, _, words in pieces if x < 110 and y < 99]


def test_it_is_written_down_with_its_basis(inside: Scheme, owner: Membership, lead: Person, person: MakePerson) -> None:
    robin = by_letter(person())
    asked = asked_at_home(robin, owner)
    made_for(asked, inside, lead)
    entry = Entry.objects.get(what="made a letter that asks whether it changed")
    assert (entry.by, entry.operation, entry.basis) == (lead.pk, "disclose", "consent")
    assert (entry.subject, entry.thing_id) == (robin.pk, str(asked.round.point_id))


def test_who_no_longer_wants_letters_gets_none_and_the_page_says_so(
    scheme: Scheme, person: MakePerson, client_at: Clients
) -> None:
    robin = by_letter(person())
    with enter(scheme):
        lead, owner = staff(scheme)
        asked = asked_at_home(robin, owner)
        change_contact(person=robin, channel="page", by=robin)
        with pytest.raises(NoLetter):
            made_for(asked, scheme, lead)
    browser = client_at(scheme, lead)
    page = f"/points/askings/{asked.pk}/"
    assert browser.post(f"{page}letter/")["Location"] == page
    shown = browser.get(page).content.decode()
    assert "They do not want letters now" in shown and "Save the letter" not in shown


def test_staff_save_it_from_the_page_that_asks_them_to_post_it(
    scheme: Scheme, person: MakePerson, client_at: Clients
) -> None:
    with enter(scheme):
        lead, owner = staff(scheme)
        asked = asked_by_letter(owner)
        actions.write_down_need(sayer=asked.sayer, form=Form.LARGE, by=lead)
    browser, page = client_at(scheme, lead), f"/points/askings/{asked.pk}/"
    shown = browser.get(page).content.decode()
    assert "They need: Large print" in shown and "Save the letter as a PDF" in shown
    saved = browser.post(f"{page}letter/")
    assert saved["Content-Type"] == "application/pdf" and "letter-" in saved["Content-Disposition"]
    assert "Did it change?" in read(saved.content)
    browser.post(page, {"what": TellingState.POSTED})
    assert browser.post(f"{page}letter/").status_code == 404


def opens(phone: Client, asked: Asked) -> bool:
    return phone.post("/answer/", {"code": actions.code_of(asked)}).status_code == 302


def test_it_can_be_answered_for_the_whole_time_to_the_end_of_the_day_that_stands_in_it(
    scheme: Scheme, client_at: Clients
) -> None:
    with enter(scheme):
        lead, owner = staff(scheme)
        asked, other = asked_by_letter(owner), asked_by_letter(owner)
        clock.set_to(clock.now() + timedelta(days=QUESTION_OPEN + 10), frozen=True)
        made = made_for(asked, scheme, lead)
    last = clock.today() + timedelta(days=QUESTION_OPEN)
    assert f"You can answer until {day(last)}." in read(made)
    assert not opens(client_at(scheme), other)
    for moment, works in ((time(23, 59), True), (time(0, 0), False)):
        on = last if works else last + timedelta(days=1)
        clock.set_to(datetime.combine(on, moment, tzinfo=clock.LONDON), frozen=True)
        assert opens(client_at(scheme), asked) == works


def test_a_code_that_has_ended_is_shown_to_nobody_until_staff_let_it_work_again(
    scheme: Scheme, client_at: Clients
) -> None:
    with enter(scheme):
        lead, owner = staff(scheme)
        asked, other = asked_by_letter(owner), asked_by_letter(owner)
    code, page, longer = actions.code_of(asked), f"/points/askings/{asked.pk}/", "Let the code work for 90 days"
    first, browser = asked.until, client_at(scheme, lead)
    assert code in (shown := browser.get(page).content.decode()) and longer not in shown
    clock.set_to(clock.now() + timedelta(days=30), frozen=True)
    assert code in (shown := browser.get(page).content.decode()) and longer in shown
    clock.set_to(clock.now() + timedelta(days=QUESTION_OPEN), frozen=True)
    shown = browser.get(page).content.decode()
    assert code not in shown and longer in shown and "Let it work again before somebody gets it" in shown
    assert browser.get(f"{page}code/").status_code == 405
    with enter(scheme):
        assert {one.until for one in Asked.objects.all()} == {first}
    assert browser.post(f"{page}code/")["Location"] == page
    shown = browser.get(page).content.decode()
    assert code in shown and f"until {day(clock.today() + timedelta(days=QUESTION_OPEN))}." in shown
    assert opens(client_at(scheme), asked) and not opens(client_at(scheme), other)
    with enter(scheme):
        entry = Entry.objects.get(what="let the code that asks whether it changed work longer")
        assert (entry.by, entry.operation, entry.thing_id) == (lead.pk, "change", str(asked.round.point_id))


def test_a_code_that_was_taken_away_does_not_come_back(inside: Scheme, owner: Membership, lead: Person) -> None:
    asked = asked_by_letter(owner)
    actions.hand_over(point=asked.round.point, note="", by=lead)
    assert actions.renew_code(asked=asked, by=lead).until is None
