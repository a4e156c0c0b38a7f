"""Duties: registered once each, for public or for every scheme."""

import pytest

from kit import scheduler


@pytest.fixture(autouse=True)
def nobody_registered(monkeypatch):
    monkeypatch.setattr(scheduler, "_duties", {})


def test_a_duty_is_named_by_its_place_unless_it_is_given_a_name():
    @scheduler.duty(where="public")
    def tidy(): ...

    @scheduler.duty(where="scheme", name="remind of answers that are late")
    def remind(): ...

    assert [one.name for one in scheduler.duties("scheme")] == ["remind of answers that are late"]
    (one,) = scheduler.duties("public")
    assert one.name.endswith(".tidy")
    assert one.function is tidy


def test_a_duty_whose_module_is_imported_twice_runs_once():
    def tidy(): ...

    scheduler.duty(where="public")(tidy)
    scheduler.duty(where="public")(tidy)

    assert len(scheduler.duties("public")) == 1
