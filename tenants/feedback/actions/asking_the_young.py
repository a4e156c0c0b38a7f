"""A parent agreed for a child; at 16 and at 18 the young person is asked, and has the last word (S4)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

import audit
from kit import clock
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.hearing import Agreement, give_consent
from tenants.feedback.actions.locking import locked_together
from tenants.feedback.actions.publishing import announce
from tenants.feedback.actions.withdrawing import empty_what_they_left
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import Consent, Sayer
from tenants.feedback.rules import Purpose, TheySay

TOO_FAR = f"Give a day that is at most {rules.ASKED_AGAIN_WITHIN_YEARS} years away."


@transaction.atomic
def ask_the_young(
    *, sayer: Sayer, they: TheySay, by: Person, may_publish: bool = False, explained_how: str = "",
    turns: date | None = None,
) -> None:  # fmt: skip
    """Write down what a young person says themselves of what a parent agreed to for them, for all that they said.

    Who could not be asked is asked again in the month after `turns`; until then nothing of it stands on the website.
    """
    if they == TheySay.AGREES and not explained_how.strip():
        raise NothingSaid("Write how you explained what it is for.", field="explained_how")
    if they == TheySay.LATER and (turns is None or turns < clock.today()):
        raise NothingSaid("Write the day on which they turn 18, or when you ask again.", field="turns")
    if they == TheySay.LATER and turns and turns > rules.latest_asking_again(clock.today()):
        raise NothingSaid(TOO_FAR, field="turns")
    theirs = list(Sayer.objects.same_as(sayer).agreed_for_by_a_parent().values_list("pk", "point_id"))
    locked_together(*(point_id for _, point_id in theirs))
    for one in Sayer.objects.filter(pk__in=[pk for pk, _ in theirs]):
        if they == TheySay.AGREES:
            _agree(one, Agreement(explained_how=explained_how.strip()), may_publish=may_publish)
        elif they == TheySay.LATER and turns:
            _given_by_a_parent(one).filter(purpose=Purpose.PUBLISH).update(withdrawn_at=clock.now())
            _given_by_a_parent(one).update(review_on=rules.month_after(turns))
        else:
            # What a parent said of a child goes with the child's own word.
            empty_what_they_left(one, one.point)
        announce(one.point)
        audit.record(by=by, operation="change", what=SAID[they], subject=one.person_id, thing=one.point)


SAID = {
    TheySay.AGREES: "wrote down that a young person agreed themselves",
    TheySay.LATER: "put off asking a young person",
    TheySay.NO: "took out the words of a young person who wanted that",
}


def _given_by_a_parent(sayer: Sayer) -> QuerySet[Consent]:
    return sayer.consents.filter(basis=rules.Basis.PARENT, withdrawn_at=None)


def _agree(sayer: Sayer, agreement: Agreement, *, may_publish: bool) -> None:
    had = set(_given_by_a_parent(sayer).values_list("purpose", flat=True))
    _given_by_a_parent(sayer).update(withdrawn_at=clock.now())
    wanted = [Purpose.RECORD, *([Purpose.PUBLISH] if may_publish else []), *({Purpose.CONTACT} & had)]
    for purpose in wanted:
        give_consent(sayer, agreement, Purpose(purpose))
