from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The app of each scheme's site."""

    name = "cms"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import duties, erasing, handlers, moments, new_scheme, notices, receivers, waits  # noqa: F401
        from cms.blocks.choosers import make_their_fields
        from tenants.schemes.context import register_footer

        make_their_fields()
        moments.understand_what_is_typed()
        register_footer(notices.published)
