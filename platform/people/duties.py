"""What falls due by the clock: passes and sessions that nobody can use any more go."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kit import clock
from kit.scheduler import duty
from people.actions import ask_how_words_ended, empty_unshown_accounts, open_recoveries
from people.models import HandOff, MobileCode, Recovery, RecoveryCode, SignInCode, WayToTell, WordLink


@duty(where="public")
def empty_accounts_that_nobody_took_up() -> None:
    """Take an address away again that somebody typed and nobody showed to be theirs."""
    empty_unshown_accounts()


@duty(where="public")
def end_what_has_expired() -> None:
    """Delete expired hand-offs and sessions, and the rows that list those sessions for their person."""
    HandOff.objects.filter(expires_at__lte=clock.now()).delete()
    MobileCode.objects.filter(expires_at__lte=clock.now()).delete()
    SignInCode.objects.filter(expires_at__lte=clock.now()).delete()
    RecoveryCode.objects.filter(expires_at__lte=clock.now()).delete()
    Recovery.objects.filter(proved_at=None, code_until__lte=clock.now()).delete()
    for model in (WayToTell, WordLink):
        model.objects.filter(until__lte=clock.now()).delete()
    # Sessions live by the machine's time: whoever moves a demonstration's clock stays signed in.
    gone = Session.objects.filter(expire_date__lte=clock.machine_now())
    UserSession.objects.filter(session_key__in=gone.values("session_key")).delete()
    gone.delete()


@duty(where="public")
def new_ways_in_open() -> None:
    """Open what somebody who had lost every way in asked for, once nobody stopped it."""
    open_recoveries()


@duty(where="public")
def messages_are_asked_after() -> None:
    """Learn of each message that was taken whether it arrived."""
    ask_how_words_ended()
