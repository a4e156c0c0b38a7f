"""How somebody comes to be asked, and what they get."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client

from kit import clock
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.models import Asked, Round
from tenants.feedback.rules import Channel
from tenants.schemes.models import Membership
from tests.factories.feedback import claimed, decided, said, slip, somebody

Work = Callable[[], None]
ClientAt = Callable[..., Client]
LINK = re.compile(r"http://alongside\.localhost:\d+(/asked/[\w-]{43}/)")


def later(**ahead: Any) -> None:
    clock.set_to(clock.now() + timedelta(**ahead), frozen=True)


def asked_by_mail(robin: Person, owner: Membership, work: Work, **saying: Any) -> Round:
    """Somebody told us something, was told the answer, and is asked the next day whether it changed."""
    point = said(somebody(robin, channel=Channel.EMAIL, **saying))
    decided(point, owner)
    work()
    actions.claim_done(point=point, words="The card is up.", by=Person.objects.get(pk=owner.person_id))
    later(days=1)
    work()
    return point.rounds.get()


def messages(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
    return [file.read_text().replace("=\n", "") for file in files]


def link_in(folder: Path) -> str:
    (found,) = LINK.findall(" ".join(messages(folder)))
    return str(found)


def letter_asked(owner: Membership, work: Work, **saying: Any) -> Asked:
    """Somebody with a slip who is told by letter, of whom the scheme says that it is done."""
    claimed(said(slip(**{"channel": Channel.LETTER} | saying)), owner)
    work()
    return Asked.objects.get()
