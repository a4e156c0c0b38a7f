"""Words that are quoted as they were said: for the public beside an answer, and for staff who look after them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tenants.feedback.models import Point, Quote, Sayer
from tenants.feedback.rules import Purpose


@dataclass(frozen=True, slots=True)
class Quotable:
    """One of those who said a point, as staff see them who may quote them: by their place in the list, with no name."""

    number: int
    sayer: Sayer
    quote: Quote | None
    may_be_quoted: bool
    """Whether they agreed to the website at all; a parent's word for a child is not enough."""

    @property
    def called(self) -> str:
        """How staff tell them apart, as on the point's page."""
        told = self.sayer.get_channel_display().lower()
        return f"{self.number}. {self.sayer.get_kind_display()}, to be told by: {told}"


def quotes_beside(point_ids: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
    """What may be quoted beside each of these points that the public may read, those first that were said first."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for quote in Quote.objects.agreed_to().beside(point_ids).select_related("sayer__point"):
        point = quote.sayer.point
        found[point.answered_with_id or point.pk].append(quote.words)
    return found


def quotable(point: Point) -> list[Quotable]:
    """Everybody who said a point and is still there, with what is quoted of each."""
    sayers = Sayer.objects.filter(point=point)
    agreeing = set(sayers.values_list("pk", flat=True))
    agreeing -= set(sayers.not_agreeing(Purpose.PUBLISH).values_list("pk", flat=True))
    agreeing -= set(sayers.agreed_for_by_a_parent().values_list("pk", flat=True))
    listed = enumerate(sayers.select_related("quote__consent"), start=1)
    return [
        Quotable(number, sayer, getattr(sayer, "quote", None), sayer.pk in agreeing)
        for number, sayer in listed
        if sayer.person_id or sayer.slip
    ]
