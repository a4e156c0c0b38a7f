"""Audit: what was done with information about people, in each schema."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app whose one table is only ever added to."""

    name = "audit"
    verbose_name = "Audit"
