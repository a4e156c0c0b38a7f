"""Visits: plan, choose who goes, announce or hold back, begin, note what kept the team from it, cancel, close."""

from peer_monitoring.actions.concerns import (
    follow_concern,
    hand_over_concern,
    raise_concern,
    read_of_concerns,
    say_where_kept,
    send_concern_word,
    tell_leads,
)
from peer_monitoring.actions.delivering import deliver_concern, deliver_draft, deliver_photo, deliver_record
from peer_monitoring.actions.drafts import let_go_of_draft
from peer_monitoring.actions.leaving import lead_no_more, leave_teams
from peer_monitoring.actions.phones import make_key, make_phone, shut_out
from peer_monitoring.actions.photos import make_picture
from peer_monitoring.actions.planning import cancel, change_plan, choose_team, make_ready, plan, write_needs
from peer_monitoring.actions.programmes import add_place, begin_programme, end_programme, remove_place
from peer_monitoring.actions.receiving import choose, receive, say_logged
from peer_monitoring.actions.ringing import forget_numbers, say_whom_to_ring
from peer_monitoring.actions.safety import come_out, raise_alarms, say_in, send_alarm
from peer_monitoring.actions.said_off import (
    send_said_off_word,
    tell_it_came_after,
    tell_it_is_said_off,
    tell_it_is_to_choose,
)
from peer_monitoring.actions.taking_away import AS_SENT, take_away
from peer_monitoring.actions.team_news import read_news, send_team_word, tell_team_news
from peer_monitoring.actions.visiting import begin, close, note_trouble
from peer_monitoring.actions.where_raised import where_raised
from peer_monitoring.actions.writing import correct, finish, open_draft, save_answers

__all__ = [
    "AS_SENT",
    "add_place",
    "begin",
    "begin_programme",
    "cancel",
    "change_plan",
    "choose",
    "choose_team",
    "close",
    "come_out",
    "correct",
    "deliver_concern",
    "deliver_draft",
    "deliver_photo",
    "deliver_record",
    "end_programme",
    "finish",
    "follow_concern",
    "forget_numbers",
    "hand_over_concern",
    "lead_no_more",
    "leave_teams",
    "let_go_of_draft",
    "make_key",
    "make_phone",
    "make_picture",
    "make_ready",
    "note_trouble",
    "open_draft",
    "plan",
    "raise_alarms",
    "raise_concern",
    "read_news",
    "read_of_concerns",
    "receive",
    "remove_place",
    "save_answers",
    "say_in",
    "say_logged",
    "say_where_kept",
    "say_whom_to_ring",
    "send_alarm",
    "send_concern_word",
    "send_said_off_word",
    "send_team_word",
    "shut_out",
    "take_away",
    "tell_it_came_after",
    "tell_it_is_said_off",
    "tell_it_is_to_choose",
    "tell_leads",
    "tell_team_news",
    "where_raised",
    "write_needs",
]
