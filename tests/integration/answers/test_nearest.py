"""Which answers of other schemes stand beside a decision, where there are many (ADR 0059)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from answers import querysets
from answers.models import PublishedAnswer
from kit import clock
from tenants.feedback import queries
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import WEB
from tests.factories.feedback import said
from tests.integration.conftest import connect_as

MANY = 2_100
COLD = "The room was cold and there was no blanket."


def fill(there: Scheme, many: int, words: str = "The room was noisy.") -> PublishedAnswer:
    """An answer about a cold room without blankets, and so many newer ones about rooms."""
    now = clock.now()
    rows = [
        PublishedAnswer(
            scheme=there, point_id=uuid4(), said=words if age else COLD, decision="will",
            answer="We look at it." if age else "Each room has a blanket now.", reason="You asked.",
            answered_at=now - timedelta(minutes=many - age),
        )
        for age in range(many + 1)
    ]  # fmt: skip
    PublishedAnswer.objects.bulk_create(rows)
    return rows[0]


def others(words: str, here: Scheme) -> list[PublishedAnswer]:
    with enter(here):
        return [one.row for one in queries.others_did(said(words=words), here)]


def test_the_nearest_is_found_also_where_very_many_newer_answers_share_a_word(
    scheme: Scheme, other_scheme: Scheme
) -> None:
    planted = fill(other_scheme, MANY)
    assert others(COLD, scheme)[0] == planted


def count_words(database: str) -> None:
    """As PostgreSQL does by itself within some minutes; from then on the server's role asks."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE answers_publishedanswer")
    connect_as(WEB, database)


@pytest.fixture
def few_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(querysets, "MOST_LIKE", 10)


@pytest.mark.usefixtures("few_are_weighed")
def test_where_not_all_can_be_weighed_the_rarest_words_choose_which(
    as_owner: str, scheme: Scheme, other_scheme: Scheme
) -> None:
    planted = fill(other_scheme, 100)
    assert len(others(COLD, scheme)) == 3
    count_words(as_owner)
    assert others(COLD, scheme) == [planted]


@pytest.mark.usefixtures("few_are_weighed")
def test_words_that_nearly_all_answers_have_still_find_some(
    as_owner: str, scheme: Scheme, other_scheme: Scheme
) -> None:
    fill(other_scheme, 100)
    count_words(as_owner)
    assert len(others("This room", scheme)) == 3
    assert len(others("This room, says Zebrafinch", scheme)) == 3
