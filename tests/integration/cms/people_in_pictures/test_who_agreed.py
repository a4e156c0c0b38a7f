"""S29: the pages on which it is written down who agreed, to a picture or a film, and that it is taken back."""

import pytest

from audit.models import Entry
from cms import picture_actions as actions
from cms.errors import FilmIsThere
from cms.models import Film, PictureConsent
from kit.erasure import erase_in_schema
from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tests.factories.cms import a_film, a_picture, agreed
from tests.factories.people import someone

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/getting-here/"


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
