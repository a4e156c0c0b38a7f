"""What pages ask of the loop, each in a fixed number of statements."""

from tenants.feedback.queries.answers import answered, choosable, pairs_by_id, themes_with_answers
from tenants.feedback.queries.asked import OpenQuestion, asked_by_code, need_in_words, open_question, tasks_of_asking
from tenants.feedback.queries.board import board_months
from tenants.feedback.queries.clocks import clocks, running_clock
from tenants.feedback.queries.complaints import complaint_way, complaint_way_so_far, says_where_complaints_go
from tenants.feedback.queries.concerns import concerns, who_saw_to
from tenants.feedback.queries.easy import easy_read
from tenants.feedback.queries.lines import confirmation_words, pair_of, stops
from tenants.feedback.queries.others import ON_ITS_PAGE, followed_by, others_did, others_saying
from tenants.feedback.queries.outcomes import outcome_choices
from tenants.feedback.queries.own import Own, by_fingerprint, has_said_something, mine, mine_at
from tenants.feedback.queries.paper import (
    batches_to_cancel,
    letters_to_make,
    letters_to_post,
    slip_batches,
    slip_of_address,
    slip_typed,
)
from tenants.feedback.queries.posters import ForPoster, for_posters
from tenants.feedback.queries.quotes import Quotable, quotable, quotes_beside
from tenants.feedback.queries.reach import GroupReach, PartnerRow, partner_table, reached_by_group
from tenants.feedback.queries.regard import regards_of
from tenants.feedback.queries.register import (
    Chosen,
    PointPage,
    Row,
    Tab,
    Who,
    agreed_for_by_a_parent,
    first_words,
    needs,
    needs_at,
    point_page,
    points_by_id,
    points_of_need,
    register,
    tab_counts,
    tasks_of_telling,
)
from tenants.feedback.queries.reporters import known_reporters
from tenants.feedback.queries.supporting import (
    Helped,
    Helper,
    chosen_by,
    helped,
    helped_one,
    helpers,
    helping,
    helps_anybody,
    invited_to_help,
    who_helps_with,
)
from tenants.feedback.queries.together import could_join, other_parts_to_correct, words_may_rest_on, words_so_far

__all__ = [
    "ON_ITS_PAGE",
    "followed_by",
    "others_did",
    "others_saying",
    "agreed_for_by_a_parent",
    "complaint_way",
    "complaint_way_so_far",
    "says_where_complaints_go",
    "Chosen",
    "ForPoster",
    "GroupReach",
    "Helped",
    "Helper",
    "OpenQuestion",
    "Own",
    "PartnerRow",
    "PointPage",
    "Quotable",
    "Row",
    "Tab",
    "Who",
    "answered",
    "batches_to_cancel",
    "asked_by_code",
    "board_months",
    "by_fingerprint",
    "choosable",
    "chosen_by",
    "clocks",
    "concerns",
    "confirmation_words",
    "could_join",
    "easy_read",
    "first_words",
    "known_reporters",
    "letters_to_make",
    "letters_to_post",
    "for_posters",
    "has_said_something",
    "helped",
    "helped_one",
    "helpers",
    "helping",
    "helps_anybody",
    "invited_to_help",
    "mine",
    "mine_at",
    "open_question",
    "other_parts_to_correct",
    "outcome_choices",
    "pair_of",
    "pairs_by_id",
    "partner_table",
    "point_page",
    "points_by_id",
    "quotable",
    "quotes_beside",
    "reached_by_group",
    "regards_of",
    "register",
    "running_clock",
    "slip_batches",
    "slip_of_address",
    "slip_typed",
    "stops",
    "tab_counts",
    "need_in_words",
    "needs",
    "needs_at",
    "points_of_need",
    "tasks_of_asking",
    "tasks_of_telling",
    "who_helps_with",
    "who_saw_to",
    "themes_with_answers",
    "words_may_rest_on",
    "words_so_far",
]
