"""A phone: a browser with a memory of its own on a line that breaks, and what can be read of it afterwards."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Page, expect

from alongside.surroundings import HOST
from e2e.line import Line
from e2e.stack import SOON, Stack
from e2e.visiting import PEOPLE, PHONE
from kit.clock import LONDON
from questions.compiled import compiled
from questions.shape import Form, write

# What a browser says of a line that is cut, or of an answer that is no success: the tests bring both about.
ABOUT_THE_LINE = ("Failed to load resource", "net::ERR_", "FetchEvent for")
# Everything that stands in the databases and the caches of this origin, as text.
DUMP = """async () => {
  const found = []
  const text = bytes => new TextDecoder('latin1').decode(bytes)
  const seen = value => {
    if (value instanceof ArrayBuffer) return text(value)
    if (ArrayBuffer.isView(value)) return text(value.buffer)
    if (value instanceof CryptoKey) return { key: value.algorithm.name, extractable: value.extractable }
    if (Array.isArray(value)) return value.map(seen)
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, seen(one)]))
    }
    return value
  }
  const asked = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
  for (const { name } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name))
    for (const store of db.objectStoreNames) {
      const at = db.transaction(store).objectStore(store)
      const [keys, values] = [await asked(at.getAllKeys()), await asked(at.getAll())]
      keys.forEach((key, place) => found.push([name, store, key, JSON.stringify(seen(values[place]))]))
    }
    db.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      found.push([name, 'cache', request.url, text(await (await cache.match(request)).arrayBuffer())])
    }
  }
  return found
}"""
# The worker has all that it keeps, and stands before this page.
CONTROLLED = """async () => {
  await navigator.serviceWorker.ready
  if (!navigator.serviceWorker.controller) {
    await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  }
}"""


@dataclass
class Phone:
    """One phone; closing it and opening it again is what a cold restart is."""

    browser: BrowserType
    arguments: dict[str, Any]
    memory: Path
    line: Line
    stack: Stack
    problems: list[str] = field(default_factory=list)
    context: BrowserContext | None = None

    @property
    def origin(self) -> str:
        """The platform, over the line."""
        return f"http://{HOST}:{self.line.port}"

    def open(self, path: str = "/app/") -> Page:
        """Start the browser, and open a page in it (`""`: an empty one); later, another page in the same browser."""
        if self.context is None:
            self.context = self.browser.launch_persistent_context(
                self.memory, **self.arguments, viewport={"width": PHONE, "height": 800}, locale="en-GB"
            )
            self.context.set_default_timeout(15_000)
            self.context.on("console", self._said)
            self.context.on("weberror", lambda error: self.problems.append(f"A script failed: {error.error}"))
        page = self.context.new_page()
        if path:
            page.goto(self.origin + path)
        return page

    def cookies(self) -> str:
        """What the browser would show the platform now."""
        assert self.context
        return "; ".join(f"{one['name']}={one['value']}" for one in self.context.cookies(self.origin))

    def let_worker_sleep(self, page: Page) -> None:
        """Put the worker to sleep, as a browser does with one that is not asked for a while."""
        session = page.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")

    def forget_session(self) -> None:
        """As when the sign-in has ended."""
        assert self.context
        self.context.clear_cookies()

    def switch_off(self) -> None:
        """End the browser; what it keeps, it keeps."""
        if self.context:
            self.context.close()
            self.context = None

    def _said(self, message: ConsoleMessage) -> None:
        about_the_line = any(words in message.text for words in ABOUT_THE_LINE)
        if message.type in ("error", "warning") and not about_the_line:
            self.problems.append(message.text)

    def sign_in(self, who: str, page: Page | None = None, *, to: str = "/app/") -> Page:
        """Sign in by the platform's own page, and come to the app or to another page."""
        page = page or self.open("")
        page.goto(f"{self.origin}/sign-in/?next={to}")
        page.get_by_label("Email").fill(PEOPLE[who])
        page.get_by_label("Password", exact=True).fill(self.stack.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        return page

    def made_ready(self, who: str) -> Page:
        """Sign in, and make this phone ready for visits without signal."""
        page = self.sign_in(who)
        count_anew(self.stack)
        page.get_by_role("button", name="Make ready on this phone").click()
        expect(page.get_by_role("heading", name="My visits")).to_be_visible()
        page.evaluate(CONTROLLED)
        return page


def count_anew(stack: Stack) -> None:
    """All tests together make more phones ready than one person may in a day, and raise more concerns in an hour."""
    with stack.database() as connection:
        connection.execute(
            "DELETE FROM kit_cache"
            " WHERE cache_key LIKE ANY (ARRAY['%:peer_monitoring.phone:%', '%:peer_monitoring.concern:%'])"
        )


def dump(page: Page) -> list[list[str]]:
    """All rows of all databases and all caches: `[database, store, key, text]`."""
    found: list[list[str]] = page.evaluate(DUMP)
    return found


def readable(page: Page, words: list[str]) -> list[str]:
    """Where any of these words can be read on the phone."""
    return [
        f"{at[0]}/{at[1]}/{at[2]}: {word}" for at in dump(page) for word in words if word in "\0".join(map(str, at))
    ]


def readable_on_disk(memory: Path, words: list[str]) -> list[str]:
    """The same of all files that the browser left, once it is switched off."""
    files = [file for file in memory.rglob("*") if file.is_file()]
    assert {"IndexedDB", "Service Worker"} <= {part for file in files for part in file.parts}
    return [f"{file}: {word}" for file in files for word in words if word.encode() in file.read_bytes()]


@cache
def a_photo() -> bytes:
    """A JPEG as a camera makes it, with where it was taken, and more pixels than the app keeps."""
    picture = Image.effect_noise((2400, 1800), 60).convert("RGB")
    notes = Image.Exif()
    notes[0x010F] = "CanaryCamera"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    held = BytesIO()
    picture.save(held, "JPEG", exif=notes)
    return held.getvalue()


@dataclass(frozen=True)
class Planned:
    """Visits that tests put into the plan, each beside those of the demonstration."""

    stack: Stack
    made: list[UUID] = field(default_factory=list)

    def visit(self, *, photos: bool = True, form: Form | None = None) -> UUID:
        """A visit of the demonstration's group that nobody has begun: today, at a place of its own."""
        made = uuid4()
        with self.stack.database() as connection:
            columns = _columns(connection, "peer_monitoring_visit")
            told = ", ".join(columns)
            row = connection.execute(
                f"SELECT {told} FROM peer_monitoring_visit"
                " WHERE ready_at IS NOT NULL AND began_at IS NULL AND NOT is_held_back"
                " ORDER BY day DESC LIMIT 1"
            ).fetchone()
            assert row
            old = dict(zip(columns, row, strict=True))
            version = self._version(connection, form) if form else old["version_id"]
            today = datetime.now(LONDON).date()
            changed = {"id": made, "day": today, "photos_allowed": photos, "version_id": version}
            new = old | changed | {"places_before": "[]"}
            _insert(connection, "peer_monitoring_visit", new)
            for seat in connection.execute(
                "SELECT person_id, added_at FROM peer_monitoring_seat WHERE visit_id = %s", [old["id"]]
            ).fetchall():
                one = {"id": uuid4(), "visit_id": made, "person_id": seat[0], "needs": "", "added_at": seat[1]}
                _insert(connection, "peer_monitoring_seat", one)
        self.made.append(made)
        return made

    def newer_version(self, visit_id: UUID, form: Form) -> None:
        """Give a visit that is planned a newer version of the questions."""
        with self.stack.database() as connection:
            version = self._version(connection, form)
            connection.execute("UPDATE peer_monitoring_visit SET version_id = %s WHERE id = %s", [version, visit_id])

    def _version(self, connection: Any, form: Form) -> UUID:
        question_set, number = connection.execute(
            "SELECT s.id, coalesce(max(v.number), 0) + 1 FROM questions_questionset s"
            " LEFT JOIN questions_questionsetversion v ON v.question_set_id = s.id"
            " WHERE s.group_id IS NOT NULL GROUP BY s.id ORDER BY s.id LIMIT 1"
        ).fetchone()
        made = uuid4()
        row = {
            "id": made, "question_set_id": question_set, "number": number, "title": form.title["en"],
            "form": json.dumps(write(form)), "compiled": json.dumps(compiled(form)), "md5": made.hex,
        }  # fmt: skip
        connection.execute(
            "INSERT INTO questions_questionsetversion (id, question_set_id, number, title, form, compiled, md5,"
            " published_at) VALUES (%(id)s, %(question_set_id)s, %(number)s, %(title)s, %(form)s, %(compiled)s,"
            " %(md5)s, now())",
            row,
        )
        return made

    def records(self, visit_id: UUID) -> list[dict[str, Any]]:
        """What arrived of a visit."""
        with self.stack.database() as connection:
            rows = connection.execute(
                "SELECT id, answers, state, version_id, sent_after_leaving, unfinished, unfinished_why"
                " FROM peer_monitoring_record WHERE visit_id = %s",
                [visit_id],
            ).fetchall()
        names = ("id", "answers", "state", "version", "sent_after_leaving", "unfinished", "unfinished_why")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def photos(self, visit_id: UUID) -> list[bytes]:
        """The photos that arrived of a visit, as they were sent."""
        with self.stack.database() as connection:
            rows = connection.execute(
                "SELECT body FROM peer_monitoring_photo WHERE visit_id = %s", [visit_id]
            ).fetchall()
        return [bytes(row[0]) for row in rows]

    def drafts(self, visit_id: UUID) -> int:
        """How many drafts of a visit were sealed at signing out and have not been given back."""
        with self.stack.database() as connection:
            row = connection.execute(
                "SELECT count(*) FROM peer_monitoring_sealeddraft WHERE visit_id = %s", [visit_id]
            ).fetchone()
        assert row
        return int(row[0])

    def concerns(self, visit_id: UUID) -> int:
        """How many concerns arrived from a visit."""
        with self.stack.database() as connection:
            row = connection.execute(
                "SELECT count(*) FROM peer_monitoring_siteconcern WHERE visit_id = %s", [visit_id]
            ).fetchone()
        assert row
        return int(row[0])

    def somebody_was_told(self, visit_id: UUID) -> bool:
        """Whether the scheme's people were told of what was raised on a visit."""
        with self.stack.database() as connection:
            row = connection.execute(
                "SELECT count(*) FROM peer_monitoring_siteconcern WHERE visit_id = %s AND told_at IS NOT NULL",
                [visit_id],
            ).fetchone()
        return bool(row and row[0])

    def leave(self, visit_id: UUID) -> None:
        """The demonstration's member leaves the team of a visit."""
        with self.stack.database() as connection:
            connection.execute(
                "UPDATE peer_monitoring_seat SET left_at = now() WHERE visit_id = %s AND person_id = %s",
                [visit_id, _person(connection, "group member")],
            )

    def over(self) -> None:
        """Nobody goes on these visits any more."""
        with self.stack.database() as connection:
            connection.execute(
                "UPDATE peer_monitoring_seat SET left_at = now() WHERE visit_id = ANY(%s) AND left_at IS NULL",
                [self.made],
            )

    def end(self, visit_id: UUID, how: str) -> None:
        """Call a visit off (`cancelled_at`), or close it after it was logged (`closed_at`)."""
        also = {
            "closed_at": "began_at = coalesce(began_at, now()), logged_at = now()",
            "cancelled_at": "cancelled_why = 'Somebody is ill'",
        }
        ended = f"{how} = now(), to_ring = '', to_ring_of_id = NULL, {also[how]}"
        with self.stack.database() as connection:
            connection.execute(f"UPDATE peer_monitoring_visit SET {ended} WHERE id = %s", [visit_id])

    def retire(self, visit_id: UUID, newer: Form) -> UUID:
        """No new visit takes the version of a visit any more, and the plan names a newer one; the old one's id."""
        with self.stack.database() as connection:
            row = connection.execute(
                "SELECT version_id FROM peer_monitoring_visit WHERE id = %s", [visit_id]
            ).fetchone()
            assert row
            connection.execute("INSERT INTO questions_retirement (version_id, retired_at) VALUES (%s, now())", [row[0]])
        self.newer_version(visit_id, newer)
        return UUID(str(row[0]))

    def shut_out(self, who: str) -> None:
        """Shut out every phone of somebody, as they do when one is lost."""
        with self.stack.database() as connection:
            connection.execute(
                "UPDATE peer_monitoring_phone SET shut_out_at = now() WHERE person_id = %s", [_person(connection, who)]
            )


def _person(connection: Any, who: str) -> UUID:
    row = connection.execute("SELECT id FROM people_person WHERE email = %s", [PEOPLE[who]]).fetchone()
    assert row
    return UUID(str(row[0]))


def _columns(connection: Any, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return [row[0] for row in rows]


def _insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    names, places = ", ".join(row), ", ".join(f"%({name})s" for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)


def soon(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)
