"""The one way into a scheme's schema outside a request (data rule 10)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tenants.schemes.models import Scheme

WITHOUT_A_SCHEME = ("public", "template_scheme")


class UnknownSchema(LookupError):
    """No scheme has this schema: in it, tables that stand in public too would be public's."""


@contextmanager
def enter(place: Scheme | str) -> Iterator[None]:
    """Work in a schema (that of a `Scheme`, or one named, such as `public`), then go back to where one was."""
    before = connection.tenant
    if place in WITHOUT_A_SCHEME:
        connection.set_schema(place)
    else:
        connection.set_tenant(place if isinstance(place, Scheme) else _named(place))
    try:
        yield
    finally:
        connection.set_tenant(before)


def _named(schema_name: str) -> Scheme:
    scheme = Scheme.objects.filter(schema_name=schema_name).first()
    if scheme is None:
        raise UnknownSchema(schema_name)
    return scheme
