"""“What others did” on “My Alongside”, for who may follow themes."""

from uuid import UUID

from django.urls import reverse

from answers.queries import may_follow
from people.sections import Link, Section, register


@register
def section(person_id: UUID) -> Section | None:
    """The way to all answers, and to the themes that one follows."""
    if not may_follow(person_id):
        return None
    return Section(
        "What others did",
        [
            Link("Search the answers of all schemes", reverse("answers")),
            Link("Themes you follow", reverse("answers_follow")),
        ],
    )
