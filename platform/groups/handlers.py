"""What the outbox has this app do."""

from django.conf import settings

from groups.actions import invitation_token
from groups.models import GroupInvitation
from kit import mail
from kit.outbox import Message, handles


@handles("groups.invited")
def write_to_the_invited(message: Message) -> None:
    """Send the link; the same invitation always makes the same message, so that trying again doubles nothing."""
    invitation = GroupInvitation.objects.open().filter(pk=str(message.payload["invitation"])).first()
    if invitation is None:
        return
    link = f"{settings.PLATFORM_ORIGIN}/groups/join/{invitation_token(invitation)}/"
    mail.send(
        key=f"groups.invited:{invitation.pk}",
        to=invitation.email,
        subject=mail.Subject.INVITED,
        words=(
            "You have been invited to take part in a group.\n\n"
            f"Open this link to see which:\n{link}\n\n"
            "The link works once, for 72 hours, and only with this email address.\n"
            "If you did not expect this message, you can ignore it.\n"
        ),
    )
