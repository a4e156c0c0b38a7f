"""Who edits this site, in place of Wagtail's lists of users and groups: to look at, never to change.

Accounts are made and ended by invitation and by role (`tenants.schemes`); what an editor may do follows from the role.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet

Person = get_user_model()


class EditorsIndexView(IndexView):
    """The people who are in one of this scheme's groups, by name."""

    page_title = "Who edits this site"
    any_permission_required = None
    columns = [Column("name", label="Name")]
    filterset_class = None
    is_searchable = False
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet:
        """Only those linked to a group here: the links stand in this scheme's own schema."""
        return Person.objects.filter(persongroup__isnull=False).distinct()


class EditorsViewSet(UserViewSet):
    """Only the list: an account is never made, changed or deleted from a scheme's site."""

    index_view_class = EditorsIndexView
    template_prefix = ""
    add_to_settings_menu = False
    ordering = "name"

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list alone."""
        return _list_only(self)

    def register_search_area(self) -> None:
        """People are not searched for here."""


class GroupsViewSet(GroupViewSet):
    """Nobody holds a permission for groups, so that even the list is refused."""

    add_to_settings_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list alone."""
        return _list_only(self)


def _list_only(viewset: Any) -> list[URLPattern]:
    return [
        path("", viewset.index_view, name="index"),
        path("results/", viewset.index_results_view, name="index_results"),
    ]
