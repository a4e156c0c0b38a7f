"""What allauth says when somebody showed something that is theirs: the session carries it from then on."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
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


@receiver(email_confirmed)
def remember_the_code_of_a_new_account(
    sender: Any, request: HttpRequest, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Whoever has just made an account by a code has shown who they are, as whoever signs in by one."""
    record_authentication(request, email_address.user, method="code")
