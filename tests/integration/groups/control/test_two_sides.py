"""An agreement has two sides, and neither writes what is the other's to say (S47)."""

import pytest
from django.db import DatabaseError, connection, transaction

from groups import actions
from groups.errors import OtherSide
from groups.models import DeliveryAnswer, DeliveryReport, GroupDecision
from groups.sides import MAY_WRITE, Side, add, change
from kit import clock
from tests.factories.groups import decided, promised, reported, typed
from tests.integration.groups.control.steps import WEB, a_decision, a_report, at_scheme


def test_each_field_is_one_sides_to_write():
    for model, sides in MAY_WRITE.items():
        written = [name for names in sides.values() for name in names]
        assert len(written) == len(set(written))
        assert {field.attname for field in model._meta.concrete_fields} - {"id"} == {
            model._meta.get_field(name.removesuffix("_id") if name == "group" else name).attname for name in written
        }


def test_neither_side_writes_what_is_the_others_to_say(lead, agreement, scheme):
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    for name in ("what", "due", "decided_on", "withdrawn_on"):
        with pytest.raises(OtherSide):
            change(Side.SCHEME, decision, **{name: None})
    with pytest.raises(OtherSide):
        add(Side.SCHEME, GroupDecision, what="Nothing")
    with pytest.raises(OtherSide):
        add(Side.SCHEME, DeliveryAnswer, answer="yes")
    with pytest.raises(OtherSide):
        change(Side.SCHEME, resource, received_on=clock.today())
    with pytest.raises(OtherSide):
        add(Side.GROUP, DeliveryReport, state="done")
    for name in ("until", "payment"):
        with pytest.raises(OtherSide):
            change(Side.GROUP, agreement, **{name: None})
    with pytest.raises(OtherSide):
        change(Side.GROUP, resource, pounds=1)


def test_whatever_staff_send_to_their_pages_the_decision_stays_as_the_group_made_it(staff, lead, agreement, scheme):
    """S47: the scheme cannot change, stop or delete it; all it can do is report."""
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    before = GroupDecision.objects.filter(pk=decision.pk).values().get()
    everything = a_decision(what="Nothing") | a_report() | {"answer": "yes", "withdrawn_on": "2026-01-01"}
    everything |= typed("received_on", clock.today())
    for more in ("", "terms/", "resources/add/", f"resources/{resource.pk}/take-back/", f"decisions/{decision.pk}/",
                 f"decisions/{decision.pk}/take-back/", "decide/", "end/"):  # fmt: skip
        for method in (staff.post, staff.put, staff.patch, staff.delete):
            method(at_scheme(agreement, more), everything)
    assert GroupDecision.objects.filter(pk=decision.pk).values().get() == before
    assert GroupDecision.objects.count() == 1
    assert not DeliveryAnswer.objects.about(decision).exists()
    resource.refresh_from_db()
    assert resource.received_on is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE groups_groupdecision SET what = 'Nothing'",
        "UPDATE groups_groupdecision SET due = '2030-01-01'",
        "DELETE FROM groups_groupdecision",
        "UPDATE groups_deliveryreport SET words = 'Done'",
        "DELETE FROM groups_deliveryreport",
        "UPDATE groups_deliveryanswer SET answer = 'yes'",
        "DELETE FROM groups_deliveryanswer",
        "UPDATE groups_agreedresource SET pounds = 1",
        "DELETE FROM groups_agreedresource",
    ],
)
def test_the_database_itself_lets_no_page_change_or_delete_what_was_said(statement, lead, agreement, scheme):
    decision = decided(agreement, lead)
    promised(agreement, scheme)
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        cursor.execute(statement)
