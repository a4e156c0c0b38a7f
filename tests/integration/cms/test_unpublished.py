"""What is not published, or is no picture of this site, is shown to nobody."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page

from cms.models import AnswersPage, HomePage, Picture, StandardPage
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.cms import picture_bytes

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


def test_the_front_door_leads_to_published_pages_alone(public: Client, scheme: Scheme) -> None:
    with enter(scheme):
        for live, title in ((True, "A page for all"), (False, "A page to come")):
            home = Page.objects.get(depth=2)
            home.add_child(instance=StandardPage(title=title, live=live, show_in_menus=True))
    page = public.get("/").content.decode()
    assert "A page for all" in page and "A page to come" not in page


def test_the_front_door_does_not_lead_to_answers_that_were_taken_away(public: Client, scheme: Scheme) -> None:
    request = public.get("/").wsgi_request
    with enter(scheme):
        home = HomePage.objects.get()
        assert home.get_context(request)["answers_page"] == AnswersPage.objects.get()
        AnswersPage.objects.update(live=False)
        assert home.get_context(request)["answers_page"] is None


def test_a_file_that_no_picture_of_this_site_names_is_not_shown_beside_one_that_is(
    public: Client, scheme: Scheme
) -> None:
    with enter(scheme):
        picture = Picture(title="x", people=0, file=SimpleUploadedFile("x.jpg", picture_bytes(), "image/jpeg"))
        picture.save()
        shown = picture.get_rendition("max-30x30").file.name
        stray = default_storage.save(f"{scheme.schema_name}/sizes/{uuid4().hex}.jpg", BytesIO(picture_bytes()))
    assert [public.get(f"/media/{name}").status_code for name in (shown, stray)] == [200, 404]
