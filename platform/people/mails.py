"""The messages of signing in: plain, short, and saying nothing about why somebody has an account here (S2)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from kit.mail import Subject

_CODE = (
    "Your code is {code}\n\n"
    "Type it on the page you came from. It works for 15 minutes.\n\n"
    "If you did not ask for a code, you can ignore this message.\n"
)
_NO_ACCOUNT = (
    "Somebody asked for a code with this email address. There is no account with it.\n\n"
    "If it was you, you can make one here:\n{signup_url}\n\n"
    "If it was not you, you can ignore this message.\n"
)
_ALREADY_AN_ACCOUNT = (
    "Somebody wanted to make an account with this email address. You already have one.\n\n"
    "If it was you, sign in here. You can ask for a code if you have no password:\n{signin_url}\n\n"
    "If it was not you, you can ignore this message.\n"
)

# By the names under which allauth asks for them.
MAILS: Mapping[str, tuple[Subject, str]] = {
    "login_code": (Subject.CODE, _CODE),
    "email_confirmation": (Subject.CODE, _CODE),
    "email_confirmation_signup": (Subject.CODE, _CODE),
    "password_reset_code": (Subject.CODE, _CODE),
    "unknown_account": (Subject.ACCOUNT, _NO_ACCOUNT),
    "account_already_exists": (Subject.ACCOUNT, _ALREADY_AN_ACCOUNT),
}


def mail_for(name: str, context: Mapping[str, Any]) -> tuple[Subject, str]:
    """Subject and words of one of allauth's messages."""
    subject, words = MAILS[name]
    return subject, words.format_map(context)


_CHANGED = {
    "work": "From now on your work account signs you in here.",
    "added": "A new second step was set up for your account: a passkey, or an app that shows codes.",
    "removed": "A second step of your account was removed.",
    "codes": "New recovery codes were made for your account. The old ones work no longer.",
    "reset": (
        "Your second step was taken away, and you were signed out everywhere, because somebody who may do so "
        "was told that you lost it.\n\nSign in again to set up a new one."
    ),
    "mobile": "The mobile number of your account changed, or whether codes to it sign you in.",
    "password": "A password was chosen for your account.",
    "given": "Somebody was handed a code that helps them back into your account. It works for 24 hours.",
    "paper": "A code on paper was made for your account, to get back in with.",
}


_NOT_OPENED = (
    "Somebody asked to sign in with this number or address from now on. It could not be done.\n\n"
    "If it was you, you can ask again:\n{link}\n\n"
    "If it was not you, you can ignore this message.\n"
)


def changed_words(what: str) -> str:
    """What somebody is told when a way to sign in to their account changed, or did not change after all."""
    if what == "not_opened":
        path = reverse("recover", urlconf=settings.PUBLIC_SCHEMA_URLCONF)
        return _NOT_OPENED.format(link=f"{settings.PLATFORM_ORIGIN}{path}")
    return (
        f"{_CHANGED[what]}\n\n"
        "If it was you, or you asked for it, you need do nothing.\n\n"
        "If it was not you, sign in, choose “Sign out everywhere”, and tell whoever runs the service at once.\n"
    )
