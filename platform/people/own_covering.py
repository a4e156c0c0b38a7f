"""Whom somebody covers for today, as a line of what waits for them at their scheme."""

from django.http import HttpRequest
from django.urls import reverse

from kit.dates import day
from kit.waiting import Waiting
from people import queries, waiting
from people.here import me
from tenants.schemes import queries as boundary
from tenants.schemes.here import is_platform, scheme_here
from tenants.schemes.requires import may
from tenants.schemes.rights import Permission


@waiting.register
def covering(request: HttpRequest) -> list[Waiting]:
    """One line for each colleague who is away; it goes by itself."""
    if is_platform(request) or not may(request, Permission.SEE_TEAM):
        return []
    away = list(boundary.covered_by(scheme_here(request), me(request).pk))
    names = queries.names(one.person_id for one in away)
    return [
        Waiting(f"You cover for {names.get(one.person_id, 'somebody')} until {day(one.last_day)}", reverse("team"))
        for one in away
    ]
