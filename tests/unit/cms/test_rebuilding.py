"""A picture keeps its pixels and nothing else."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.errors import NotAPicture
from cms.rebuilding import rebuilt
from tests.factories.cms import GPS_MARK, picture_bytes


def upload(data: bytes, name: str = "Sam Green at home.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_picture_was_taken_does_not_come_along(kind: str) -> None:
    original = picture_bytes(kind)
    assert GPS_MARK in original  # else this would prove nothing

    bare = rebuilt(upload(original)).read()

    assert GPS_MARK not in bare
    with Image.open(BytesIO(bare)) as picture:
        assert not picture.getexif()
        assert picture.format == kind
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}


def test_a_picture_is_turned_upright_before_its_exif_goes() -> None:
    with Image.open(BytesIO(rebuilt(upload(picture_bytes("JPEG", size=(40, 20), orientation=6))).read())) as picture:
        assert picture.size == (20, 40)


def test_the_name_of_the_file_does_not_come_along() -> None:
    assert rebuilt(upload(picture_bytes("JPEG"))).name == "picture.jpg"


def test_what_is_see_through_stays_see_through() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(out, "PNG")
    with Image.open(BytesIO(rebuilt(upload(out.getvalue(), "a.png")).read())) as picture:
        assert picture.getpixel((0, 0)) == (10, 20, 30, 0)


def test_only_the_first_frame_of_a_moving_picture_is_kept() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(rebuilt(upload(out.getvalue(), "a.png")).read())) as picture:
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture_bytes("JPEG")[:200]])
def test_what_is_not_a_whole_picture_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotAPicture, match="Save it again"):
        rebuilt(upload(data))


def test_other_kinds_of_picture_are_refused() -> None:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "GIF")
    with pytest.raises(NotAPicture):
        rebuilt(upload(out.getvalue(), "a.jpg"))
