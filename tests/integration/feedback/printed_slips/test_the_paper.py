"""Slips printed before anybody has said anything: what stands on their paper (S2, S15; ADR 0050)."""

import io
import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit import codes
from people.models import Person
from tenants.feedback import papers
from tenants.feedback.models import PrintedSlip
from tenants.feedback.papers import OnPaper
from tenants.feedback.queries import by_fingerprint
from tenants.schemes.models import Scheme
from tests.integration.feedback.printed_slips.steps import (
    CODE,
    NUMBER,
    REVEALING,
    is_tagged,
    print_some,
    read,
    tell_with,
)

Clients = Callable[..., Client]


def test_two_hundred_slips_have_two_hundred_codes_and_each_opens_what_was_told_with_it(
    inside: Scheme, lead: Person, printed: list[OnPaper]
) -> None:
    print_some(inside, lead, 200)
    assert len({one.code for one in printed}) == len({one.number for one in printed}) == 200
    for one in printed:
        point = tell_with(one.id, f"With {one.number}.")
        assert [own.point for own in by_fingerprint(codes.fingerprint(one.code))] == [point]


def test_a_batch_is_a_tagged_paper_with_codes_numbers_and_pictures_and_nothing_that_reveals_s2_s15(
    inside: Scheme, lead: Person, printed: list[OnPaper]
) -> None:
    made = print_some(inside, lead, 4)
    words = read(made)
    assert is_tagged(made)
    assert ["-".join(found) for found in CODE.findall(words)] == [one.code for one in printed]
    assert [int("".join(found)) for found in NUMBER.findall(words)] == [one.number for one in printed]
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 2
    assert f"{urlsplit(inside.origin).netloc}/answer/" in words.replace(" ", "")
    assert not REVEALING.search(words)
    assert inside.name not in words


def test_large_print_is_larger_with_fewer_slips_to_a_sheet(inside: Scheme, lead: Person) -> None:
    sizes: set[float] = set()
    made = print_some(inside, lead, 3, large=True)
    reader = pypdf.PdfReader(io.BytesIO(made))
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(round(size * abs(tm[0] * cm[0]))))
    assert len(reader.pages) == 2
    assert max(sizes) >= 16


def test_the_picture_leads_to_tell_us_with_what_opens_nothing(
    inside: Scheme, lead: Person, printed: list[OnPaper], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictured: list[str] = []
    really = papers._picture
    monkeypatch.setattr(papers, "_picture", lambda address: pictured.append(address) or really(address))
    print_some(inside, lead)
    assert pictured == [f"{inside.origin}/tell-us/?slip={printed[0].id}"]


def test_no_code_is_kept_readable_or_can_be_worked_out(inside: Scheme, lead: Person, printed: list[OnPaper]) -> None:
    print_some(inside, lead)
    slip = PrintedSlip.objects.get()
    assert slip.slip == codes.fingerprint(printed[0].code)
    assert printed[0].code not in {codes.code_for(key) for key in (slip.pk, slip.batch_id)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text || b::text FROM feedback_printedslip s, feedback_slipbatch b")
        (row,) = cursor.fetchone()
    assert not any(word in row.upper() for word in printed[0].code.split("-")[:4])


def test_printing_costs_the_same_for_any_number_of_slips(inside: Scheme, lead: Person) -> None:
    cost = []
    for many in (1, 20):
        with CaptureQueriesContext(connection) as asked:
            print_some(inside, lead, many)
        cost.append(len(asked))
    assert cost[0] == cost[1]


@pytest.mark.parametrize("large", [False, True])
def test_who_just_told_us_something_saves_the_slip_as_a_tagged_paper_s15(
    large: bool, scheme: Scheme, client_at: Clients
) -> None:
    phone = client_at(scheme)
    assert phone.get("/tell-us/thanks/slip/")["Location"] == "/tell-us/thanks/"
    phone.post("/tell-us/", {"said": "The room is cold.", "send": uuid4()})
    (code,) = re.findall(r'app-slip__code">([^<]+)<', phone.get("/tell-us/thanks/").content.decode())
    answer = phone.get(f"/tell-us/thanks/slip/{'?print=large' if large else ''}")
    assert answer["Content-Disposition"] == 'attachment; filename="slip.pdf"'
    words = read(answer.content)
    assert is_tagged(answer.content)
    assert "-".join(re.findall(r"[A-Z]{3,}|\b[2-9]{4}\b", words.partition("Your code is")[2])[:5]) == code
    assert "Monday 30 November 2026" in words
    assert not REVEALING.search(words)
    phone.post("/tell-us/thanks/")
    assert phone.get("/tell-us/thanks/slip/").status_code == 302
