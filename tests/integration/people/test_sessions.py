"""What stands in the table of sessions: nothing that anybody could read."""

import base64
import re
import zlib

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import OperationalError, connection

from kit import sessions
from tests import databases
from tests.factories.people import someone

EMAIL = "robin@example.org"
ASKED_ANEW = "anew@example.org"


def rows() -> list[str]:
    """Each row whole, as whoever reads the table or a backup sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        return [data for (data,) in cursor.fetchall()]


def unpacked(data: str) -> str:
    """All that can be had of a row without a key: base64 undone wherever it may begin, and what was compressed."""
    found = data
    for piece in re.split(r"[.:]", data):
        raw = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)) if len(piece) % 4 != 1 else b""
        found += repr(raw)
        try:
            found += repr(zlib.decompress(raw))
        except zlib.error:
            continue
    return found


WAYS = {
    "a code that signs in": ("/sign-in/code/", EMAIL),
    "a code for a new password": ("/sign-in/password/", EMAIL),
    "a code that shows an address": ("/sign-in/new/", ASKED_ANEW),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_code_that_is_waited_for_can_be_read_in_the_table(way, client_at, code_in):
    someone("Robin", email=EMAIL)
    address, email = WAYS[way]
    client_at(None).post(address, {"email": email})
    code = code_in()
    assert len(rows()) == 1
    assert any(code in str(sessions.read(row)) for row in Session.objects.all())
    assert not any(word in unpacked(row) for row in rows() for word in (code, code.replace("-", ""), email))


def test_what_django_writes_by_itself_could_be_read(client_at):
    """The measure of the test above: it finds a code where there is one."""
    assert "BCDF-GHJK" in unpacked(signing.dumps({"code": "BCDF-GHJK"}, compress=True))
    assert "BCDF-GHJK" in unpacked(signing.dumps({"code": "BCDF-GHJK " * 20}, compress=True))


def test_a_session_outlives_a_change_of_the_secret_key_while_the_old_one_is_named(settings):
    stored = sessions.SessionStore().encode({"code": "BCDF-GHJK"})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert sessions.SessionStore().decode(stored) == {"code": "BCDF-GHJK"}
    settings.SECRET_KEY_FALLBACKS = []
    assert sessions.SessionStore().decode(stored) == {}


@pytest.mark.parametrize(
    "data",
    ["", "x", "gAAAAA", signing.dumps({"a": 1}, salt=sessions.SessionStore().key_salt)],
    ids=["nothing", "one letter", "a beginning", "signed only"],
)
def test_what_we_did_not_encrypt_is_an_empty_session(data):
    assert sessions.SessionStore().decode(data) == {}


def test_a_database_that_is_lost_while_a_session_is_saved_is_no_fault_of_what_was_sent(as_web: str) -> None:
    store = sessions.SessionStore()
    store.create()
    with databases.cluster().connect() as owner:
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [as_web])
    store["changed"] = True
    with pytest.raises(OperationalError):
        store.save()


def test_a_session_that_was_deleted_meanwhile_is_not_made_again(as_web: str) -> None:
    store = sessions.SessionStore()
    store.create()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
