"""What the app says of a concern are the words of the pages: before it is sent, and of each way in which it stands."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from e2e.stack import Stack
from e2e.visiting import Visits
from kit.dates import moment
from peer_monitoring import standing
from peer_monitoring.models import SiteConcern
from peer_monitoring.models.concerns import Because, Step, Whom

MODULE = "peer_monitoring/app/words.js"
SCHEME = "Ashmere"
AT = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
ASK = """async ([module, scheme, when, cases]) => {
  const { concern, raised } = await import(module)
  return {
    stands: cases.map(([state, whom, because, isOpen]) => raised[state](scheme, when, whom, because, isOpen)),
    first: concern.first(scheme), firstShut: concern.firstShut(scheme), announced: concern.announced,
    heldBack: [concern.heldBack, concern.heldBackYet], leads: concern.leads, then: concern.then
  }
}"""


def test_the_app_says_of_a_concern_what_the_pages_say(visit: Visits, stack: Stack) -> None:
    cases = [
        SiteConcern(received_at=AT, person_id=uuid4()),
        *(SiteConcern(told_to=whom, told_at=AT) for whom in Whom),
        *(
            SiteConcern(told_to=whom, told_at=AT, told_because=why)
            for whom in (Whom.NATIONAL, Whom.NOBODY)
            for why in Because
        ),
        *(SiteConcern(seen_by=whom, seen_at=AT) for whom in (Whom.LEAD, Whom.MANAGER)),
        SiteConcern(seen_at=AT, done_at=AT),
    ]
    stands = [standing.standing(one) for one in cases]
    assert {one.state for one in stands} == {standing.RECEIVED, *Step.values}
    asked = [(one.state, one.whom, one.because, is_open) for is_open in (True, False) for one in stands]
    app = on_the_phone(visit(start=f"{stack.platform}/sign-in/"), stack, asked)
    said = [standing.in_words(one, SCHEME, is_open=is_open) for is_open in (True, False) for one in cases]
    assert app["stands"] == said
    assert app["first"] == standing.FIRST.format(scheme=SCHEME)
    assert app["firstShut"] == standing.FIRST_SHUT.format(scheme=SCHEME)
    assert app["announced"] == standing.ANNOUNCED
    assert app["heldBack"] == [standing.HELD_BACK, standing.HELD_BACK_YET]
    assert (app["leads"], app["then"]) == (standing.LEADS, standing.THEN)


def on_the_phone(page: Page, stack: Stack, cases: list[tuple[str, str, str, bool]]) -> dict[str, Any]:
    files = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    said: dict[str, Any] = page.evaluate(ASK, [f"/static/{files[MODULE]}", SCHEME, moment(AT), cases])
    return said
