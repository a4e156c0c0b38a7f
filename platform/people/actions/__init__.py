"""What can be done with an account and with what is a person's own."""

from people.actions.accounts import add_person, change_contact, give_consent, set_name, withdraw_consent
from people.actions.going import ask_for_erasure, empty_unshown_accounts, take_back_erasure
from people.actions.places import notice, read_notice, remember_place
from people.actions.sessions import (
    arrive,
    browser_of,
    hand_over,
    sign_out_browser,
    sign_out_everywhere,
    sign_out_here,
)

__all__ = [
    "add_person",
    "arrive",
    "ask_for_erasure",
    "browser_of",
    "change_contact",
    "give_consent",
    "empty_unshown_accounts",
    "hand_over",
    "notice",
    "read_notice",
    "remember_place",
    "set_name",
    "take_back_erasure",
    "sign_out_browser",
    "sign_out_everywhere",
    "sign_out_here",
    "withdraw_consent",
]
