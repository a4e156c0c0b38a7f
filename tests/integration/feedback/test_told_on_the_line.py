"""“Told” stands on a line, and counts for the board, once nobody who can be told is left."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from kit import clock
from kit.channels import Outcome
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.models import Round, Told
from tenants.feedback.queries.lines import stops
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.rules import Channel
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, letter, said, slip, somebody
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson


def told_on_by_the_paper() -> date | None:
    """On which day all were told, as the paper for the board has it."""
    (turn,) = (turn for trail in trails_until(clock.today()) for turn in trail.turns)
    return turn.told_on


def test_the_line_says_told_only_once_the_message_that_came_back_was_made_good(
    owner: Membership, person: MakePerson, lead: Person, work: Callable[[], None]
) -> None:
    """As the paper for the board counts it."""
    robin = reached_by_mail(person())
    round_ = decided(said(somebody(robin, channel=Channel.EMAIL)), owner)
    work()
    actions.settle_telling(told=Told.objects.get(), outcome=Outcome.FAILED)
    assert not stops(round_.point, Round.objects.get(pk=round_.pk))[3].done
    assert told_on_by_the_paper() is None
    actions.end_telling(told=Told.objects.get(), by=lead)
    assert stops(round_.point, Round.objects.get(pk=round_.pk))[3].done
    assert told_on_by_the_paper() == clock.today()


def test_who_took_it_all_back_before_the_letter_went_leaves_nobody_to_wait_for(
    owner: Membership, lead: Person, inside: Scheme
) -> None:
    point = said(slip(), slip(channel=Channel.LETTER))
    round_ = decided(point, owner)
    assert not stops(point, round_)[3].done and told_on_by_the_paper() is None
    actions.take_back(sayer=point.sayers.get(channel=Channel.LETTER), by=None)
    assert stops(point, Round.objects.get())[3].done
    assert told_on_by_the_paper() == clock.today()


def test_a_page_says_of_a_replaced_answer_that_it_was_not_told(
    owner: Membership, lead: Person, scheme: Scheme, client_at: Callable[..., Client]
) -> None:
    told = letter(owner)
    decided(told.round.point, owner, replaces=told.round)
    page = client_at(scheme, lead).get(f"/points/{told.round.point_id}/").content.decode()
    assert "stopped: a newer answer replaced this one" in page
    assert "The public never reads it: a newer answer replaced it" in page
    with enter(scheme):
        assert not stops(told.round.point, told.round)[3].done
