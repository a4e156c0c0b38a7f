"""In which language somebody is asked the questions of a visit: the one that they chose last, while a sign-in lasts."""

from django.http import HttpRequest

from questions.models import QuestionSetVersion
from questions.shape import ENGLISH

KEY = "peer_monitoring.language"


def choose(request: HttpRequest, code: str) -> None:
    """It is this one from now on, on every page of every visit whose questions have it."""
    request.session[KEY] = code


def language_of(request: HttpRequest, version: QuestionSetVersion) -> str:
    """What the address says, or what was chosen; English where these questions do not have it."""
    code = request.GET.get("language") or request.session.get(KEY, "")
    return code if has(version, code) else ENGLISH


def has(version: QuestionSetVersion, code: str) -> bool:
    """Whether these questions are asked in a language."""
    return code in {one["code"] for one in version.compiled["languages"]}
