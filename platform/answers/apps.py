"""What others did: every published answer of every scheme, to be found by everybody (ADR 0059)."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Registers a source of rights, what the outbox and the clock ask for, and a section of a person's own page."""

    name = "answers"
    verbose_name = "What others did"

    def ready(self) -> None:
        from answers import duties, handlers, my_section, sources  # noqa: F401 (they register themselves)
