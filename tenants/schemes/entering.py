"""The one way into a scheme's schema outside a request (data rule 10)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tenants.schemes.models import Scheme


@contextmanager
def enter(place: Scheme | str) -> Iterator[None]:
    """Work in a schema (that of a `Scheme`, or one named, such as `public`), then go back to where one was."""
    before = connection.tenant
    if isinstance(place, str):
        connection.set_schema(place)
    else:
        connection.set_tenant(place)
    try:
        yield
    finally:
        connection.set_tenant(before)
