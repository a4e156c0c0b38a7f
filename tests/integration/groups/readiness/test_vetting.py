"""Of vetting there is a status for a place, and never a reason (F5)."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from groups import forms
from groups.models import Vetting
from tests.factories.groups import typed
from tests.integration.groups.readiness.steps import in_days, page, ready


def test_the_lead_writes_down_where_somebody_stands_and_they_read_it(led, own, group, seat, site):
    assert ": not asked" in own.get(page(seat)).content.decode()
    sent = {"status": "stands"} | typed("stands_until", in_days(30))
    assert led.post(page(seat, f"vetting/{site.pk}/"), sent).status_code == 302
    assert "stands until" in own.get(page(seat)).content.decode()
    assert [ready(group, site, in_days(day)).vetted for day in (0, 30, 31)] == [True, True, False]
    assert not ready(group, site.scheme.sites.latest("name")).vetted
    led.post(page(seat, f"vetting/{site.pk}/"), {"status": "does_not_stand"} | typed("stands_until", in_days(30)))
    assert "does not stand" in own.get(page(seat)).content.decode()
    assert not ready(group, site).vetted
    assert Vetting.objects.for_group(group).get().stands_until is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"status": "stands"}, "Enter the last day on which it stands"),
        ({}, "Answer the question: Where do they stand?"),
        ({"status": "convicted"}, "Choose one of the answers on the page"),
    ],
)
def test_vetting_is_one_of_four_things(wrong, said, led, seat, site):
    assert said in led.post(page(seat, f"vetting/{site.pk}/"), wrong).content.decode()
    assert not Vetting.objects.for_person(seat.person_id).exists()


@pytest.mark.parametrize(("status", "until"), [("stands", None), ("asked", date(2030, 1, 1)), ("refused", None)])
def test_the_database_takes_no_other_status_and_no_day_but_that_on_which_it_stands(status, until, group, seat, site):
    with pytest.raises(IntegrityError, match="vetting_"), transaction.atomic():
        Vetting.objects.create(
            group=group, person_id=seat.person_id, site_id=site.pk, status=status, stands_until=until
        )


def test_there_is_no_box_and_no_column_for_a_reason():
    texts = [field.name for field in Vetting._meta.fields if isinstance(field, models.CharField | models.TextField)]
    assert texts == ["status"] and set(forms.VettingForm.base_fields) == {"status", "stands_until"}


def test_nobody_but_a_lead_writes_down_vetting(own, seat, site):
    assert own.get(page(seat, f"vetting/{site.pk}/")).status_code == 404
    assert own.post(page(seat, f"vetting/{site.pk}/"), {"status": "asked"}).status_code == 404
    assert f"vetting/{site.pk}/" not in own.get(page(seat)).content.decode()


def test_a_place_without_an_agreement_is_no_place_to_stand_with(led, seat, other_scheme):
    assert led.get(page(seat, f"vetting/{other_scheme.sites.earliest('name').pk}/")).status_code == 404
