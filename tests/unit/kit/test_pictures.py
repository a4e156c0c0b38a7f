"""A picture costs what a picture costs, whatever stands in its bytes."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from kit import pictures

JPEGS = (pictures.JPEG,)
A_COMMENT = b"\xff\xfe\x00\x02"


def jpeg(**saved):
    out = BytesIO()
    Image.linear_gradient("L").resize((60, 40)).convert("RGB").save(out, "JPEG", **saved)
    return out.getvalue()


def lying(orientation, at=0, value=0):
    """One that lies so, with one byte of what its camera noted changed."""
    noted = Image.Exif()
    noted[ExifTags.Base.Make], noted[ExifTags.Base.Orientation], noted[ExifTags.Base.XResolution] = "A", orientation, 72
    content = bytearray(jpeg(exif=noted))
    if at:
        content[content.index(b"Exif\0\0") + 6 + at] = value
    return bytes(content)


def test_a_picture_that_is_drawn_in_thousands_of_scans_is_not_drawn_at_all():
    drawn = jpeg(progressive=True)
    last = drawn[drawn.rindex(pictures.SCAN) : -2]
    again = drawn[:-2] + last * 200 + drawn[-2:]
    for act in (pictures.size_of, pictures.rebuilt):
        with pytest.raises(pictures.Unreadable, match="scans"):
            act(BytesIO(again), kinds=JPEGS)


@pytest.mark.parametrize("said", [A_COMMENT * 300_000, b"\xff" * 1_100_000, b"\0" * 1_100_000])
def test_of_a_picture_that_says_more_than_anybody_before_its_pixels_no_more_is_read(said):
    drawn = jpeg()
    for at in (2, drawn.index(pictures.SCAN)):
        for act in (pictures.size_of, pictures.rebuilt):
            with pytest.raises(pictures.Unreadable):
                act(BytesIO(drawn[:at] + said + drawn[at:]), kinds=JPEGS)


@pytest.mark.parametrize("saved", [{}, {"progressive": True}, {"icc_profile": b"x" * 500_000}])
def test_what_cameras_and_websites_make_is_drawn(saved):
    made = pictures.rebuilt(BytesIO(jpeg(**saved)), kinds=JPEGS)
    assert (made.kind, made.width, made.height) == ("JPEG", 60, 40)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_as_its_camera_noted(orientation):
    """The light end of the gradient stands at the bottom, and comes to where that way of lying has it."""
    made = pictures.rebuilt(BytesIO(lying(orientation)), kinds=JPEGS)
    width, height = (60, 40) if orientation < 5 else (40, 60)
    edges = {"top": (width // 2, 1), "bottom": (width // 2, height - 2),
             "left": (1, height // 2), "right": (width - 2, height // 2)}  # fmt: skip
    with Image.open(BytesIO(made.content)) as upright:
        assert upright.size == (width, height)
        light = max(edges, key=lambda edge: sum(upright.getpixel(edges[edge])))
    said = {1: "bottom", 2: "bottom", 3: "top", 4: "top", 5: "right", 6: "left", 7: "left", 8: "right"}
    assert light == said[orientation]


@pytest.mark.parametrize(("at", "value"), [(11, 0), (35, 13), (37, 1), (37, 2)])
def test_what_a_camera_noted_and_nobody_can_read_keeps_no_picture_from_being_drawn(at, value):
    assert pictures.rebuilt(BytesIO(lying(6, at, value)), kinds=JPEGS).kind == "JPEG"
