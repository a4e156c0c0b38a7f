"""What other schemes did about what one point says (ADR 0059)."""

from typing import Any

from django.db.models import Expression

from answers import queries as national
from answers.queries import Chosen, Found
from tenants.feedback.models import Point
from tenants.feedback.querysets.points import LANGUAGE
from tenants.schemes.models import Scheme

BESIDE_A_DECISION = 3
ON_ITS_PAGE = 10

# Found inside the database: they leave it neither for us nor for its log.
WORDS_OF_A_POINT = f"""(
    SELECT tsvector_to_array(to_tsvector('{LANGUAGE}', said || ' ' || public_words))
    FROM feedback_point WHERE id = %s)"""


class WordsOf(Expression):
    """The words of a point as an array; the point is named by its id alone."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.of_point = point.pk

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """They are looked up once for a whole question."""
        return WORDS_OF_A_POINT, [self.of_point]


def others_did(point: Point, scheme: Scheme, *, most: int = BESIDE_A_DECISION) -> list[Found]:
    """“What others did about something like this”: the nearest by theme and words, of other schemes alone."""
    theme = point.theme.code if point.theme else ""
    return national.nearest(like=WordsOf(point), theme=theme, but=scheme.pk, most=most)


def others_saying(words: str, scheme: Scheme, *, most: int = ON_ITS_PAGE) -> list[Found]:
    """Answers of other schemes that have these words."""
    return national.first(Chosen(words=words), but=scheme.pk, most=most)


def followed_by(point: Point) -> Found | None:
    """The answer of another scheme that the last decision about a point follows, while everybody may read it."""
    last = point.rounds.select_related("same").order_by("-number").first()
    same = getattr(last, "same", None)
    return national.at(same.other_scheme_id, same.other_point_id) if same else None
