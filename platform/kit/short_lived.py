"""What a browser needs for some minutes: it stands encrypted in a row of its own, which goes when its time is over.

A session lasts for hours, and what it holds stays in its row until it ends, whether or not a page looks at it again. So
the session holds nothing but the row's id (ADR 0050).
"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from kit import clock, secrecy
from kit.models import ShortLived

PURPOSE = "kit.short_lived"


def keep(request: HttpRequest, name: str, held: dict[str, Any], *, lasts: timedelta) -> None:
    """Keep this for this browser, instead of what it kept under the same name; ids and days are kept as text."""
    forget(request, name)
    text = secrecy.encrypt(json.dumps(held, default=str), purpose=PURPOSE)
    request.session[name] = str(ShortLived.objects.create(held=text, until=clock.now() + lasts).pk)


def kept(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What is kept, or nothing once its time is over."""
    row = _rows(request, name).filter(until__gt=clock.now()).first()
    held = _read(row) if row else None
    if held is None:
        request.session.pop(name, None)
    return held


def forget(request: HttpRequest, name: str) -> None:
    """It is needed no more."""
    if name in request.session:
        _rows(request, name).delete()
        del request.session[name]


def _rows(request: HttpRequest, name: str) -> QuerySet[ShortLived]:
    """The row that the session leads to, if it leads to any."""
    found = request.session.get(name)
    try:
        return ShortLived.objects.filter(pk=UUID(found)) if isinstance(found, str) else ShortLived.objects.none()
    except ValueError:
        return ShortLived.objects.none()


def _read(row: ShortLived) -> dict[str, Any] | None:
    try:
        held: dict[str, Any] = json.loads(secrecy.decrypt(row.held, purpose=PURPOSE))
    except secrecy.Unreadable:
        return None
    return held
