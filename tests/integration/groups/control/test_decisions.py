"""What a group decides, what the scheme reports, and whether it has happened (S47)."""

from datetime import timedelta

import pytest

from groups import actions
from groups.errors import AgreementOver, NoLongerOpen
from groups.models import DeliveryReport, GroupDecision
from kit import clock
from tests.factories.groups import decided, promised, reported, typed
from tests.integration.groups.control.steps import a_decision, a_report, at_scheme, own


def test_what_a_group_decides_stands_beside_what_the_scheme_reports_and_what_the_group_answers(staff, led, agreement):
    assert led.post(own(agreement, "decide/"), a_decision()).status_code == 302
    decision = GroupDecision.objects.under(agreement).get()
    assert "You have not reported on it yet" in staff.get(at_scheme(agreement)).content.decode()
    assert staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).status_code == 302
    page = led.get(own(agreement)).content.decode()
    assert "The service says: it is under way" in page and "We look for her." in page
    assert "The group has not said yet" in page
    assert led.post(own(agreement, f"decisions/{decision.pk}/"), {"answer": "partly"}).status_code == 302
    assert "The group says: it has partly happened" in staff.get(at_scheme(agreement)).content.decode()


def test_a_later_report_and_a_later_answer_stand_beside_the_earlier_ones(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    reported(decision, scheme, state="not_yet", words="No money yet.")
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    clock.set_to(clock.now() + timedelta(days=1))
    reported(decision, scheme, words="She began.")
    actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)
    for page in (
        led.get(own(agreement, f"decisions/{decision.pk}/")).content.decode(),
        staff.get(at_scheme(agreement, f"decisions/{decision.pk}/")).content.decode(),
    ):
        now, before = page.split("What was said before")
        assert "She began." in now and "No money yet." not in now and "No money yet." in before
        assert "The group says: yes, it has happened" in now


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"state": "done", **typed("day", clock.today() + timedelta(days=9))}, "If it is done, enter today"),
        ({"words": ""}, "Enter what has been done"),
        ({"state": ""}, "Answer the question: Has it happened?"),
    ],
)
def test_a_report_says_how_far_it_is_with_a_day_and_words(wrong, said, staff, lead, agreement):
    decision = decided(agreement, lead)
    assert said in staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report(**wrong)).content.decode()
    assert not DeliveryReport.objects.about(decision).exists()


def test_what_is_decided_is_to_happen_on_that_day_or_later(led, agreement):
    yesterday = clock.today() - timedelta(days=1)
    page = led.post(own(agreement, "decide/"), a_decision(**typed("due", yesterday))).content.decode()
    assert "or a later day" in page and "A peer worker starts in the court." in page
    assert not GroupDecision.objects.under(agreement).exists()


def test_the_group_alone_takes_a_decision_back_and_nobody_reports_on_it_then(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    assert led.post(own(agreement, f"decisions/{decision.pk}/take-back/")).status_code == 302
    assert "The group took this back" in staff.get(at_scheme(agreement)).content.decode()
    page = staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).content.decode()
    assert "The group took this decision back." in page
    with pytest.raises(NoLongerOpen):
        actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)


def test_a_decision_is_late_until_the_group_itself_says_that_it_has_happened(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    clock.set_to(clock.now() + timedelta(days=30))
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()
    clock.set_to(clock.now() + timedelta(days=1))
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="partly", by=lead.pk)
    for page in (staff.get(at_scheme(agreement)), led.get(own(agreement))):
        assert "This is late" in page.content.decode()
    actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()
    taken_back = decided(agreement, lead)
    clock.set_to(clock.now() + timedelta(days=40))
    actions.withdraw_decision(decision=taken_back, by=lead.pk)
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()


def test_what_was_decided_outlives_the_agreement(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    actions.end_agreement(agreement=agreement, scheme=scheme, by=None)
    assert "Ended" in led.get("/groups/voices/").content.decode()
    assert staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).status_code == 302
    assert led.post(own(agreement, f"decisions/{decision.pk}/"), {"answer": "no"}).status_code == 302
    page = led.post(own(agreement, "decide/"), a_decision()).content.decode()
    assert "This agreement has ended. Nothing can be added to it." in page
    with pytest.raises(AgreementOver):
        promised(agreement, scheme)
    for page in ("terms/", "resources/add/", "end/"):
        assert staff.get(at_scheme(agreement, page)).status_code == 404
