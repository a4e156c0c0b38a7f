"""A worker killed (-9) at random while people are told: each gets the message of a round once, nobody gets it twice.

The messages go over HTTP to a small GOV.UK Notify, which is slow at times, so that kills fall before a message is
taken, between that and the answer, and before what was done is written down. `ALONGSIDE_TOLD_RUNS` says how many runs.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit import channels, clock
from kit.models import OutboxMessage
from people.actions import change_contact
from people.models import Mobile, Person, Word
from tenants.feedback.models import Told
from tenants.feedback.rules import Channel, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.privileges import WEB
from tests import fake_notify
from tests.databases import environment
from tests.factories.feedback import decided, said, somebody, staff
from tests.factories.people import reached_by_mail, someone

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
RUNS = int(os.environ.get("ALONGSIDE_TOLD_RUNS", "200"))
# Of a message's eight tries, so many at most are cut off: then the worker is left alone.
MOST_KILLS = 3
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = timedelta(minutes=30)  # longer than the outbox waits after four tries that were broken off


class Nursery:
    """Workers on the test's database that can be killed at any moment."""

    def __init__(self, database: str, notify: fake_notify.FakeNotify) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.proofs.worker_nursery"],
            cwd=ROOT,
            env={**environment(database, role=WEB), **notify.environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def work(self, *, killed_after: float | None = None) -> bool:
        """Let a worker do what is due, or kill it after a while; whether it was killed."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        if killed_after is not None:
            time.sleep(killed_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        ended = int(self._process.stdout.readline())
        assert ended in (0, signal.SIGKILL)
        return ended == signal.SIGKILL

    def close(self) -> None:
        """End it; it has no children then."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


def somebody_to_tell(number: int) -> tuple[Person, str]:
    """Somebody new, by e-mail or by text, and where their message goes."""
    robin = reached_by_mail(someone(f"Robin{number}"))
    if number % 2:
        return robin, str(robin.email)
    mobile = Mobile.objects.create(person=robin, number=f"+44770{number:07}")
    change_contact(person=robin, channel="text", by=robin)
    return robin, mobile.number


def test_everybody_is_told_once_whenever_the_worker_is_killed(
    as_web: str, scheme: Scheme, capsys: pytest.CaptureFixture[str]
) -> None:
    draw, began = random.Random(RUNS), time.monotonic()
    clock.set_to(MONDAY, frozen=True)
    with enter(scheme):
        owner: Membership = staff(scheme)[1]
    addresses, killed, cut_off_after = [], Counter[int](), 0
    with fake_notify.running() as notify:
        nursery = Nursery(as_web, notify)
        try:
            nursery.work()
            for run in range(RUNS):
                clock.set_to(MONDAY + timedelta(days=run), frozen=True)
                robin, address = somebody_to_tell(run)
                addresses.append(address)
                with enter(scheme):
                    told = decided(said(somebody(robin, channel=Channel.EMAIL)), owner).tellings.get()
                kills = 0
                for _ in range(MOST_KILLS):
                    notify.slow = draw.choice([0, 0, 0.1])
                    kills += nursery.work(killed_after=draw.uniform(0, 0.6))
                    with enter(scheme):
                        # Taken by Notify, and not written down: the next try must find that out.
                        written = Told.objects.get(pk=told.pk).state == TellingState.SENT
                    cut_off_after += bool(notify.to(address)) and not written
                    clock.set_to(clock.now() + LATER, frozen=True)
                notify.slow = 0
                nursery.work()
                killed[kills] += 1
        finally:
            nursery.close()
    with enter(scheme):
        states = Counter(Told.objects.values_list("state", flat=True))
    sent = Counter(one["to"] for one in notify.sent)
    doubled = [address for address, many in sent.items() if many > 1]
    lost = [address for address in addresses if address not in sent]
    with capsys.disabled():
        print(
            f"\n{RUNS} runs, {sum(times * many for times, many in killed.items())} kills ({dict(killed)}), "
            f"{cut_off_after} after the message was taken: {len(doubled)} doubled, {len(lost)} lost, "
            f"{time.monotonic() - began:.0f} s"
        )
    assert (doubled, lost) == ([], [])
    assert states == {TellingState.SENT: RUNS}
    assert Word.objects.exclude(sent_at=None).count() == RUNS
    assert not OutboxMessage.objects.filter(kind__startswith="feedback.", done_at=None).exists()
    assert {one["reference"] for one in notify.sent} == {
        channels.reference(f"word:{word.pk}") for word in Word.objects.all()
    }
    assert sum(killed.values()) > killed[0] and (RUNS < 50 or cut_off_after)
