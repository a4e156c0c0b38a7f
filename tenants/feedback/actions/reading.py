"""That staff read what somebody said in private is written down (S1)."""

import audit
from people.models import Person
from tenants.feedback.models import InformationNeed, Point


def record_reading(*, by: Person, point: Point | None = None, what: str = "read a point") -> None:
    """Write down that a point was read, or a whole page of them."""
    audit.record(by=by, operation="read", what=what, thing=point)


def record_reading_need(*, need: InformationNeed, by: Person) -> None:
    """Write down that somebody's need was read."""
    audit.record(by=by, operation="read", what="read what somebody needs", subject=need.person_id, thing=need)
