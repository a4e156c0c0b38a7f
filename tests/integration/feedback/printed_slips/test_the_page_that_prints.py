"""Staff print slips, save their paper for some minutes, and cancel them (S3; ADR 0050)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, codes, scheduler, sessions
from kit.models import ShortLived
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.actions import printing
from tenants.feedback.errors import SlipNotUsable, TooManySlips
from tenants.feedback.models import PrintedSlip, SlipBatch
from tenants.feedback.papers import OnPaper
from tenants.feedback.queries import by_fingerprint
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme, Site
from tenants.schemes.rights import Role
from tests.integration.conftest import MakePerson
from tests.integration.feedback.printed_slips.steps import CODE, press, print_some, read, tell_with

Clients = Callable[..., Client]


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
