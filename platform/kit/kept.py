"""What a person had typed when their sign-in had ended, kept until they are back.

Someone may think for an hour over three sentences about a night in a cell. When they press the button and the sign-in
has ended meanwhile, those sentences must not be lost (every form keeps what was typed). They must also not be shown to
the next person who signs in on a shared computer: each form carries a mark of the person for whom its page was made,
and the words are given back once, within an hour, at the same address, to that person alone. Whatever does not fit is
dropped. Passwords and codes are never kept, and nothing kept is ever acted upon: the person sends it again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from kit import clock

FOR = "_for"
KEY = "kept"
LIFE = timedelta(hours=1)
MOST_BYTES = 64 * 1024
MOST_PAGES = 3
SECRET = re.compile(r"password|passphrase|(^|[-_])(code|token|otp|secret)", re.IGNORECASE)


class Kept(QueryDict):
    """Words given back after a sign-in; a `kit.forms.Form` shows them and waits for the person to send them."""


def mark_of(request: HttpRequest) -> str:
    """Whose page this is, as a mark that nobody else can make; empty for a visitor."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return ""
    return _signer().sign(salted_hmac("kit.kept.person", str(person.pk), algorithm="sha256").hexdigest())


def is_secret(name: str) -> bool:
    """Whether a field of this name must never be kept or shown again."""
    return bool(SECRET.search(name))


def keep(request: HttpRequest) -> bool:
    """Keep what was posted to this address; True if there was something to keep and somebody to keep it for."""
    mark = request.POST.get(FOR, "")
    words = _words(request.POST)
    if not _is_ours(mark) or not words or len(words) > MOST_BYTES:
        return False
    pages = {path: page for path, page in _fresh(request).items() if path != request.path}
    pages[request.path] = {"words": words, "at": clock.now().isoformat(), "kept_for": mark}
    request.session[KEY] = dict(list(pages.items())[-MOST_PAGES:])
    return True


def take(request: HttpRequest) -> Kept | None:
    """What this person had typed at this address, once; the words of anybody else are dropped."""
    if KEY not in getattr(request, "session", {}):
        return None
    mark = mark_of(request)
    if not mark:
        return None
    own = {path: page for path, page in _fresh(request).items() if constant_time_compare(page["kept_for"], mark)}
    page = own.pop(request.path, None)
    if own:
        request.session[KEY] = own
    else:
        del request.session[KEY]
    return cast(Kept, Kept(page["words"])) if page else None


@contextmanager
def carried(request: HttpRequest) -> Iterator[None]:
    """What is kept outlives the session that ends within; it is shown to the same person alone, as ever."""
    pages = _fresh(request)
    yield
    if pages:
        request.session[KEY] = pages


def posted_or_kept(request: HttpRequest) -> QueryDict | None:
    """What fills the form of this page: what was sent now, else what was kept, else nothing."""
    return request.POST if request.method == "POST" else take(request)


def _signer() -> Signer:
    return Signer(salt="kit.kept")


def _is_ours(mark: str) -> bool:
    # Nothing is stored for whoever made a mark up: words without end would fill the table of sessions.
    try:
        return bool(_signer().unsign(mark))
    except BadSignature:
        return False


def _words(posted: QueryDict) -> str:
    words = posted.copy()
    for name in list(words):
        if name in (FOR, "csrfmiddlewaretoken") or is_secret(name):
            del words[name]
    return words.urlencode()


def _fresh(request: HttpRequest) -> dict[str, Any]:
    oldest = clock.now() - LIFE
    pages: dict[str, Any] = request.session.get(KEY, {})
    return {path: page for path, page in pages.items() if datetime.fromisoformat(page["at"]) > oldest}
