"""Canaries: a word of its own in every text that Ashmere holds, then every page, file, message, log and cache is read.

Nobody who has nothing to do with Ashmere meets one; and what is private stays with those who said it and staff.
"""

import base64
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import override_settings
from django.test.client import Client

from cms.models import EventPage, Picture
from kit import sessions
from people.models import Notice, Person
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import Permission
from tests.factories import cms
from tests.integration.proofs import matrix
from tests.integration.proofs.canaries import PAGES_WITH_A_BODY, every_text, text_fields
from tests.integration.proofs.canary_world import World, make, person_called
from tests.integration.proofs.crawling import crawl, text_of
from tests.integration.proofs.listening import logged

PAGES_WITH_AN_INTRODUCTION = (
    "AboutPage", "AnswersPage", "EventIndexPage", "HomePage", "InvolvementPage", "NewsIndexPage", "PeoplePage",
    "ResourceIndexPage", "ResourcePage", "StoryIndexPage", "StoryPage",
)  # fmt: skip
# What of it is found nationally too (ADR 0059): in one table, on one page, and beside what others decide.
NATIONAL = {
    "feedback.Point.public_words", "feedback.Point.example_note", "feedback.Round.answer", "feedback.Round.reason",
    "feedback.Theme.label", "feedback.GroupTag.label",
}  # fmt: skip
NATIONAL_PAGES = ("/answers/", "/answers/follow/", "/same/", "/decide/")
# What a scheme shows to anybody.
PUBLIC = {
    "feedback.Point.public_words", "feedback.Point.example_note", "feedback.Round.answer", "feedback.Round.reason",
    "feedback.Round.owner_role", "feedback.Progress.words", "feedback.Theme.label", "feedback.GroupTag.label",
    "feedback.ComplaintWay.words", "feedback.ComplaintWay.telephone", "feedback.ComplaintWay.link",
    "feedback.Quote.words",
    "schemes.Site.name", "wagtailcore.Page.title", "wagtailcore.Page.seo_title", "wagtailcore.Page.search_description",
    *(f"cms.{page}.body" for page in PAGES_WITH_A_BODY),
    *(f"cms.{page}.introduction" for page in PAGES_WITH_AN_INTRODUCTION),
    *(f"cms.EventPage.{field.name}" for field in text_fields(EventPage)),
    "cms.NewsPage.summary", "cms.NewsPage.issue",
    "cms.Picture.title", "cms.Picture.description", "cms.Film.title", "cms.Film.address",
    "cms.Named.name", "cms.Named.does", "cms.Named.words",
    "cms.EasyReadPage.ideas", "cms.HardWord.word", "cms.HardWord.also", "cms.HardWord.meaning",
}  # fmt: skip

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


@pytest.fixture(scope="module")
def world(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once for this module, in a transaction that is rolled back at the end."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(transaction.atomic())
        import_module(settings.ROOT_URLCONF)  # in public, as the server does at start
        mail = tmp_path_factory.mktemp("mail")
        stack.enter_context(override_settings(EMAIL_FILE_PATH=mail, EMAIL_BACKEND="kit.channels.files.FileBackend"))
        log = stack.enter_context(logged())
        yield make(mail, log)
        transaction.set_rollback(True)


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
    met = _met(world, world.browser(world.ashmere, None), start=["/", "/tell-us/", "/answer/"], most=60)
    assert {
        "feedback.Point.public_words", "feedback.Round.answer", "feedback.Round.reason", "feedback.Theme.label",
        "feedback.Quote.words", "schemes.Site.name", "wagtailcore.Page.title", "cms.HomePage.body",
        "cms.StandardPage.body", "cms.StoryPage.body", "cms.StoryPage.introduction",
        "cms.EasyReadPage.ideas", "cms.HardWord.word", "cms.HardWord.meaning",
    } <= met  # fmt: skip
    assert met - PUBLIC == set()


def test_somebody_signed_in_who_has_no_role_reads_no_more_than_anybody(world: World) -> None:
    met = _met(
        world, world.browser(world.ashmere, person_called(world, "stranger")), start=["/", "/tell-us/", "/mine/"]
    )
    assert met - PUBLIC == set()


def test_staff_read_what_was_said(world: World) -> None:
    desk = world.browser(world.ashmere, person_called(world, "manager elsewhere"))
    met = _met(world, desk, start=["/points/?show=all", "/points/tellings/", "/partners/"])
    assert {"feedback.Point.said", "feedback.Confirmation.words", "feedback.Told.task_note"} <= met
    assert "feedback.Partner.organisation" in met


def test_a_supporter_reads_what_they_help_with_and_nothing_else_of_anybody(world: World) -> None:
    helper = world.browser(world.ashmere, person_called(world, "supporter elsewhere"))
    text, _ = crawl(helper, ["/support/", "/mine/"], most=40)
    assert world.canaries.found_in(text) - PUBLIC == {
        "feedback.Point.said",
        "feedback.Progress.evidence",
        "people.Person.name",
    }
    theirs = person_called(world, "sayer elsewhere")
    with enter(world.ashmere):
        said = set(Point.objects.filter(sayers__person_id=theirs.pk).values_list("said", flat=True))
        others = set(Point.objects.exclude(sayers__person_id=theirs.pk).values_list("said", flat=True))
    assert any(words in text for words in said)
    assert not any(words in text for words in others if words)


def test_words_about_harm_are_read_by_who_may_and_stand_in_no_list(world: World) -> None:
    desk = world.browser(world.ashmere, person_called(world, "manager elsewhere"))
    assert "feedback.Concern.words" in _met(world, desk, start=["/concerns/"])
    assert "feedback.Concern.words" not in world.canaries.found_in(desk.get("/concerns/").content.decode())
    other = world.browser(world.ashmere, person_called(world, "involvement_lead elsewhere"))
    assert "feedback.Concern.words" not in _met(world, other, start=["/points/?show=all", "/concerns/", "/staff/"])


# --- nobody elsewhere meets one


def _pages_with_things(table: dict[str, Permission], world: World, *, platform: bool) -> dict[str, Permission]:
    """Every page of a host, for the things of Brackwell and, where a page asks for a thing, for those of Ashmere.

    Each with the right that it asks for.
    """
    theirs = replace(world.cast, things=world.cast.things | world.things)
    return {
        matrix.address_of(page, on_platform=platform, cast=cast): permission
        for cast in (world.cast, theirs)
        for page, permission in table.items()
    }


SEARCHES = {
    "/points/?show=all": Permission.SEE_REGISTER,
    "/points/?show=decided&theme=&group=&site=": Permission.SEE_REGISTER,
    "/?page=2": Permission.ANYONE,
    "/you-said-we-did/?decision=will": Permission.ANYONE,
}


@pytest.mark.parametrize("place", ["brackwell", "platform"])
def test_nobody_meets_a_word_of_ashmere_at_another_host(place: str, world: World) -> None:
    """Each page is opened by one of those who may, the next page by another; the long proof has all of them."""
    assert _opened_elsewhere(world, place, most=1) > 60


@pytest.mark.long
@pytest.mark.parametrize("place", ["brackwell", "platform"])
def test_nobody_at_all_meets_a_word_of_ashmere_at_another_host(place: str, world: World) -> None:
    assert _opened_elsewhere(world, place, most=len(world.cast.people)) > 500


def _opened_elsewhere(world: World, place: str, *, most: int) -> int:
    """How many pages opened, each for at most so many people, with no word of Ashmere on any of them."""
    scheme = world.cast.scheme if place == "brackwell" else None
    table = SCHEME_PAGES if scheme else PLATFORM_PAGES
    pages = _pages_with_things(table, world, platform=scheme is None) | (SEARCHES if scheme else {})
    browsers = {
        who: world.browser(scheme, person)
        for who, person in world.cast.people.items()
        if scheme or not who.endswith("elsewhere")  # they have to do with Ashmere
    }
    rights = world.cast.rights_at_scheme if scheme else world.cast.rights_on_platform
    opened = 0
    for number, (address, permission) in enumerate(pages.items()):
        # To the others it is not there: the matrix tries that.
        may = [who for who in browsers if permission in rights[who]]
        for who in [may[(number + one) % len(may)] for one in range(min(most, len(may)))]:
            with matrix.taken_back(browsers[who]):
                answer = browsers[who].get(address)
            opened += answer.status_code == 200
            met = world.canaries.found_in(text_of(answer).replace(own_words(world.cast.people[who]), ""))
            met |= world.canaries.found_in(str(answer.headers))
            allowed = {"people.Person.name"} if who.endswith("elsewhere") else set()
            if urlsplit(address).path.endswith(NATIONAL_PAGES):
                allowed |= NATIONAL
            assert met - allowed == set(), (who, address)
    return opened


@pytest.mark.parametrize("most", [40, pytest.param(120, marks=pytest.mark.long)])
def test_an_editor_elsewhere_meets_none_in_the_whole_editor(world: World, most: int) -> None:
    client = world.browser(world.cast.scheme, person_called(world, "editor here"))
    met, opened = crawl(client, ["/cms/", "/cms/pages/", "/cms/images/?q=zqv", "/cms/search/?q=zqv"], most=most)
    assert opened > most / 3
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
    rows = list(every_text(["public", "s_brackwell", "template_scheme"]))
    published = "\n".join(row for table, row in rows if table.endswith("answers_publishedanswer"))
    elsewhere = "\n".join(row for table, row in rows if not table.endswith("answers_publishedanswer"))
    known = {"people.Person.name", "people.Person.email", "schemes.Invitation.email", "schemes.Site.name"}
    assert world.canaries.found_in(elsewhere) == known
    assert world.canaries.found_in(published) == NATIONAL


def test_a_slips_code_stands_nowhere(world: World) -> None:
    codes = world.canaries.of("a slip's code")
    assert codes
    everything = "\n".join(row for _, row in every_text(["public", "s_ashmere", "s_brackwell"]))
    assert not any(code in everything for code in codes)


def _met(world: World, client: Client, *, start: list[str], most: int = 25) -> set[str]:
    text, opened = crawl(client, start, most=most)
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
