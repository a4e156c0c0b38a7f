"""Everything that changes the loop. Each action is one transaction, takes keywords only, and says who did it (`by`)."""

from tenants.feedback.actions.asked import (
    answer_asked,
    ask_whether_it_changed,
    code_of,
    end_asking,
    fail_asking,
    renew_code,
    send_asking,
    settle_asking,
)
from tenants.feedback.actions.asking import ask_for_words, reply, tell_of_question
from tenants.feedback.actions.asking_the_young import ask_the_young
from tenants.feedback.actions.complaints import write_complaint_way
from tenants.feedback.actions.concerns import (
    NOBODY_THERE,
    close_concern,
    empty_concern,
    pass_on,
    raise_concern,
    read_concern,
    say_where_raised,
    send_concern,
    send_word,
    take_up,
    tell_again,
)
from tenants.feedback.actions.confirming import confirm, stop_publishing
from tenants.feedback.actions.correcting import correct_day
from tenants.feedback.actions.counting import count, count_emptied, count_everything
from tenants.feedback.actions.deciding import acknowledge, approve_words, decide, review_due, sort
from tenants.feedback.actions.doing import claim_done, report_progress
from tenants.feedback.actions.easy import write_easy_read
from tenants.feedback.actions.exporting import export_register
from tenants.feedback.actions.handing_over import hand_over
from tenants.feedback.actions.hearing import Agreement, Heard, Saying, hear
from tenants.feedback.actions.letters import make_asking_letter, make_letter, make_letters
from tenants.feedback.actions.needs import look_again, meet_need, need_of, write_down_need
from tenants.feedback.actions.outcomes import note_outcomes
from tenants.feedback.actions.owning import assign, escalate, hand_back
from tenants.feedback.actions.printing import cancel_slips, paper_of_slips, print_slips
from tenants.feedback.actions.publishing import compare, compare_by_night, keep_in_step, publish_nationally
from tenants.feedback.actions.quoting import quote, remove_quote, take_back_quote
from tenants.feedback.actions.reading import record_reading, record_reading_need
from tenants.feedback.actions.regard import no_regard_needed, record_regard, standing_regard
from tenants.feedback.actions.same import do_the_same, take_back_the_same
from tenants.feedback.actions.splitting import split
from tenants.feedback.actions.supporting import (
    accept_support,
    choose_supporter,
    confirm_with,
    end_support,
    read_with,
    say_with,
    send_invitation,
    support_token,
)
from tenants.feedback.actions.telling import (
    end_telling,
    fail_telling,
    open_to_public,
    post_letter,
    retry_telling,
    send_telling,
    settle_telling,
    start_telling,
)
from tenants.feedback.actions.together import answer_apart, answer_together
from tenants.feedback.actions.withdrawing import check_is_here, take_back

__all__ = [
    "NOBODY_THERE",
    "Agreement",
    "Heard",
    "Saying",
    "accept_support",
    "acknowledge",
    "answer_asked",
    "answer_apart",
    "answer_together",
    "approve_words",
    "ask_for_words",
    "ask_the_young",
    "ask_whether_it_changed",
    "assign",
    "cancel_slips",
    "check_is_here",
    "choose_supporter",
    "claim_done",
    "close_concern",
    "code_of",
    "compare",
    "compare_by_night",
    "confirm",
    "confirm_with",
    "correct_day",
    "count",
    "count_emptied",
    "count_everything",
    "decide",
    "do_the_same",
    "empty_concern",
    "end_support",
    "end_asking",
    "end_telling",
    "escalate",
    "export_register",
    "fail_asking",
    "fail_telling",
    "hand_back",
    "hand_over",
    "hear",
    "keep_in_step",
    "look_again",
    "make_asking_letter",
    "make_letter",
    "make_letters",
    "meet_need",
    "need_of",
    "no_regard_needed",
    "note_outcomes",
    "open_to_public",
    "pass_on",
    "post_letter",
    "paper_of_slips",
    "print_slips",
    "publish_nationally",
    "quote",
    "raise_concern",
    "read_concern",
    "read_with",
    "record_reading",
    "record_reading_need",
    "record_regard",
    "remove_quote",
    "renew_code",
    "reply",
    "report_progress",
    "retry_telling",
    "review_due",
    "say_where_raised",
    "say_with",
    "send_asking",
    "send_concern",
    "send_invitation",
    "send_telling",
    "send_word",
    "settle_asking",
    "settle_telling",
    "sort",
    "split",
    "standing_regard",
    "start_telling",
    "stop_publishing",
    "support_token",
    "take_back",
    "take_back_the_same",
    "take_back_quote",
    "take_up",
    "tell_again",
    "tell_of_question",
    "write_complaint_way",
    "write_down_need",
    "write_easy_read",
]
