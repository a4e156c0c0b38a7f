"""An agreement is read by both of its sides, and by nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions, queries
from groups.models import DeliveryAnswer, GroupDecision
from groups.seats import Seat
from kit import clock
from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tests.factories.groups import a_group, agreed, decided, promised, reported, seated
from tests.factories.people import someone
from tests.factories.schemes import works_at
from tests.integration.groups.control.steps import a_decision, a_report, at_scheme, own

PAGES = ["", "decide/", "resources/{resource}/", "decisions/{decision}/", "decisions/{decision}/take-back/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "who", ["stranger", "lead of another group", "former member", "staff", "national", "lead of a reference group"]
)
def test_who_has_no_seat_in_the_group_finds_nothing_of_its_agreements(
    page, who, client_at, person, group, lead, agreement, scheme
):
    other = someone("Otto")
    if who == "lead of another group":
        agreed(a_group("Others", lead=other), scheme)
    if who == "former member":
        actions.leave(membership=seated(group, other), by=other.pk)
    if who == "staff":
        works_at(scheme, other.pk, role=Role.MANAGER)
    if who == "national":
        other = person("Pam", national="programme_manager")
    if who == "lead of a reference group":
        a_group("Advisers", kind="reference", lead=other)
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    address = own(agreement, page.format(decision=decision.pk, resource=resource.pk))
    client = client_at(None, other)
    assert client.get(address).status_code in (404, 405)
    assert client.post(address, a_decision() | {"answer": "yes"}).status_code in (404, 405)
    assert GroupDecision.objects.get().withdrawn_on is None and not DeliveryAnswer.objects.exists()


@pytest.mark.parametrize("page", PAGES[1:])
@pytest.mark.parametrize("seat", [Seat.MONITOR, Seat.SUPPORTER])
def test_what_only_the_lead_says_others_of_the_group_do_not_find(page, seat, client_at, group, lead, agreement, scheme):
    other = someone("Max")
    seated(group, other, seat=seat)
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    client = client_at(None, other)
    shown = client.get(own(agreement))
    assert shown.status_code == 200
    for words in ("Write down a decision", "It has come", "Say whether it has happened"):
        assert words not in shown.content.decode()
    address = own(agreement, page.format(decision=decision.pk, resource=resource.pk))
    assert client.get(address).status_code in (404, 405)
    assert client.post(address, a_decision() | {"answer": "yes"}).status_code == 404


def test_nothing_of_one_agreement_is_found_by_way_of_another(led, staff, group, lead, agreement, scheme, other_scheme):
    others = a_group("Others", lead=lead)
    elsewhere, theirs = agreed(group, other_scheme), agreed(others, scheme)
    decision, resource = decided(elsewhere, lead), promised(elsewhere, other_scheme)
    for page in (f"decisions/{decision.pk}/", f"resources/{resource.pk}/"):
        assert led.get(own(agreement, page)).status_code == 404
    assert led.get(own(theirs)).status_code == 404
    assert staff.get(at_scheme(elsewhere)).status_code == 404
    for page in (f"decisions/{decision.pk}/", f"resources/{resource.pk}/take-back/"):
        assert staff.post(at_scheme(agreement, page), a_report()).status_code == 404
        assert staff.post(at_scheme(elsewhere, page), a_report()).status_code == 404
    assert queries.resources(agreement) == [] and queries.decisions(agreement) == []


@pytest.mark.parametrize("many", [1, 5])
def test_an_agreement_costs_the_same_for_any_number_of_decisions(many, led, staff, lead, agreement, scheme):
    for number in range(many):
        decision = decided(agreement, lead, f"Decision {number}")
        reported(decision, scheme)
        actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
        promised(agreement, scheme)
    for client, address, most in ((led, own(agreement), 16), (staff, at_scheme(agreement), 14)):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, (address, len(asked))


def test_both_sides_are_written_into_the_record_without_anybodys_words(staff, led, lead, agreement, scheme):
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    actions.receive_resource(resource=resource, received_on=clock.today(), by=lead.pk)
    actions.withdraw_decision(decision=decision, by=lead.pk)
    ours = set(Entry.objects.filter(by=lead.pk).values_list("what", flat=True))
    assert {
        "wrote down what a group decided", "said whether a decision has happened",
        "said that something came from a scheme", "took back what a group decided",
    } <= ours  # fmt: skip
    with enter(scheme):
        theirs = set(Entry.objects.values_list("what", flat=True))
    assert {"agreed to hand something over to a group", "reported on what a group decided"} <= theirs
