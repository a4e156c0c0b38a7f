"""Meetings and open days, each with a file for a calendar."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import Body
from cms.calendar_files import Entry
from cms.languages import read_here
from cms.models.base import SitePage
from kit import clock
from kit.dates import clock_time, moment

ON_A_PAGE = 20
NEUTRAL = "Meeting"
CANCELLED = (
    "The page stays, so that nobody comes for nothing. It says that it will not happen, and no more how to come. "
    "Say why, or a new day, in the body."
)


class EventIndexPage(SitePage):
    """What is coming, the soonest first; and under it what has been, the latest first."""

    introduction = models.TextField(blank=True, max_length=500, help_text="One or two short sentences under the title.")

    template = "cms/event_index_page.jinja"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.EventPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "list of events"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All that is coming, and one page of what has been."""
        events = read_here(EventPage.objects.all())
        past = Paginator(been(events), ON_A_PAGE).get_page(request.GET.get("page", 1))
        return super().get_context(request, *args, **kwargs) | {"coming": coming(events), "past": past}

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """The pages that there are."""
        return {"page": [str(number) for number in context["past"].paginator.page_range]}


class EventPage(SitePage):
    """Something to come to: when, where, how to get there, and whether it costs anything."""

    class Expenses(models.TextChoices):
        PAID = "paid", N_("We pay for your travel, and for somebody to look after your child")
        TRAVEL = "travel", N_("We pay for your travel")
        ASK = "ask", N_("Ask us before you come: we may be able to pay for your travel")
        NONE = "none", N_("We cannot pay for your travel")

    summary = models.TextField(max_length=300, help_text="What it is, in one or two short sentences.")
    starts = models.DateTimeField("it starts")
    ends = models.DateTimeField("it ends", null=True, blank=True)
    called_off = models.BooleanField(
        "it is called off", default=False, help_text="The page stays, so that nobody comes for nothing."
    )
    place = models.CharField(max_length=120, help_text="The name of the place, or: Online.")
    address = models.TextField(max_length=300, blank=True)
    getting_there = models.TextField("how to get there", max_length=600, blank=True, help_text="Bus, train, parking.")
    access = models.TextField(
        max_length=600,
        help_text="Steps, lift, toilets, hearing loop, a quiet room, an interpreter; whom to ask.",
    )
    expenses = models.CharField(max_length=6, choices=Expenses)
    expenses_more = models.CharField(
        "more on that", max_length=200, blank=True, help_text="Such as: in cash on the day. Bring your ticket."
    )
    how_to_come = models.TextField(
        "how to say that one comes",
        max_length=300,
        blank=True,
        help_text="Empty: everybody can just come.",
    )
    neutral_title = models.CharField(
        "title in a calendar",
        max_length=60,
        default=NEUTRAL,
        help_text="What stands in a calendar that others may read. Say nothing of this service.",
    )
    body = StreamField(Body(required=False), blank=True)

    page_description = "Something to come to, with day, place and a file for a calendar."
    template = "cms/event_page.jinja"
    parent_page_types = ["cms.EventIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("starts"),
                FieldPanel("ends"),
                FieldPanel("called_off", heading="It is cancelled", help_text=CANCELLED),
            ],
            heading="When",
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("address"), FieldPanel("getting_there"), FieldPanel("access")],
            heading="Where",
        ),
        MultiFieldPanel(
            [
                FieldPanel("expenses"),
                FieldPanel("expenses_more"),
                FieldPanel("how_to_come", heading="How people tell you that they come"),
            ],
            heading="Coming",
        ),
        FieldPanel("neutral_title"),
        FieldPanel("body"),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("place"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "event"

    def clean(self) -> None:
        """It does not end before it starts."""
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "Enter a time after the start"})

    @property
    def when(self) -> str:
        """Tuesday 4 May 2027 at 2:30pm to 4pm."""
        if self.ends is None:
            return moment(self.starts)
        first, last = (end.astimezone(clock.LONDON) for end in (self.starts, self.ends))
        until = clock_time(last) if first.date() == last.date() else moment(last)
        return _("%(from)s to %(until)s") % {"from": moment(first), "until": until}

    def entry(self, *, origin: str) -> Entry:
        """What a calendar says of it; of one that is called off no words that invite."""
        return Entry(
            key=str(self.translation_key),
            title=self.title,
            starts=self.starts,
            ends=self.ends,
            changed_at=self.last_published_at or self.starts,
            place=", ".join(line.strip() for line in [self.place, *self.address.splitlines()] if line.strip()),
            words="" if self.called_off else self.summary,
            address=f"{origin}{self.get_url()}",
            called_off=self.called_off,
        )

    def neutral_entry(self) -> Entry:
        """What a calendar says of it that others may read: when, under a title that says nothing."""
        return Entry(
            key=f"{self.translation_key}-n",
            title=self.neutral_title,
            starts=self.starts,
            ends=self.ends,
            changed_at=self.last_published_at or self.starts,
            called_off=self.called_off,
        )

    @property
    def is_over(self) -> bool:
        """Whether it has ended; one without an end, whether it has started."""
        return (self.ends or self.starts) < clock.now()


def coming(events: QuerySet[EventPage]) -> QuerySet[EventPage]:
    """What is not over, the soonest first."""
    return events.filter(_not_over()).order_by("starts", "pk")


def been(events: QuerySet[EventPage]) -> QuerySet[EventPage]:
    """What is over, the latest first."""
    return events.filter(~_not_over()).order_by("-starts", "-pk")


def _not_over() -> Q:
    return Q(ends__gte=clock.now()) | Q(ends=None, starts__gte=clock.now())
