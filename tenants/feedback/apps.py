"""The app, and what it hands to others when the process starts."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "tenants.feedback"
    label = "feedback"
    verbose_name = "The loop"

    def ready(self) -> None:
        from tenants.feedback import comparing, duties, erasing, handlers, waits  # noqa: F401 (they register themselves)
