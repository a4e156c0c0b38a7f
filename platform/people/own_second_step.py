"""That staff have no second step yet, as a line of “what waits for you” on their own page."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from kit.waiting import Waiting
from people import queries, waiting
from people.here import me
from tenants.schemes import queries as boundary
from tenants.schemes import second_step
from tenants.schemes.here import is_platform


@waiting.register
def second_step_to_set_up(request: HttpRequest) -> Iterable[Waiting]:
    """Asked here already, so that the first page of staff is no surprise."""
    if not is_platform(request) or second_step.passed(request) or not boundary.holds_a_staff_role(me(request).pk):
        return []
    if queries.second_steps(me(request)).exists():
        return []
    return [Waiting("Set up a second step, which the pages of staff ask for", reverse("step_start"))]
