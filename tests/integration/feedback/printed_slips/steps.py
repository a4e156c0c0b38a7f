"""Printing slips, reading their paper, and telling something with one."""

import io
import re
from typing import Any
from uuid import UUID, uuid4

import pypdf
from django.test import Client

from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions import Saying
from tenants.feedback.models import Point
from tenants.feedback.rules import Kind, Method
from tenants.schemes.models import Scheme

REVEALING = re.compile(r"liaison|diversion|custody|police|court|crime|offen|justice", re.IGNORECASE)
CODE = re.compile(r"([A-Z]+) ([A-Z]+)\s+([A-Z]+)\s+([A-Z]+)\s+([2-9]{4})\s+See our answer")
NUMBER = re.compile(r"Slip number (\d{4}) (\d{4})")


def press(desk: Client, **given: Any) -> Any:
    """Make one slip on the page, unless told otherwise."""
    return desk.post("/points/slips/", {"send": uuid4(), "many": 1, "size": "ordinary"} | given)


def print_some(scheme: Scheme, by: Person, many: int = 1, **how: Any) -> bytes:
    mark = uuid4()
    batch = actions.print_slips(many=many, by=by, mark=mark, site_id=None)
    assert batch
    return actions.paper_of_slips(batch=batch, mark=mark, scheme=scheme, **{"large": False} | how)


def read(document: bytes) -> str:
    """What stands on a paper, as one line; where a long address may break is no letter."""
    pages = pypdf.PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def is_tagged(document: bytes) -> bool:
    root = pypdf.PdfReader(io.BytesIO(document)).trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root


def tell_with(slip_id: UUID, words: str = "The chairs are hard.", **point: Any) -> Point:
    saying = Saying(kind=Kind.SLIP, paper=slip_id)
    return actions.hear(said=words, sayers=[saying], method=Method.TELL_US, by=None, **point).point
