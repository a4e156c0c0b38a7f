"""Anything read under one scheme and used under another raises (data rule 10).

A query of a scheme's table remembers the schema it was made in, a result the schema it was fetched in, an instance the
schema it was loaded from. Used elsewhere, each raises `WrongScheme`. Queries made in `public` (at import, say) hold
nothing of any scheme and may be used anywhere. Installed once, when the app is ready.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection, models
from django.db.models.fields import related_descriptors
from django.db.models.query import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.db.models.sql import Query

PUBLIC = "public"


class WrongScheme(RuntimeError):
    """Something read under one scheme was about to be used under another."""


def stands_in_schemes(model: type[models.Model]) -> bool:
    """Whether a model's table stands in each scheme's schema."""
    return model._meta.app_label in _labels_in_schemes()


@lru_cache(maxsize=1)
def _labels_in_schemes() -> frozenset[str]:
    return frozenset(config.label for config in apps.get_app_configs() if _named(config) & set(settings.TENANT_APPS))


def _named(config: AppConfig) -> set[str]:
    return {config.name, f"{type(config).__module__}.{type(config).__name__}"}


def _refuse(what: str, made_in: str | None) -> None:
    here = connection.schema_name
    if made_in not in (None, PUBLIC, here):
        raise WrongScheme(f"{what} belongs to {made_in} and was used in {here}. Read it again inside enter({here!r}).")


def check_instance(instance: models.Model) -> None:
    """Refuse an instance that was loaded under another scheme."""
    _refuse(f"A {type(instance).__name__}", instance._state.__dict__.get("schema"))


def install() -> None:
    """Put the guard into Django's queries, results, instances and relations. Called once at start."""
    if hasattr(Query, "made_in"):
        return
    Query.made_in = None
    _guard_queries()
    _guard_results()
    _guard_instances()
    _guard_relations()


def _guard_queries() -> None:
    make, compiler = Query.__init__, Query.get_compiler

    @wraps(make)
    def stamped(self: Query, model: Any, *args: Any, **kwargs: Any) -> None:
        make(self, model, *args, **kwargs)
        if model is not None and stands_in_schemes(model):
            self.made_in = connection.schema_name

    @wraps(compiler)
    def checked(self: Query, *args: Any, **kwargs: Any) -> Any:
        _refuse("A query", self.made_in)
        return compiler(self, *args, **kwargs)

    Query.__init__ = stamped  # type: ignore[method-assign]
    Query.get_compiler = checked  # type: ignore[method-assign]


def _guard_results() -> None:
    fetch, item = QuerySet._fetch_all, QuerySet.__getitem__

    @wraps(fetch)
    def fetched(self: QuerySet) -> None:
        if self._result_cache is not None and stands_in_schemes(self.model):
            _refuse("A result", self.__dict__.get("_fetched_in"))
        fetch(self)
        self.__dict__.setdefault("_fetched_in", connection.schema_name)

    @wraps(item)
    def taken(self: QuerySet, key: Any) -> Any:
        if self._result_cache is not None and stands_in_schemes(self.model):
            _refuse("A result", self.__dict__.get("_fetched_in"))
        return item(self, key)

    QuerySet._fetch_all = fetched  # type: ignore[method-assign]
    QuerySet.__getitem__ = taken  # type: ignore[method-assign]


def _guard_instances() -> None:
    load = models.Model.from_db.__func__

    def loaded(cls: type[models.Model], *args: Any, **kwargs: Any) -> models.Model:
        instance = load(cls, *args, **kwargs)
        if stands_in_schemes(cls):
            instance._state.schema = connection.schema_name
        return instance

    models.Model.from_db = classmethod(loaded)  # type: ignore[method-assign,assignment]
    pre_save.connect(_before_writing, dispatch_uid="schemes.guard.save", weak=False)
    pre_delete.connect(_before_writing, dispatch_uid="schemes.guard.delete", weak=False)


def _before_writing(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    check_instance(instance)


def _guard_relations() -> None:
    for descriptor in (
        related_descriptors.ForwardManyToOneDescriptor,
        related_descriptors.ReverseOneToOneDescriptor,
        related_descriptors.ReverseManyToOneDescriptor,
        GenericForeignKey,
    ):
        descriptor.__get__ = _checked_get(descriptor.__get__)  # type: ignore[method-assign]
    models.Model.refresh_from_db = _checked_refresh(models.Model.refresh_from_db)  # type: ignore[method-assign]


def _checked_get(get: Callable) -> Callable:
    @wraps(get)
    def checked(self: Any, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is not None:
            check_instance(instance)
        return get(self, instance, cls)

    return checked


def _checked_refresh(refresh: Callable) -> Callable:
    @wraps(refresh)
    def checked(self: models.Model, *args: Any, **kwargs: Any) -> None:
        check_instance(self)
        refresh(self, *args, **kwargs)

    return checked
