"""S29: whoever uploads or publishes a picture says how many people somebody could recognise in it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import UploadedFile
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import Picture, StandardPage
from tenants.schemes.entering import enter
from tests.factories.cms import a_picture, agreed, picture_bytes

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/getting-here/"


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
