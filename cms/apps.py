from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The app of each scheme's site."""

    name = "cms"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import duties, handlers, new_scheme, notices, receivers, waits  # noqa: F401
        from tenants.schemes.context import register_footer

        register_footer(notices.published)
