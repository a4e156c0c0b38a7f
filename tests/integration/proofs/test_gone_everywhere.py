"""Must show 5 of the public site: what somebody takes back, and all of whoever is erased, is gone within a minute.

Read by anybody through a real server that keeps pages: the site, its feeds, its search, papers to print, the sizes of
pictures, and what all schemes did.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import override_settings
from pypdf import PdfReader

from cms import named_actions, picture_actions
from cms.models import HomePage, PeoplePage, Picture
from kit import outbox, scheduler
from people import erasure
from tenants.feedback import actions
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.privileges import ERASER, WEB
from tests.factories.cms import a_picture, agreed, named, resource, story
from tests.factories.feedback import decided, quoted, said, somebody, staff, the_sayer
from tests.factories.people import someone
from tests.integration.alongside.starting import eventually
from tests.integration.conftest import connect_as
from tests.integration.proofs.canaries import Canaries
from tests.integration.proofs.two_servers import STARTS_WITHIN, Server

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

A_MINUTE = 60.0
Shown = dict[str, set[str]]
# In how many places each stands before, at least.
FEWEST = {"name": 0, "words": 16, "quote": 14, "photo": 2, "named": 2, "named too": 2}
OTTO = [f"otto: {what}" for what in FEWEST]
HOST = "ashmere.alongside.localhost:8000"
PLATFORM = "alongside.localhost:8000"
ADDRESS = re.compile(r'(?:href|src)="([^"#]+)|(/media/[^\s"]+)|<loc>([^<]+)')
LEFT_OUT = re.compile(r"^/(static|sign-|tell-us|help|people/terms)")


class Anybody:
    """Reads all that can be read without an account."""

    def __init__(self, server: Server, words: Canaries) -> None:
        self.server, self.words = server, words

    def reads(self) -> Shown:
        """Where each word that was planted stands, by what it was planted as."""
        found: Shown = {name: set() for name in self.words.where.values()}
        for address, text in self._everything():
            for name in self.words.found_in(text):
                found[name].add(address)
        return found

    def _everything(self) -> Iterator[tuple[str, str]]:
        waiting = deque([(HOST, "/"), (HOST, "/feeds/answers/"), (HOST, "/feeds/pages/"), (HOST, "/sitemap.xml")])
        waiting += [(PLATFORM, "/answers/")]
        for word in self.words.where:
            waiting += [(HOST, f"/search/?q={word}"), (PLATFORM, f"/answers/?q={word}")]
        seen = set(waiting)
        while waiting:
            host, path = waiting.popleft()
            answer = self.server.ask(host, path)
            if answer.status == 200:
                yield f"{host}{path}", _without_what_was_asked(_text(answer.raw), path)
            for there in _leads_to(host, answer.body):
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)


def _without_what_was_asked(text: str, path: str) -> str:
    """What was looked for stands in the field again, and in the way to the next page."""
    asked = path.partition("?q=")[2]
    return re.sub(rf'(value="|q=){asked}', "", text) if asked else text


def _text(raw: bytes) -> str:
    if not raw.startswith(b"%PDF"):
        return raw.decode(errors="replace")
    return "".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages).replace("\u200b", "")


def _leads_to(host: str, text: str) -> Iterator[tuple[str, str]]:
    for found in ADDRESS.findall(text):
        there = urlsplit(unescape("".join(found)))
        path = f"{there.path}?{there.query}" if there.query else there.path
        to = there.netloc or host
        # Lists in every order say nothing new.
        if to in (HOST, PLATFORM) and path.startswith("/") and not LEFT_OUT.match(path) and not there.query:
            yield to, path


class Robin:
    """Somebody whose words, pictures and name stand all over a scheme's site."""

    def __init__(self, words: Canaries, owner: Membership, by: Any, *, called: str) -> None:
        self.by = by
        self.called = called
        new = self._new = lambda what: words.new(f"{called}: {what}")
        self.person = someone(new("name"))
        saying, quote = new("words"), new("quote")
        self.point = said(somebody(self.person), words=f"I said {quote} to them.")
        actions.approve_words(point=self.point, words=f"People said {saying} here.", by=by)
        decided(self.point, owner)
        quoted(self.point, quote)
        self.photo = a_picture(1)
        self.photo.contextual_alt_text, self.photo.decorative = f"Somebody with {new('photo')}", False
        self.consent = agreed(self.photo, by, reach=self.person.email)
        self.portrait = a_picture(1)
        agreed(self.portrait, by, reach=self.person.email)
        self.named = named(by, name=new("named"), does=new("named too"), photo=self.portrait, reach=self.person.email)
        self._on_pages()

    def _on_pages(self) -> None:
        told = story(f"A card on the wall, {self.called}", self.point)
        told.body.insert(0, ("picture", self.photo))
        told.save_revision().publish()
        home = HomePage.objects.earliest("path")
        value = {"heading": "", "people": [str(self.named.pk)]}
        people = PeoplePage(title="People", slug=f"people-{self.called}", people=[("group", value)])
        home.add_child(instance=people).save_revision().publish()
        for kind in ("poster", "newsletter"):
            resource(kind, self.point, title=f"A {kind}, {self.called}")
        resource("leaflet", told, title=f"A leaflet, {self.called}")

    def take_back_quote(self) -> None:
        actions.take_back_quote(sayer=the_sayer(self.point), by=self.person)

    def take_back_words(self) -> None:
        actions.stop_publishing(sayer=the_sayer(self.point), by=None)

    def take_back_photo(self) -> None:
        picture_actions.take_back(consent=self.consent, by=self.by)

    def take_off_the_page(self) -> None:
        named_actions.take_off(named=self.named, by=self.by)


@pytest.fixture
def words() -> Canaries:
    return Canaries()


@pytest.fixture
def anybody(as_web: str, words: Canaries) -> Iterator[Anybody]:
    server = Server(as_web)
    try:
        assert eventually(lambda: server.answers(HOST), within=STARTS_WITHIN)
        with override_settings(MEDIA_ROOT=settings.DATA_FOLDER / "media"):
            yield Anybody(server, words)
    finally:
        server.end()


def what_runs_each_minute() -> None:
    """The clock and the worker."""
    assert scheduler.tick().failures == []
    while outbox.work_once():
        pass


@pytest.fixture
def robin(anybody: Anybody, words: Canaries, scheme: Scheme) -> Iterator[Robin]:
    """One of two of whom the site tells, each in the same places."""
    with enter(scheme):
        by, owner = staff(scheme)
        Robin(words, owner, by, called="otto")
        robin = Robin(words, owner, by, called="robin")
    what_runs_each_minute()
    yield robin


def is_gone(anybody: Anybody, before: Shown, gone: set[str], files: set[str], *, since: float) -> None:
    """The clock and the worker go on until it is gone; what was not taken back stands where it stood."""
    while True:
        what_runs_each_minute()
        after = anybody.reads()
        left = {name: after[name] for name in gone if after[name]} | {file: {"disk"} for file in files if stored(file)}
        assert time.monotonic() - since < A_MINUTE, left
        if not left:
            break
    assert [anybody.server.ask(HOST, f"/media/{file}").status for file in files] == [404] * len(files)
    assert {name: after[name] for name in OTTO} == {name: before[name] for name in OTTO}


def stored(file: str) -> bool:
    return default_storage.exists(file)


def files_of(*pictures: Picture) -> set[str]:
    """What was kept of them, each size by itself."""
    kept = {file for one in pictures for file in (one.file.name, *one.renditions.values_list("file", flat=True))}
    assert len(kept) >= 2 * len(pictures) and all(map(stored, kept))
    return kept


def shown_in_many_places(anybody: Anybody) -> Shown:
    before = anybody.reads()
    assert {name: len(places) for name, places in before.items() if len(places) < FEWEST[name.partition(": ")[2]]} == {}
    assert anybody.reads() == before  # as the server keeps it
    return before


@pytest.mark.long
def test_each_thing_that_is_taken_back_is_gone_and_the_rest_stands(
    anybody: Anybody, robin: Robin, scheme: Scheme
) -> None:
    before = shown_in_many_places(anybody)
    with enter(scheme):
        photo, portrait = files_of(robin.photo), files_of(robin.portrait)
    taken_back: list[tuple[Callable[[], None], set[str], set[str]]] = [
        (robin.take_back_quote, {"robin: quote"}, set()),
        (robin.take_back_words, {"robin: words"}, set()),
        (robin.take_back_photo, {"robin: photo"}, photo),
        (robin.take_off_the_page, {"robin: named", "robin: named too"}, portrait),
    ]
    over: set[str] = set()
    for take_back, gone, files in taken_back:
        since = time.monotonic()
        with enter(scheme):
            take_back()
        over |= gone
        is_gone(anybody, before, over, files, since=since)
        after = anybody.reads()
        assert {name for name in before if before[name] and not after[name]} == over


def test_all_of_somebody_who_is_erased_is_gone(anybody: Anybody, robin: Robin, scheme: Scheme, as_web: str) -> None:
    before = shown_in_many_places(anybody)
    with enter(scheme):
        files = files_of(robin.photo, robin.portrait)
    since = time.monotonic()
    connect_as(ERASER, as_web)
    erasure.erase(robin.person.email)
    connect_as(WEB, as_web)
    is_gone(anybody, before, {name for name in before if name.startswith("robin")}, files, since=since)
