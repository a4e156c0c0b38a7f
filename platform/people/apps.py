"""People: accounts, sign-in across hosts, and what is a person's own."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what waits for a person and what falls due."""

    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from people import duties, handlers, own_covering, own_operating, own_second_step, own_waiting, receivers  # noqa: F401
