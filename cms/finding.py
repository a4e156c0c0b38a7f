"""Finding what stands on a scheme's site: by words, by a feed, by a map of it (ADR 0062)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page as Found
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_noop as N_
from wagtail.models import Page

from cms.languages import ENGLISH, read_here
from cms.models.base import EASY_READ
from cms.models.events import EventPage
from kit import fields
from kit.forms import Form
from kit.pair import DECISION_LABELS, PairView
from tenants.feedback.models import Point
from tenants.feedback.queries import answered
from tenants.schemes.models import Scheme

MOST_PAGES = 20
# Among those that fit best, before those in another language are left out.
LOOKED_AT = 100
IN_A_FEED = 50
ANSWERS = "/you-said-we-did/"


class SearchForm(Form):
    """The words to look for."""

    q = fields.Text(N_("What are you looking for?"), max_length=100, required=False)


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: pages of this site, and answers that the public may read."""

    form: SearchForm
    words: str
    pages: list[Page]
    answers: Found[PairView] | None

    @property
    def count(self) -> int:
        """How many things were found in all."""
        return len(self.pages) + (self.answers.paginator.count if self.answers else 0)


def search(request: HttpRequest) -> Search:
    """What the address asks for; nothing is kept of it."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    if not words:
        return Search(form, "", [], None)
    return Search(form, words, _pages_with(words), answered(words=words, page=request.GET.get("page", 1)))


def addresses(request: HttpRequest) -> Iterator[tuple[str, datetime | None]]:
    """Every page that everybody may read, each in its own language, and when it was last published."""
    for page in _readable().specific():
        if found := page.get_full_url(request):
            yield found, page.last_published_at


def feed_of_answers(scheme: Scheme) -> str:
    """The latest answers: what they are about and of which kind, and the way there. No words of anybody.

    Whoever reads feeds keeps a copy that nobody can take back.
    """
    feed = _feed(scheme, "answers", reverse("feed_of_answers"))
    points: Any = Point.objects.told_first().by_latest_answer().select_related("theme")
    for point in points[:IN_A_FEED]:
        kind = DECISION_LABELS[point.public_decision].removesuffix(", because")
        about = f"?theme={point.theme.code}" if point.theme else ""
        feed.add_item(
            title=f"{kind}: {point.theme.label}" if point.theme else kind,
            link=f"{scheme.origin}{ANSWERS}{about}",
            description="There is a new answer.",
            unique_id=_unique(point.pk, point.answered_at),
            updateddate=point.answered_at,
            pubdate=point.answered_at,
        )
    return str(feed.writeString("utf-8"))


def feed_of_pages(request: HttpRequest, scheme: Scheme) -> str:
    """The pages that were published last, in English: in another language they would be the same ones again."""
    feed = _feed(scheme, "pages", reverse("feed_of_pages"))
    english = _readable().filter(depth__gt=2, locale__language_code=ENGLISH)
    for page in english.order_by("-first_published_at")[:IN_A_FEED]:
        feed.add_item(
            title=page.title,
            link=page.get_full_url(request),
            description=page.search_description,
            unique_id=f"{scheme.origin}/#{page.translation_key}",
            updateddate=page.last_published_at or scheme.created_at,
            pubdate=page.first_published_at,
        )
    return str(feed.writeString("utf-8"))


def _readable() -> Any:
    """Pages that are live, and of Easy Read twins those whose page is."""
    alone = Q(slug=EASY_READ) & Exists(Page.objects.filter(path=_path_above(), live=False))
    return Page.objects.live().filter(depth__gt=1).exclude(alone)


def _path_above() -> Left:
    """Where the page above that of the outer query stands in the tree."""
    return Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen)


def _pages_with(words: str) -> list[Page]:
    """The pages that fit best first, each in the language of the address where it has words in it.

    `called_off` says of an event, and of its Easy Read, that it will not happen.
    """
    found = [page.pk for page in Page.objects.live().filter(depth__gt=1).search(words)[:LOOKED_AT]]
    itself_or_above = Q(path=OuterRef("path")) | Q(path=_path_above())
    called_off = Exists(EventPage.objects.filter(itself_or_above, called_off=True))
    readable = read_here(_readable().filter(pk__in=found)).annotate(called_off=called_off).in_bulk()
    return [readable[key] for key in found if key in readable][:MOST_PAGES]


def _feed(scheme: Scheme, what: str, path: str) -> Any:
    return Atom1Feed(
        title=f"{scheme.name}: {what}",
        link=f"{scheme.origin}/",
        description="",
        language="en-GB",
        feed_url=f"{scheme.origin}{path}",
    )


def _unique(point_id: UUID, answered_at: datetime) -> str:
    return f"urn:sha256:{salted_hmac('cms.feed', f'{point_id}:{answered_at}', algorithm='sha256').hexdigest()}"
