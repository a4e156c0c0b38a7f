"""Wagtail's own app of users and groups, told which of our pages stand in place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class SchemeUsersConfig(WagtailUsersAppConfig):
    """Accounts live in public, and Wagtail would list everybody of every scheme: here, only this scheme's editors."""

    user_viewset = "cms.people_lists.EditorsViewSet"
    group_viewset = "cms.people_lists.GroupsViewSet"
