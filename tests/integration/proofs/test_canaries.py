"""Canaries: a word of its own in every text that Ashmere holds, then every page, file, message, log and cache is read.

Nobody who has nothing to do with Ashmere meets one; and what is private stays with those who said it and staff.
"""

import base64
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import override_settings
from django.test.client import Client, ClientHandler
from wagtail.models import Page

from cms.models import HomePage, Picture, StandardPage
from kit import clock, outbox, sessions
from people.models import Notice, Person
from tenants.feedback.models import GroupTag, Partner, Point, Sayer, Theme, Told
from tenants.feedback.rules import Basis
from tenants.schemes.entering import enter
from tenants.schemes.models import Invitation, Membership, Scheme
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import Permission
from tests.cast import Cast, assemble
from tests.factories import cms, feedback, people, schemes
from tests.integration.conftest import PLATFORM, sign_in
from tests.integration.proofs import matrix
from tests.integration.proofs.canaries import Canaries, every_text, models_of_schemes, plant
from tests.integration.proofs.crawling import crawl
from tests.integration.proofs.listening import logged

# What a scheme shows to anybody.
PUBLIC = {
    "feedback.Point.public_words", "feedback.Point.example_note", "feedback.Round.answer", "feedback.Round.reason",
    "feedback.Round.owner_role", "feedback.Progress.words", "feedback.Theme.label", "feedback.GroupTag.label",
    "schemes.Site.name", "wagtailcore.Page.title", "wagtailcore.Page.seo_title", "wagtailcore.Page.search_description",
    "cms.HomePage.introduction", "cms.HomePage.body", "cms.StandardPage.body", "cms.AnswersPage.introduction",
    "cms.Picture.title", "cms.Picture.description",
}  # fmt: skip

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


@dataclass
class World:
    """Ashmere full of canaries, Brackwell beside it, and what was written down while the loop ran."""

    cast: Cast  # of Brackwell: those called "elsewhere" are Ashmere's
    canaries: Canaries
    mail: Path
    log: io.StringIO
    things: dict[str, Any] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)
    without_rows: set[str] = field(default_factory=set)
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    @property
    def ashmere(self) -> Scheme:
        return self.cast.other

    def browser(self, place: Scheme | None, person: Person | None) -> Client:
        host = place.host if place else PLATFORM
        client = Client(headers={"host": f"{host}:{settings.PUBLIC_PORT}"})
        client.handler = self.handler
        if person is not None:
            sign_in(client, person, host)
        return client


@pytest.fixture(scope="module")
def world(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once for this module, in a transaction that is rolled back at the end."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(transaction.atomic())
        import_module(settings.ROOT_URLCONF)  # in public, as the server does at start
        mail = tmp_path_factory.mktemp("mail")
        stack.enter_context(override_settings(EMAIL_FILE_PATH=mail, EMAIL_BACKEND="kit.mail.FileBackend"))
        log = stack.enter_context(logged())
        brackwell, ashmere = (Scheme.objects.get(slug=slug) for slug in ("brackwell", "ashmere"))
        made = World(assemble(brackwell, ashmere), Canaries(), mail, log)
        _fill(made)
        _add_a_picture(made)
        with enter(ashmere):
            _plant_pages(made)
            made.planted, made.without_rows = plant(made.canaries, models_of_schemes())
        _plant_people(made)
        _walk_the_loop(made)
        yield made
        transaction.set_rollback(True)


def _fill(world: World) -> None:
    """A row of each kind in Ashmere, and what a URL can ask for there."""
    manager = _member(world, "manager elsewhere")
    with enter(world.ashmere):
        group = GroupTag.objects.earliest("label")
        partner = Partner.objects.create(organisation="A partner", group=group)
        parent = feedback.actions.Agreement(
            basis=Basis.PARENT, giver_name="g", giver_relationship="r", evidence_seen="e", child_view="c"
        )
        waiting = feedback.said(feedback.slip(agreement=parent), groups=[group], partner=partner, example_note="x")
        feedback.published(feedback.said(groups=[group]), manager)
        failed = feedback.letter(manager)
        Told.objects.filter(pk=failed.pk).update(state="failed", ended_at=clock.now(), task_note="Find another way")
        claimed = Point.objects.get(stage="changed")
        world.things = {"point_id": waiting.pk, "told_id": failed.pk, "claimed_point": claimed.pk}
    invitation, _ = schemes.invited(world.ashmere, "invited@example.org")
    notice = people.noticed(_person(world, "sayer elsewhere"), scheme=world.ashmere)
    world.things |= {
        "membership_id": manager.pk,
        "invitation_id": invitation.pk,
        "notice_id": notice.pk,
        "site_id": world.ashmere.sites.earliest("name").pk,
    }


def _plant_pages(world: World) -> None:
    """Words and a picture on Ashmere's site, published and drafted, as its editor would put them there."""
    for page in Page.objects.exclude(depth=1).specific():
        if isinstance(page, HomePage | StandardPage):
            word = world.canaries.new(f"{page._meta.label}.body")
            page.body = [("paragraph", f"<p>{word}</p>")]
        page.title = page.draft_title = world.canaries.new("wagtailcore.Page.title")
        page.save_revision().publish()
        page.title = world.canaries.new("a draft")
        page.save_revision()


def _add_a_picture(world: World) -> None:
    file = SimpleUploadedFile("Sam at home.jpg", cms.picture_bytes(), "image/jpeg")
    desk = world.browser(world.ashmere, _person(world, "editor elsewhere"))
    assert desk.post("/cms/images/multiple/add/", {"title": "A picture", "files[]": file}).json()["success"]
    with enter(world.ashmere):
        Picture.objects.get().get_rendition("max-30x30")


def _plant_people(world: World) -> None:
    """Names and addresses of everybody whom Ashmere knows."""
    with enter(world.ashmere):
        known = {sayer.person_id for sayer in Sayer.objects.exclude(person_id=None)}
    known |= set(Membership.objects.at(world.ashmere).values_list("person_id", flat=True))
    for person in Person.objects.filter(pk__in=known):
        person.name, address = world.canaries.new("people.Person.name"), world.canaries.new("people.Person.email")
        person.email = f"{address}@example.org"
        person.save()
        person.emailaddress_set.update(email=person.email)
        people.reached_by_mail(person)
    for who, person in world.cast.people.items():
        if person is not None:
            person.refresh_from_db()
            world.cast.people[who] = person
    for invitation in Invitation.objects.at(world.ashmere):
        invitation.email = f"{world.canaries.new('schemes.Invitation.email')}@example.org"
        invitation.save()
    for site in world.ashmere.sites.all():
        site.name = world.canaries.new("schemes.Site.name")
        site.save()


def _walk_the_loop(world: World) -> None:
    """Somebody with no account and somebody with one say something; it is answered, done and confirmed, over HTTP."""
    new = world.canaries.new
    stranger, sayer = (
        world.browser(world.ashmere, None),
        world.browser(world.ashmere, _person(world, "sayer elsewhere")),
    )
    words = {"said": new("feedback.Point.said"), "send": uuid4(), "may_publish": "on"}
    assert stranger.post("/tell-us/", words).status_code == 302
    (code,) = re.findall(r'app-slip__code">([^<]+)<', stranger.get("/tell-us/thanks/").content.decode())
    world.canaries.where[code] = "a slip's code"
    told = {"said": new("feedback.Point.said"), "send": uuid4(), "may_publish": "on", "link": "on", "write_to_me": "on"}
    assert sayer.post("/tell-us/", told).status_code == 302
    desk = world.browser(world.ashmere, _person(world, "manager elsewhere"))
    with enter(world.ashmere):
        points = list(Point.objects.filter(said__in=[words["said"], told["said"]]).values_list("pk", flat=True))
    assert len(points) == 2
    for pk in points:
        for step, filled in _steps(world):
            assert desk.post(f"/points/{pk}/{step}/", filled).status_code == 302, step
            _work()
    assert stranger.post("/answer/", {"code": code}).status_code == 302
    assert stranger.post("/answer/", {"code": f"{code[:-1]}x {new('a mistyped code')}"}).status_code == 200
    assert b"Did it change?" in stranger.get("/answer/yours/").content
    stranger.post("/tell-us/thanks/")
    stranger.post("/answer/close/")
    for page in ("/nothing/", f"/nothing/?q={new('an address')}"):
        stranger.get(page)
    _work()


def _steps(world: World) -> list[tuple[str, dict[str, Any]]]:
    new, due = world.canaries.new, clock.today() + timedelta(days=30)
    owner = _member(world, "manager elsewhere")
    with enter(world.ashmere):
        theme = Theme.objects.earliest("pk").pk
    decided = {
        "decision": "will", "answer": new("feedback.Round.answer"), "reason": new("feedback.Round.reason"),
        "owner": owner.pk, "due_day": due.day, "due_month": due.month, "due_year": due.year,
    }  # fmt: skip
    return [
        ("acknowledge", {}),
        ("sort", {"theme": theme, "site": world.ashmere.sites.earliest("name").pk, "groups": []}),
        ("words", {"words": new("feedback.Point.public_words")}),
        ("decide", decided),
        ("progress", {"words": new("feedback.Progress.words")}),
        ("done", {"words": new("feedback.Progress.words")}),
    ]


def _work() -> None:
    while outbox.work_once():
        pass


def _person(world: World, who: str) -> Person:
    person = world.cast.people[who]
    assert person is not None
    return person


def _member(world: World, who: str) -> Membership:
    return Membership.objects.at(world.ashmere).get(person_id=_person(world, who).pk)


def own_words(person: Person | None) -> str:
    """What somebody may always read: their own name and address."""
    return f"{person.name} {person.email}" if person else ""


# --- the canaries are there, and a crawl meets them where it should


def test_every_text_of_our_models_has_a_canary(world: World) -> None:
    assert len(world.planted) > 25
    ours = {name for name in world.planted | world.without_rows if name.split(".")[0] in ("feedback", "cms")}
    assert ours - set(world.canaries.where.values()) == set()


def test_the_public_site_shows_what_is_public_and_nothing_else(world: World) -> None:
    """The proof that the crawl finds something: what it must find here is found by the same reading as elsewhere."""
    met = _met(world, world.browser(world.ashmere, None), start=["/", "/tell-us/", "/answer/"])
    assert {
        "feedback.Point.public_words", "feedback.Round.answer", "feedback.Round.reason", "feedback.Theme.label",
        "schemes.Site.name", "wagtailcore.Page.title", "cms.HomePage.body", "cms.StandardPage.body",
    } <= met  # fmt: skip
    assert met - PUBLIC == set()


def test_somebody_signed_in_who_has_no_role_reads_no_more_than_anybody(world: World) -> None:
    met = _met(world, world.browser(world.ashmere, _person(world, "stranger")), start=["/", "/tell-us/", "/mine/"])
    assert met - PUBLIC == set()


def test_staff_read_what_was_said(world: World) -> None:
    desk = world.browser(world.ashmere, _person(world, "manager elsewhere"))
    met = _met(world, desk, start=["/points/?show=all", "/points/tellings/", "/partners/"])
    assert {"feedback.Point.said", "feedback.Told.task_note", "feedback.Partner.organisation"} <= met


# --- nobody elsewhere meets one


def _pages_with_things(table: dict[str, Permission], world: World, *, platform: bool) -> list[str]:
    """Every page of a host, for the things of Brackwell and, where a page asks for a thing, for those of Ashmere."""
    ours = [matrix.address_of(page, on_platform=platform, cast=world.cast) for page in table]
    theirs = replace(world.cast, things=world.cast.things | world.things)
    return sorted({*ours, *(matrix.address_of(page, on_platform=platform, cast=theirs) for page in table)})


SEARCHES = [
    "/points/?show=all",
    "/points/?show=decided&theme=&group=&site=",
    "/?page=2",
    "/you-said-we-did/?decision=will",
]


@pytest.mark.parametrize("place", ["brackwell", "platform"])
def test_nobody_meets_a_word_of_ashmere_at_another_host(place: str, world: World) -> None:
    scheme = world.cast.scheme if place == "brackwell" else None
    table = SCHEME_PAGES if scheme else PLATFORM_PAGES
    pages = _pages_with_things(table, world, platform=scheme is None) + (SEARCHES if scheme else [])
    opened = 0
    for who, person in world.cast.people.items():
        if scheme is None and who.endswith("elsewhere"):
            continue  # they have to do with Ashmere
        client = world.browser(scheme, person)
        for address in pages:
            with matrix.taken_back(client):
                answer = client.get(address)
            opened += answer.status_code == 200
            met = world.canaries.found_in(answer.content.decode().replace(own_words(person), ""))
            met |= world.canaries.found_in(str(answer.headers))
            allowed = {"people.Person.name"} if who.endswith("elsewhere") else set()
            assert met - allowed == set(), (who, address)
    assert opened > 200


def test_an_editor_elsewhere_meets_none_in_the_whole_editor(world: World) -> None:
    client = world.browser(world.cast.scheme, _person(world, "editor here"))
    met, opened = crawl(client, ["/cms/", "/cms/pages/", "/cms/images/?q=zqv", "/cms/search/?q=zqv"], most=120)
    assert opened > 40
    assert world.canaries.found_in(met) == set()


def test_no_file_of_ashmere_opens_at_another_host_and_none_holds_words(world: World) -> None:
    with enter(world.ashmere):
        picture = Picture.objects.get()
        names = [picture.file.name, *(size.file.name for size in picture.renditions.all())]
    assert len(names) >= 2
    for name in names:
        for who in ("manager here", "editor here", "anonymous"):
            elsewhere = world.browser(world.cast.scheme, world.cast.people[who])
            assert elsewhere.get(f"/media/{name}").status_code == 404
        assert world.browser(None, None).get(f"/media/{name}").status_code == 404
        with default_storage.open(name) as file:
            held = file.read()
        assert b"Sam" not in held and cms.GPS_MARK not in held
        assert world.canaries.found_in(held) == world.canaries.found_in(name) == set()


# --- nothing private stands where messages, logs and caches are


def test_messages_hold_no_words_of_anybody(world: World) -> None:
    messages = list(world.mail.glob("*.eml"))
    assert len(messages) >= 2
    for message in messages:
        head, _, body = message.read_text().partition("\n\n")
        assert world.canaries.found_in(body) == set()
        assert world.canaries.found_in(head) <= {"people.Person.email", "schemes.Invitation.email"}
        assert world.canaries.found_in(message.name) == set()


def test_no_line_of_the_log_holds_a_word_of_anybody(world: World) -> None:
    lines = world.log.getvalue()
    assert "Not Found" in lines  # something was logged
    assert world.canaries.found_in(lines) == set()
    assert not any(code in lines for code in world.canaries.of("a slip's code"))


def test_no_cache_outbox_notice_or_audit_holds_a_word_of_anybody(world: World) -> None:
    with enter(world.ashmere):
        cache.set("looked", world.canaries.of("feedback.Point.said").pop())
    rows = list(every_text(["public", world.ashmere.schema_name]))
    sinks = {
        name: [row for table, row in rows if table.endswith(name)]
        for name in ("kit_outboxmessage", "people_notice", "kit_dutyfailure", "audit_entry", "django_session")
    }
    assert len(sinks["kit_outboxmessage"]) > 5 and len(sinks["people_notice"]) > 2 and len(sinks["audit_entry"]) > 10
    for name, held in sinks.items():
        assert world.canaries.found_in("\n".join(held)) == set(), name
    assert world.canaries.found_in(_cached()) == {"feedback.Point.said"}  # the one put there just now, and no other
    with enter(world.ashmere):
        cache.delete("looked")
    assert world.canaries.found_in(_cached()) == set()
    assert Notice.objects.exists()


def _cached() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM kit_cache")
        return "\n".join(f"{key} {base64.b64decode(value)!r}" for key, value in cursor.fetchall())


def test_no_session_keeps_what_was_said_once_it_was_sent(world: World) -> None:
    kept = "\n".join(str(sessions.read(session)) for session in Session.objects.all())
    assert kept
    assert world.canaries.found_in(kept) == set()
    assert not any(code in kept for code in world.canaries.of("a slip's code"))


def test_no_row_of_public_or_of_another_scheme_holds_a_word_of_ashmere(world: World) -> None:
    elsewhere = "\n".join(row for _, row in every_text(["public", "s_brackwell", "template_scheme"]))
    known = {"people.Person.name", "people.Person.email", "schemes.Invitation.email", "schemes.Site.name"}
    assert world.canaries.found_in(elsewhere) == known


def test_a_slips_code_stands_nowhere(world: World) -> None:
    codes = world.canaries.of("a slip's code")
    assert codes
    everything = "\n".join(row for _, row in every_text(["public", "s_ashmere", "s_brackwell"]))
    assert not any(code in everything for code in codes)


def _met(world: World, client: Client, *, start: list[str]) -> set[str]:
    text, opened = crawl(client, start, most=60)
    assert opened > 3
    return world.canaries.found_in(text)


def test_a_hidden_word_would_be_met(world: World) -> None:
    """The check can fail: what was said, once somebody copies it into the public words, is met by the same crawl."""
    with enter(world.ashmere), transaction.atomic():
        said = world.canaries.of("feedback.Point.said").pop()
        Point.objects.told_first().update(public_words=said)
        connection.set_schema_to_public()
        try:
            assert "feedback.Point.said" in _met(world, world.browser(world.ashmere, None), start=["/"])
        finally:
            transaction.set_rollback(True)
