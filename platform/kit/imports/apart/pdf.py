"""Writes a PDF anew, apart from the service: what can be read and printed comes along, and nothing that acts.

Nothing of ours is imported here: the process has no settings. The answer is a line of JSON, and the document after it.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

MOST_PAGES = 200
MOST_OBJECTS = 500_000
# All that a click may do: go to another place in the document, or to an address.
HARMLESS = {"/GoTo", "/URI"}
ADDRESSES = ("https://", "http://", "mailto:", "tel:")
ACTS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/GoTo3DView", "/RichMediaExecute", "/ResetForm", "/Hide", "/Thread", "/SetOCGState",
}  # fmt: skip
HOLDS_ACTIONS = ("/A", "/PA", "/OpenAction", "/Next", "/AA")
# Files inside the file, films, sounds, forms, and whatever else a reader would start.
REFUSED_KEYS = {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/3DD", "/Collection"}
REFUSED_KINDS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Widget"}
# Who made it, with what, what was noted beside it, what happens at its opening: none of it is for readers.
LEFT_OUT = ("/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA", "/Thumb", "/AcroForm", "/AF", "/Perms")
# Of a link its target and its words for reading software stay, and not who drew it and when.
SAID_OF_LINKS = {"/T", "/RC", "/Popup", "/NM", "/M", "/IRT", "/Subj"}
SAID_OF_ELEMENTS = {"/Alt", "/ActualText", "/E", "/T"}
PHOTOS = {"/DCTDecode", "/DCT"}
# Marks within a JPEG: its end, its pixels, words, and what a camera or an editor wrote down.
END, SCAN, COMMENT = b"\xd9", b"\xda", b"\xfe"
APPLICATIONS = {bytes([mark]) for mark in range(0xE0, 0xF0)}
# What is needed to draw it in its colours.
COLOURS = (b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe")
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


class Refused(Exception):
    """Why this is not taken, in one word."""


def rewritten(content: bytes, title: str) -> tuple[dict[str, Any], bytes]:
    """What is to be known of a document, and the document written anew."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refused("password")
    if len(reader.pages) > MOST_PAGES:
        raise Refused("too_big")
    if not len(reader.pages):
        raise Refused("damaged")
    look_through(reader.trailer.get("/Root"))
    writer = PdfWriter(clone_from=reader)
    leave_out(writer)
    writer.metadata = None
    writer.add_metadata({"/Title": title})
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    again = PdfReader(io.BytesIO(out.getvalue()), strict=False)
    look_through(again.trailer.get("/Root"))
    marked = again.root_object.get("/MarkInfo", DictionaryObject()).get_object()
    tagged = bool(marked.get("/Marked")) and "/StructTreeRoot" in again.root_object
    return {"pages": len(again.pages), "tagged": tagged}, out.getvalue()


def look_through(root: Any) -> None:
    """Everything that a reader can come to from the root; `Refused` where something of it acts."""
    for thing in everything(root):
        if REFUSED_KEYS & thing.keys():
            raise Refused("active")
        if thing.get("/S") in ACTS or thing.get("/Subtype") in REFUSED_KINDS:
            raise Refused("active")
        for key in HOLDS_ACTIONS:
            for action in actions_at(key, thing.get(key)):
                check_action(action)


def everything(root: Any) -> Iterator[DictionaryObject]:
    """Each dictionary and stream below one, once."""
    seen: set[tuple[int, int]] = set()
    waiting, many = [root], 0
    while waiting:
        thing = waiting.pop()
        many += 1
        if many > MOST_OBJECTS:
            raise Refused("too_big")
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting += [thing.raw_get(key) for key in thing]
        elif isinstance(thing, ArrayObject):
            waiting += list(thing)


def actions_at(key: str, value: Any) -> Iterator[DictionaryObject]:
    """The actions that stand there: one or several, and at `/AA` those of each moment.

    No chapter of an outline is one, though each names its next: in their ring a search would never end. Nor is how a
    tag is laid out, at its `/A`: neither has the `/S` by which a reader knows an action.
    """
    for one in listed(value):
        one = one.get_object()
        if key == "/AA" and isinstance(one, DictionaryObject):
            for moment in one:
                yield from actions_at("", one.raw_get(moment))
        elif isinstance(one, DictionaryObject) and "/S" in one:
            yield one


def check_action(action: DictionaryObject) -> None:
    if action.get("/S") not in HARMLESS:
        raise Refused("active")
    if action.get("/S") == "/URI" and not str(action.get("/URI", "")).strip().lower().startswith(ADDRESSES):
        raise Refused("active")


def leave_out(writer: PdfWriter) -> None:
    """Take out what says who made it and what was noted beside it; of what can be clicked only links stay."""
    things = list(everything(writer._root_object))
    gone = {id(note) for note in notes_among(things)}
    for thing in things:
        for key in LEFT_OUT:
            if key in thing:
                del thing[key]
        if "/Annots" in thing:
            links = [one for one in listed(thing.get("/Annots")) if id(one.get_object()) not in gone]
            thing[NameObject("/Annots")] = ArrayObject(links)
        if "/K" in thing:
            forget(thing, gone)
        if isinstance(thing, StreamObject):
            clean_photo(thing)
    for thing in things:
        if id(thing) in gone:
            thing.clear()
        elif thing.get("/Subtype") == "/Link":
            for key in SAID_OF_LINKS & thing.keys():
                del thing[key]


def notes_among(things: list[DictionaryObject]) -> Iterator[DictionaryObject]:
    """Each annotation that is no link, by whichever way it is reached: from its page, or from the tree of its tags."""
    for thing in things:
        found = [one.get_object() for one in listed(thing.get("/Annots"))]
        if thing.get("/Type") == "/OBJR":
            found.append(thing.get("/Obj", NullObject()).get_object())
        if thing.get("/Type") == "/Annot" or ("/Rect" in thing and "/Subtype" in thing):
            found.append(thing)
        for one in found:
            is_drawn = isinstance(one, StreamObject)
            if isinstance(one, DictionaryObject) and not is_drawn and one.get("/Subtype") != "/Link":
                yield one


def forget(element: DictionaryObject, gone: set[int]) -> None:
    """Let an element of the tree of tags lead to no note; one that held nothing else says nothing of it either."""
    below = element.get("/K")
    before = listed(below)
    after = [one for one in before if not leads_to(one.get_object(), gone)]
    if len(after) < len(before):
        element[NameObject("/K")] = ArrayObject(after)
        if not after:
            for key in SAID_OF_ELEMENTS & element.keys():
                del element[key]


def leads_to(child: Any, gone: set[int]) -> bool:
    return isinstance(child, DictionaryObject) and "/Obj" in child and id(child["/Obj"].get_object()) in gone


def listed(value: Any) -> list[Any]:
    """What stands there, as a list: nothing, one, or several."""
    value = value.get_object() if isinstance(value, IndirectObject) else value
    if value is None or isinstance(value, NullObject):
        return []
    return list(value) if isinstance(value, ArrayObject) else [value]


def clean_photo(stream: Any) -> None:
    """Leave in a photo what is drawn, and not where and with what it was taken."""
    filters = listed(stream.get("/Filter"))
    if not filters or filters[-1].get_object() not in PHOTOS:
        return
    if len(filters) > 1:
        unpacked = stream_of(stream._data, filters[:-1], listed(stream.get("/DecodeParms"))[: len(filters) - 1])
        packed_with = listed(stream.get("/DecodeParms"))[len(filters) - 1 :]
        stream._data = unpacked.get_data()
        stream[NameObject("/Filter")] = NameObject("/DCTDecode")
        stream.pop("/DecodeParms", None)
        if packed_with and isinstance(packed_with[0].get_object(), DictionaryObject):
            stream[NameObject("/DecodeParms")] = packed_with[0]
    stream._data = drawn_alone(stream._data)


def stream_of(data: bytes, filters: list[Any], parameters: list[Any]) -> Any:
    made: Any = EncodedStreamObject()
    made._data = data
    made[NameObject("/Filter")] = ArrayObject(filters)
    if parameters:
        made[NameObject("/DecodeParms")] = ArrayObject(parameters)
    return made


def drawn_alone(photo: bytes) -> bytes:
    """A JPEG with its colours and nothing else beside its pixels; what stands behind its end goes too."""
    if not photo.startswith(b"\xff\xd8"):
        raise Refused("damaged")
    kept, at = [photo[:2]], 2
    while at < len(photo):
        if photo[at] != 0xFF:
            raise Refused("damaged")
        if photo[at + 1 : at + 2] == b"\xff":  # filled up
            at += 1
            continue
        marker = photo[at + 1 : at + 2]
        if marker == END:
            break
        end = at + 2 + int.from_bytes(photo[at + 2 : at + 4])
        if marker == SCAN:
            after = NEXT_MARKER.search(photo, end)
            end = after.start() if after else len(photo)
        told = marker == COMMENT or (marker in APPLICATIONS and not photo[at + 4 : end].startswith(COLOURS))
        if end <= at + 3:
            raise Refused("damaged")
        kept += [] if told else [photo[at:end]]
        at = end
    return b"".join(kept) + b"\xff" + END


def main() -> None:
    heading, _, content = sys.stdin.buffer.read().partition(b"\n")
    document = b""
    try:
        found, document = rewritten(content, json.loads(heading)["title"])
    except Refused as refused:
        found = {"refused": str(refused)}
    except MemoryError:
        found = {"refused": "too_big"}
    except Exception:
        # Whatever a broken document breaks in its reader, to whoever made it it is a broken document.
        found = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + document)


if __name__ == "__main__":
    main()
