"""A printed slip is used once, by a phone or from paper (S2, S3, S50; ADR 0050)."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kit import codes, logs
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import SlipNotUsable
from tenants.feedback.forms import LogForm
from tenants.feedback.models import Point, PrintedSlip, Sayer, SlipBatch
from tenants.feedback.papers import OnPaper
from tenants.feedback.rules import Kind
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.feedback import the_sayer
from tests.integration.conftest import MakePerson
from tests.integration.feedback.printed_slips.steps import print_some, tell_with

Clients = Callable[..., Client]


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


def test_a_slip_that_is_refused_leaves_no_point(inside: Scheme) -> None:
    with pytest.raises(SlipNotUsable):
        tell_with(uuid4(), client_key=uuid4())
    assert not Point.objects.exists()
