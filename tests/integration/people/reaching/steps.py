"""What whoever shows that a number is theirs does, and what went out."""

import re
from datetime import UTC, datetime

from django.db import transaction

from people import actions
from people.actions import mobiles

NUMBER = "+447700900123"
HERE = "192.0.2.1"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


def texts(folder):
    return [file.read_text() for file in sorted(folder.glob("*.text"), key=lambda file: file.stat().st_mtime_ns)]


def prove(person, number):
    """Somebody reads a code at a number."""
    with transaction.atomic():
        mobiles.take_number(person=person, number=number, opens_account=False)


def code_in(folder):
    return re.search(r"Your code is (\d{6})", texts(folder)[-1])[1]


def with_mobile(person, folder, number=NUMBER):
    actions.send_mobile_code(person=person, number=number, address=HERE, by=person)
    actions.prove_mobile(person=person, code=code_in(folder), by=person)
    return person


def said_now(person):
    """A word that was promised and, if that is safe now, sent."""
    word = actions.promise_word(person_id=person.pk)
    return actions.send_promised_word(word_id=word.pk)
