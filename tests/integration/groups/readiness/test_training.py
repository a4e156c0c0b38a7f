"""A training counts from the day on which it was done to its last day; whoever did it writes it down."""

from datetime import date, timedelta

import pytest

from audit.models import Entry
from groups.models import Training
from kit import clock
from tests.factories.groups import trained, typed
from tests.integration.groups.readiness.steps import in_days, page, ready


def test_a_member_writes_down_their_own_training_and_changes_it(own, led, seat):
    sent = {"name": "Safety first"} | typed("done_on", in_days(-3)) | typed("valid_until", in_days(300))
    assert own.post(page(seat, "training/add/"), sent).status_code == 302
    training = Training.objects.for_person(seat.person_id).get()
    assert "Safety first, done on" in own.get(page(seat)).content.decode()
    assert "Safety first, done on" in led.get(page(seat)).content.decode()
    assert 'value="Safety first"' in own.get(page(seat, f"training/{training.pk}/")).content.decode()
    own.post(page(seat, f"training/{training.pk}/"), sent | {"name": "Safety second"})
    assert "Safety second" in own.get(page(seat)).content.decode()
    assert own.post(page(seat, f"training/{training.pk}/remove/")).status_code == 302
    assert "No training is written down yet." in own.get(page(seat)).content.decode()
    told = Entry.objects.about(seat.person_id).values_list("what", flat=True)
    assert {"wrote down a training", "changed a training", "removed a training"} <= set(told)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter what was the training?"),
        (typed("done_on", clock.today() + timedelta(days=2)), "Enter a date that is"),
        (typed("valid_until", date(2020, 1, 1)), "Enter a day after you did the training"),
    ],
)
def test_a_training_that_cannot_be_is_sent_back_with_what_was_typed(wrong, said, own, seat):
    sent = {"name": "Safety first"} | typed("done_on", in_days(-3)) | wrong
    shown = own.post(page(seat, "training/add/"), sent).content.decode()
    assert said in shown or ("name" in wrong and "There is a problem" in shown)
    assert "Safety first" in shown or "name" in wrong
    assert not Training.objects.for_person(seat.person_id).exists()


@pytest.mark.parametrize(
    ("done", "until", "day", "counts"),
    [(-10, None, 0, True), (-10, 5, 5, True), (-10, 5, 6, False), (-10, 5, -11, False)],
)
def test_a_training_counts_from_the_day_it_was_done_to_its_last_day(done, until, day, counts, group, seat, site):
    trained(seat, done_on=in_days(done), valid_until=in_days(until) if until else None)
    assert ready(group, site, in_days(day)).trained is counts
