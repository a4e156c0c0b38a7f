"""The groups' own house: what they plan, where they go, what they write down (ADR 0069)."""

from django.apps import AppConfig


class PeerMonitoringConfig(AppConfig):
    """Registers what the clock and the outbox ask for, a section of a person's own page, and ways on from a group's."""

    name = "peer_monitoring"
    verbose_name = "Peer monitoring"

    def ready(self) -> None:
        from peer_monitoring import duties, handlers, my_section, ways  # noqa: F401 (they register themselves)
