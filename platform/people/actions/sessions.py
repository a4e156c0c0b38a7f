"""Signing in across hosts, and signing out (ADR 0004)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

import audit
from kit import clock, kept, tokens
from kit.sessions import read
from people import hosts
from people.errors import NoSuchSite, TooOld
from people.middleware import SESSION_HOST
from people.models import HandOff, Person
from tenants.schemes import second_step as marks
from tenants.schemes.entering import enter

HAND_OFF_LIVES = timedelta(seconds=60)
# The mark of a sign-in on the platform, and, in a session that was handed over from there, the hash of it.
BROWSER, HANDED_FROM = "browser", "handed_from"
USED_UP = "That link has been used or is too old. Sign in again."


def hand_over(*, person: Person, host: str, state_hash: str, browser: str = "", second_step: str = "") -> str:
    """Make a one-use pass to a scheme's host for the browser that holds the state; returns the token, stores a hash."""
    if not hosts.is_open(host):
        raise NoSuchSite("There is no open site with this address. Check the address and try again.")
    token = tokens.new_token()
    HandOff.objects.create(
        person=person,
        token_hash=_bound(token, state_hash),
        host=host,
        browser=_hashed(browser),
        second_step=second_step,
        expires_at=clock.now() + HAND_OFF_LIVES,
    )
    return token


def arrive(*, request: HttpRequest, token: str, state: str) -> Person:
    """Sign somebody in at this host with a pass that nobody can use again, whatever comes of it."""
    hand_off = _take(token=token, state_hash=tokens.fingerprint(state), host=hosts.host_of(request))
    person = hand_off.person
    # Who is signed in here already stays so: a new sign-in would end the forms that are open in other tabs.
    if request.user.pk != person.pk:
        _forget_the_visitor(request)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        UserSession.objects.create_from_request(request)
    request.session[HANDED_FROM] = hand_off.browser
    # How they signed in there counts here: no more, and no less.
    marks.mark(request, person_id=person.pk, how=hand_off.second_step)
    return person


def browser_of(request: HttpRequest) -> str:
    """A mark of this sign-in on the platform; every session that is handed over from it carries its hash."""
    if not request.session.get(BROWSER):
        request.session[BROWSER] = uuid4().hex
    return str(request.session[BROWSER])


def sign_in_of(request: HttpRequest) -> str:
    """The hash of the mark of the sign-in on the platform that this session is, or was handed over from."""
    return _sign_in_of(request.session)


def sign_out_browser(*, request: HttpRequest, person: Person) -> None:
    """End the session here, that of the platform it was handed over from, and all others handed over from that one."""
    _end_sign_in(_sign_in_of(request.session), person_id=person.pk)
    sign_out_here(request=request)


def end_browser(*, mark: str, person_id: UUID) -> int:
    """End all sessions of a person that came of the sign-in with this mark (`browser_of`); how many there were."""
    return _end_sign_in(_hashed(mark), person_id=person_id)


def sign_out_here(*, request: HttpRequest) -> None:
    """End the session of this browser at this host."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Person | None) -> int:
    """End every session of a person, on every host and device; how many there were."""
    keys = _keys(person.pk)
    _end(keys)
    # At whichever host it was asked: that somebody has to do with a scheme is not for its audit to tell.
    with enter("public"):
        audit.record(by=by, operation="change", what="signed out everywhere", subject=person)
    return len(keys)


def _hashed(mark: str) -> str:
    """Half of the hash, which fits where the mark stood; nothing of nothing."""
    return tokens.fingerprint(mark)[:32] if mark else ""


def _sign_in_of(session: Mapping[str, Any] | SessionBase) -> str:
    return str(session.get(HANDED_FROM) or _hashed(str(session.get(BROWSER) or "")))


def _end_sign_in(hashed: str, *, person_id: UUID) -> int:
    sessions = Session.objects.filter(session_key__in=_keys(person_id)) if hashed else ()
    keys = [one.session_key for one in sessions if _sign_in_of(read(one)) == hashed]
    _end(keys)
    return len(keys)


def _keys(person_id: UUID) -> list[str]:
    return list(UserSession.objects.filter(user_id=person_id).values_list("session_key", flat=True))


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


def _forget_the_visitor(request: HttpRequest) -> None:
    # A visitor before them may have opened a slip here: signing in keeps what an anonymous session holds.
    for key in set(request.session.keys()) - {kept.KEY, SESSION_HOST}:
        del request.session[key]


def _take(*, token: str, state_hash: str, host: str) -> HandOff:
    if state_hash == tokens.fingerprint(""):
        # A browser that left no mark: the hash of nothing is known to everybody, who could bind a pass of theirs to it.
        raise TooOld(USED_UP)
    with transaction.atomic():
        found = (
            HandOff.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(token_hash=_bound(token, state_hash))
            .first()
        )
        if found:
            found.delete()
    if found is None or found.host != host or found.expires_at <= clock.now() or not found.person.is_active:
        raise TooOld(USED_UP)
    return found


def _bound(token: str, state_hash: str) -> str:
    return tokens.fingerprint(f"{token}.{state_hash}")
