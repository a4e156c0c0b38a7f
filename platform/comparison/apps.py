"""Comparison: what is known of every scheme, side by side."""

from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    """Whoever holds what is compared registers how it is counted again (`recounting`)."""

    name = "comparison"
    verbose_name = "Comparison"

    def ready(self) -> None:
        from comparison import duties  # noqa: F401 (it registers itself)
