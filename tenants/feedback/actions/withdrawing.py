"""Those who said something take all of it back: their words, and everything that they agreed to (S3)."""

from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_noop as N_

import audit
from kit import clock
from kit.erasure import declared
from kit.languages import said
from people.actions import read_notice
from people.models import Person
from tenants.feedback.actions.asked import ask_of_another
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import forget_the_whole, locked
from tenants.feedback.actions.publishing import announce
from tenants.feedback.actions.telling import drop_words, lead_to_another, tell_of_another
from tenants.feedback.errors import NotTheirs, NotYet
from tenants.feedback.models import Asked, InformationNeed, Point, Sayer, Told
from tenants.feedback.models.points import NO_WORDS
from tenants.feedback.rules import Kind

OF_A_SAYER = "sayer__person_id"
PASSED_ON = N_(
    "We passed this on to somebody who can help. There is nothing to take back here any more. "
    "If you want to ask about it, speak to any member of our staff."
)


@transaction.atomic
def take_back(*, sayer: Sayer, by: Person | None) -> None:
    """Empty what one of those who said it left, as an erasure would; what others said with them, and a group's finding,
    stay in the register and leave the website."""
    point = locked(sayer.point_id)
    sayer = Sayer.objects.get(pk=sayer.pk)
    check_is_here(point)
    if sayer.kind == Kind.GONE or sayer.person_id != (by.pk if by else None):
        raise NotTheirs("Only those who said this can take it back.")
    audit.record(by=by, operation="erase", what="took back everything they said", subject=by, thing=point)
    empty_what_they_left(sayer, point)


def check_is_here(point: Point) -> None:
    """What was passed on is not here to be taken back: whoever it went to holds the words (ADR 0041)."""
    if point.passed_on_at:
        raise NotYet(said(PASSED_ON))


def empty_what_they_left(sayer: Sayer, point: Point) -> None:
    """Everything that one of those who said a held point left at it; its words go with the last of them."""
    slip, person_id = sayer.slip, sayer.person_id
    is_the_last = not point.sayers.reachable().exclude(pk=sayer.pk).exists()
    sayer.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    told, asked = Told.objects.filter(sayer=sayer), Asked.objects.filter(sayer=sayer)
    not_told, not_asked = list(told.not_told_yet()), list(asked.not_asked_yet())
    drop_words(told)
    drop_words(asked)
    _empty_what_is_about(sayer)
    if person_id:
        for one in not_told:
            tell_of_another(one, person_id=person_id)
        for other in not_asked:
            ask_of_another(other, person_id=person_id)
        _nothing_waits(point, person_id)
    if is_the_last and not sayer.speaks_for_id:
        Point.objects.filter(pk=point.pk).update(**NO_WORDS, only_person_id=None)
        point.questions.update(words="")
        forget_the_whole(point)
        count_again(point.pk)
    announce(point)
    if slip and not Sayer.objects.filter(slip=slip).exists():
        InformationNeed.objects.filter(slip=slip).delete()


def _nothing_waits(point: Point, person_id: UUID) -> None:
    """What waits for somebody leads to a page: to that of what else of theirs is answered with this, or to none."""
    if not lead_to_another(point, person_id=person_id):
        for round_ in point.carrier.rounds.all():
            for kind in ("answer", "did_it_change"):
                read_notice(person_id=person_id, kind=kind, key=str(round_.pk))
    for question in point.questions.all():
        read_notice(person_id=person_id, kind="question", key=str(question.pk))


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
