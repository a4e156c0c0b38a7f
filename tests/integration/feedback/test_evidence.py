"""What shows that something was done, beside the words (S18, S89)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import NothingSaid, NotYet
from tenants.feedback.models import Progress
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, somebody
from tests.factories.people import someone

ClientAt = Callable[..., Client]
SHOWN = {
    "words": "The card is up.", "evidence": "Minutes of the board", "link": "https://example.org/minutes",
    "shown_on_day": "1", "shown_on_month": "11", "shown_on_year": "2026",
}  # fmt: skip


@pytest.mark.parametrize("page", ["progress", "done"])
def test_who_said_it_reads_what_shows_that_it_was_done(
    client_at: ClientAt, inside: Scheme, owner: Membership, page: str
) -> None:
    robin = someone()
    point = said(somebody(robin))
    decided(point, owner)
    desk = client_at(inside, Person.objects.get(pk=owner.person_id))
    assert desk.post(f"/points/{point.pk}/{page}/", SHOWN)["Location"] == f"/points/{point.pk}/"
    with enter(inside):
        assert Progress.objects.get().shown_on == date(2026, 11, 1)
    for client, address in ((desk, f"/points/{point.pk}/"), (client_at(inside, robin), f"/mine/{point.pk}/")):
        shown = client.get(address).content.decode()
        assert "Minutes of the board" in shown and "1 November 2026" in shown
        # Where it leads stands there in words, and the page it leads to does not learn from where somebody came.
        assert 'href="https://example.org/minutes" rel="noreferrer noopener nofollow">example.org</a>' in shown


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org/", "//example.org", "https://me:word@example.org/", "minutes"]
)
def test_only_a_public_page_is_linked(owner: Membership, lead: Person, link: str) -> None:
    point = said()
    decided(point, owner)
    with pytest.raises(NothingSaid, match="https://"):
        actions.report_progress(point=point, words="A", link=link, by=lead)


def test_nothing_is_shown_on_a_day_to_come(owner: Membership, lead: Person) -> None:
    point = said()
    decided(point, owner)
    with pytest.raises(NotYet):
        actions.report_progress(point=point, words="A", shown_on=date(2026, 11, 3), by=lead)
