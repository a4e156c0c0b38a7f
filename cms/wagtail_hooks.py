"""What Wagtail's admin is told about our pages and lists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.models import AnswersPage, HomePage

STAYS = "This page stays: people look for it here. You can change its words."


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_people_look_for(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The home page and “You said, we did” cannot be taken away."""
    return _refused(request, page) if isinstance(page.specific, HomePage | AnswersPage) else None


@hooks.register("before_move_page")
def keep_it_where_it_is(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Nor moved."""
    return keep_what_people_look_for(request, page)


@hooks.register("before_bulk_action")
def keep_it_among_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class: Any
) -> HttpResponse | None:
    """Nor taken away as one of many."""
    kept = [one for one in objects if isinstance(one, Page) and isinstance(one.specific, HomePage | AnswersPage)]
    return _refused(request, kept[0]) if kept and action_type in ("delete", "unpublish", "move") else None


@hooks.register("register_settings_menu_item")
def editors_menu_item() -> MenuItem:
    """The way to the list of who edits this site."""
    return MenuItem("Who edits this site", reverse("wagtailusers_users:index"), icon_name="user", order=600)


def _refused(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(request, STAYS)
    return redirect("wagtailadmin_pages:edit", page.pk)
