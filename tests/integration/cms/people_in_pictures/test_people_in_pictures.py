"""S29: a picture of people is shown nowhere until each of them agreed, and nowhere from when one takes it back."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Value
from wagtail.search.models import IndexEntry

from cms import picture_actions as actions
from cms import showing
from cms.errors import AlreadyOver
from cms.models import Picture, PictureConsent, StandardPage
from kit import clock
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from tenants.schemes.entering import enter
from tests.factories.cms import a_film, a_picture, agreed
from tests.factories.easy_read import twin_of
from tests.factories.people import someone

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/getting-here/"


def stored(address):
    return default_storage.exists(address.removeprefix("/media/"))


@pytest.mark.parametrize(("people", "agreeing"), [(None, 0), (None, 3), (1, 0), (2, 1)])
def test_until_everybody_in_it_agreed_no_page_and_no_address_shows_it(
    people, agreeing, scheme, editor, put_on_a_page, files_of, public, desk
):
    with enter(scheme):
        picture = a_picture(people)
        for _ in range(agreeing):
            agreed(picture, editor)
        agreed(a_picture(1), editor)
    put_on_a_page("picture", picture)
    assert "<img" not in public.get(PAGE).content.decode()
    for address in files_of(picture):
        assert public.get(address).status_code == 404
        answer = desk.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(("people", "agreeing"), [(0, 0), (1, 1), (2, 2)])
def test_with_everybodys_agreement_it_is_shown_with_its_words(
    people, agreeing, scheme, editor, put_on_a_page, files_of, public
):
    with enter(scheme):
        picture = a_picture(people)
        for _ in range(agreeing):
            agreed(picture, editor)
    put_on_a_page("picture", picture)
    page = public.get(PAGE).content.decode()
    assert 'alt="A door with a green sign"' in page and files_of(picture)[0] in page
    assert "The woman on the left" not in page
    assert public.get(files_of(picture)[0])["Cache-Control"] == "public, max-age=60"


def test_from_when_one_takes_it_back_nothing_shows_it_and_then_its_files_are_gone(
    scheme, editor, put_on_a_page, files_of, public, desk, work
):
    with enter(scheme):
        picture, beside = a_picture(2), a_picture(1)
        first, second = agreed(picture, editor), agreed(picture, editor)
        agreed(beside, editor)
    put_on_a_page("picture", picture)
    sizes, others = [*files_of(picture), picture.file.url], files_of(beside)
    with enter(scheme):
        actions.take_back(consent=first, by=editor)
    assert "<img" not in public.get(PAGE).content.decode()
    for address in sizes:
        assert public.get(address).status_code == desk.get(address).status_code == 404
    assert stored(sizes[0])
    work()
    assert not any(stored(address) for address in sizes)
    assert public.get(PAGE).status_code == 200 and public.get(others[0]).status_code == 200
    with enter(scheme):
        assert list(Picture.objects.all()) == [beside]
        kept = PictureConsent.objects.get(pk=first.pk)
        assert (kept.picture, kept.withdrawn_by_id) == (None, editor.pk)
        assert PictureConsent.objects.get(pk=second.pk).withdrawn_at is None
        with pytest.raises(AlreadyOver):
            actions.take_back(consent=first, by=editor)


def test_what_was_taken_back_cannot_be_agreed_to_again(inside, editor):
    picture = a_picture(1)
    actions.take_back(consent=agreed(picture, editor), by=editor)
    with pytest.raises(AlreadyOver):
        agreed(picture, editor)
    PictureConsent.objects.filter(withdrawn_at=None).delete()
    assert showing.shown(picture, "max-30x30") is None


def test_an_agreement_holds_to_the_evening_of_its_last_day(inside, editor, at_moment):
    picture = a_picture(1)
    agreed(picture, editor, until=clock.today() + timedelta(days=2))
    last = clock.now() + timedelta(days=2)
    at_moment(datetime(last.year, last.month, last.day, 22, 30, tzinfo=UTC))
    assert showing.shown(picture, "max-30x30")
    at_moment(datetime(last.year, last.month, last.day, 22, 30, tzinfo=UTC) + timedelta(hours=3))
    assert showing.shown(picture, "max-30x30") is None
    agreed(picture, editor, who="The same, for another year")
    assert showing.shown(picture, "max-30x30")


@pytest.mark.parametrize("made", [a_picture, a_film])
def test_what_is_said_of_somebody_to_describe_what_they_are_in_is_found_by_nobody(made, scheme, editor, home, public):
    """It stands in the editor's page as words: from when they take it back, nobody must come upon it."""
    with enter(scheme):
        of = a_picture(1) if made is a_picture else a_film(editor)
        consent = agreed(of, editor)
        of.contextual_alt_text, of.decorative = "Marianne holding a cup", False
        block = ("picture", of) if made is a_picture else ("film", {"film": str(of.pk), "says": "Marianne speaks"})
        page = StandardPage(title="Getting here", slug="getting-here", body=[("heading", "By bus"), block])
        home.add_child(instance=page)
        page.save_revision().publish()
    assert "Marianne" in public.get(PAGE).content.decode()
    with enter(scheme):
        actions.take_back(consent=consent, by=editor)
    assert "Marianne" not in public.get(PAGE).content.decode()
    assert PAGE in public.get("/search/", {"q": "bus"}).content.decode()
    assert PAGE not in public.get("/search/", {"q": "Marianne"}).content.decode()


def test_where_it_was_found_before_the_pages_are_indexed_again_once(scheme, home, editor, put_on_a_page, public, work):
    migration = import_module("cms.migrations.0015_what_pictures_say_is_not_found")
    with enter(scheme):
        with connection.cursor() as cursor:
            cursor.execute(migration.INDEX_AGAIN)
        assert not OutboxMessage.objects.exists()
        put_on_a_page("picture", a_picture())
    with enter(scheme):
        entries = IndexEntry.objects.filter(object_id=str(StandardPage.objects.get(slug="getting-here").pk))
        assert entries.update(body=SearchVector(Value("a door with a green sign"), config="english")) == 1
        assert PAGE in public.get("/search/", {"q": "sign"}).content.decode()
    with enter(scheme), connection.cursor() as cursor:
        cursor.execute(migration.INDEX_AGAIN)
        cursor.execute(migration.INDEX_AGAIN)
    assert OutboxMessage.objects.filter(kind="cms.index_again").count() == 1
    work()
    assert PAGE not in public.get("/search/", {"q": "sign"}).content.decode()
    assert PAGE in public.get("/search/", {"q": "getting"}).content.decode()


def test_erasing_somebodys_account_takes_their_pictures_with_all_files(scheme, editor, put_on_a_page, files_of, public):
    kim = someone("Kim", email="kim@example.org")
    with enter(scheme):
        picture, beside = a_picture(1), a_picture(1)
        consent, other = agreed(picture, editor, reach=f" {kim.email.upper()} "), agreed(beside, editor)
    put_on_a_page("picture", picture)
    sizes, others = [*files_of(picture), picture.file.url], files_of(beside)
    assert consent.person_id == kim.pk and other.person_id is None
    erase_in_schema(kim.pk, scheme.schema_name)
    assert "<img" not in public.get(PAGE).content.decode()
    assert not any(stored(address) for address in sizes)
    assert public.get(others[0]).status_code == 200
    with enter(scheme):
        assert not Picture.objects.filter(pk=picture.pk).exists()
        left = PictureConsent.objects.get(pk=consent.pk)
        assert (left.who, left.person_id, left.erased) == ("", None, True)


def test_an_address_that_nobody_showed_to_be_theirs_is_nobodys(inside, editor, person):
    """Anybody can make an account with another's address: erasing it must not take a picture down."""
    kim = person("Kim")
    assert agreed(a_picture(1), editor, reach=kim.email).person_id is None
    assert agreed(a_picture(1), editor, reach="nobody@example.org").person_id is None


def test_agreeing_to_a_film_is_not_agreeing_to_a_picture(inside, editor):
    picture = a_picture(1)
    agreed(a_film(editor), editor)
    assert showing.shown(picture, "max-30x30") is None


def test_easy_read_shows_a_picture_of_ours_in_place_of_one_that_was_taken_back(scheme, editor, home, public):
    with enter(scheme):
        picture = a_picture(1)
        consent = agreed(picture, editor)
        twin_of(home, "We listen to you.", photo=picture)
        shown = picture.get_rendition("max-400x400").url
    assert shown in public.get("/easy-read/").content.decode()
    assert public.get("/easy-read/pdf/").status_code == 200
    with enter(scheme):
        actions.take_back(consent=consent, by=editor)
    page = public.get("/easy-read/").content.decode()
    assert shown not in page and "kit/easy/" in page and "We listen to you." in page
    assert public.get("/easy-read/pdf/").status_code == 200
