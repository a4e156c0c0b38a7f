"""All sizes of a picture are drawn from one smaller copy, and look as if each was drawn from the whole."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageDraw, ImageStat
from wagtail.images.models import Filter, SourceImageIOError

from cms import shapes
from cms.drawing import drawn
from cms.models import Picture
from tests.factories.cms import GPS_MARK, picture_bytes

EVERY = [Filter(spec) for spec in shapes.EVERY_SIZE]
FOCAL = (200, 200, 300, 300)
PICTURES = [
    ("JPEG", "RGB", FOCAL),
    ("PNG", "RGBA", FOCAL),
    ("PNG", "P", None),
]
# Made of what those are made of: for the long proofs.
FURTHER = [
    ("JPEG", "RGB", None),
    ("JPEG", "L", None),
    ("PNG", "RGB", None),
    ("WEBP", "RGB", FOCAL),
]


def photo(kind, mode="RGB", size=(2700, 1200)):
    """Colours that run into each other, and a corner unlike the rest; so large that the copy is a half of it."""
    drawing = Image.merge("RGB", [Image.radial_gradient("L"), Image.linear_gradient("L"), Image.new("L", (256, 256))])
    drawing = drawing.resize(size)
    ImageDraw.Draw(drawing).rectangle((50, 50, 350, 350), fill="white")
    if mode == "RGBA":
        drawing.putalpha(Image.linear_gradient("L").resize(size))
    out = BytesIO()
    drawing.convert(mode).save(out, kind)
    return made(out.getvalue(), kind)


def made(content, kind):
    file = SimpleUploadedFile(f"picture.{kind.lower()}", content, f"image/{kind.lower()}")
    picture: Picture = Picture.objects.create(title="A picture", file=file, people=0)
    return picture


def differs(one, other):
    """How far two pictures are from each other, of 255, once both stand before white."""
    shown = [Image.alpha_composite(Image.new("RGBA", it.size, "white"), it.convert("RGBA")) for it in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*shown)).mean)


def by_wagtail(picture, one):
    out = BytesIO()
    one.run(picture, out)
    return Image.open(out)


def in_turn(pictures, *marks):
    return [pytest.param(*one, turn, marks=marks) for turn, one in enumerate(pictures)]


@pytest.mark.parametrize(("kind", "mode", "focal", "turn"), [*in_turn(PICTURES), *in_turn(FURTHER, pytest.mark.long)])
def test_each_size_is_as_wagtail_makes_it_from_the_whole(kind, mode, focal, turn, inside):
    picture = photo(kind, mode)
    if focal:
        (picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height) = focal
    files = drawn(picture, EVERY)
    assert list(files) == EVERY
    # Wagtail draws each from the whole, which takes long: a third of them for one picture, the next for another.
    for one in EVERY[turn % 3 :: 3]:
        with Image.open(files[one]) as ours, by_wagtail(picture, one) as theirs:
            assert (ours.format, ours.size) == (theirs.format, theirs.size), one.spec
            assert differs(ours, theirs) < 6, one.spec


def test_a_close_crop_around_the_focal_point_is_drawn_from_the_picture_itself(inside):
    picture = photo("JPEG")
    picture.set_focal_point(type("Point", (), {"centroid_x": 200, "centroid_y": 200, "width": 100, "height": 100}))
    close = Filter("fill-360x360-c100")
    files = drawn(picture, [*EVERY, close])
    with Image.open(files[close]) as ours, by_wagtail(picture, close) as theirs:
        assert differs(ours, theirs) < 2
        assert ours.size == (360, 360) and ours.getpixel((180, 180)) == (255, 255, 255)


def test_a_picture_that_lies_on_its_side_stands_upright(inside):
    picture = made(picture_bytes(size=(1600, 1200), orientation=6), "JPEG")
    with Image.open(drawn(picture, EVERY)[EVERY[0]]) as ours, by_wagtail(picture, EVERY[0]) as theirs:
        assert ours.size == theirs.size == (900, 1200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_comes_along(kind, inside):
    for file in drawn(made(picture_bytes(kind, size=(1600, 1200)), kind), EVERY).values():
        assert GPS_MARK not in file.read()
        with Image.open(file) as ours:
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(ours.info)


def test_a_small_or_long_picture_is_never_made_larger(inside):
    for size in ((30, 20), (3000, 3), (3000, 1), (1, 1)):
        files = drawn(made(picture_bytes(size=size), "JPEG"), EVERY)
        for one, file in files.items():
            with Image.open(file) as ours:
                assert ours.width <= size[0] and ours.height <= size[1], one.spec


def test_what_is_no_picture_is_said_to_be_none(inside):
    picture = made(picture_bytes(), "JPEG")
    Path(picture.file.path).write_bytes(b"no picture")
    with pytest.raises(SourceImageIOError):
        drawn(picture, EVERY)
