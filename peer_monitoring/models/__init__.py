"""Programmes, visits, who goes, who is inside, what kept them from it, and what they wrote down."""

from peer_monitoring.models.concerns import SiteConcern
from peer_monitoring.models.phones import Phone, SealedDraft, SealedPhoto
from peer_monitoring.models.photos import Attachment, Photo, Picture
from peer_monitoring.models.programmes import Programme, ProgrammeSite
from peer_monitoring.models.records import Draft, Received, Record
from peer_monitoring.models.safety import SafetyCheck
from peer_monitoring.models.visits import Seat, Trouble, Visit

__all__ = [
    "Attachment",
    "Draft",
    "Phone",
    "Photo",
    "Picture",
    "Programme",
    "ProgrammeSite",
    "Received",
    "Record",
    "SafetyCheck",
    "SealedDraft",
    "SealedPhoto",
    "Seat",
    "SiteConcern",
    "Trouble",
    "Visit",
]
