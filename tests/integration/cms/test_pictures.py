"""Pictures come in bare, keep no name, and are shown by this scheme's host alone."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.models import Picture
from cms.rebuilding import rebuilt
from tenants.schemes.entering import enter
from tests.factories.cms import GPS_MARK, picture_bytes

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


@pytest.fixture
def add(desk, scheme):
    """`add(data, name)`: the editor uploads a file; what Wagtail answers."""

    def upload(data=None, name="Sam Green at home.jpg"):
        file = SimpleUploadedFile(name, picture_bytes() if data is None else data, "image/jpeg")
        return desk.post("/cms/images/multiple/add/", {"title": "A picture", "files[]": file})

    return upload


@pytest.fixture
def picture(add, scheme):
    """A picture that the editor uploaded, with nobody in it."""
    assert add().json()["success"]
    with enter(scheme):
        Picture.objects.update(people=0)
        return Picture.objects.get()


def shown(picture, scheme):
    with enter(scheme):
        return Picture.objects.get(pk=picture.pk).get_rendition("max-30x30").url


def test_where_it_was_taken_is_gone_from_every_file_that_is_kept(picture, scheme):
    with enter(scheme):
        kept = [picture.file.name, Picture.objects.get().get_rendition("max-30x30").file.name]
    for name in kept:
        with default_storage.open(name) as file:
            assert GPS_MARK not in file.read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_comes_along(kind):
    planted, bare = picture_bytes(kind), rebuilt(SimpleUploadedFile("a", picture_bytes(kind))).read()
    with Image.open(BytesIO(planted)) as before, Image.open(BytesIO(bare)) as after:
        assert {"exif", "icc_profile"} <= set(before.info)
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(after.info)
    assert (GPS_MARK in planted, GPS_MARK in bare) == (True, False)


def test_a_page_begins_with_what_was_said_of_a_picture_and_never_with_the_name_of_its_file(picture, scheme):
    with enter(scheme):
        named = Picture.objects.get(pk=picture.pk)
        named.title = "sam-green"
        assert named.default_alt_text == ""
        named.description = "A door"
        assert named.default_alt_text == "A door"


def test_a_file_is_kept_under_a_random_name_in_the_schemes_own_folder(picture, scheme):
    assert picture.file.name.startswith(f"{scheme.schema_name}/originals/")
    assert "sam" not in picture.file.name.lower()


def test_of_a_photo_with_a_second_one_behind_it_the_first_is_kept(add, scheme):
    """So come those of many phones."""
    first, second, out = Image.new("RGB", (60, 40), "teal"), Image.new("RGB", (30, 20), "red"), BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert add(out.getvalue()).json()["success"]
    with enter(scheme), Picture.objects.get().open_file() as file, Image.open(file) as picture:
        assert (picture.format, picture.size) == ("JPEG", (60, 40))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("moving.gif", b"GIF89a"),
        ("half.jpg", picture_bytes()[:300]),
    ],
)
def test_other_files_are_refused(add, scheme, name, data):
    assert not add(data, name).json()["success"]
    with enter(scheme):
        assert not Picture.objects.exists()


def test_the_kinds_that_are_taken_are_said_beforehand(desk):
    assert "Supported formats: JPG, JPEG, PNG, WEBP." in desk.get("/cms/images/add/").content.decode()


def test_a_picture_of_more_than_24_megapixels_is_refused(add):
    out = BytesIO()
    Image.new("1", (6001, 4000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert "too many pixels" in add(out.getvalue(), "big.png").json()["error_message"]


def test_anybody_sees_a_picture_for_one_minute_and_no_browser_takes_it_for_anything_else(picture, scheme, public):
    answer = public.get(shown(picture, scheme))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_file_as_it_came_is_for_editors(picture, desk, public):
    assert public.get(picture.file.url).status_code == 404
    answer = desk.get(picture.file.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_another_schemes_host_does_not_show_it(picture, scheme, other_scheme, client_at, person):
    path = shown(picture, scheme)
    elsewhere = client_at(other_scheme)
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.get(path.replace(scheme.schema_name, other_scheme.schema_name)).status_code == 404


def test_a_row_that_names_another_schemes_file_does_not_show_it(picture, scheme, other_scheme, client_at):
    path = shown(picture, scheme)
    with enter(other_scheme):
        stray = Picture.objects.create(title="Stray", file=picture.file.name, width=1, height=1, people=0)
        stray.renditions.create(file=path.removeprefix("/media/"), filter_spec="x", width=1, height=1)
    assert client_at(other_scheme).get(path).status_code == 404


def test_a_file_that_was_lost_is_not_there(picture, scheme, public):
    path = shown(picture, scheme)
    default_storage.delete(path.removeprefix("/media/"))
    assert public.get(path).status_code == 404


@pytest.mark.parametrize(
    "way", ["../../secrets/secret-key", "%2e%2e/%2e%2e/clock", "s_ashmere/sizes/../../../clock", ""]
)
def test_no_name_leads_out_of_the_folder(public, way):
    assert public.get(f"/media/{way}").status_code == 404


def test_a_file_without_a_picture_of_this_site_is_not_shown(picture, scheme, public):
    path = shown(picture, scheme)
    with enter(scheme):
        Picture.objects.get().renditions.all()._raw_delete("default")
    assert public.get(path).status_code == 404
