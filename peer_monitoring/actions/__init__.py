"""Visits: plan, choose who goes, announce or hold back, begin, note what kept the team from it, cancel, close."""

from peer_monitoring.actions.planning import cancel, change_plan, choose_team, make_ready, plan, write_needs
from peer_monitoring.actions.programmes import add_place, begin_programme, end_programme, remove_place
from peer_monitoring.actions.visiting import begin, close, note_trouble

__all__ = [
    "add_place",
    "begin",
    "begin_programme",
    "cancel",
    "change_plan",
    "choose_team",
    "close",
    "end_programme",
    "make_ready",
    "note_trouble",
    "plan",
    "remove_place",
    "write_needs",
]
