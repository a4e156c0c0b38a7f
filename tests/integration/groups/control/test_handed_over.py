"""What a scheme hands over so that the group can decide (S47), and that the group alone says when it came."""

import pytest
from django.db import IntegrityError, transaction

from groups import actions
from groups.errors import NoLongerOpen
from groups.models import AgreedResource
from kit import clock
from tests.factories.groups import promised, typed
from tests.integration.groups.control.steps import at_scheme, own


def test_staff_write_down_what_they_hand_over_and_the_lead_says_when_it_came(staff, led, agreement):
    today = clock.today()
    money = {"kind": "money", "pounds": "5000", "words": "for a year"} | typed("agreed_on", today)
    assert staff.post(at_scheme(agreement, "resources/add/"), money).status_code == 302
    assert "Money: £5,000, for a year. Agreed on" in led.get(own(agreement)).content.decode()
    assert "It has not come yet." in staff.get(at_scheme(agreement)).content.decode()
    resource = AgreedResource.objects.under(agreement).get()
    assert led.post(own(agreement, f"resources/{resource.pk}/"), typed("received_on", today)).status_code == 302
    assert "It came on" in staff.get(at_scheme(agreement)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pounds": ""}, "Enter how many pounds"),
        ({"pounds": "0"}, "Enter 1 or more"),
        ({"kind": "time", "words": ""}, "Say in words what you hand over"),
        ({"kind": ""}, "Answer the question: What do you hand over?"),
    ],
)
def test_what_is_handed_over_says_how_much(wrong, said, staff, agreement):
    sent = {"kind": "money", "pounds": "5", "words": ""} | typed("agreed_on", clock.today()) | wrong
    assert said in staff.post(at_scheme(agreement, "resources/add/"), sent).content.decode()
    assert not AgreedResource.objects.under(agreement).exists()


def test_people_and_rooms_are_told_in_words_and_hold_no_sum(agreement, staff):
    sent = {"kind": "time", "pounds": "5", "words": "A day a week"} | typed("agreed_on", clock.today())
    staff.post(at_scheme(agreement, "resources/add/"), sent)
    assert AgreedResource.objects.under(agreement).get().pounds is None
    with pytest.raises(IntegrityError, match="resource_says_how_much"), transaction.atomic():
        AgreedResource.objects.create(agreement=agreement, kind="other", agreed_on=clock.today())


def test_what_has_come_is_not_taken_back_and_what_was_taken_back_does_not_come(staff, led, lead, agreement, scheme):
    came, gone = promised(agreement, scheme), promised(agreement, scheme, pounds=70)
    actions.receive_resource(resource=came, received_on=clock.today(), by=lead.pk)
    assert staff.post(at_scheme(agreement, f"resources/{came.pk}/take-back/")).status_code == 409
    assert staff.post(at_scheme(agreement, f"resources/{gone.pk}/take-back/")).status_code == 302
    page = led.post(own(agreement, f"resources/{gone.pk}/"), typed("received_on", clock.today())).content.decode()
    assert "The service took it back" in page
    assert "The service took it back" in led.get(own(agreement)).content.decode()
    with pytest.raises(NoLongerOpen):
        actions.withdraw_resource(resource=gone, scheme=scheme, by=None)
