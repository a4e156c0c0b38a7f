"""What the outbox has this app do."""

from uuid import UUID

from django.conf import settings

from answers.models import Digest
from kit import mail
from kit.outbox import Message, handles
from people.queries import work_email


@handles("answers.digest")
def write_once_a_week(message: Message) -> None:
    """How many new answers there are and the way to them, with no word of any; the same week is always one message."""
    digest = Digest.objects.filter(pk=UUID(message.key)).first()
    address = work_email(digest.person_id) if digest else None
    if digest is None or not address:
        return
    link = f"{settings.PLATFORM_ORIGIN}/answers/?followed=yes"
    answers = "1 new answer" if digest.answers == 1 else f"{digest.answers} new answers"
    themes = "1 theme" if digest.themes == 1 else f"{digest.themes} themes"
    mail.send(
        key=f"answers.digest:{digest.pk}",
        to=address,
        subject=mail.Subject.NEW,
        words=(
            f"There is something new for you.\n\n{answers} on {themes} you follow.\n\nRead it here: {link}\n\n"
            f"You get this once a week at most. Change it here: {settings.PLATFORM_ORIGIN}/answers/follow/\n"
        ),
    )
