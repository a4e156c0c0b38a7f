"""What somebody needs to read an answer is written down, met and looked at again (DAPB1605, ADR 0042)."""

from datetime import date

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from people.queries import chosen_form
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import InformationNeed, Sayer, Told
from tenants.feedback.rules import Form

# How long what somebody told us is taken to be so, before we ask again.
HOLDS_FOR_YEARS = 1


def write_down_need(*, sayer: Sayer, form: Form, by: Person, words: str = "") -> InformationNeed | None:
    """What staff were told that whoever said this needs; ordinary print is no need."""
    if form == Form.OTHER and not words.strip():
        raise NothingSaid("Say what would work for them.", field="need_words")
    return _write_down(sayer, form, words.strip() if form == Form.OTHER else "", by)


def need_of(sayer: Sayer) -> InformationNeed | None:
    """What they need now: what a person says on their own page has the last word, and is written down here."""
    if sayer.person_id:
        form, words = chosen_form(sayer.person_id)
        if form:
            return _write_down(sayer, Form(form), words, None)
    return InformationNeed.objects.of(sayer).first()


@transaction.atomic
def meet_need(*, told: Told, by: Person) -> Told:
    """The answer was made in the form they need, and they have it."""
    told = Told.objects.select_for_update(of=("self",)).select_related("round__point", "sayer").get(pk=told.pk)
    told.met_on = told.met_on or clock.today()
    told.save(update_fields=["met_on"])
    audit.record(
        by=by, operation="disclose", what="gave an answer in the form somebody needs", subject=told.sayer.person_id,
        thing=told.round.point, basis="consent",
    )  # fmt: skip
    return told


@transaction.atomic
def look_again(
    *, need: InformationNeed, form: Form, by: Person, words: str = "", shared_with: str = ""
) -> InformationNeed:
    """Somebody asked again: what they need now, and with whom that is shared since they agreed."""
    if form == Form.OTHER and not words.strip():
        raise NothingSaid("Say what would work for them.", field="words")
    need = InformationNeed.objects.select_for_update().get(pk=need.pk)
    if shared_with.strip() != need.shared_with:
        need.shared_with = shared_with.strip()
        need.shared_on = clock.today() if need.shared_with else None
    need.form, need.words = form, words.strip() if form == Form.OTHER else ""
    need.asked_on = need.written_on = clock.today()
    need.written_by_id, need.review_on = by.pk, _in_a_year()
    need.ended_on = clock.today() if form == Form.PLAIN else None
    need.save()
    audit.record(by=by, operation="change", what="asked again what somebody needs", subject=need.person_id, thing=need)
    return need


@transaction.atomic
def _write_down(sayer: Sayer, form: Form, words: str, by: Person | None) -> InformationNeed | None:
    need = InformationNeed.objects.select_for_update().of(sayer).first()
    if need is None and form == Form.PLAIN:
        return None
    if need and (need.form, need.words) == (form, words):
        return None if need.ended_on else need
    need = need or InformationNeed(person_id=sayer.person_id, slip="" if sayer.person_id else sayer.slip)
    need.form, need.words, need.written_by_id = form, words, by.pk if by else None
    need.asked_on = need.written_on = clock.today()
    need.review_on, need.ended_on = _in_a_year(), clock.today() if form == Form.PLAIN else None
    need.save()
    audit.record(
        by=by, operation="collect", what="wrote down what somebody needs", subject=sayer.person_id,
        thing=need, basis="consent",
    )  # fmt: skip
    return None if need.ended_on else need


def _in_a_year() -> date:
    today = clock.today()
    # The 29th of February has no day of its name in the next year.
    return today.replace(year=today.year + HOLDS_FOR_YEARS, day=min(today.day, 28))
