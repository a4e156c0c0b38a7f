"""Worker, server and database killed (-9) at random while people say something, are answered, and read it in public.

What somebody was told has happened is there afterwards, nothing is there twice, and the national figures agree with it.
`ALONGSIDE_KILL_LOOPS` says how many times said → published is walked: 10 without it.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import local
from uuid import uuid4

import pytest

from tests.integration.proofs import kills_people
from tests.integration.proofs.killing import PATIENCE, SCHEME, Browser, Service, killed_at_random
from tests.integration.proofs.kills_people import MANAGER, SAYERS

pytestmark = pytest.mark.long

LOOPS = int(os.environ.get("ALONGSIDE_KILL_LOOPS", "10"))
AT_A_TIME = 4
DUE = date.today() + timedelta(days=60)
ONCE_A_POINT = {
    "points": "SELECT said, count(*) FROM s_ashmere.feedback_point GROUP BY 1",
    "sayers": "SELECT point_id::text, count(*) FROM s_ashmere.feedback_sayer GROUP BY 1",
    "rounds": "SELECT point_id::text, count(*) FROM s_ashmere.feedback_round GROUP BY 1",
    "tellings": "SELECT round_id::text, count(*) FROM s_ashmere.feedback_told GROUP BY 1",
    "heard": "SELECT thing_id, count(*) FROM s_ashmere.audit_entry WHERE what = 'wrote down a point' GROUP BY 1",
    "seen": "SELECT thing_id, count(*) FROM s_ashmere.audit_entry WHERE what = 'acknowledged a point' GROUP BY 1",
    "decided": "SELECT thing_id, count(*) FROM s_ashmere.audit_entry WHERE what = 'decided about a point' GROUP BY 1",
    "counted": "SELECT point_id::text, count(*) FROM comparison_pointfact WHERE decided_on IS NOT NULL GROUP BY 1",
    "promised": "SELECT key, count(*) FROM kit_outboxmessage WHERE kind = 'feedback.decided' GROUP BY 1",
}
ONCE_A_LETTER = {
    "sent": "SELECT thing_id, count(*) FROM s_ashmere.audit_entry WHERE what = 'sent word of an answer' GROUP BY 1",
    "notices": "SELECT key, count(*) FROM people_notice WHERE kind = 'answer' GROUP BY 1",
    "sent once": "SELECT id::text, count(*) FROM s_ashmere.feedback_told WHERE state = 'sent' GROUP BY 1",
}
STILL_OPEN = "SELECT count(*) FROM kit_outboxmessage WHERE kind LIKE 'feedback.%%' AND done_at IS NULL"


@dataclass
class Loop:
    """One walk from said to published, with what was acknowledged on the way."""

    number: int
    words: str = field(default_factory=lambda: f"Nobody told me how long I would wait {uuid4().hex}")
    acknowledged: list[str] = field(default_factory=list)
    found_done: list[str] = field(default_factory=list)

    @property
    def by_letter(self) -> bool:
        """Whether somebody with an account said it, who gets a message; else whoever holds a slip."""
        return self.number % 2 == 0

    @property
    def public_words(self) -> str:
        return f"People waited: {self.words[-32:]}"


@pytest.fixture
def service() -> Iterator[Service]:
    with tempfile.TemporaryDirectory(prefix="alongside-kills-") as folder:
        data = Path(folder).resolve() / "data"
        running = Service(data, people=kills_people.__name__, ALONGSIDE_KILL_LOOPS=str(LOOPS))
        try:
            yield running
        finally:
            running.stop()


class Walkers:
    """For each thread the browsers of the manager and of those who say something, all signed in, and one of nobody."""

    def __init__(self, service: Service) -> None:
        self.service, self._own = service, local()
        self._cookies = {"": Browser(service.port).cookies}
        for email in (MANAGER, *SAYERS[:LOOPS:2]):
            # Before anything is killed: whoever tries to sign in too often must wait.
            signed_in = Browser(service.port)
            signed_in.sign_in(email)
            self._cookies[email] = signed_in.cookies

    def browser(self, email: str = "") -> Browser:
        made: dict[str, Browser] = self._own.__dict__.setdefault("made", {})
        if email not in made:
            made[email] = Browser(self.service.port, deepcopy(self._cookies[email]))
        return made[email]

    def walk(self, loop: Loop) -> Loop:
        """Say, see, word, decide; then wait until the public can read it."""
        self._say(loop)
        ((point,),) = self.service.ask("SELECT id FROM s_ashmere.feedback_point WHERE said = %s", loop.words)
        decision = {
            "decision": "will", "answer": f"A card says it, {loop.number}.", "reason": "You asked for it.",
            "owner": self.service.made["owner"],
            "due_day": str(DUE.day), "due_month": str(DUE.month), "due_year": str(DUE.year),
        }  # fmt: skip
        desk, base = self.browser(MANAGER), f"/points/{point}/"
        steps: list[tuple[str, dict[str, str]]] = [
            ("acknowledge", {}),
            ("words", {"words": loop.public_words}),
            ("regard", {"changes": "no", "why_not": "It is the same for everybody."}),
            ("decide", decision),
        ]
        for step, filled in steps:
            self._take(loop, desk, base, step, filled)
        until = time.monotonic() + PATIENCE
        while loop.public_words not in self.browser().ask("GET", SCHEME, "/you-said-we-did/").text:
            assert time.monotonic() < until, f"Loop {loop.number} was never published."
            time.sleep(0.3)
        loop.acknowledged.append("published")
        return loop

    def _say(self, loop: Loop) -> None:
        filled = {"step": "check", "said": loop.words, "may_publish": "on"}
        if loop.by_letter:
            filled |= {"link": "on", "write_to_me": "on"}
        answer, _ = self.browser(SAYERS[loop.number] if loop.by_letter else "").submit(SCHEME, "/tell-us/", filled)
        assert answer.status == 302, answer.text
        loop.acknowledged.append("said")

    def _take(self, loop: Loop, desk: Browser, base: str, step: str, filled: dict[str, str]) -> None:
        # The button of the first step stands on the point's own page.
        form = base if step == "acknowledge" else f"{base}{step}/"
        answer, again = desk.submit(SCHEME, form, filled, to=f"{base}{step}/")
        if answer.status == 302:
            loop.acknowledged.append(step)
        else:
            assert again and "was answered on" in answer.text, (step, answer.status, answer.text)
            loop.found_done.append(step)


def test_nothing_acknowledged_is_lost_and_nothing_doubled(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    began, walkers = time.monotonic(), Walkers(service)
    with killed_at_random(service, seed=LOOPS) as kills, ThreadPoolExecutor(AT_A_TIME) as threads:
        loops = list(threads.map(walkers.walk, map(Loop, range(LOOPS))))
    until = time.monotonic() + PATIENCE
    while service.ask(STILL_OPEN) != [(0,)]:
        assert time.monotonic() < until, "The outbox was never emptied."
        time.sleep(0.5)
    letters = [loop for loop in loops if loop.by_letter]
    with capsys.disabled():
        steps = sum(len(loop.acknowledged) for loop in loops)
        again = sum(len(loop.found_done) for loop in loops)
        print(
            f"\n{LOOPS} loops, {steps} steps acknowledged, {again} found done when sent again, "
            f"{len(letters)} messages, {sum(kills.values())} kills ({dict(kills)}), {time.monotonic() - began:.0f} s"
        )
    assert kills
    assert {said for said, _ in service.ask(ONCE_A_POINT["points"])} == {loop.words for loop in loops}
    for name, statement in ONCE_A_POINT.items():
        assert [count for _, count in service.ask(statement)] == [1] * LOOPS, name
    for name, statement in ONCE_A_LETTER.items():
        assert [count for _, count in service.ask(statement)] == [1] * len(letters), name
    assert len(list((service.data / "mail").glob("*.eml"))) == len(letters)
    public = service.ask("SELECT public_words FROM s_ashmere.feedback_point WHERE public_words_approved_at IS NOT NULL")
    assert {words for (words,) in public} == {loop.public_words for loop in loops}
    answers = service.ask("SELECT answer FROM s_ashmere.feedback_round WHERE public_from IS NOT NULL")
    assert {answer for (answer,) in answers} == {f"A card says it, {loop.number}." for loop in loops}
    assert service.ask("SELECT stage, count(*) FROM s_ashmere.feedback_point GROUP BY 1") == [("told", LOOPS)]
    checked = service.command("facts", "check")
    schemes = len(service.ask("SELECT FROM schemes_scheme"))
    assert (checked.returncode, checked.stdout) == (
        0,
        f"{LOOPS} points of {schemes} {'scheme' if schemes == 1 else 'schemes'} counted again: "
        "the national figures agree.\n",
    ), checked.stderr
    found = service.command("answers", "check")
    assert found.returncode == 0 and "Ashmere: in step\n" in found.stdout, found.stdout + found.stderr
    assert service.ask("SELECT count(*) FROM answers_publishedanswer") == [(LOOPS,)]
