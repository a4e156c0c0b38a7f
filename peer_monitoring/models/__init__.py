"""Programmes, visits, who goes, and what kept them from it."""

from peer_monitoring.models.programmes import Programme, ProgrammeSite
from peer_monitoring.models.visits import Seat, Trouble, Visit

__all__ = ["Programme", "ProgrammeSite", "Seat", "Trouble", "Visit"]
