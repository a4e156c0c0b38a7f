"""A phone is made ready to deliver, and shut out; and a new key is made for what phones seal."""

from uuid import UUID

from django.db import transaction

import audit
from kit import clock, tokens
from peer_monitoring import keys, limits
from peer_monitoring.errors import TooManyPhones
from peer_monitoring.models import Phone

TOO_MANY = "You have made very many phones ready today. Try again tomorrow."


@transaction.atomic
def make_phone(*, name: str, by: UUID) -> tuple[Phone, str]:
    """Make a phone ready; the second value is its token, which stands nowhere else."""
    if not limits.may_make_ready(by):
        raise TooManyPhones(TOO_MANY)
    token = tokens.new_token()
    phone = Phone.objects.create(person_id=by, name=name, token_hash=tokens.fingerprint(token))
    audit.record(by=by, operation="change", what="made a phone ready", subject=by, thing=phone)
    return phone, token


@transaction.atomic
def shut_out(*, phone: Phone, by: UUID) -> None:
    """Take nothing from a phone any more; what is on it stays there."""
    held = Phone.objects.select_for_update().get(pk=phone.pk)
    if held.shut_out_at is None:
        held.shut_out_at = clock.now()
        held.save(update_fields=["shut_out_at"])
        audit.record(by=by, operation="change", what="shut out a phone", subject=held.person_id, thing=held)


@transaction.atomic
def make_key(*, by: UUID | None) -> keys.PublicKey:
    """Make the key for which phones seal from their next contact on; all older ones still open."""
    made = keys.make()
    audit.record(by=by, operation="change", what="made a new key for phones")
    return made
