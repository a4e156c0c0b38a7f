"""What can be done with an account and with what is a person's own."""

from people.actions.accounts import add_person, give_consent, set_name, withdraw_consent
from people.actions.contact import change_contact, choose_format, choose_times, choose_words
from people.actions.going import ask_for_erasure, empty_unshown_accounts, take_back_erasure
from people.actions.mobiles import open_with_mobile, prove_mobile, remove_mobile, send_mobile_code
from people.actions.places import (
    end_notices,
    move_notice,
    notice,
    notice_again,
    read_notice,
    read_notices,
    read_notices_below,
    remember_place,
    withdraw_notices,
)
from people.actions.recovering import (
    ask_for_new_way,
    give_recovery_code,
    make_paper_code,
    open_recoveries,
    prove_new_way,
    stop_recovery,
    stop_token,
    tell_old_way,
)
from people.actions.second_steps import (
    help_colleague,
    make_recovery_codes,
    remove_second_step,
    reset_second_step,
    second_step_added,
)
from people.actions.sessions import (
    arrive,
    browser_of,
    end_browser,
    hand_over,
    sign_out_browser,
    sign_out_everywhere,
    sign_out_here,
)
from people.actions.telling import password_chosen, tell_way
from people.actions.texting import open_account, read_sign_in_code, send_sign_in_code
from people.actions.words import (
    OpenLink,
    ask_how_words_ended,
    drop_promised_word,
    promise_word,
    send_promised_word,
    word_ended,
)
from people.actions.work import find_by_work_account

__all__ = [
    "OpenLink",
    "add_person",
    "arrive",
    "ask_for_erasure",
    "ask_for_new_way",
    "ask_how_words_ended",
    "browser_of",
    "change_contact",
    "choose_format",
    "choose_times",
    "choose_words",
    "drop_promised_word",
    "end_browser",
    "empty_unshown_accounts",
    "end_notices",
    "find_by_work_account",
    "give_consent",
    "give_recovery_code",
    "hand_over",
    "help_colleague",
    "make_recovery_codes",
    "make_paper_code",
    "notice",
    "notice_again",
    "open_account",
    "open_recoveries",
    "open_with_mobile",
    "password_chosen",
    "promise_word",
    "prove_mobile",
    "prove_new_way",
    "move_notice",
    "read_notice",
    "read_notices",
    "read_notices_below",
    "read_sign_in_code",
    "remember_place",
    "remove_mobile",
    "remove_second_step",
    "reset_second_step",
    "second_step_added",
    "send_mobile_code",
    "send_promised_word",
    "send_sign_in_code",
    "set_name",
    "sign_out_browser",
    "sign_out_everywhere",
    "sign_out_here",
    "stop_recovery",
    "stop_token",
    "take_back_erasure",
    "tell_old_way",
    "tell_way",
    "withdraw_consent",
    "withdraw_notices",
    "word_ended",
]
