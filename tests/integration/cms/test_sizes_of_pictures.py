"""S29, S15: a picture comes in the size that a screen needs, moves nothing, and goes in all its sizes."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images.models import Filter, SourceImageIOError

from cms import picture_actions as actions
from cms.models import PeoplePage, Picture, PictureRendition, StandardPage
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.cms import agreed, named, picture_bytes
from tests.factories.easy_read import twin_of

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/getting-here/"


def a_photo(*, people=0, size=(1600, 1200)):
    file = SimpleUploadedFile("picture.jpg", picture_bytes(size=size), "image/jpeg")
    made = Picture.objects.create(title="A picture", file=file, people=people)
    made.contextual_alt_text, made.decorative = "A door", False
    return made


@pytest.fixture
def page_with(home, scheme):
    """`page_with(*pictures)`: a published page of these pictures."""

    def publish(*pictures):
        with enter(scheme):
            StandardPage.objects.filter(slug="getting-here").delete()
            body = [("picture", one) for one in pictures]
            page = (
                type(home)
                .objects.get()
                .add_child(instance=StandardPage(title="Getting here", slug="getting-here", body=body))
            )
            page.save_revision().publish()

    return publish


def drawn(public, path=PAGE):
    """The pictures of a page: what each `source` and each `img` says."""
    page = public.get(path).content.decode()
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', source)) | dict(re.findall(r'([\w-]+)="([^"]*)"', picture))
        for source, picture in re.findall(r"<picture><source ([^>]*)><img ([^>]*)></picture>", page)
    ]


def choices(one):
    """What a browser chooses from: address by width."""
    return {int(width[:-1]): address for address, width in (each.split() for each in one["srcset"].split(", "))}


def opened(public, address):
    return Image.open(BytesIO(public.get(address).content))


def statements(public, path=PAGE):
    with CaptureQueriesContext(connection) as captured:
        assert public.get(path).status_code == 200
    return len(captured)


def test_a_browser_chooses_among_three_widths_in_webp_and_any_other_gets_what_it_knows(scheme, page_with, public):
    with enter(scheme):
        picture = a_photo()
    page_with(picture)
    one = drawn(public)[0]
    assert one["type"] == "image/webp" and "px" in one["sizes"]
    assert sorted(choices(one)) == [400, 640, 900]
    for width, address in choices(one).items():
        with opened(public, address) as file:
            assert (file.format, file.size) == ("WEBP", (width, width * 3 // 4))
    with opened(public, one["src"]) as file:
        assert (file.format, file.size) == ("JPEG", (900, 675))


def test_the_room_of_each_picture_is_kept_and_all_but_the_first_are_fetched_later(scheme, page_with, public):
    with enter(scheme):
        pictures = [a_photo(size=size) for size in ((1600, 1200), (600, 1200), (1600, 1200))]
    page_with(*pictures)
    found = drawn(public)
    assert [(one["width"], one["height"]) for one in found] == [("900", "675"), ("600", "1200"), ("900", "675")]
    assert [one.get("loading") for one in found] == [None, "lazy", "lazy"]


def test_the_first_picture_that_may_be_shown_is_the_first(scheme, page_with, public, editor):
    with enter(scheme):
        hidden, seen = a_photo(people=1), a_photo()
    page_with(hidden, seen)
    assert [one.get("loading") for one in drawn(public)] == [None]


def test_a_small_picture_is_never_made_larger(scheme, page_with, public):
    with enter(scheme):
        picture = a_photo(size=(300, 200))
    page_with(picture)
    assert list(choices(drawn(public)[0])) == [300]


def test_many_pictures_cost_as_many_statements_as_one(scheme, page_with, public):
    with enter(scheme):
        pictures = [a_photo(size=(300, 200)) for _ in range(12)]
    page_with(pictures[0])
    public.get(PAGE)
    one = statements(public)
    page_with(*pictures)
    public.get(PAGE)
    assert statements(public) == one and len(drawn(public)) == 12


def test_a_page_without_pictures_asks_for_none(scheme, page_with, public):
    with enter(scheme):
        picture = a_photo(size=(300, 200))
    page_with(picture)
    public.get(PAGE)
    one = statements(public)
    page_with()
    public.get(PAGE)
    assert statements(public) < one


def test_portraits_and_pictures_of_easy_read_come_in_sizes_too(scheme, editor, home, public):
    with enter(scheme):
        portrait = a_photo(people=1)
        agreed(portrait, editor)
        kim = named(editor, photo=portrait)
        group = ("group", {"heading": "", "people": [str(kim.pk)]})
        home.add_child(instance=PeoplePage(title="Who works here", slug="people", people=[group]))
        twin_of(type(home).objects.get(), "We listen to you.", photo=a_photo())
    assert sorted(choices(drawn(public, "/people/")[0])) == [120, 240, 360]
    assert sorted(choices(drawn(public, "/easy-read/")[0])) == [100, 200, 400]


def test_who_takes_a_picture_back_takes_every_size_of_it(scheme, editor, page_with, public, work):
    with enter(scheme):
        picture = a_photo(people=1)
        consent = agreed(picture, editor)
    page_with(picture)
    one = drawn(public)[0]
    addresses = [one["src"], *choices(one).values()]
    with enter(scheme):
        actions.take_back(consent=consent, by=editor)
    assert [public.get(address).status_code for address in addresses] == [404] * 4
    assert drawn(public) == []
    work()
    assert [default_storage.exists(address.removeprefix("/media/")) for address in addresses] == [False] * 4
    with enter(scheme):
        assert not PictureRendition.objects.exists()


def test_an_agreement_that_ends_closes_every_size(scheme, editor, page_with, public, at_moment):
    with enter(scheme):
        picture = a_photo(people=1)
        agreed(picture, editor, until=clock.today())
    page_with(picture)
    addresses = list(choices(drawn(public)[0]).values())
    assert [public.get(address).status_code for address in addresses] == [200] * 3
    at_moment(clock.now() + timedelta(days=1))
    assert [public.get(address).status_code for address in addresses] == [404] * 3
    assert drawn(public) == []


def test_of_a_picture_that_went_meanwhile_no_file_is_made(inside):
    picture = a_photo(people=0)
    folder = f"{picture.file.name.split('/')[0]}/sizes"
    before = set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()
    actions.clear_away(picture_id=picture.pk)
    assert not default_storage.exists(picture.file.name)
    with pytest.raises(SourceImageIOError):
        picture.create_rendition(Filter(spec="max-30x30"))
    assert (set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()) == before
