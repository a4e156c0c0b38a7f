"""What falls due in the outbox, in the cache, and of what lives for minutes, by the clock."""

from datetime import timedelta

from kit import clock, counting
from kit.models import OutboxMessage, ShortLived
from kit.scheduler import duty

# Whatever promises the same thing again does so within days; dead letters stay for whoever operates the service.
DONE_IS_KEPT = timedelta(days=30)


@duty(where="public")
def done_messages_go() -> None:
    """What was done a month ago is not promised again."""
    OutboxMessage.objects.filter(done_at__lte=clock.now() - DONE_IS_KEPT).delete()


@duty(where="public")
def what_lives_for_minutes_goes() -> None:
    """What a browser needed for some minutes stands nowhere after that, also where nobody came back for it."""
    ShortLived.objects.filter(until__lte=clock.now()).delete()


@duty(where="public")
def counts_that_are_over_go() -> None:
    """How often something was done from one address, or by somebody, stands nowhere once its hour is over."""
    counting.forget_what_is_over()
