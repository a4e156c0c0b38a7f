"""What a team takes along on paper: where and when, what to keep to, and every question with room for an answer."""

from collections.abc import Iterator
from typing import Any

from kit import paper
from peer_monitoring import queries
from peer_monitoring.letting_in import what_to_keep_to
from peer_monitoring.models import Visit
from questions.compiled import Compiled
from questions.shape import ENGLISH, Kind, words_in

# How many lines there are to write an answer on, where nothing is chosen.
LINES = {Kind.TEXT: 4, Kind.COUNT: 1, Kind.DATE: 1, Kind.TIME: 1}


def briefing(visit: Visit) -> bytes:
    """The paper of a visit, as tagged PDF; its title tells nobody what it is about."""
    return paper.pdf(
        "peer_monitoring/briefing.typ",
        {
            "where": visit.site.name,
            "scheme": visit.site.scheme.name,
            "when": visit.when,
            "held_back": visit.is_held_back,
            "called_off": visit.cancelled_at is not None,
            "meeting_point": visit.meeting_point,
            "to_ring": visit.to_ring,
            "note": visit.note,
            "conditions": what_to_keep_to(visit),
            "team": [one.name.split()[0] for one in queries.team_of(visit)],
            "photos": visit.photos_allowed,
            "version": str(visit.version),
            "sections": list(_sections(visit.version.compiled)),
        },
    )


def _sections(compiled: Compiled) -> Iterator[dict[str, Any]]:
    number = 0
    for section in compiled["sections"]:
        asked = []
        for question in section["questions"]:
            is_answered = question["kind"] != Kind.NOTE
            number += is_answered
            asked.append(_question(question, number if is_answered else None))
        yield {
            "label": words_in(section["label"], ENGLISH),
            "repeats": section.get("repeats", False),
            "if_it_applies": bool(section.get("relevant")),
            "questions": asked,
        }


def _question(question: Compiled, number: int | None) -> dict[str, Any]:
    kind = Kind(question["kind"])
    return {
        "number": number,
        "label": words_in(question["label"], ENGLISH),
        "hint": words_in(question.get("hint", {}), ENGLISH),
        "if_it_applies": bool(question.get("relevant")),
        "must_be_answered": bool(question.get("required")) and kind != Kind.PHOTO,
        "is_photo": kind == Kind.PHOTO,
        "many": kind == Kind.MANY,
        "choices": [words_in(one["label"], ENGLISH) for one in question.get("choices", ())],
        "lines": LINES.get(kind, 0),
    }
