"""E-mail through whatever Django is set to: files in the data folder, or a mail server."""

from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from kit.channels.errors import BadAddress, TryLater
from kit.channels.records import Outcome, Sent

REFUSED = "The mail server would not take this address."
FOR_GOOD = 500


def message_id(mark: str) -> str:
    """The Message-ID of a mark: by it a mailbox can tell that two messages are the same one."""
    host = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    return f"<{mark}@{host}>"


def send(*, mark: str, to: str, subject: str, words: str) -> Sent:
    """Hand one message to Django's backend. A mail server says that it took it, never that anybody got it."""
    headers = {"Message-ID": message_id(mark), "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    try:
        EmailMessage(subject=subject, body=words, to=[to], headers=headers).send()
    except SMTPRecipientsRefused as error:
        if any(code < FOR_GOOD for code, _ in error.recipients.values()):
            raise TryLater("The mail server does not take messages for this address now.") from error
        raise BadAddress(REFUSED) from error
    return Sent(mark, Outcome.ACCEPTED)
