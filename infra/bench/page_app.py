"""The server of `public_page`: ours, with one middleware before all others that gives a constant answer.

For `/constant/NAME` it sends what the file NAME in `ALONGSIDE_BENCH` holds: the bytes and headers that the page cache
itself sent a moment ago. So the two differ in nothing but what is between them and the server.
"""

import os
import pickle
from functools import cache
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")

from django.conf import settings
from django.http import HttpResponse

PREFIX = "/constant/"


class ConstantMiddleware:
    """Answers before anything was looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(PREFIX):
            body, headers = constant(request.path.removeprefix(PREFIX))
            return HttpResponse(body, headers=headers)
        return self.get_response(request)


@cache
def constant(name):
    """Body and headers of one page."""
    return pickle.loads((Path(os.environ["ALONGSIDE_BENCH"]) / name).read_bytes())


settings.MIDDLEWARE = ["page_app.ConstantMiddleware", *settings.MIDDLEWARE]

from alongside.wsgi import application  # noqa: E402, F401
