"""An action that refuses where no page expects it, and two who do the same at once, end in a sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from psycopg.errors import CheckViolation

from groups.models import Group
from kit import clock
from kit.middleware import AT_THE_SAME_MOMENT, RefusalMiddleware
from kit.models import OutboxMessage
from tenants.schemes.actions import invite
from tenants.schemes.models import Invitation, Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.integration.conftest import MakePerson


def said(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ")  # type: ignore[union-attr]


@contextmanager
def meanwhile(before: str, somebody_else: Callable[[], object]) -> Iterator[None]:
    """Just before the first statement that holds these words, somebody else does something."""
    done = False

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal done
        if before in sql and not done:
            done = True
            somebody_else()
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield
    assert done


def test_an_invitation_that_is_used_while_it_is_taken_back_is_said_in_a_sentence(
    scheme: Scheme, person: MakePerson, client_at: Callable[..., Client]
) -> None:
    manager = person("Mo", role=Role.MANAGER, at=scheme)
    sent = invite(scheme=scheme, email="new@example.org", role=Role.EDITOR, by=manager.pk)
    desk = client_at(scheme, manager)
    used = {"accepted_at": clock.now(), "accepted_by_id": manager.pk}
    with meanwhile("FOR UPDATE", lambda: Invitation.objects.filter(pk=sent.pk).update(**used)):
        answer = desk.post(f"/team/invitations/{sent.pk}/take-back/")
    assert answer.status_code == 409
    assert "can no longer be taken back: it has been used" in said(answer)
    assert "Nothing was saved." in said(answer)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("what", ["retry", "give-up"])
def test_a_dead_letter_that_somebody_else_dealt_with_is_said_in_a_sentence(
    what: str, person: MakePerson, client_at: Callable[..., Client]
) -> None:
    letter = OutboxMessage.objects.create(kind="none", key="1", dead_at=clock.now(), schema="public")
    desk = client_at(None, person(national=NationalRoleName.OPERATOR))
    gone = OutboxMessage.objects.filter(pk=letter.pk)
    with meanwhile("FOR UPDATE", lambda: gone.update(dead_at=None)):
        answer = desk.post(f"/operate/letters/{letter.pk}/{what}/", {"reason": "It is too old."})
    assert answer.status_code == 409
    assert "Somebody has already dealt with this message." in said(answer)


def test_two_groups_of_one_name_at_the_same_moment_are_said_in_a_sentence_and_what_was_typed_is_there(
    person: MakePerson, client_at: Callable[..., Client]
) -> None:
    desk = client_at(None, person(national=NationalRoleName.PROGRAMME_MANAGER))
    filled = {"name": "Voices", "kind": "user_led", "purpose": "Hear <people>", "lead_email": "lee@example.org"}
    other = {"name": "Voices", "slug": "voices", "kind": "user_led", "purpose": "The same"}
    before = f"{settings.PLATFORM_ORIGIN}/groups/?page=2"
    with meanwhile('INSERT INTO "groups_group"', lambda: Group.objects.create(**other)):
        answer = desk.post("/groups/new/", filled, headers={"referer": before})
    assert answer.status_code == 409
    assert AT_THE_SAME_MOMENT in said(answer) and "Hear <people>" in said(answer)
    assert f'<a href="{before}">' in answer.content.decode()


def test_another_constraint_that_is_broken_is_a_fault_of_ours_and_stays_one() -> None:
    error = IntegrityError("a check")
    error.__cause__ = CheckViolation("a check")
    middleware = RefusalMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), error) is None
