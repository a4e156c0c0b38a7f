"""Somebody takes their words back while these are handed over: whoever is later reads what is true by then."""

from datetime import timedelta

from answers.models import PublishedAnswer
from kit import clock
from tenants.feedback import actions
from tenants.feedback.models import Point
from tenants.feedback.queries.published import published_answers
from tenants.schemes.models import Scheme
from tests.factories.feedback import published, said, staff
from tests.integration.proofs.stopping import stopped_while_writing


def test_what_is_taken_back_while_it_is_handed_over_is_gone_in_the_end(as_web: str, inside: Scheme) -> None:
    """A message that read what was public, and was slow to write it, brings nothing back."""
    point = said()
    published(point, staff(inside)[1])

    def take_back() -> None:
        actions.stop_publishing(sayer=point.sayers.get(), by=None)
        actions.publish_nationally(point_id=point.pk)

    stopped_while_writing(
        inside,
        lambda: actions.publish_nationally(point_id=point.pk),
        by=lambda: _a_row_of(point, inside),
        meanwhile=take_back,
    )
    assert not PublishedAnswer.objects.exists()


def _a_row_of(point: Point, scheme: Scheme) -> PublishedAnswer:
    """A row of the same point, which whoever writes another one has to wait for."""
    words = published_answers([point.pk])[point.pk]
    return PublishedAnswer.objects.create(
        scheme=scheme, point_id=point.pk, said=words.said, decision=words.decision, answer=words.answer,
        reason=words.reason, answered_at=clock.now() - timedelta(days=1),
    )  # fmt: skip
