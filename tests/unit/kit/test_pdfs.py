"""An uploaded PDF is written anew: its pages come along; what acts, what is hidden and who made it does not."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    Fit,
    NameObject,
    NumberObject,
    TextStringObject,
)

from kit import paper
from kit.imports.apart import pdf
from kit.imports.apart.pdf import Refused
from kit.pdfs import MOST_BYTES, NotAPaper, Paper, rewritten
from tests.factories.cms import GPS_MARK, picture_bytes

MARK = "Alongside-secret-mark"
# Letters alone: other signs are written in another way where they stand in a note.
NOTE = "AlongsideSecretNote"


def name(words: str) -> NameObject:
    return NameObject(words)


def a_dict(**values: Any) -> DictionaryObject:
    return DictionaryObject({name(f"/{key}"): value for key, value in values.items()})


def action(kind: str, **more: Any) -> DictionaryObject:
    return a_dict(S=name(kind), **more)


def written(*changes: Callable[[PdfWriter], object]) -> bytes:
    """A document with one empty page, and what is put into it."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for change in changes:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def anew(*changes: Callable[[PdfWriter], object]) -> Paper:
    return rewritten(written(*changes), title="A leaflet")


def refusal(content: bytes) -> str:
    with pytest.raises(NotAPaper) as refused:
        rewritten(content, title="A leaflet")
    return str(refused.value)


def at_opening(act: DictionaryObject) -> Callable[[PdfWriter], object]:
    return lambda writer: writer._root_object.update({name("/OpenAction"): act})


def on_page(key: str, value: Any) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.pages[0].update({name(key): value})


def noted(kind: str, **more: Any) -> Callable[[PdfWriter], object]:
    """Something on the page, of a kind."""
    box = ArrayObject([NumberObject(number) for number in (0, 0, 50, 50)])
    note = {"Type": name("/Annot"), "Subtype": name(kind), "Rect": box} | more
    return on_page("/Annots", ArrayObject([a_dict(**note)]))


def script() -> DictionaryObject:
    return action("/JavaScript", JS=TextStringObject("app.alert(1)"))


def in_the_names(writer: PdfWriter) -> None:
    names = ArrayObject([TextStringObject("x"), script()])
    writer._root_object.update({name("/Names"): a_dict(JavaScript=a_dict(Names=names))})


def with_a_file(writer: PdfWriter) -> None:
    writer.add_attachment("x.exe", b"MZ")


ACTS: dict[str, Callable[[PdfWriter], object]] = {
    "a script at opening": at_opening(script()),
    "a script among the names": in_the_names,
    "a program at opening": at_opening(action("/Launch", F=TextStringObject("cmd.exe"))),
    "a script after a harmless step": at_opening(action("/GoTo", Next=ArrayObject([script()]))),
    "a script when the page is shown": on_page("/AA", a_dict(O=script())),
    "an unknown kind when the page is shown": on_page("/AA", a_dict(O=action("/Whatever"))),
    "a script behind a link": noted("/Link", A=script()),
    "a link that runs": noted("/Link", A=action("/URI", URI=TextStringObject("javascript:alert(1)"))),
    "a link that runs, with another key": noted(
        "/Link", A=action("/URI", URI=TextStringObject("javascript:alert(1)"), O=name("/Layout"))
    ),
    "a link that prints, with another key": noted("/Link", A=action("/Named", N=name("/Print"), O=name("/Layout"))),
    "a link that says it is a tag": noted("/Link", Type=name("/StructElem"), A=action("/Whatever", O=name("/Layout"))),
    "a link to a file": noted("/Link", A=action("/GoToR", F=TextStringObject("x.pdf"))),
    "a link of an unknown kind": noted("/Link", A=action("/Whatever")),
    "a form that sends": noted("/Widget", A=action("/SubmitForm", F=TextStringObject("https://x.example"))),
    "a field": noted("/Widget"),
    "a film": noted("/RichMedia"),
    "a sound": noted("/Sound"),
    "a file pinned to the page": noted("/FileAttachment"),
    "a file inside": with_a_file,
    "a form of another language": lambda writer: writer._root_object.update(
        {name("/AcroForm"): a_dict(XFA=ArrayObject([]))}
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_acts_is_refused(act: Callable[[PdfWriter], object]) -> None:
    with pytest.raises(Refused, match="active"):
        pdf.rewritten(written(act), "A leaflet")


def test_the_reason_says_what_to_do() -> None:
    assert "Print it to a new PDF." in refusal(written(in_the_names))


def test_pages_and_links_come_along() -> None:
    box = (0, 0, 50, 50)

    def links(writer: PdfWriter) -> None:
        writer.add_annotation(0, Link(rect=box, url="https://www.nhs.uk/"))
        writer.add_annotation(0, Link(rect=box, target_page_index=0, fit=Fit("/Fit")))

    made = anew(links)
    page = PdfReader(BytesIO(made.content)).pages[0]
    assert made.pages == 1 and len(page["/Annots"]) == 2  # type: ignore[arg-type]


def test_a_harmless_place_at_the_opening_is_left_out_and_not_refused() -> None:
    made = anew(at_opening(action("/GoTo")))
    assert "/OpenAction" not in PdfReader(BytesIO(made.content)).root_object


def test_who_made_it_and_what_was_noted_beside_it_stays_behind() -> None:
    def tells(writer: PdfWriter) -> None:
        writer.add_metadata({"/Author": MARK, "/Title": MARK, "/Creator": MARK})
        stream = DecodedStreamObject()
        stream.set_data(MARK.encode())
        writer._root_object[name("/Metadata")] = writer._add_object(stream)
        writer.add_annotation(0, FreeText(text=MARK, rect=(0, 0, 50, 50)))

    content = written(tells)
    assert MARK.encode() in content
    made = rewritten(content, title="A leaflet")
    again = PdfReader(BytesIO(made.content))
    assert MARK.encode() not in made.content and again.metadata and again.metadata.title == "A leaflet"
    assert not again.pages[0].get("/Annots") and again.metadata.author is None


def photo(writer: PdfWriter, *around: str) -> None:
    """A photo that tells where it was taken, drawn on the page; `around` are filters around its own."""
    stream = EncodedStreamObject()
    stream._data = zlib.compress(picture_bytes()) if around else picture_bytes()
    stream.update(a_dict(
        Type=name("/XObject"), Subtype=name("/Image"), Width=NumberObject(60), Height=NumberObject(40),
        ColorSpace=name("/DeviceRGB"), BitsPerComponent=NumberObject(8),
        Filter=ArrayObject([*map(name, around), name("/DCTDecode")]) if around else name("/DCTDecode"),
    ))  # fmt: skip
    drawn = a_dict(XObject=a_dict(Im0=writer._add_object(stream)))
    writer.pages[0].update({name("/Resources"): drawn})


@pytest.mark.parametrize("around", [[], ["/FlateDecode"]], ids=["as it is", "packed"])
def test_where_and_with_what_its_photos_were_taken_stays_behind(around: list[str]) -> None:
    assert GPS_MARK in picture_bytes()
    made = anew(lambda writer: photo(writer, *around))
    assert GPS_MARK not in made.content
    shown: Any = PdfReader(BytesIO(made.content)).pages[0]["/Resources"]["/XObject"]["/Im0"]  # type: ignore[index]
    with Image.open(BytesIO(picture_bytes())) as before, Image.open(BytesIO(shown._data)) as after:
        assert before.tobytes() == after.tobytes() and not after.getexif() and after.info["icc_profile"]


@pytest.mark.parametrize("options", [{"progressive": True}, {"quality": 100}, {"subsampling": 0}])
def test_every_pixel_of_a_photo_comes_along_and_nothing_behind_its_end(options: dict[str, Any]) -> None:
    out = BytesIO()
    Image.effect_noise((300, 200), 90).convert("CMYK").save(out, "JPEG", comment=MARK.encode(), **options)
    made = pdf.drawn_alone(out.getvalue() + b"\xff\xd8" + MARK.encode())
    assert MARK.encode() not in made
    with Image.open(out) as before, Image.open(BytesIO(made)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff\xe1\x00\x00", b"\xff\xd8no"])
def test_a_photo_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="damaged"):
        pdf.drawn_alone(content)


@pytest.mark.parametrize("many", [False, True], ids=["alone", "beside a link"])
@pytest.mark.parametrize("typed", [False, True])
def test_a_note_that_the_tags_lead_to_stays_behind_and_a_link_does_not(many: bool, typed: bool) -> None:
    def tagged(writer: PdfWriter) -> None:
        box = ArrayObject([NumberObject(number) for number in (0, 0, 50, 50)])
        words = {"Contents": TextStringObject(NOTE), "T": TextStringObject(NOTE), "Rect": box}
        kind = {"Type": name("/Annot")} if typed else {}
        note = writer._add_object(a_dict(Subtype=name("/Text"), **kind, **words))
        goes = action("/URI", URI=TextStringObject("https://www.nhs.uk/"))
        link = writer._add_object(
            a_dict(Subtype=name("/Link"), Rect=box, A=goes, T=TextStringObject(NOTE), Contents=TextStringObject("NHS"))
        )
        writer.pages[0].update({name("/Annots"): ArrayObject([note, link])})
        ways = [a_dict(Type=name("/OBJR"), Obj=one) for one in ([note, link] if many else [note])]
        below = ArrayObject(ways) if many else ways[0]
        element = writer._add_object(
            a_dict(Type=name("/StructElem"), S=name("/Annot"), K=below, Alt=TextStringObject("NHS" if many else NOTE))
        )
        tree = writer._add_object(a_dict(Type=name("/StructTreeRoot"), K=ArrayObject([element])))
        writer._root_object.update(
            {name("/StructTreeRoot"): tree, name("/MarkInfo"): a_dict(Marked=BooleanObject(True))}
        )

    content = written(tagged)
    assert content.count(NOTE.encode()) > 2
    made = rewritten(content, title="A leaflet")
    assert NOTE.encode() not in made.content and made.is_tagged
    again = PdfReader(BytesIO(made.content))
    (link,) = again.pages[0]["/Annots"]  # type: ignore[misc]
    assert link["/Contents"] == "NHS"
    element = again.root_object["/StructTreeRoot"]["/K"][0]  # type: ignore[index]
    assert [way["/Obj"].get_object() for way in element["/K"]] == ([link.get_object()] if many else [])


def test_a_document_of_more_parts_than_anybody_reads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written(on_page("/Parts", ArrayObject([NumberObject(0)] * 60)))
    pdf.rewritten(content, "A leaflet")
    monkeypatch.setattr(pdf, "MOST_OBJECTS", 60)
    with pytest.raises(Refused, match="too_big"):
        pdf.rewritten(content, "A leaflet")


def test_what_no_page_leads_to_is_not_written_again() -> None:
    def hides(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(MARK.encode())
        writer._add_object(stream)

    content = written(hides)
    assert MARK.encode() in content and MARK.encode() not in rewritten(content, title="x").content


def test_what_stands_behind_the_document_is_not_written_again() -> None:
    assert MARK.encode() not in rewritten(written() + MARK.encode(), title="x").content


def test_a_tagged_document_stays_tagged_and_keeps_its_words() -> None:
    made = paper.pdf(
        "/feedback/poster.typ",
        {"sheet": "a4", "scheme": "Ashmere", "pairs": [], "address": "x.example", "several": False},
        files={"answers.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'},
    )
    again = rewritten(made, title="A poster")
    assert again.is_tagged and not anew().is_tagged
    document = PdfReader(BytesIO(again.content))
    assert "You said, we did" in document.pages[0].extract_text() and document.root_object["/Lang"] == "en-GB"


def test_how_a_tag_is_laid_out_comes_along() -> None:
    def tagged(writer: PdfWriter) -> None:
        layout = ArrayObject([a_dict(O=name("/Layout"), Placement=name("/Block")), NumberObject(0)])
        element = writer._add_object(a_dict(S=name("/P"), A=layout))
        tree = a_dict(Type=name("/StructTreeRoot"), K=ArrayObject([element]))
        writer._root_object.update({name("/StructTreeRoot"): tree})

    again = PdfReader(BytesIO(anew(tagged).content))
    assert again.root_object["/StructTreeRoot"]["/K"][0]["/A"][0]["/Placement"] == "/Block"  # type: ignore[index]


@pytest.mark.parametrize("chapters", [2, 400])
def test_a_document_with_an_outline_is_taken_and_keeps_it(chapters: int) -> None:
    """As whatever is made here has, and whatever a word processor saves with its headings."""

    def outlined(writer: PdfWriter) -> None:
        above = writer.add_outline_item(title="All", page_number=0)
        for number in range(chapters):
            writer.add_outline_item(title=f"Chapter {number}", page_number=0, parent=above)

    again = PdfReader(BytesIO(anew(outlined).content))
    assert len(again.outline[1]) == chapters  # type: ignore[arg-type]


def test_a_script_behind_a_chapter_of_the_outline_is_refused() -> None:
    def outlined(writer: PdfWriter) -> None:
        writer.add_outline_item(title="One", page_number=0)
        second = writer.add_outline_item(title="Two", page_number=0)
        second.get_object().update({name("/A"): script()})  # type: ignore[union-attr]

    with pytest.raises(Refused, match="active"):
        pdf.rewritten(written(outlined), "A leaflet")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html>%PDF-1.7", b"MZ" + b"x" * 100])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert refusal(content) == "This file is not a PDF. Save it as PDF and choose it again."


def test_what_cannot_be_read_is_refused() -> None:
    assert "cannot be read" in refusal(b"%PDF-1.7\nnothing of one")
    assert "cannot be read" in refusal(written()[:300])


def test_what_asks_for_a_password_is_refused() -> None:
    assert "password" in refusal(written(lambda writer: writer.encrypt("", owner_password="x", algorithm="RC4-128")))


def test_what_is_too_big_is_refused() -> None:
    assert "too big" in refusal(b"%PDF-" + b"x" * MOST_BYTES)

    def pages(writer: PdfWriter) -> None:
        for _ in range(200):
            writer.add_blank_page(9, 9)

    assert "too big" in refusal(written(pages))
