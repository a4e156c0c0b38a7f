"""S29: a picture of people is shown nowhere until each of them agreed, and nowhere from when one takes it back."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Value
from PIL import Image
from wagtail.models import UploadedFile
from wagtail.search.models import IndexEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from audit.models import Entry
from cms import picture_actions as actions
from cms import showing
from cms.errors import AlreadyOver, FilmIsThere
from cms.models import Film, Picture, PictureConsent, StandardPage
from kit import clock
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tests.factories.cms import a_film, a_picture, agreed, picture_bytes
from tests.factories.easy_read import twin_of
from tests.factories.people import someone

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/getting-here/"


@pytest.fixture
def put_on_a_page(home, scheme):
    """`put_on_a_page("picture", picture)`: a published page with that block and nothing else."""

    def publish(kind, thing):
        value = thing if kind == "picture" else {"film": str(thing.pk), "says": "Three minutes"}
        if kind == "picture":
            thing.contextual_alt_text, thing.decorative = "A door with a green sign", False
        with enter(scheme):
            page = home.add_child(
                instance=StandardPage(title="Getting here", slug="getting-here", body=[(kind, value)])
            )
            page.save_revision().publish()

    return publish


@pytest.fixture
def files_of(scheme):
    """The address of each size of a picture, made now."""

    def sizes(picture):
        with enter(scheme):
            return [
                Picture.objects.get(pk=picture.pk).get_rendition(size).url for size in ("max-900x1200", "max-30x30")
            ]

    return sizes


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


def test_a_film_is_a_way_that_is_there_while_everybody_in_it_agrees(scheme, editor, put_on_a_page, public):
    with enter(scheme):
        film = a_film(editor)
        with pytest.raises(FilmIsThere):
            a_film(editor)
        agreed(a_film(editor, number=2), editor)
    put_on_a_page("film", film)
    assert film.address not in public.get(PAGE).content.decode()
    with enter(scheme):
        consent = agreed(film, editor)
        agreed(a_picture(1), editor)
    page = public.get(PAGE).content.decode()
    assert film.address in page and "Three minutes" in page
    with enter(scheme):
        actions.take_back(consent=consent, by=editor)
        agreed(film, editor)
    assert film.address not in public.get(PAGE).content.decode()


def test_agreeing_to_a_film_is_not_agreeing_to_a_picture(inside, editor):
    picture = a_picture(1)
    agreed(a_film(editor), editor)
    assert showing.shown(picture, "max-30x30") is None


# --- coming in


def upload(desk, **more):
    file = SimpleUploadedFile("door.jpg", picture_bytes(), "image/jpeg")
    return desk.post("/cms/images/add/", {"title": "A door", "file": file, "tags": "", "description": "", **more})


def test_an_upload_asks_how_many_people_can_be_recognised_and_takes_nobody_for_no_answer(desk, scheme):
    assert "How many people in it could somebody recognise?" in desk.get("/cms/images/add/").content.decode()
    assert upload(desk, people="").status_code == 200
    assert upload(desk, people="").content.decode().count("Enter 0 if there is nobody.") == 1
    with enter(scheme):
        assert not Picture.objects.exists()
    assert upload(desk, people="0").status_code == 302
    with enter(scheme):
        assert Picture.objects.get().people == 0


def test_pictures_that_come_in_a_heap_are_shown_nowhere_until_it_is_answered(desk, scheme):
    file = SimpleUploadedFile("door.jpg", picture_bytes(), "image/jpeg")
    answer = desk.post("/cms/images/multiple/add/", {"title": "A door", "files[]": file}).json()
    assert answer["success"] and "How many people" in answer["form"]
    with enter(scheme):
        picture = Picture.objects.get()
        assert picture.people is None
        assert not UploadedFile.objects.exists()  # it would keep the file with where it was taken
    fields = {f"image-{picture.pk}-{name}": "" for name in ("people", "tags", "description")}
    path = f"/cms/images/multiple/{picture.pk}/"
    assert not desk.post(path, fields | {f"image-{picture.pk}-title": "A door"}).json()["success"]
    fields |= {f"image-{picture.pk}-people": "2", f"image-{picture.pk}-title": "A door"}
    assert desk.post(path, fields).json()["success"]


def test_a_picture_that_was_agreed_to_cannot_be_exchanged_for_another(desk, scheme, editor):
    with enter(scheme):
        picture = a_picture(1)
    other = BytesIO()
    Image.new("RGB", (9, 9), "red").save(other, "PNG")
    form = {"title": "Another", "people": "1", "tags": "", "description": ""}
    form |= {"file": SimpleUploadedFile("other.png", other.getvalue(), "image/png")}
    assert desk.post(f"/cms/images/{picture.pk}/", form).status_code == 302
    with enter(scheme):
        changed = Picture.objects.get()
        assert (changed.title, changed.file.name) == ("Another", picture.file.name)


def test_only_who_publishes_says_that_fewer_people_can_be_recognised(
    desk, leads_desk, scheme, put_on_a_page, public, editor
):
    """ADR 0065: with fewer, a page that is on the site shows a picture to which nobody agreed."""
    with enter(scheme):
        picture = a_picture(2)
    put_on_a_page("picture", picture)
    way, form = f"/cms/images/{picture.pk}/", {"title": "A door", "tags": "", "description": ""}
    for fewer in ({"people": "0"}, {}):
        answer = desk.post(way, form | fewer)
        assert "ask a manager or an involvement lead" in answer.content.decode()
        assert "<img" not in public.get(PAGE).content.decode().partition("<main")[2]
    assert desk.post(way, form | {"people": "3"}).status_code == 302
    assert leads_desk.post(way, form | {"people": "0"}).status_code == 302
    assert "<img" in public.get(PAGE).content.decode().partition("<main")[2]


def test_of_somebody_who_was_erased_no_agreement_is_read_or_taken_back(scheme, editor, desk):
    kim = someone("Kim", email="kim@example.org")
    with enter(scheme):
        film = a_film(editor, people=2)
        gone, there = agreed(film, editor, reach="kim@example.org"), agreed(film, editor, who="The man beside her")
    erase_in_schema(kim.pk, scheme.schema_name)
    page = desk.get(f"/pictures/films/{film.pk}/").content.decode()
    assert str(there.pk) in page and str(gone.pk) not in page
    assert desk.get(f"/pictures/agreed/{gone.pk}/take-back/").status_code == 404
    assert desk.get(f"/pictures/agreed/{there.pk}/take-back/").status_code == 200


def publish(desk, home, block):
    body = {"title": "Getting here", "slug": "getting-here", "seo_title": "", "search_description": ""}
    form = nested_form_data(body | {"body": streamfield([("picture", block)])})
    return desk.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", form | {"action-publish": "1"})


def test_a_page_is_not_published_with_a_picture_that_has_no_words_or_of_which_nobody_said_who_is_in_it(
    leads_desk, home, scheme
):
    with enter(scheme):
        asked, unasked = a_picture(0), a_picture(None)
    words = {"image": asked.pk, "alt_text": "A door", "decorative": ""}
    assert "add some alt text" in publish(leads_desk, home, words | {"alt_text": ""}).content.decode()
    assert "say how many people can be" in publish(leads_desk, home, words | {"image": unasked.pk}).content.decode()
    assert publish(leads_desk, home, {"image": asked.pk, "alt_text": "", "decorative": "on"}).status_code == 302


def test_a_preview_says_why_a_picture_is_missing(desk, home, scheme, editor, put_on_a_page):
    with enter(scheme):
        picture = a_picture(2)
        agreed(picture, editor)
    put_on_a_page("picture", picture)
    with enter(scheme):
        page = StandardPage.objects.get(slug="getting-here")
    assert "Not everybody in this picture has agreed" in desk.get(f"/cms/pages/{page.pk}/view_draft/").content.decode()


# --- the pages on which it is written down

AGREED = {
    "who": "The woman on the left", "explained": "talked", "theirs": "on", "reach": "",
    "agreed_on_day": "1", "agreed_on_month": "2", "agreed_on_year": "2026",
}  # fmt: skip


def test_an_editor_writes_down_who_agreed_and_takes_it_back(desk, scheme, public, work):
    with enter(scheme):
        picture = a_picture(1, title="At the door")
    assert "Not shown: 0 of 1 agreed" in desk.get("/pictures/").content.decode()
    form = desk.get(f"/pictures/{picture.pk}/agreed/").content.decode()
    assert "You can change your mind at any time" in form
    assert desk.post(f"/pictures/{picture.pk}/agreed/", AGREED).status_code == 302
    page = desk.get(f"/pictures/{picture.pk}/").content.decode()
    assert "Shown: everybody in it agreed" in page and "The woman on the left" in page
    with enter(scheme):
        consent = PictureConsent.objects.get()
        assert (consent.purpose, consent.wording_version) == ("photo", "photo 1")
    way = f"/pictures/agreed/{consent.pk}/take-back/"
    assert "all our copies of it are deleted" in desk.get(way).content.decode()
    assert desk.post(way).status_code == 302
    assert "This was taken back on" in desk.post(way, follow=True).content.decode()
    work()
    assert "At the door" not in desk.get("/pictures/").content.decode().partition("<h2")[2]
    with enter(scheme):
        done = set(Entry.objects.filter(thing_kind__contains="ictureconsent").values_list("operation", "what"))
    assert {"collect", "read", "change"} == {operation for operation, _ in done}


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("who", "Enter who is it"),
        ("explained", "Answer the question"),
        ("theirs", "If it is not, the site must not show or name them"),
        ("agreed_on_year", "Enter the year too"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(missing, says, desk, scheme):
    with enter(scheme):
        picture = a_picture(1)
    page = desk.post(f"/pictures/{picture.pk}/agreed/", AGREED | {missing: ""}).content.decode()
    assert "There is a problem" in page
    assert missing == "who" or "The woman on the left" in page
    with enter(scheme):
        assert not PictureConsent.objects.exists()


def test_an_editor_adds_a_film_and_reads_what_taking_it_back_does(desk, scheme):
    film = {"title": "How it went", "address": "http://films.example.org/1", "people": "1"}
    assert "Enter an address that starts with https://" in desk.post("/pictures/films/add/", film).content.decode()
    film["address"] = "https://films.example.org/1"
    assert desk.post("/pictures/films/add/", film).status_code == 302
    assert "in the list already" in desk.post("/pictures/films/add/", film).content.decode()
    with enter(scheme):
        one = Film.objects.get()
    assert "We cannot take back copies" in desk.get(f"/pictures/films/{one.pk}/agreed/").content.decode()
    assert desk.post(f"/pictures/films/{one.pk}/agreed/", AGREED).status_code == 302
    assert "Shown: everybody in it agreed" in desk.get("/pictures/").content.decode()
    with enter(scheme):
        consent = PictureConsent.objects.get()
    assert "Ask those who run it" in desk.get(f"/pictures/agreed/{consent.pk}/take-back/").content.decode()
    desk.post(f"/pictures/agreed/{consent.pk}/take-back/")
    assert "somebody took it back" in desk.get(f"/pictures/films/{one.pk}/").content.decode()


def test_who_is_in_a_picture_is_read_by_no_other_scheme(scheme, other_scheme, client_at, person, editor):
    with enter(scheme):
        picture = a_picture(1)
        consent = agreed(picture, editor)
    elsewhere = client_at(other_scheme, person("Otto", role=Role.MANAGER, at=other_scheme))
    assert elsewhere.get(f"/pictures/{picture.pk}/").status_code == 404
    assert elsewhere.get(f"/pictures/agreed/{consent.pk}/take-back/").status_code == 404


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
