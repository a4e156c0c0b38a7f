"""What allauth says when somebody showed a second step: the session carries it from then on."""

from typing import Any

from allauth.mfa.signals import authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest

from people.models import Person
from tenants.schemes import second_step


@receiver(authenticator_used)
def remember_the_second_step(
    sender: Any, request: HttpRequest, user: Person, authenticator: Any, **kwargs: Any
) -> None:
    """By a code, a recovery code or a passkey: when signing in, and when asked again."""
    second_step.mark(request, person_id=user.pk, how=authenticator.type)
