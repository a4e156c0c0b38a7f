"""What a browser needs for some minutes: it stands encrypted in a row of its own, which goes when its time is over.

A session lasts for hours, and what it holds stays in its row until it ends, whether or not a page looks at it again. So
the session holds nothing but the row's id (ADR 0050).
"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

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
    row = ShortLived.objects.filter(pk=_id(request, name), until__gt=clock.now()).first()
    try:
        return json.loads(secrecy.decrypt(row.held, purpose=PURPOSE)) if row else _gone(request, name)
    except secrecy.Unreadable:
        return _gone(request, name)


def forget(request: HttpRequest, name: str) -> None:
    """It is needed no more."""
    if name in request.session:
        ShortLived.objects.filter(pk=_id(request, name)).delete()
        _gone(request, name)


def _id(request: HttpRequest, name: str) -> UUID | None:
    found = request.session.get(name)
    try:
        return UUID(found) if isinstance(found, str) else None
    except ValueError:
        return None


def _gone(request: HttpRequest, name: str) -> None:
    request.session.pop(name, None)
