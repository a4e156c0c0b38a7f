"""What is kept of a member is theirs and their lead's, and goes with the seat."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions, queries
from groups.errors import SeatEnded
from groups.models import ConflictOfInterest, Training
from groups.seats import Seat
from kit import clock
from tenants.schemes.models import Site
from tests.factories.groups import a_group, agreed, let_in, seated, trained, works_there
from tests.factories.people import someone
from tests.integration.groups.readiness.steps import KEPT, everything, page, ready, vetted


def test_the_lead_sees_everybody_and_that_is_written_down(led, lead, seat, site):
    everything(seat, site, lead)
    shown = led.get("/groups/voices/readiness/").content.decode()
    of_max = shown.partition("Max, monitor")[2]
    for words in ("Trained", "Works or worked at 1 place, so", "Vetting stands at 1 place", "Counts as somebody"):
        assert words in of_max
    led.get(page(seat))
    read = Entry.objects.about(seat.person_id).filter(by=lead.pk, what="read who is ready to visit")
    assert read.count() == 2
    assert not Entry.objects.about(lead.pk).filter(what="read who is ready to visit").exists()


def test_who_does_not_lead_comes_to_their_own_page(own, seat):
    assert own.get("/groups/voices/readiness/").headers["Location"] == page(seat)
    assert "Are you ready to visit?" in own.get(page(seat)).content.decode()


PAGES = ["", "training/add/", "training/{training}/", "training/{training}/remove/", "conflicts/add/",
         "conflicts/{conflict}/", "conflicts/{conflict}/remove/", "lived-experience/", "vetting/{site}/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["another monitor", "supporter", "lead of another group", "former lead", "stranger"])
def test_no_other_member_and_nobody_elsewhere_finds_it(address, who, client_at, group, lead, seat, site):
    everything(seat, site, lead)
    other = someone("Otto")
    if who in ("another monitor", "supporter"):
        seated(group, other, seat=Seat.SUPPORTER if who == "supporter" else Seat.MONITOR)
    if who == "lead of another group":
        agreed(a_group("Others", lead=other), site.scheme)
    if who == "former lead":
        actions.leave(membership=seated(group, other, seat=Seat.LEAD), by=other.pk)
    filled = address.format(
        training=Training.objects.get().pk, conflict=ConflictOfInterest.objects.get().pk, site=site.pk
    )
    client = client_at(None, other)
    assert client.get(page(seat, filled)).status_code in (404, 405)
    assert client.post(page(seat, filled), {"said": "no", "status": "asked"}).status_code in (404, 405)
    assert [model.objects.for_group(group).count() for model in KEPT] == [1, 1, 1, 1]


def test_nothing_of_one_member_is_found_by_way_of_another(own, client_at, group, seat, site):
    otto = someone("Otto")
    his = seated(group, otto)
    training, conflict = trained(his), works_there(his, site)
    for more in (f"training/{training.pk}/", f"conflicts/{conflict.pk}/"):
        assert own.get(page(seat, more)).status_code == 404
    trained(seat)
    assert queries.trainings(his) == [training]
    assert [one.conflict for one in queries.conflicts(his)] == [conflict]
    assert queries.conflicts(seat) == []


def test_what_one_group_keeps_of_somebody_is_not_anothers(group, max_, lead, seat, site):
    everything(seat, site, lead)
    others = a_group("Others", lead=lead)
    there = seated(others, max_)
    one = ready(others, site)
    assert (one.trained, one.conflict, one.vetted, one.lived_experience) == (False, False, False, False)
    assert queries.said_lived_experience(there) is None and queries.vetting(there, site) is None
    actions.say_lived_experience(membership=there, has=False, by=max_.pk)
    assert ready(group, site).lived_experience


@pytest.mark.parametrize("how", ["they left", "the lead ended it"])
def test_what_was_kept_goes_with_the_seat(how, group, lead, max_, seat, site):
    everything(seat, site, lead)
    stays = seated(group, someone("Otto"))
    everything(stays, site, lead)
    actions.leave(membership=seat, by=max_.pk if how == "they left" else lead.pk)
    assert [set(model.objects.for_group(group).values_list("person_id", flat=True)) for model in KEPT] == [
        {stays.person_id}
    ] * 4


def test_nothing_is_kept_for_a_seat_that_has_ended(group, lead, max_, seat, site):
    actions.leave(membership=seat, by=max_.pk)
    for write in (
        lambda: trained(seat),
        lambda: works_there(seat, site),
        lambda: actions.say_lived_experience(membership=seat, has=True, by=max_.pk),
        lambda: vetted(seat, site, lead),
    ):
        with pytest.raises(SeatEnded):
            write()


@pytest.mark.parametrize("many", [1, 5])
def test_who_is_ready_costs_the_same_for_any_number_of_members(many, led, group, lead, seat, scheme, site):
    for number in range(many):
        member = seated(group, someone(f"Member{number}"))
        everything(member, Site.objects.create(scheme=scheme, name=f"Place {number}", kind="custody"), lead)
    for number in range(many):
        trained(seat, name=f"Training {number}")
        works_there(seat, site)
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.readiness(group, site, clock.today())) == many + 2
    assert len(asked) == 6
    for address, most in (("/groups/voices/readiness/", 17), (page(seat), 22)):
        led.get(address)
        with CaptureQueriesContext(connection) as asked:
            led.get(address)
        assert len(asked) <= most, (address, len(asked))


def test_a_group_without_an_agreement_is_told_what_is_missing(client_at, lead):
    alone = a_group("Alone", lead=lead)
    seat = alone.memberships.get()
    shown = client_at(None, lead).get(f"/groups/alone/readiness/{seat.pk}/").content.decode()
    assert "The group has no agreement with a service yet" in shown and "Add a place" not in shown


def test_a_reference_group_has_none_of_this(client_at, lead):
    advisers = a_group("Advisers", kind="reference", lead=lead)
    client = client_at(None, lead)
    assert client.get("/groups/advisers/readiness/").status_code == 404
    assert client.get(f"/groups/advisers/readiness/{advisers.memberships.get().pk}/").status_code == 404
    assert "Ready to visit" not in client.get("/groups/advisers/").content.decode()


def test_a_place_that_lets_the_group_in_says_nothing_of_who_is_let_in(group, lead, seat, site):
    agreement = group.agreements.get()
    let_in(agreement, site, lead)
    assert not ready(group, site).vetted
