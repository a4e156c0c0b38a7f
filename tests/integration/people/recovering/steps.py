"""What whoever gets back in does, step by step, and what comes to them."""

import re
from datetime import UTC, datetime, timedelta

from audit.models import Entry
from people import actions

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
READY = MONDAY + timedelta(days=3)
OLD, OLD_NUMBER, NEW, NEW_NUMBER = "robin@example.org", "+447700900123", "new@example.org", "+447700900456"
HELP, PROVE, GIVE = "/sign-in/help/", "/sign-in/help/code/", "/points/back-in/"


def sent_to(folder, address):
    """Every message to an address or number, the oldest first."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    words = [file.read_text().replace("=\n", "") for file in files]
    return [one for one in words if f"To: {address}" in one]


def figures_in(folder, address):
    return re.search(r"Your code is (\d{6})", sent_to(folder, address)[-1])[1]


def asks(client, folder, code, to=NEW):
    """Type the code and a new way in, and the figures that came there; the last page."""
    client.post(HELP, {"code": code, "to": to})
    return client.post(PROVE, {"code": figures_in(folder, to)})


def proved(folder, code, to=NEW):
    """A new way in that was shown to be theirs, and waits."""
    recovery = actions.ask_for_new_way(code=code, to=to, address="192.0.2.1")
    return actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(folder, to))


def assert_told_that_it_did_not_open(person, folder, work, to):
    """The new way hears that nothing changed, in neutral words, and the audit too."""
    work()
    told = sent_to(folder, to)[-1]
    assert "It could not be done" in told and "/sign-in/help/" in told
    assert Entry.objects.get(what="did not open a new way to sign in").subject == person.pk


def is_signed_in(client):
    return "_auth_user_id" in client.session
