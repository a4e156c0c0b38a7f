"""A trusted supporter is chosen, and comes in by a link of their own (S2, S3; ADR 0052)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from people.actions import give_consent, set_name
from people.models import Consent, Mobile, Notice, Person
from tenants.feedback import actions
from tenants.feedback.errors import InvitationUsed, NotTheirs, TooManySupporters
from tenants.feedback.models import Point, Supporter
from tenants.feedback.rules import Answer, Voice
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import asked_to_help
from tests.factories.people import someone
from tests.factories.schemes import works_at
from tests.integration.feedback.supporting.steps import CHOSEN, MONDAY, ClientAt, answers, link_in, messages


def test_somebody_chooses_a_supporter_who_reads_and_sends_their_answer_with_them(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point, mail_folder: Path,
    work: Callable[[], None],
) -> None:  # fmt: skip
    mine, theirs = client_at(inside, robin), client_at(inside, kim)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302
    assert "Has not said yes yet" in mine.get("/mine/supporters/").content.decode()
    work()
    message = next(one for one in messages(mail_folder) if "kim@example.org" in one)
    assert "Subject: You have been invited" in message and "Robin" not in message and "said" not in message
    assert theirs.get(link_in(message)).headers["Location"] == "/support/join/"
    page = theirs.get("/support/join/").content.decode()
    assert "They would like you to help them" in page and "What Robin said" not in page
    assert theirs.post("/support/join/").headers["Location"] == "/support/"
    helps = Supporter.objects.get()
    assert (helps.supporter_id, helps.sent_to, helps.until) == (kim.pk, "", MONDAY.date() + timedelta(days=92))

    address = f"/support/{helps.pk}/{point.pk}/"
    assert address in theirs.get("/support/").content.decode()
    assert "What Robin said" not in theirs.get("/support/").content.decode()
    assert "What Robin said" in theirs.get(address).content.decode()
    assert "Tick the box" in theirs.post(f"{address}changed/", {"answer": "yes"}).content.decode()
    assert answers(point) == []
    theirs.post(f"{address}changed/", {"answer": "yes", "together": "on"})
    theirs.post(f"{address}changed/", {"answer": "partly", "together": "on"})
    assert answers(point) == [("yes", Voice.SAYER, True), ("partly", Voice.SAYER, True)]
    assert point.sayers.count() == 1

    did = mine.get("/mine/supporters/").content.decode()
    assert "read an answer as a supporter" in did and "answered that it has changed with help" in did
    assert "with help from a supporter" in mine.get(f"/mine/{point.pk}/").content.decode()
    assert Notice.objects.filter(person=robin, kind="helped").count() == 3


def test_who_makes_an_account_to_help_first_says_their_name_and_agrees_and_comes_back(
    client_at: ClientAt, inside: Scheme, robin: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    asked_to_help(robin, "new@example.org")
    new = someone("", email="new@example.org", settled=False)
    theirs, platform = client_at(inside, new), client_at(None, new)
    work()
    theirs.get(link_in(next(one for one in messages(mail_folder) if "new@example.org" in one)))
    for page in (theirs.get("/support/join/"), theirs.post("/support/join/")):
        assert page.headers["Location"].startswith(f"{settings.PLATFORM_ORIGIN}/my/first-visit/")
    address = urlsplit(page.headers["Location"])
    done = platform.post(f"{address.path}?{address.query}", {"name": "Ash Weaver", "agrees": "on"})
    assert f"url={inside.origin}/support/join/" in done.content.decode()
    assert "They would like you to help them" in theirs.get("/support/join/").content.decode()


def test_a_supporter_is_asked_by_text_and_comes_in_with_that_number(
    client_at: ClientAt, inside: Scheme, robin: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    client_at(inside, robin).post("/mine/supporters/new/", CHOSEN | {"sent_to": "07700 900123"})
    work()
    (text,) = messages(mail_folder, "text")
    assert "Somebody you know would like your help" in text
    kit = Person.objects.create_without_address()
    Mobile.objects.create(person=kit, number="+447700900123")
    set_name(person=kit, name="Kit", by=kit)
    give_consent(person=kit, purpose=Consent.Purpose.ACCOUNT, by=kit)
    theirs = client_at(inside, kit)
    theirs.get(link_in(text))
    theirs.post("/support/join/")
    assert Supporter.objects.get().supporter_id == kit.pk


@pytest.mark.parametrize("typed", ["kim", "0161 496 0000", "kim@", ""])
def test_an_address_that_cannot_be_reached_is_said_so_beside_its_field(
    client_at: ClientAt, inside: Scheme, robin: Person, typed: str
) -> None:
    page = client_at(inside, robin).post("/mine/supporters/new/", CHOSEN | {"sent_to": typed}).content.decode()
    assert "Enter their email address or mobile number" in page or "Enter an email address like" in page
    assert "My sister" in page
    assert not Supporter.objects.exists()


def test_a_link_opens_for_the_address_it_was_sent_to_once_and_for_72_hours(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person
) -> None:
    asked = asked_to_help(robin, "kim@example.org")
    other = someone("Otto")
    theirs = client_at(inside, other)
    theirs.get(f"/support/open/{actions.support_token(asked)}/")
    assert "another email address" in theirs.get("/support/join/").content.decode()
    for who, at in ((other, {"otto@example.org"}), (robin, {"kim@example.org"})):
        with pytest.raises(InvitationUsed):
            actions.accept_support(token_hash=asked.token_hash, reached_at=at, by=who)
    clock.set_to(MONDAY + timedelta(hours=72), frozen=True)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    clock.set_to(MONDAY + timedelta(hours=71), frozen=True)
    actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash="another", reached_at={"kim@example.org"}, by=kim)


def test_an_invitation_that_was_taken_back_is_neither_sent_nor_accepted(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    asked = asked_to_help(robin, "kim@example.org")
    client_at(inside, robin).post(f"/mine/supporters/{asked.pk}/end/")
    work()
    assert messages(mail_folder) == []
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    assert Supporter.objects.get().sent_to == ""


def test_a_message_that_can_never_arrive_ends_the_invitation_and_is_told(
    inside: Scheme, robin: Person, work: Callable[[], None]
) -> None:
    asked_to_help(robin, "not an address")
    work()
    assert Supporter.objects.get().ended_at is not None
    assert Notice.objects.get(person=robin).kind == "not_reached"


def test_whoever_works_at_the_scheme_cannot_help_somebody_there(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    asked = asked_to_help(robin, "kim@example.org", may_confirm=True)
    seat = works_at(inside, kim.pk)
    with pytest.raises(NotTheirs):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    Membership.objects.filter(pk=seat.pk).delete()
    helps = actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    works_at(inside, kim.pk)
    assert client_at(inside, kim).get(f"/support/{helps.pk}/{point.pk}/").status_code == 404
    with pytest.raises(NotTheirs):
        actions.confirm_with(supporter=helps, sayer=point.sayers.get(), answer=Answer.YES, by=kim)


def test_nobody_asks_without_end(inside: Scheme, robin: Person) -> None:
    for number in range(5):
        asked_to_help(robin, f"helper{number}@example.org")
    with pytest.raises(TooManySupporters):
        asked_to_help(robin, "sixth@example.org")
    for one in Supporter.objects.all():
        actions.end_support(supporter=one, by=robin)
    with pytest.raises(TooManySupporters):
        asked_to_help(robin, "sixth@example.org")
    clock.set_to(MONDAY + timedelta(days=1, minutes=1), frozen=True)
    asked_to_help(robin, "sixth@example.org")
    asked_to_help(someone("Otto"), "sixth@example.org")


def test_one_address_is_sent_two_invitations_a_day_and_five_a_month_from_all_schemes_together(
    inside: Scheme, other_scheme: Scheme
) -> None:
    """Nobody is flooded by somebody who makes accounts, or goes from scheme to scheme."""
    sent = 0
    for day in (0, 1, 2):
        clock.set_to(MONDAY + timedelta(days=day), frozen=True)
        for where in (inside, other_scheme, inside):
            with enter(where):
                try:
                    asked_to_help(someone("Otto"), "kim@example.org")
                    sent += 1
                except TooManySupporters as refused:
                    assert "cannot send an invitation there now" in str(refused) and refused.field == "sent_to"
        assert sent == (2, 4, 5)[day]
    asked_to_help(someone("Otto"), "kim.two@example.org")
    clock.set_to(MONDAY + timedelta(days=30), frozen=True)
    asked_to_help(someone("Otto"), "kim@example.org")


def test_whoever_asks_one_address_again_and_again_does_not_use_up_what_others_may_send_there(
    inside: Scheme, robin: Person
) -> None:
    for day in range(4):
        clock.set_to(MONDAY + timedelta(days=day), frozen=True)
        for _ in range(2):
            with suppress(TooManySupporters):
                asked_to_help(robin, "kim@example.org")
            for one in Supporter.objects.waiting():
                actions.end_support(supporter=one, by=robin)
    assert Supporter.objects.count() == 3
    asked_to_help(someone("Otto"), "kim@example.org")


def test_the_count_of_invitations_tells_no_address(inside: Scheme, robin: Person) -> None:
    asked_to_help(robin, "kim@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM public.kit_cache WHERE cache_key LIKE '%%feedback.invited%%'")
        keys = [str(key) for (key,) in cursor.fetchall()]
    assert len(keys) == 3 and all("public" in key and "kim" not in key for key in keys)


def test_whoever_waits_for_an_answer_asks_the_same_address_no_second_time(
    client_at: ClientAt, inside: Scheme, robin: Person
) -> None:
    mine = client_at(inside, robin)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302
    page = mine.post("/mine/supporters/new/", CHOSEN | {"sent_to": "KIM@example.org"}).content.decode()
    assert "You have asked them already" in page and "KIM@example.org" in page
    actions.end_support(supporter=Supporter.objects.get(), by=robin)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302


def test_whoever_asks_is_held_while_what_they_asked_is_counted(inside: Scheme, robin: Person) -> None:
    with CaptureQueriesContext(connection) as statements:
        asked_to_help(robin)
    sql = [one["sql"] for one in statements]
    held = next(number for number, one in enumerate(sql) if one.endswith("FOR NO KEY UPDATE"))
    counted = next(number for number, one in enumerate(sql) if "COUNT(" in one and "feedback_supporter" in one)
    assert '"people_person"' in sql[held] and held < counted
