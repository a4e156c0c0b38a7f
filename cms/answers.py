"""“You said, we did” as the public site shows it: only what the loop has opened to the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit import clock, fields
from kit.forms import Form
from kit.pair import PairView
from tenants.feedback.models import Point
from tenants.feedback.queries import answered, themes_with_answers
from tenants.feedback.rules import Decision, Stage
from tenants.schemes.models import Scheme

LATEST = 3
# What a block that holds a point is called in the content of a page.
POINT = "point"


class Filters(Form):
    """Which answers to show; an address with a choice that is not offered shows all of them."""

    theme = fields.Select(N_("About"), required=False)
    site = fields.Select(N_("Where"), required=False)
    decision = fields.Select(N_("Our answer"), required=False)

    def __init__(self, data: Any, *, scheme: Scheme) -> None:
        themes = [(theme.code, theme.label) for theme in themes_with_answers()]
        sites = [(str(site.pk), site.name) for site in scheme.sites.all()]
        lists = {
            "theme": [("", _("Everything")), *themes],
            "site": [("", _("Everywhere")), *sites],
            "decision": [("", _("All answers")), *Decision.choices],
        }
        self.offered = {name: [value for value, _label in choices] for name, choices in lists.items()}
        chosen = {name: data.get(name, "") for name in lists}
        super().__init__({name: value if value in self.offered[name] else "" for name, value in chosen.items()})
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the query of answers is asked."""
        self.full_clean()
        site = self.cleaned_data["site"]
        return {**self.cleaned_data, "site": UUID(site) if site else None}

    @property
    def are_set(self) -> bool:
        """Whether anything is left out."""
        return any(self.chosen.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of answers, and the filters by which it was found."""

    filters: Filters
    answers: Page[PairView]


def listing(request: HttpRequest, scheme: Scheme) -> Listing:
    """What the address asks for."""
    filters = Filters(request.GET, scheme=scheme)
    return Listing(filters, answered(**filters.chosen, page=request.GET.get("page", 1)))


def points_in(*bodies: Iterable[Any]) -> list[UUID]:
    """The points that are put into the content of pages."""
    return [block.value for body in bodies for block in body if block.block_type == POINT and block.value]


def latest() -> list[PairView]:
    """The newest answers, for the front door."""
    return list(answered(on_a_page=LATEST))


def first_of_january() -> date:
    """The day from which the front door counts."""
    return clock.today().replace(month=1, day=1)


@dataclass(frozen=True, slots=True)
class Done:
    """How many things were done since a day: as those who said it confirm, and as the scheme alone says. Exact."""

    confirmed: int
    claimed: int


def done_since(day: date) -> Done:
    """What is public of them or not: both are numbers of things, and no thing can be told from them."""
    done = Q(rounds__progress__kind="done", rounds__progress__at__date__gte=day)
    points = Point.objects.not_erased().filter(done, passed_on_at=None).distinct()
    return Done(points.at_stage(Stage.CONFIRMED).count(), points.at_stage(Stage.CHANGED).count())
