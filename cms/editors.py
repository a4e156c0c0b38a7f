"""Wagtail's own apps, told what stands in place of theirs: lists of people, messages, the clock."""

from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class SchemeUsersConfig(WagtailUsersAppConfig):
    """Accounts live in public, and Wagtail would list everybody of every scheme: here, only this scheme's editors."""

    user_viewset = "cms.people_lists.EditorsViewSet"
    group_viewset = "cms.people_lists.GroupsViewSet"


class SchemeAdminConfig(WagtailAdminAppConfig):
    """Wagtail would write e-mails that name the page and who wrote it; here people read that on their own pages."""

    def ready(self) -> None:
        super().ready()
        from cms.receivers import send_none_of_wagtails_messages
        from cms.wagtail_time import DECIDING, give_our_clock

        send_none_of_wagtails_messages()
        give_our_clock(DECIDING)
