from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "tenants.schemes"
    label = "schemes"
    verbose_name = "Schemes"

    def ready(self) -> None:
        from kit import scope
        from tenants.schemes import checks, entering, guard, handlers, queries, sources  # noqa: F401

        guard.install()
        scope.provide(enter=entering.enter, all_schemas=queries.live_schema_names)
