"""The e-mail that says nothing but that something waits."""

from django.conf import settings

from kit import mail


def send(*, key: str, to: str) -> None:
    """One neutral message: what it is about is read on the page of whoever gets it."""
    words = f"Something waits for you.\n\nRead it here: {settings.PLATFORM_ORIGIN}/my/\n"
    mail.send(key=key, to=to, subject=mail.Subject.WAITING, words=words)
