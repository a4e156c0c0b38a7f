"""A browser that looks behind each page for everybody: whatever the page reads must call the page caches (ADR 0058)."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from kit import page_cache
from tenants.schemes import calling
from tenants.schemes.guard import stands_in_schemes

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# No page says anything else for what these hold: the sessions of others, and what Wagtail remembers of its own.
SAYS_NOTHING = frozenset({"django_content_type", "django_session", "kit_cache"})


class Browser(Client):
    """Django's, which fails where a page for everybody reads a table whose changes nobody hears."""

    def request(self, **request: Any) -> Any:
        """Ask for a page, and look at what it asked the database."""
        asked: list[str] = []
        with connection.execute_wrapper(_noting(asked)):
            response = super().request(**request)
        if page_cache.is_offered(response):
            quiet = unheard(asked)
            assert not quiet, f"{request['PATH_INFO']} reads {quiet}: see tenants/schemes/calling.py"
        return response


def unheard(statements: Iterable[str]) -> list[str]:
    """The tables that statements read, and that call nobody when they change."""
    tables = {table for statement in statements for table in TABLE.findall(statement)} - SAYS_NOTHING
    return sorted(table for table in tables if not calling.calls(_stands_in(table), table))


def _stands_in(table: str) -> str:
    return "a scheme" if table in _tables_of_schemes() else calling.PUBLIC


@cache
def _tables_of_schemes() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if stands_in_schemes(model))


def _noting(asked: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    return note
