"""What every view of the loop is asked with, and how it shows that something was refused."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit.forms import Form
from people.models import Person
from tenants.feedback import limits
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import Point
from tenants.schemes.models import Scheme
from tenants.schemes.requires import may
from tenants.schemes.rights import Permission


class SchemeRequest(HttpRequest):
    """A request to a scheme's host, as the middleware leaves it."""

    user: Person
    scheme_here: Scheme


def point_or_404(point_id: UUID) -> Point:
    point = Point.objects.filter(pk=point_id).first()
    if point is None:
        raise Http404
    return point


def readable_or_404(request: SchemeRequest, point_id: UUID) -> Point:
    """The point; who has no register reads only what may come to the website."""
    point = point_or_404(point_id)
    if not may(request, Permission.SEE_REGISTER) and not Point.objects.agreed_to_be_public().filter(pk=point_id):
        raise Http404
    return point


def own_words_or_404(request: SchemeRequest, point_id: UUID) -> Point:
    """The point; who has no register reads its words only where all agreed who said this very one.

    What is answered with it can come to the website without it.
    """
    point = point_or_404(point_id)
    if not may(request, Permission.SEE_REGISTER) and not Point.objects.each_agreed().filter(pk=point_id):
        raise Http404
    return point


def nothing_left(request: HttpRequest, point: Point) -> HttpResponse:
    """Somebody comes by an old link, or from a page that stood open, to a point whose words were erased meanwhile."""
    return render(request, "feedback/point_erased.jinja", {"point": point}, status=410)


def back_to_point(request: HttpRequest, point_id: UUID, said: str) -> HttpResponse:
    """To the point's page, on which stands what was just done."""
    messages.success(request, said)
    return redirect("feedback:point", point_id)


def answered(form: Form, sayer_id: UUID, action: Callable[[], object]) -> bool:
    """Send somebody's answer to "did it change?", unless they have sent very many within this hour."""
    if form.is_bound and not limits.may_answer(sayer_id):
        form.refuse(limits.TOO_MANY)
        return False
    return done(form, action)


def done(form: Form, action: Callable[[], object]) -> bool:
    """Do something with a form that is in order; what is refused stands beside its field, with what was typed."""
    if not form.is_valid():
        return False
    try:
        action()
    except FeedbackError as refused:
        form.refuse(refused, refused.field if refused.field in form.fields else None)
        return False
    return True
