"""Kit: what every other part stands on."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The app whose few tables (outbox, failing duties) stand in the public schema."""

    name = "kit"
    verbose_name = "Kit"
