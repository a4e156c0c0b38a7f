"""What follows here when allauth says that somebody showed something that is theirs, or chose a new password."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, password_reset
from allauth.mfa.signals import authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest

from people import actions
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


@receiver(password_reset)
def tell_of_a_new_password(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Whoever reads the code that was sent to an address may not be the person: each way in that they have is told."""
    actions.password_chosen(person=user, by=user)
