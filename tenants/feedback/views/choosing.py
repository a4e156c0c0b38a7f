"""Which points of the register an address asks for: the list and the file of it read the same address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from tenants.feedback.models import GroupTag, Theme
from tenants.feedback.queries import Chosen, Tab, Who, outcome_choices
from tenants.feedback.views.asking import SchemeRequest
from tenants.schemes import queries as boundary
from tenants.schemes.models import Site

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as the page shows them, what they may be, and the points they choose."""

    filters: dict[str, str]
    themes: Sequence[Theme]
    groups: Sequence[GroupTag]
    sites: Sequence[Site]
    chosen: Chosen

    @classmethod
    def of(cls, request: SchemeRequest) -> Self:
        """What one request asks for; what is not offered filters nothing."""
        asked = request.GET
        themes, groups = list(Theme.objects.all()), list(GroupTag.objects.all())
        sites = list(boundary.sites(request.scheme_here))
        filters = {
            "theme": _offered(asked.get("theme"), {theme.code for theme in themes}),
            "group": _offered(asked.get("group"), {group.code for group in groups}),
            "site": _offered(asked.get("site"), {str(site.pk) for site in sites}),
            "outcome": _offered(asked.get("outcome"), {one.code for one in outcome_choices()}),
            "words": asked.get("words", "").strip()[:LONGEST_SEARCH],
            "who": _offered(asked.get("who"), set(Who.values)),
        }
        seats = boundary.seats_of(request.scheme_here, request.user.pk) if filters["who"] == Who.MINE else []
        chosen = Chosen(
            tab=Tab(asked["show"]) if asked.get("show") in Tab.values else Tab.WAITING,
            theme=filters["theme"],
            group=filters["group"],
            site=UUID(filters["site"]) if filters["site"] else None,
            outcome=filters["outcome"],
            words=filters["words"],
            who=Who(filters["who"]),
            seats=[seat.pk for seat in seats],
        )
        return cls(filters, themes, groups, sites, chosen)


def _offered(value: str | None, choices: set[str]) -> str:
    return value if value in choices else ""
