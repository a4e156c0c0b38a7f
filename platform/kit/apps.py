"""Kit: what every other part stands on."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class KitConfig(AppConfig):
    """The app whose few tables (outbox, failing duties) stand in the public schema."""

    name = "kit"
    verbose_name = "Kit"

    def ready(self) -> None:
        """Learn what other people's models hold about a person, from the table that the project's wiring keeps."""
        from kit import duties, erasure  # noqa: F401

        erasure.THIRD_PARTY.update(import_string(settings.THIRD_PARTY_ERASURE))
