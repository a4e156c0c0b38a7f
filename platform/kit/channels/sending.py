"""Which carrier takes a message: GOV.UK Notify where its key and template are set, else a mail server or files."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit import numbers
from kit.channels import by_django, files, notify
from kit.channels.errors import BadAddress
from kit.channels.records import Outcome, Sent, reference

NO_ADDRESS = "This is not an e-mail address we can send to. Check it and try again."


def send_email(*, key: str, to: str, subject: str, words: str) -> Sent:
    """Send one person one e-mail, the same one however often it is called with a key.

    Raises `BadAddress` where it can never arrive, and `TryLater` (or another OSError) where nobody took it now.
    """
    address, mark = _address(to), reference(key)
    if notify.carries_email():
        return notify.send_email(mark=mark, to=address, subject=subject, words=words)
    return by_django.send(mark=mark, to=address, subject=subject, words=words)


def send_text(*, key: str, to: str, words: str) -> Sent:
    """Send one person one text message, the same one however often it is called with a key; errors as for e-mail."""
    try:
        number = numbers.mobile(to)
    except numbers.BadNumber as error:
        raise BadAddress(str(error)) from None
    if notify.carries_texts():
        return notify.send_text(mark=reference(key), to=number, words=words)
    return files.write_text(mark=reference(key), to=number, words=words)


def can_text() -> bool:
    """Whether a text message would reach anybody: in production files reach nobody."""
    return notify.carries_texts() or settings.ALONGSIDE_MODE != "production"


def outcome(*, mark: str) -> Outcome | None:
    """How the message of a mark (`reference`) stands now; nothing where whoever carried it cannot say."""
    return notify.outcome(mark=mark) if notify.is_set() else None


def _address(to: str) -> str:
    try:
        validate_email(to)
    except ValidationError:
        raise BadAddress(NO_ADDRESS) from None
    return to
