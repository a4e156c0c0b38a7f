"""What a scheme's site puts on paper: words for the templates in `typst/cms/`."""

from base64 import b64encode
from collections.abc import Mapping

from django.core.files.storage import default_storage

from cms import shapes, showing
from cms.easy_read import Reading, Shown
from cms.models.pictures import Picture
from kit import easy, paper

# What makes the paper takes files of text alone: a photo stands in one that draws it.
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
)


def easy_read(title: str, reading: Reading) -> bytes:
    """An Easy Read page, one idea under the other, with its hard words at the end."""
    framed = {one.photo.pk: svg for one in reading.shown if one.photo and (svg := _framed(one.photo))}
    photos = {f"photos/{pk}.svg": svg for pk, svg in framed.items()}
    drawings = easy.drawn(one.picture for one in reading.shown if one.picture)
    data = {
        "title": title,
        "ideas": [_on_paper(one, framed) for one in reading.shown],
        "hard_words": [{"word": one.hard.word, "meaning": one.hard.meaning} for one in reading.hard_words],
    }
    return paper.pdf("/cms/easy_read.typ", data, files=drawings | photos)


def _on_paper(one: Shown, framed: Mapping[int, bytes]) -> dict[str, object]:
    folder, name = ("photos", one.photo.pk) if one.photo and one.photo.pk in framed else ("easy", one.picture)
    picture = f"/{folder}/{name}.svg"
    runs = [{"text": run.text, "hard": run.hard is not None} for run in one.runs]
    return {"heading": one.heading, "picture": picture, "runs": runs}


def _framed(photo: Picture) -> bytes:
    """Empty where it was taken back since the page was read, or is not made yet: the drawing stands in its place."""
    made = showing.shown(photo, shapes.ON_PAPER)
    if made is None:
        return b""
    with default_storage.open(made.file.name) as file:
        data = b64encode(file.read()).decode()
    return FRAME.format(width=made.width, height=made.height, data=data).encode()
