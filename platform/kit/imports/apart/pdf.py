"""Writes a PDF anew, apart from the service: what can be read and printed comes along, and nothing that acts.

Nothing of ours is imported here: the process has no settings. The answer is a line of JSON, and the document after it.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

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
            for action in actions_at(thing.get(key)):
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


def actions_at(value: Any) -> Iterator[DictionaryObject]:
    """The actions that stand there: one, several, or one for each moment; a place to go to is none."""
    value = value.get_object() if isinstance(value, IndirectObject) else value
    if isinstance(value, ArrayObject):
        for one in value:
            yield from actions_at(one)
    elif isinstance(value, DictionaryObject):
        if "/S" in value and "/O" not in value:
            yield value
        elif "/O" not in value:
            for key in value:
                if key != "/P":  # the way back up
                    yield from actions_at(value.raw_get(key))


def check_action(action: DictionaryObject) -> None:
    if action.get("/S") not in HARMLESS:
        raise Refused("active")
    if action.get("/S") == "/URI" and not str(action.get("/URI", "")).strip().lower().startswith(ADDRESSES):
        raise Refused("active")


def leave_out(writer: PdfWriter) -> None:
    """Take out what says who made it and what was noted beside it; of what can be clicked only links stay."""
    for thing in everything(writer._root_object):
        for key in LEFT_OUT:
            if key in thing:
                del thing[key]
    for page in writer.pages:
        notes = page.get("/Annots")
        notes = notes.get_object() if notes is not None else ArrayObject()
        links = [one for one in notes if one.get_object().get("/Subtype") == "/Link"]
        if "/Annots" in page:
            page[NameObject("/Annots")] = ArrayObject(links)


def main() -> None:
    heading, _, content = sys.stdin.buffer.read().partition(b"\n")
    document = b""
    try:
        found, document = rewritten(content, json.loads(heading)["title"])
    except Refused as refused:
        found = {"refused": str(refused)}
    except (MemoryError, RecursionError):
        found = {"refused": "too_big"}
    except Exception:
        # Whatever a broken document breaks in its reader, to whoever made it it is a broken document.
        found = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + document)


if __name__ == "__main__":
    main()
