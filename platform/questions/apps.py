"""Question sets: built by groups in a browser, kept in XLSForm's shape, asked everywhere alike (ADR 0070)."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Registers the way to question sets on a group's page."""

    name = "questions"
    verbose_name = "Question sets"

    def ready(self) -> None:
        from questions import ways  # noqa: F401 (it registers itself)
