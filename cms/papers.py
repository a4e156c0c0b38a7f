"""What a scheme's site puts on paper: words for the templates in `typst/cms/`."""

from base64 import b64encode

from django.core.files.storage import default_storage

from cms import showing
from cms.easy_read import Reading, Shown
from kit import easy, paper

PHOTO = "max-500x500|format-jpeg|jpegquality-85"
# What makes the paper takes files of text alone: a photo stands in one that draws it.
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
)


def easy_read(title: str, reading: Reading) -> bytes:
    """An Easy Read page, one idea under the other, with its hard words at the end."""
    photos = {f"photos/{one.photo.pk}.svg": _framed(one) for one in reading.shown if one.photo}
    files = easy.drawn(one.picture for one in reading.shown if one.picture and not one.photo) | photos
    data = {
        "title": title,
        "ideas": [_on_paper(one) for one in reading.shown],
        "hard_words": [{"word": one.word, "meaning": one.meaning} for one in reading.hard_words],
    }
    return paper.pdf("/cms/easy_read.typ", data, files=files)


def _on_paper(one: Shown) -> dict[str, object]:
    picture = f"/photos/{one.photo.pk}.svg" if one.photo else f"/easy/{one.picture}.svg"
    runs = [{"text": run.text, "hard": run.hard is not None} for run in one.runs]
    return {"heading": one.heading, "picture": picture, "runs": runs}


def _framed(one: Shown) -> bytes:
    assert one.photo is not None
    made = showing.shown(one.photo, PHOTO)
    assert made is not None
    with default_storage.open(made.file.name) as file:
        data = b64encode(file.read()).decode()
    return FRAME.format(width=made.width, height=made.height, data=data).encode()
