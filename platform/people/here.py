"""The person who asks."""

from django.http import HttpRequest

from people.models import Person


def me(request: HttpRequest) -> Person:
    """Who is signed in; only views that require a sign-in ask."""
    person = request.user
    assert isinstance(person, Person)
    return person
