"""Slips printed before anybody has said anything: used once, by a phone or from paper (S2, S3, S15, S50; ADR 0050)."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pypdf
import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, codes, logs, scheduler, sessions
from kit.models import ShortLived
from people.models import Person
from tenants.feedback import actions, papers, queries
from tenants.feedback.actions import Saying, printing
from tenants.feedback.errors import SlipNotUsable, TooManySlips
from tenants.feedback.forms import LogForm
from tenants.feedback.models import Point, PrintedSlip, Sayer, SlipBatch
from tenants.feedback.papers import OnPaper
from tenants.feedback.queries import by_fingerprint
from tenants.feedback.rules import Kind, Method
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme, Site
from tenants.schemes.rights import Role
from tests.factories.feedback import the_sayer
from tests.integration.conftest import MakePerson

Clients = Callable[..., Client]
REVEALING = re.compile(r"liaison|diversion|custody|police|court|crime|offen|justice", re.IGNORECASE)
CODE = re.compile(r"([A-Z]+) ([A-Z]+)\s+([A-Z]+)\s+([A-Z]+)\s+([2-9]{4})\s+See our answer")
NUMBER = re.compile(r"Slip number (\d{4}) (\d{4})")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[OnPaper]:
    """What stands on the slips that are printed from here on; the paper itself is made as always."""
    seen: list[OnPaper] = []
    really = papers.slips

    def see(made: Any, **how: Any) -> bytes:
        seen.extend(made)
        return really(made, **how)

    monkeypatch.setattr(papers, "slips", see)
    return seen


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


def test_by_phone_a_slip_becomes_the_code_of_what_was_told_s50(
    scheme: Scheme, inside: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead, 3)
    phone = client_at(scheme)
    page = phone.get(f"/tell-us/?slip={printed[1].id}").content.decode()
    assert f'name="paper" value="{printed[1].id}"' in page
    step = phone.post("/tell-us/", {"step": "about", "about": "service", "paper": printed[1].id}).content.decode()
    assert f'name="paper" value="{printed[1].id}"' in step
    told = {"said": "The room is cold.", "send": uuid4(), "paper": printed[1].id}
    assert phone.post("/tell-us/", told)["Location"] == "/tell-us/thanks/"
    assert "Keep your paper slip" in phone.get("/tell-us/thanks/").content.decode()
    assert phone.post("/answer/", {"code": printed[1].code})["Location"] == "/answer/yours/"
    with enter(scheme):
        assert PrintedSlip.objects.get(used_on__isnull=False).pk == printed[1].id


def test_sent_twice_it_is_one_point_and_the_slip_is_used_once(
    scheme: Scheme, inside: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead, 2)
    told = {"said": "The room is cold.", "send": uuid4(), "paper": printed[0].id}
    for _ in range(2):
        assert client_at(scheme).post("/tell-us/", told).status_code == 302
    with enter(scheme):
        assert Point.objects.count() == 1
    assert client_at(scheme).post("/tell-us/", told | {"paper": printed[1].id}).status_code == 302
    with enter(scheme):
        assert Point.objects.count() == 2


def test_a_slip_is_used_once_and_then_what_was_typed_goes_on_to_a_new_code(
    scheme: Scheme, inside: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead)
    tell_with(printed[0].id)
    phone = client_at(scheme)
    told = {"said": "Somebody else writes this.", "send": uuid4(), "paper": printed[0].id}
    answer = phone.post("/tell-us/", told).content.decode()
    assert "cannot be used now" in answer
    assert "Somebody else writes this." in answer
    assert 'name="paper"' not in answer
    assert phone.post("/tell-us/", told | {"paper": ""}).status_code == 302
    assert 'app-slip__code">' in phone.get("/tell-us/thanks/").content.decode()


def test_used_cancelled_unknown_and_of_another_scheme_are_told_the_same(
    scheme: Scheme, other_scheme: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    with enter(other_scheme):
        print_some(other_scheme, lead)
    with enter(scheme):
        print_some(scheme, lead)
        actions.cancel_slips(batch=SlipBatch.objects.get(), by=lead)
        print_some(scheme, lead)
        tell_with(printed[2].id)
    pages, typed = set(), set()
    for slip_id, code in [*((one.id, one.code) for one in printed), (uuid4(), codes.new_code()), ("odd", "odd")]:
        page = client_at(scheme).get(f"/tell-us/?slip={slip_id}")
        assert page.status_code == 200
        pages.add(_same(page.content.decode()))
        if code != "odd":
            page = client_at(scheme).post("/tell-us/slip/", {"code": code})
            assert page.status_code == 200
            typed.add(_same(page.content.decode().replace(code, "")))
    assert (len(pages), len(typed)) == (1, 1)
    assert "You get a new code" in pages.pop()


def _same(page: str) -> str:
    """A page without the marks that are new on each."""
    return re.sub(r'(name="(csrfmiddlewaretoken|send|_for)" value=)"[^"]*"', r"\1", page)


def test_the_code_can_be_typed_without_javascript_and_stands_in_no_address(
    scheme: Scheme, inside: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead, 3)
    answer = client_at(scheme).post("/tell-us/slip/", {"code": printed[1].code.lower().replace("-", " ")})
    assert answer["Location"] == f"/tell-us/?slip={printed[1].id}"
    assert logs.masked(f"GET {answer['Location']} 200") == "GET /tell-us/ 200"
    assert printed[1].code not in client_at(scheme).get(answer["Location"]).content.decode()


def test_typing_codes_is_counted_among_the_tries_of_a_code(scheme: Scheme, client_at: Clients) -> None:
    phone = client_at(scheme)
    for _ in range(30):
        phone.post("/tell-us/slip/", {"code": "x"})
    assert "too many tries" in phone.post("/tell-us/slip/", {"code": "x"}).content.decode()
    assert "too many tries" in phone.post("/answer/", {"code": "x"}).content.decode()


def test_who_wants_the_answer_on_their_page_does_not_use_up_the_slip(
    scheme: Scheme, inside: Scheme, lead: Person, person: MakePerson, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead)
    told = {"said": "The room is cold.", "send": uuid4(), "paper": printed[0].id, "link": "on"}
    assert client_at(scheme, person()).post("/tell-us/", told).status_code == 302
    with enter(scheme):
        assert the_sayer(Point.objects.get()).kind == Kind.PERSON
        assert PrintedSlip.objects.unused().exists()


@pytest.mark.parametrize("by_number", [True, False])
def test_staff_write_down_what_stands_on_a_slip_by_its_number_or_its_code(
    by_number: bool, scheme: Scheme, inside: Scheme, lead: Person, printed: list[OnPaper], client_at: Clients
) -> None:
    print_some(inside, lead, 3)
    typed = f"{printed[1].number // 10000} {printed[1].number % 10000:04}" if by_number else printed[1].code
    desk = client_at(scheme, lead)
    written = {
        "said": "The room is cold.", "method": "paper", "basis": "consent", "explained_how": "printed on the slip",
        "channel": "slip", "need": "plain", "send": uuid4(), "paper": typed,
    }  # fmt: skip
    assert desk.post("/points/new/", written)["Location"] == "/points/new/slip/"
    assert "They have their slip" in desk.get("/points/new/slip/").content.decode()
    with enter(scheme):
        assert Sayer.objects.get().slip == codes.fingerprint(printed[1].code)
    again = desk.post("/points/new/", written | {"send": uuid4()}).content.decode()
    assert "nobody has used yet" in again
    assert "The room is cold." in again
    with enter(scheme):
        assert Point.objects.count() == 1


def test_a_word_that_is_neither_number_nor_code_is_named(inside: Scheme) -> None:
    form = LogForm({"paper": "MAPEL LAMP"}, scheme=inside)
    assert "MAPEL" in form.errors["paper"][0].upper()
    with pytest.raises(ValidationError, match="nobody has used"):
        form.cleaned_data = {"paper": "12345678"}
        form.clean_paper()


def test_a_cancelled_batch_takes_its_unused_slips_and_leaves_the_answers_of_the_others(
    inside: Scheme, lead: Person, printed: list[OnPaper]
) -> None:
    print_some(inside, lead, 2)
    tell_with(printed[0].id)
    batch = actions.cancel_slips(batch=SlipBatch.objects.get(), by=lead)
    again = actions.cancel_slips(batch=batch, by=lead)
    assert again.cancelled_at == batch.cancelled_at
    with pytest.raises(SlipNotUsable):
        tell_with(printed[1].id)
    assert by_fingerprint(codes.fingerprint(printed[0].code))
    assert Entry.objects.filter(what="cancelled printed slips", by=lead.pk).count() == 1


def test_a_slip_that_is_refused_leaves_no_point(inside: Scheme) -> None:
    with pytest.raises(SlipNotUsable):
        tell_with(uuid4(), client_key=uuid4())
    assert not Point.objects.exists()


def test_staff_print_and_cancel_slips_on_their_page(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients
) -> None:
    desk = client_at(scheme, lead)
    site = Site.objects.filter(scheme=scheme).earliest("name")
    assert desk.get("/points/slips/paper/")["Location"] == "/points/slips/"
    assert "150 or less" in press(desk, many=151, size="large").content.decode()
    page = desk.post(
        "/points/slips/", {"send": uuid4(), "many": 2, "site": site.pk, "size": "large"}, follow=True
    ).content.decode()
    assert "Your slips are ready" in page and "No slips have been printed yet" not in page and "or less" not in page
    answer = desk.get("/points/slips/paper/")
    assert len(CODE.findall(read(answer.content))) == 2
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="slips-2026-11-02.pdf"'
    with enter(scheme):
        batch = SlipBatch.objects.get()
        assert (batch.site_id, batch.printed_by_id, batch.slips.count()) == (site.pk, lead.pk, 2)
        assert Entry.objects.filter(what="printed slips", by=lead.pk, thing_id=str(batch.pk)).exists()
    page = desk.get("/points/slips/").content.decode()
    assert site.name in page
    assert desk.post(f"/points/slips/{batch.pk}/cancel/")["Location"] == "/points/slips/"
    assert "Cancelled on 2 November 2026" in desk.get("/points/slips/").content.decode()
    assert desk.get(f"/points/slips/{batch.pk}/cancel/").status_code == 404
    assert desk.get("/points/slips/paper/").status_code == 302


def test_the_paper_of_slips_can_be_saved_for_a_quarter_of_an_hour_by_whoever_made_them(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients, person: MakePerson
) -> None:
    desk, colleague = client_at(scheme, lead), client_at(scheme, person("Bo", role=Role.INVOLVEMENT_LEAD, at=scheme))
    press(desk)
    first, again = (CODE.findall(read(desk.get("/points/slips/paper/").content)) for _ in range(2))
    assert first == again and first
    assert colleague.get("/points/slips/paper/").status_code == 302
    clock.set_to(clock.now() + timedelta(minutes=16), frozen=True)
    assert "This paper cannot be saved any more" in desk.get("/points/slips/paper/", follow=True).content.decode()


def test_of_what_codes_are_made_of_nothing_is_left_after_a_quarter_of_an_hour_though_nobody_comes_back(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients
) -> None:
    desk, phone = client_at(scheme, lead), client_at(scheme)
    press(desk)
    phone.post("/tell-us/", {"said": "The room is cold.", "send": uuid4(), "about": "service"})
    assert ShortLived.objects.count() == 2
    held = " ".join(str(sessions.read(row)) for row in Session.objects.all())
    assert "feedback.printed" in held and "feedback.new" in held
    assert not any(word in held for word in ("mark", "key", "send"))
    clock.set_to(clock.now() + timedelta(minutes=14), frozen=True)
    with enter("public"):
        scheduler.tick()
    assert ShortLived.objects.count() == 2
    clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
    with enter("public"):
        scheduler.tick()
    assert not ShortLived.objects.exists()


def test_pressed_twice_it_is_one_batch_whose_paper_can_be_saved(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients
) -> None:
    desk, form = client_at(scheme, lead), uuid4()
    assert 'name="send"' in desk.get("/points/slips/").content.decode()
    for _ in range(2):
        assert press(desk, send=form).status_code == 302
    assert len(CODE.findall(read(desk.get("/points/slips/paper/").content))) == 1
    with enter(scheme):
        assert (SlipBatch.objects.count(), PrintedSlip.objects.count()) == (1, 1)
    # Whoever comes to the form by Back and wants others gets them.
    press(desk, send=form, many=2)
    assert len(CODE.findall(read(desk.get("/points/slips/paper/").content))) == 2


def test_slips_that_are_cancelled_are_not_ready_any_more_and_others_stay_so(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients
) -> None:
    desk = client_at(scheme, lead)
    press(desk)
    with enter(scheme):
        first = SlipBatch.objects.get()
    press(desk, many=2)
    desk.post(f"/points/slips/{first.pk}/cancel/")
    assert "Your slips are ready" in desk.get("/points/slips/").content.decode()
    with enter(scheme):
        second = SlipBatch.objects.exclude(pk=first.pk).get()
    desk.post(f"/points/slips/{second.pk}/cancel/")
    assert "Your slips are ready" not in desk.get("/points/slips/").content.decode()


def test_only_so_many_are_printed_at_once_and_so_many_lie_about_unused(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = client_at(scheme, lead)
    assert "150 or less" in press(desk, many=151).content.decode()
    monkeypatch.setattr(printing, "MOST_UNUSED", 2)
    with enter(scheme), pytest.raises(TooManySlips):
        print_some(inside, lead, 3)
    page = press(desk, many=3).content.decode()
    assert "There are 0 slips that nobody has used" in page


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.EDITOR])
def test_only_who_may_write_down_points_prints_slips(
    role: Role, scheme: Scheme, person: MakePerson, client_at: Clients
) -> None:
    assert client_at(scheme, person(role=role, at=scheme)).get("/points/slips/").status_code == 404


def test_printing_costs_the_same_for_any_number_of_slips(inside: Scheme, lead: Person) -> None:
    cost = []
    for many in (1, 20):
        with CaptureQueriesContext(connection) as asked:
            print_some(inside, lead, many)
        cost.append(len(asked))
    assert cost[0] == cost[1]


def test_the_page_of_slips_costs_the_same_for_any_number_of_batches(
    scheme: Scheme, inside: Scheme, lead: Person, client_at: Clients
) -> None:
    desk, cost = client_at(scheme, lead), []
    desk.get("/points/slips/")
    for many in (1, 5):
        for _ in range(many):
            with enter(scheme):
                SlipBatch.objects.create(printed_by_id=lead.pk)
        with CaptureQueriesContext(connection) as asked:
            desk.get("/points/slips/")
        cost.append(len(asked))
    assert cost[0] == cost[1]


def test_batches_are_counted_slip_by_slip(inside: Scheme, lead: Person, printed: list[OnPaper]) -> None:
    print_some(inside, lead, 3)
    tell_with(printed[0].id)
    (batch,) = queries.slip_batches()
    assert (batch.many, batch.used) == (3, 1)


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
