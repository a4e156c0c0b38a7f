"""GOV.UK Notify: asked about a message's mark before it is sent, so that one sent before a kill is not sent again."""

from typing import Any

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests import RequestException

from kit.channels.errors import BadAddress, TryLater
from kit.channels.records import Outcome, Sent

TIMEOUT = 10  # seconds; a handler holds a transaction meanwhile
REFUSED = "Notify would not take this address or number."
NOT_NOW = "Notify did not take the message now."
BAD_REQUEST = 400
# Of a 400, what says that the address itself is wrong; any other is about how Notify was set up, and can be mended.
ABOUT_THE_ADDRESS = ("email_address", "phone_number")
# https://docs.notifications.service.gov.uk/python.html (statuses of e-mail and of text messages)
OUTCOMES = {
    "created": Outcome.ACCEPTED,
    "sending": Outcome.ACCEPTED,
    "pending": Outcome.ACCEPTED,
    "sent": Outcome.ACCEPTED,
    "delivered": Outcome.DELIVERED,
    "permanent-failure": Outcome.FAILED,
    "temporary-failure": Outcome.FAILED,
    "technical-failure": Outcome.FAILED,
}


def is_set() -> bool:
    """Whether Notify is to be used at all."""
    return bool(settings.NOTIFY_KEY)


def carries_email() -> bool:
    """Whether e-mail goes by Notify."""
    return is_set() and bool(settings.NOTIFY_EMAIL_TEMPLATE)


def carries_texts() -> bool:
    """Whether text messages go by Notify."""
    return is_set() and bool(settings.NOTIFY_TEXT_TEMPLATE)


def send_email(*, mark: str, to: str, subject: str, words: str) -> Sent:
    """Send an e-mail by the one template that is made of a subject and of words."""
    return _once(
        "send_email_notification",
        mark,
        email_address=to,
        template_id=settings.NOTIFY_EMAIL_TEMPLATE,
        personalisation={"subject": subject, "words": words},
    )


def send_text(*, mark: str, to: str, words: str) -> Sent:
    """Send a text message by the one template that is made of words."""
    return _once(
        "send_sms_notification",
        mark,
        phone_number=to,
        template_id=settings.NOTIFY_TEXT_TEMPLATE,
        personalisation={"words": words},
    )


def outcome(*, mark: str) -> Outcome | None:
    """How a message stands at Notify, which keeps it for a week; nothing if it knows none of this mark."""
    found = _ask("get_all_notifications", reference=mark)["notifications"]
    return OUTCOMES.get(str(found[0]["status"])) if found else None


def _once(verb: str, mark: str, **message: Any) -> Sent:
    # Nobody can tell whether an attempt before this one was cut off before it came to Notify, or after.
    before = outcome(mark=mark)
    if before is None:
        _ask(verb, reference=mark, **message)
    return Sent(mark, before or Outcome.ACCEPTED, is_followed=True)


def _ask(verb: str, **what: Any) -> dict[str, Any]:
    client = NotificationsAPIClient(settings.NOTIFY_KEY, base_url=settings.NOTIFY_URL, timeout=TIMEOUT)
    try:
        answer: dict[str, Any] = getattr(client, verb)(**what)
    except APIError as error:
        if error.status_code == BAD_REQUEST and any(name in str(error.message) for name in ABOUT_THE_ADDRESS):
            raise BadAddress(REFUSED) from None
        raise TryLater(NOT_NOW) from None
    except RequestException:
        raise TryLater(NOT_NOW) from None
    finally:
        client.request_session.close()
    return answer
