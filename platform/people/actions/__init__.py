"""What can be done with an account and with what is a person's own."""

from people.actions.accounts import add_person, change_contact, give_consent, set_name, withdraw_consent
from people.actions.places import notice, read_notice, remember_place
from people.actions.sessions import arrive, hand_over, sign_out_everywhere, sign_out_here

__all__ = [
    "add_person",
    "arrive",
    "change_contact",
    "give_consent",
    "hand_over",
    "notice",
    "read_notice",
    "remember_place",
    "set_name",
    "sign_out_everywhere",
    "sign_out_here",
    "withdraw_consent",
]
