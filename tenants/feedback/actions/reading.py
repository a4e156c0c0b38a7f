"""That staff read what somebody said in private is written down (S1)."""

import audit
from people.models import Person
from tenants.feedback.models import Point


def record_reading(*, by: Person, point: Point | None = None, what: str = "read a point") -> None:
    """Write down that a point was read, or a whole page of them."""
    audit.record(by=by, operation="read", what=what, thing=point)
