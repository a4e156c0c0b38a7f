"""Pages of ours within Wagtail's editor: how words read, and which pages have an Easy Read."""

from django.apps import apps
from django.core.exceptions import BadRequest
from django.db.models import Case as Which
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from cms import reading_age
from cms.models import EasyReadPage
from cms.models.base import SitePage

NONE, DRAFT, BEHIND, FINE = "none", "draft", "behind", "fine"
SAID = {
    NONE: "No Easy Read yet",
    DRAFT: "Not published yet",
    BEHIND: "The page changed after its Easy Read",
    FINE: "Up to date",
}


@require_POST
def reading_of(request: HttpRequest, model: str) -> HttpResponse:
    """How the words read that an editor has typed so far; nothing of them is kept."""
    try:
        kind = apps.get_model("cms", model)
    except LookupError as unknown:
        raise Http404 from unknown
    if not issubclass(kind, SitePage):
        raise Http404
    form = kind.get_edit_handler().get_form_class()(request.POST, instance=kind(), for_user=request.user)
    names = [request.scheme_here.name]  # type: ignore[attr-defined]
    try:
        found = reading_age.found_in(form, names=names)
    except ValueError as broken:
        # Sent by hand: blocks that are not counted or ordered by numbers.
        raise BadRequest from broken
    return render(request, "cms/panels/reading_found.html", {"found": found, "is_twin": kind.is_twin})


class EasyReadReport(PageReportView):
    """Pages by the state of their Easy Read: what is missing or behind stands first."""

    page_title = "Easy Read"
    header_icon = "list-ul"
    results_template_name = "cms/easy_read_report.html"
    index_url_name = "easy_read_report"
    index_results_url_name = "easy_read_report_results"
    any_permission_required = ["add", "change", "publish"]
    paginate_by = 100

    def get_queryset(self) -> QuerySet:
        """Published pages of this site, each with its twin and what is to be done."""
        twins = EasyReadPage.objects.filter(path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1)
        pages = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = (
            pages.live()
            .not_type(EasyReadPage)
            .annotate(
                twin=Subquery(twins.values("pk")[:1]),
                twin_is_live=Subquery(twins.values("live")[:1]),
                twin_since=Subquery(twins.values("last_published_at")[:1]),
            )
            .annotate(
                state=Which(
                    When(twin=None, then=Value(NONE)),
                    When(twin_is_live=False, then=Value(DRAFT)),
                    When(Q(last_published_at__gt=F("twin_since")), then=Value(BEHIND)),
                    default=Value(FINE),
                    output_field=CharField(),
                ),
                order=Which(When(state=FINE, then=Value("2")), default=Value("1"), output_field=CharField()),
            )
            .order_by("order", "path")
        )
        found: QuerySet = super().get_queryset()
        return found

    def decorate_paginated_queryset(self, object_list: QuerySet) -> list[Page]:
        """The state in words."""
        for page in (pages := list(object_list)):
            page.says = SAID[page.state]
        return pages
