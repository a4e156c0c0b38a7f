"""S22, S95, S96: no page shows a body that is gone as if it were there."""

from datetime import date

import pytest

from cms import bodies, facts
from cms.bodies import BODIES, living

TODAY = date(2026, 11, 29)


def codes(found):
    return [body.code for body in found]


@pytest.mark.parametrize(
    ("code", "before", "on", "after"),
    [
        ("noms", date(2017, 3, 31), date(2017, 4, 1), ["hmpps"]),
        ("dh", date(2018, 1, 7), date(2018, 1, 8), ["dhsc"]),
        ("phe", date(2021, 9, 30), date(2021, 10, 1), ["ukhsa", "ohid"]),
    ],
)
def test_from_the_day_on_which_a_body_ended_those_that_followed_it_stand_in_its_place(code, before, on, after):
    assert codes(living([code], on=before)) == [code]
    assert codes(living([code], on=on)) == codes(living([code], on=TODAY)) == after


def test_a_body_that_followed_stands_there_once():
    assert codes(living(["noms", "hmpps", "noms"], on=TODAY)) == ["hmpps"]


@pytest.mark.parametrize("code", ["ohc", "brg", "drugscope"])
def test_what_ended_and_has_nobody_after_it_is_history_alone(code):
    assert living([code], on=TODAY) == []
    assert code in codes(body for body, _ in bodies.gone(on=TODAY))
    assert code not in dict(bodies.offered())


def test_a_body_that_nobody_looked_up_says_so():
    assert BODIES["yjb"].checked == "Named in 2015, not looked up since"
    assert BODIES["hmpps"].checked == "Checked on 29 November 2026"


def test_a_code_that_nobody_knows_is_nothing():
    assert living(["no_such_body"], on=TODAY) == []


def test_every_partner_of_the_source_is_in_the_table():
    """S22 names ten."""
    source = {"nhs_england", "dh", "home_office", "moj", "yjb", "hmcts", "noms", "phe", "ohc", "brg"}
    assert source <= BODIES.keys()
    assert not {"dh", "noms", "phe", "ohc", "brg"} & set(codes(bodies.partners(on=TODAY)))


def test_the_table_holds_together():
    for body in BODIES.values():
        assert set(body.followed_by) <= BODIES.keys()
        assert body.source and (body.checked_on or bodies.READ) <= bodies.READ
        assert body.checked_on or body.source in (bodies.SEED, "Requirements of this product, S95"), body.code
        assert bool(body.does and body.address) != body.is_gone(TODAY), body.code
        assert not body.address or body.address.startswith("https://")


def test_every_fact_says_where_it_was_read_and_when():
    """S90 to S92."""
    assert all(fact.source and fact.checked_on for group in facts.GROUPS for fact in group.facts)
    everything = " ".join(fact.words for group in facts.GROUPS for fact in group.facts)
    assert "82" in everything and "2011" in everything and "all ages" in everything
    # S95: how many organisations those four charities stood for in 2015 is not repeated.
    assert "1,600" not in everything
