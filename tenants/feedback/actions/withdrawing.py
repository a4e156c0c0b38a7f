"""Those who said something take all of it back: their words, and everything that they agreed to (S3)."""

from django.apps import apps
from django.db import transaction

import audit
from kit import clock
from kit.erasure import declared
from people.models import Person
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import forget_the_whole, locked
from tenants.feedback.actions.publishing import announce
from tenants.feedback.actions.telling import drop_words
from tenants.feedback.errors import NotTheirs
from tenants.feedback.models import Asked, InformationNeed, Point, Sayer, Told
from tenants.feedback.models.points import NO_WORDS
from tenants.feedback.rules import Kind

OF_A_SAYER = "sayer__person_id"


@transaction.atomic
def take_back(*, sayer: Sayer, by: Person | None) -> None:
    """Empty what one of those who said it left, as an erasure would; what others said with them, and a group's finding,
    stay in the register and leave the website."""
    point = locked(sayer.point_id)
    sayer = Sayer.objects.get(pk=sayer.pk)
    if sayer.kind == Kind.GONE or sayer.person_id != (by.pk if by else None):
        raise NotTheirs("Only those who said this can take it back.")
    audit.record(by=by, operation="erase", what="took back everything they said", subject=by, thing=point)
    empty_what_they_left(sayer, point)


def empty_what_they_left(sayer: Sayer, point: Point) -> None:
    """Everything that one of those who said a held point left at it; its words go with the last of them."""
    slip, is_the_last = sayer.slip, not point.sayers.reachable().exclude(pk=sayer.pk).exists()
    sayer.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    for rows in (Told.objects.filter(sayer=sayer), Asked.objects.filter(sayer=sayer)):
        drop_words(rows)
    _empty_what_is_about(sayer)
    if is_the_last and not sayer.speaks_for_id:
        Point.objects.filter(pk=point.pk).update(**NO_WORDS, only_person_id=None)
        point.questions.update(words="")
        forget_the_whole(point)
        count_again(point.pk)
    announce(point)
    if slip and not Sayer.objects.filter(slip=slip).exists():
        InformationNeed.objects.filter(slip=slip).delete()


def _empty_what_is_about(sayer: Sayer) -> None:
    """Every row that declares to be about whoever said it (ADR 0022), and then who they were."""
    for model in apps.get_app_config("feedback").get_models():
        for about in declared(model):
            if about.by != OF_A_SAYER:
                continue
            theirs = model._default_manager.filter(sayer=sayer)
            if about.erase:
                theirs.delete()
            elif about.empty:
                theirs.update(**about.empty)
    (own,) = [about for about in declared(Sayer) if about.empty]
    Sayer.objects.filter(pk=sayer.pk).update(**own.empty, slip="")
