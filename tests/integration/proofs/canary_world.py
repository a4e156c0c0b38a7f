"""Ashmere full of canaries, Brackwell beside it: made over HTTP as its people would make it."""

import io
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import Client, ClientHandler
from wagtail.models import Page

from cms.models import (
    AboutPage,
    FollowedLink,
    HardWord,
    HomePage,
    InvolvementPage,
    NewsIndexPage,
    NewsPage,
    PeoplePage,
    Picture,
    ResourcePage,
    UploadedPaper,
)
from kit import clock, outbox
from people.models import Person
from tenants.feedback.models import Asked, Escalation, GroupTag, Partner, Point, Sayer, Supporter, Theme, Told
from tenants.feedback.rules import REGARD, Basis, Channel, Form
from tenants.schemes.entering import enter
from tenants.schemes.models import Invitation, Membership, Scheme
from tests.cast import Cast, assemble
from tests.factories import cms, easy_read, feedback, people, schemes
from tests.integration.conftest import PLATFORM, sign_in
from tests.integration.proofs.canaries import Canaries, models_of_schemes, plant


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


def make(mail: Path, log: io.StringIO) -> World:
    """A row of every kind, a word of its own in each, and the loop walked once."""
    brackwell, ashmere = (Scheme.objects.get(slug=slug) for slug in ("brackwell", "ashmere"))
    made = World(assemble(brackwell, ashmere), Canaries(), mail, log)
    _fill(made)
    _add_a_picture(made)
    with enter(ashmere):
        claimed = Point.objects.get(pk=made.things["claimed_point"])
        cms.resource("newsletter", claimed, cms.story("A story", claimed))
        uploaded = UploadedPaper.objects.create(title="x", file="s_ashmere/papers/x.pdf")
        made.things["paper_id"] = uploaded.pk
        made.things["page_id"] = cms.resource("leaflet", uploaded=uploaded, title="Uploaded").pk
        _plant_pages(made)
        made.planted, made.without_rows = plant(made.canaries, models_of_schemes())
        _plant_a_twin(made)
    _plant_people(made)
    _walk_the_loop(made)
    return made


def _fill(world: World) -> None:
    """A row of each kind in Ashmere, and what a URL can ask for there."""
    manager = _member(world, "manager elsewhere")
    with enter(world.ashmere):
        group = GroupTag.objects.earliest("label")
        partner = Partner.objects.create(organisation="A partner", group=group)
        parent = feedback.actions.Agreement(
            basis=Basis.PARENT,
            giver_name="g",
            giver_relationship="r",
            evidence_seen="e",
            child_view="c",
            review_on=clock.today().replace(day=1),
        )
        waiting = feedback.said(feedback.slip(agreement=parent), groups=[group], partner=partner, example_note="x")
        feedback.published(feedback.said(groups=[group]), manager)
        by = Person.objects.get(pk=manager.person_id)
        question = feedback.actions.ask_for_words(point=waiting, words="?", client_key=uuid4(), by=by)
        feedback.actions.reply(sayer=waiting.sayers.get(), question=question, words="!", by=None)
        need = feedback.actions.write_down_need(sayer=waiting.sayers.get(), form=Form.OTHER, words="n", by=by)
        assert need
        feedback.actions.look_again(need=need, form=Form.OTHER, words="n", shared_with="s", by=by)
        Escalation.objects.create(point=waiting, step="owner", due_on=clock.today())
        failed = feedback.letter(manager)
        Told.objects.filter(pk=failed.pk).update(state="failed", ended_at=clock.now(), task_note="Find another way")
        claimed = Point.objects.get(stage="changed", sayers__kind="person")
        feedback.said(feedback.slip(channel=Channel.WORKER, worker="w"))
        asked = Asked.objects.get()
        feedback.actions.write_easy_read(round_=asked.round, what="w", why="y", by=by)
        concern = feedback.concern("nothing yet")
        batch = feedback.slip_batch()
        feedback.asked_to_help(person_called(world, "sayer elsewhere"), "+447700900999")
        helps = Supporter.objects.running().get()
        feedback.actions.write_complaint_way(words="w", telephone="", link="", by=by)
        FollowedLink.objects.create(address="https://example.org/", checked_on=clock.today(), works=True)
        world.things = {
            "point_id": waiting.pk, "told_id": failed.pk, "claimed_point": claimed.pk,
            "claimed_sayer": claimed.sayers.get().pk, "concern_id": concern.pk,
            "batch_id": batch.pk, "supporter_id": helps.pk,
            "sayer_id": waiting.sayers.get().pk,
            "asked_id": asked.pk,
        }  # fmt: skip
    invitation, _ = schemes.invited(world.ashmere, "invited@example.org")
    colleague = _member(world, "practitioner elsewhere").person_id
    away = schemes.away(world.ashmere, colleague, cover=manager.person_id)
    notice = people.noticed(person_called(world, "sayer elsewhere"), scheme=world.ashmere)
    world.things |= {
        "membership_id": manager.pk,
        "invitation_id": invitation.pk,
        "absence_id": away.pk,
        "scheme_id": world.ashmere.pk,
        "notice_id": notice.pk,
        "site_id": world.ashmere.sites.earliest("name").pk,
    }


def _plant_pages(world: World) -> None:
    """Words and a picture on Ashmere's site, published and drafted, as its editor would put them there."""
    _add_pages_of_every_kind()
    for page in Page.objects.exclude(depth=1).specific():
        if hasattr(page, "body") and not isinstance(page, ResourcePage):
            word = world.canaries.new(f"{page._meta.label}.body")
            page.body = [("paragraph", f"<p>{word}</p>")]
        if isinstance(page, ResourcePage) and not page.uploaded_id:
            word = world.canaries.new("cms.ResourcePage.body")
            page.body = [("words", word), *((block.block_type, block.value) for block in page.body)]
        page.title = page.draft_title = world.canaries.new("wagtailcore.Page.title")
        page.save_revision().publish()
        page.title = world.canaries.new("a draft")
        page.save_revision()


def _plant_a_twin(world: World) -> None:
    """Easy Read of the home page, in which a hard word is met that has its canaries by now."""
    words = f"{world.canaries.new('cms.EasyReadPage.ideas')} {HardWord.objects.earliest('pk').word}"
    easy_read.twin_of(HomePage.objects.get(), words)


def _add_pages_of_every_kind() -> None:
    home = HomePage.objects.get()
    for model in (AboutPage, InvolvementPage, NewsIndexPage, PeoplePage):
        home.add_child(instance=model(title=model.__name__, slug=model.__name__.lower()))
    NewsIndexPage.objects.get().add_child(instance=NewsPage(title="News", slug="n", summary="s"))
    cms.an_event()


def _add_a_picture(world: World) -> None:
    file = SimpleUploadedFile("Sam at home.jpg", cms.picture_bytes(), "image/jpeg")
    desk = world.browser(world.ashmere, person_called(world, "editor elsewhere"))
    assert desk.post("/cms/images/multiple/add/", {"title": "A picture", "files[]": file}).json()["success"]
    with enter(world.ashmere):
        picture = Picture.objects.get()
        picture.get_rendition("max-30x30")
        Picture.objects.update(people=1)
        by = Person.objects.get(pk=_member(world, "editor elsewhere").person_id)
        film, named = cms.a_film(by), cms.named(by)
        world.things |= {
            "picture_id": picture.pk, "film_id": film.pk, "named_id": named.pk,
            "consent_id": cms.agreed(picture, by).pk,
        }  # fmt: skip


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
        world.browser(world.ashmere, person_called(world, "sayer elsewhere")),
    )
    words = {"said": new("feedback.Point.said"), "send": uuid4(), "may_publish": "on"}
    assert stranger.post("/tell-us/", words).status_code == 302
    (code,) = re.findall(r'app-slip__code">([^<]+)<', stranger.get("/tell-us/thanks/").content.decode())
    world.canaries.where[code] = "a slip's code"
    told = {"said": new("feedback.Point.said"), "send": uuid4(), "may_publish": "on", "link": "on", "write_to_me": "on"}
    assert sayer.post("/tell-us/", told).status_code == 302
    desk = world.browser(world.ashmere, person_called(world, "manager elsewhere"))
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
    wrong = {"answer": "no", "words": new("feedback.Confirmation.words")}
    (told_point,) = set(points) - {_point_of(world, words["said"])}
    assert sayer.post(f"/mine/{told_point}/changed/", wrong).status_code == 302
    stranger.post("/tell-us/thanks/")
    stranger.post("/answer/close/")
    for page in ("/nothing/", f"/nothing/?q={new('an address')}"):
        stranger.get(page)
    _work()


def _point_of(world: World, said: str) -> object:
    with enter(world.ashmere):
        return Point.objects.get(said=said).pk


def _steps(world: World) -> list[tuple[str, dict[str, Any]]]:
    new, due = world.canaries.new, clock.today() + timedelta(days=30)
    owner = _member(world, "manager elsewhere")
    with enter(world.ashmere):
        theme = Theme.objects.earliest("pk").pk
    decided = {
        "decision": "will", "answer": new("feedback.Round.answer"), "reason": new("feedback.Round.reason"),
        "owner": owner.pk, "due_day": due.day, "due_month": due.month, "due_year": due.year,
    }  # fmt: skip
    regard = {name: new(f"feedback.DueRegard.{name}") for name in REGARD} | {"decision_maker": owner.pk}
    return [
        ("acknowledge", {}),
        ("sort", {"theme": theme, "site": world.ashmere.sites.earliest("name").pk, "groups": []}),
        ("words", {"words": new("feedback.Point.public_words")}),
        ("regard", {"changes": "no", "why_not": new("feedback.DueRegard.why_not")}),
        ("regard/record", regard),
        ("decide", decided),
        ("progress", {"words": new("feedback.Progress.words"), "evidence": new("feedback.Progress.evidence")}),
        ("done", {"words": new("feedback.Progress.words"), "evidence": new("feedback.Progress.evidence")}),
    ]


def _work() -> None:
    while outbox.work_once():
        pass


def person_called(world: World, who: str) -> Person:
    person = world.cast.people[who]
    assert person is not None
    return person


def _member(world: World, who: str) -> Membership:
    return Membership.objects.at(world.ashmere).get(person_id=person_called(world, who).pk)
