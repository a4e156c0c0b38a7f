"""What the outbox has this app do."""

from django.conf import settings

from kit import mail
from kit.outbox import Message, handles
from tenants.schemes.actions import invitation_token
from tenants.schemes.models import Invitation


@handles("schemes.invited")
def write_to_the_invited(message: Message) -> None:
    """Send the link; the same invitation always makes the same message, so that trying again doubles nothing."""
    invitation = Invitation.objects.open().filter(pk=str(message.payload["invitation"])).first()
    if invitation is None:
        return
    mail.send(
        key=f"schemes.invited:{invitation.pk}",
        to=invitation.email,
        subject=mail.Subject.INVITED,
        words=_words(f"{settings.PLATFORM_ORIGIN}/invitations/{invitation_token(invitation)}/"),
    )


def _words(link: str) -> str:
    return (
        "You have been invited to take part.\n\n"
        f"Open this link to see what it is about:\n{link}\n\n"
        "The link works once, for 72 hours, and only with this email address.\n"
        "If you did not expect this message, you can ignore it.\n"
    )
