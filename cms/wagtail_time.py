"""Wagtail reads the time from Django; in its modules that decide by it, it reads our clock instead.

A demonstration or a test moves the clock of every process (ADR 0021), and a page that is to be published on a day must
follow. In production our clock is the machine's, and this changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from typing import Any

from django.utils import timezone

from kit import clock

DECIDING = (
    "wagtail.actions.publish_revision",
    "wagtail.management.commands.publish_scheduled",
    "wagtail.models.audit_log",
    "wagtail.models.pages",
    "wagtail.models.revisions",
    "wagtail.models.workflows",
)
IN_THE_EDITOR = (
    "wagtail.admin.action_menu",
    "wagtail.admin.forms.models",
    "wagtail.admin.models",
    "wagtail.admin.templatetags.wagtailadmin_tags",
    "wagtail.admin.views.editing_sessions",
    "wagtail.admin.views.generic.lock",
    "wagtail.admin.views.generic.mixins",
    "wagtail.admin.views.pages.create",
    "wagtail.admin.views.pages.edit",
)


class OurTimezone:
    """Django's module of time zones, with our clock in it."""

    def now(self) -> datetime:
        """The moment it is here."""
        return clock.now()

    def __getattr__(self, name: str) -> Any:
        return getattr(timezone, name)


def give_our_clock(modules: Iterable[str]) -> None:
    """Let these modules of Wagtail's read our clock."""
    for name in modules:
        import_module(name).timezone = OurTimezone()  # type: ignore[attr-defined]
