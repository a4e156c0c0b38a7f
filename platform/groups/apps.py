"""Groups: who belongs, for whom they speak, what they agreed with schemes."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers two sources of rights, what the outbox asks for, and a section of a person's own page."""

    name = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        from groups import handlers, my_section, sources  # noqa: F401
