"""Codes on paper: made by the person, handed over by staff, and of no use to whoever guesses."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, codes, counting
from kit.models import OutboxMessage
from people import actions, queries
from people.duties import end_what_has_expired
from people.erasure import erase
from people.errors import NoMoreCodes, TooOften, WrongCode
from people.models import Notice, Person, Recovery, RecoveryCode
from tenants.schemes.entering import enter
from tests.factories.feedback import said, somebody, staff
from tests.factories.people import someone
from tests.integration.people.recovering.steps import (
    GIVE,
    HELP,
    MONDAY,
    NEW,
    NEW_NUMBER,
    OLD,
    OLD_NUMBER,
    PROVE,
    asks,
    figures_in,
    sent_to,
)


def test_a_person_makes_a_code_on_their_page_which_is_shown_once_and_replaces_the_one_before(client_at, robin):
    client = client_at(None, robin)
    first = re.search(r'app-slip__code">([^<]+)<', client.post("/my/recovery/").content.decode())[1]
    assert first not in client.get("/my/recovery/").content.decode()
    assert first not in str(RecoveryCode.objects.values())
    client.post("/my/recovery/")
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=first, to=NEW, address="192.0.2.1")


def test_staff_hand_over_a_code_that_opens_the_account_of_somebody_they_heard_from(
    client_at, scheme, robin, mail_folder
):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    desk = client_at(scheme, lead)
    page = desk.post(GIVE, {"typed": "Robin@Example.org", "here": "on"}).content.decode()
    code = re.search(r'app-slip__code">([^<]+)<', page)[1]
    assert "Robin" not in page
    assert "sign in" in asks(client_at(None), mail_folder, code).content.decode()
    with enter(scheme):
        entry = Entry.objects.get(what="gave somebody a code to get back in with")
        assert (entry.by, entry.subject) == (lead.pk, robin.pk)
    assert Entry.objects.get(what="was given a code to get back in with").by is None


def test_whoever_a_code_is_given_for_hears_of_it_at_once_and_not_from_whom(client_at, scheme, robin, mail_folder, work):
    """Else staff could try in secret who among those that said something has an account."""
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    desk = client_at(scheme, lead)
    desk.post(GIVE, {"typed": OLD, "here": "on"})
    assert set(OutboxMessage.objects.filter(kind="people.way_changed").values_list("schema", flat=True)) == {"public"}
    work()
    for way in (OLD, OLD_NUMBER):
        (told,) = sent_to(mail_folder, way)
        assert "Somebody was handed a code" in told
        assert scheme.name not in told and scheme.host not in told and lead.name not in told
    page = client_at(None, robin)
    assert "Somebody was handed a code" in page.get("/my/").content.decode()
    assert page.get(f"/my/notices/{Notice.objects.get().pk}/").headers["Location"] == "/my/recovery/"
    desk.post(GIVE, {"typed": "nobody@example.org", "here": "on"})
    work()
    assert len(sent_to(mail_folder, OLD)) == 1 and Notice.objects.count() == 1


@pytest.mark.parametrize("typed", [OLD, "07700 900123", "nobody@example.org", "07700 900999"])
def test_staff_cannot_tell_whether_there_is_an_account(client_at, scheme, robin, typed):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    page = client_at(scheme, lead).post(GIVE, {"typed": typed, "here": "on"})
    bare = re.sub(r'app-slip__code">[^<]+<', "", re.sub(r'value="[\w.-]{20,}"', "", page.content.decode()))
    other = client_at(scheme, lead).post(GIVE, {"typed": "else@example.org", "here": "on"})
    assert bare == re.sub(r'app-slip__code">[^<]+<', "", re.sub(r'value="[\w.-]{20,}"', "", other.content.decode()))
    assert RecoveryCode.objects.filter(person=robin).exists() == (typed in (OLD, "07700 900123"))


def test_staff_must_have_the_person_with_them(client_at, scheme, robin):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    page = client_at(scheme, lead).post(GIVE, {"typed": OLD}).content.decode()
    assert "Tick the box" in page and OLD in page
    assert not RecoveryCode.objects.exists()


def test_staff_help_nobody_back_in_whom_their_scheme_has_not_heard_from(client_at, scheme, other_scheme, robin):
    with enter(other_scheme):
        said(somebody(robin))
    with enter(scheme):
        lead, _ = staff(scheme)
    client_at(scheme, lead).post(GIVE, {"typed": OLD, "here": "on"})
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_the_audit_of_a_scheme_names_nobody_whom_it_has_not_heard_from(scheme, robin, is_known):
    with enter(scheme):
        lead, _ = staff(scheme)
        actions.give_recovery_code(typed=OLD, is_known=lambda _: is_known, by=lead)
        given = Entry.objects.get(what="gave somebody a code to get back in with")
    assert given.subject == (robin.pk if is_known else None)


def test_staff_give_only_so_many_codes_a_day(robin):
    for _ in range(10):
        actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    with pytest.raises(TooOften):
        actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)


def test_a_code_that_was_used_is_too_old_or_never_was_gets_the_same_page_and_statements(
    client_at, robin, paper, mail_folder
):
    asks(client_at(None), mail_folder, paper)
    old = actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    clock.set_to(MONDAY + timedelta(hours=24), frozen=True)
    seen = []
    for code in (paper, old, codes.new_code()):
        client = client_at(None)
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(HELP, {"code": code, "to": NEW})
        words = re.sub(r'value="[^"]+"', "", answer.content.decode())
        seen.append((answer.status_code, len(asked), words))
    assert seen[0] == seen[1] == seen[2]
    assert "does not open anything" in seen[0][2]


def test_codes_are_not_tried_without_end(client_at, robin, paper, mail_folder):
    for _ in range(20):
        client_at(None).post(HELP, {"code": codes.new_code(), "to": NEW})
    assert "tried too often" in client_at(None).post(HELP, {"code": paper, "to": NEW}).content.decode()
    assert sent_to(mail_folder, NEW) == []


def test_figures_are_sent_three_times_an_hour_and_guessed_at_five_times(robin, paper, mail_folder):
    for _ in range(3):
        recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    with pytest.raises(TooOften):
        actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    for code in ("wrong",) * 5 + (figures_in(mail_folder, NEW),):
        with pytest.raises(WrongCode):
            actions.prove_new_way(recovery_id=recovery.pk, code=code)
    assert Recovery.objects.get().opens_at is None


def with_paper(name):
    """Somebody else, and a code that they keep on paper."""
    person = someone(name)
    return person, actions.make_paper_code(person=person, by=person)


@pytest.mark.parametrize("to", [NEW_NUMBER, NEW])
def test_figures_to_one_number_or_address_are_sent_three_times_an_hour_by_whichever_accounts(mail_folder, to):
    papers = [with_paper(f"Robin {one}")[1] for one in range(4)]
    for paper in papers[:3]:
        actions.ask_for_new_way(code=paper, to=to, address="192.0.2.1")
    with pytest.raises(NoMoreCodes):
        actions.ask_for_new_way(code=papers[3], to=to, address="192.0.2.2")
    assert len(sent_to(mail_folder, to)) == 3
    actions.ask_for_new_way(code=papers[3], to="+447700900999", address="192.0.2.2")


def test_six_figures_a_day_go_to_one_number_by_whichever_accounts(mail_folder):
    sent = 0
    for hour in range(4):
        clock.set_to(MONDAY + timedelta(hours=hour), frozen=True)
        for _ in range(3):
            with suppress(NoMoreCodes):
                actions.ask_for_new_way(code=with_paper("Robin")[1], to=NEW_NUMBER, address="192.0.2.1")
                sent += 1
    assert sent == len(sent_to(mail_folder, NEW_NUMBER)) == 6


def test_figures_to_a_number_count_with_the_codes_to_sign_in_with_and_to_show_it_by(robin, paper, mail_folder):
    sam = someone("Sam")
    actions.send_sign_in_code(number=NEW_NUMBER, address="192.0.2.1")
    actions.send_mobile_code(person=sam, number=NEW_NUMBER, address="192.0.2.1", by=sam)
    actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.1")
    for refused in (
        lambda: actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.2"),
        lambda: actions.send_sign_in_code(number=NEW_NUMBER, address="192.0.2.2"),
        lambda: actions.send_mobile_code(person=sam, number=NEW_NUMBER, address="192.0.2.2", by=sam),
    ):
        with pytest.raises(NoMoreCodes):
            refused()
    assert len(sent_to(mail_folder, NEW_NUMBER)) == 3


def test_figures_count_with_all_codes_that_one_internet_address_asks_for(robin, paper, mail_folder):
    for last in range(20):
        actions.send_sign_in_code(number=f"+4477009001{last:02}", address="192.0.2.1")
    with pytest.raises(NoMoreCodes):
        actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.1")
    actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.2")
    assert len(sent_to(mail_folder, NEW_NUMBER)) == 1


def test_whoever_types_no_code_that_opens_anything_uses_up_nobodys_figures(robin, paper, mail_folder):
    for _ in range(4):
        with pytest.raises(WrongCode):
            actions.ask_for_new_way(code=codes.new_code(), to=NEW_NUMBER, address="192.0.2.1")
    actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.1")
    assert len(sent_to(mail_folder, NEW_NUMBER)) == 1


def test_the_page_says_beside_the_number_that_no_more_figures_go_there_and_keeps_what_was_typed(
    client_at, robin, paper, mail_folder
):
    for _ in range(3):
        actions.send_sign_in_code(number=NEW_NUMBER, address="192.0.2.2")
    page = client_at(None).post(HELP, {"code": paper, "to": "07700 900456"}).content.decode()
    assert 'href="#id_to">We cannot send more codes now' in re.sub(r">\s+", ">", page)
    assert f'value="{paper}"' in page and 'value="07700 900456"' in page
    assert not Recovery.objects.exists()


def test_figures_are_too_old_after_a_quarter_of_an_hour(client_at, robin, paper, mail_folder):
    client = client_at(None)
    client.post(HELP, {"code": paper, "to": NEW})
    clock.set_to(MONDAY + timedelta(minutes=15), frozen=True)
    assert client.post(PROVE, {"code": figures_in(mail_folder, NEW)}).headers["Location"] == HELP
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=Recovery.objects.get().pk, code=figures_in(mail_folder, NEW))
    end_what_has_expired()
    assert not Recovery.objects.exists()


def test_where_it_leads_is_not_changed_by_whoever_asks_while_it_is_proved(robin, paper, mail_folder, monkeypatch):
    first = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    count = counting.count

    def meanwhile(key, *, seconds):
        if key.startswith("people.recovery.sent"):
            actions.prove_new_way(recovery_id=first.pk, code=figures_in(mail_folder, NEW))
        return count(key, seconds=seconds)

    monkeypatch.setattr(counting, "count", meanwhile)
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=paper, to="third@example.org", address="192.0.2.1")
    assert Recovery.objects.get().to == NEW
    assert sent_to(mail_folder, "third@example.org") == []


def test_a_code_that_was_replaced_proves_nothing_that_was_begun_with_it(robin, paper, mail_folder):
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    actions.make_paper_code(person=robin, by=robin)
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))


def test_a_code_on_paper_opens_no_account_that_was_closed(robin, paper):
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")


def test_codes_go_when_their_time_is_over_and_all_of_it_with_whoever_is_erased(as_owner, robin, mail_folder):
    otto = someone("Otto")
    for person in (robin, otto):
        code = actions.make_paper_code(person=person, by=person)
    recovery = actions.ask_for_new_way(code=code, to=NEW, address="192.0.2.1")
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
    erase(robin.pk)
    assert (RecoveryCode.objects.count(), Recovery.objects.count()) == (0, 1)
    erase(otto.pk)
    assert not Recovery.objects.exists()
    kim = someone("Kim")
    actions.make_paper_code(person=kim, by=kim)
    clock.set_to(MONDAY + timedelta(days=365), frozen=True)
    assert queries.paper_code_of(kim) is None
    end_what_has_expired()
    assert not RecoveryCode.objects.exists()


def test_what_must_never_be_false_of_getting_back_in(robin):
    right = {"person": robin, "source": "paper", "code_hash": "x", "expires_at": MONDAY}
    RecoveryCode.objects.create(**right)
    wrong = {
        "recovery_code_stands_once_for_a_source": lambda: RecoveryCode.objects.create(**right | {"code_hash": "y"}),
        "recovery_code_source_is_known": lambda: RecoveryCode.objects.create(
            **right | {"source": "other", "code_hash": "z"}
        ),
        "recovery_code_has_a_fingerprint": lambda: RecoveryCode.objects.create(
            **right | {"source": "staff", "code_hash": ""}
        ),
        "recovery_opens_only_once_proved": lambda: Recovery.objects.create(
            person=robin, to=NEW, code_hash="x", code_until=MONDAY, opens_at=MONDAY
        ),
        "recovery_leads_somewhere": lambda: Recovery.objects.create(
            person=robin, to="", code_hash="x", code_until=MONDAY
        ),
    }
    for name, make in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
    assert Person.objects.filter(pk=robin.pk).exists()
