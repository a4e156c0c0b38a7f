"""What falls due by the clock."""

from kit.scheduler import duty
from peer_monitoring import actions


@duty(where="public")
def whoever_is_not_back_is_missed() -> None:
    """Somebody on a visit meant to be out by now and has not said so: their lead and their team learn it at once."""
    actions.raise_alarms()


@duty(where="public")
def numbers_to_ring_go() -> None:
    """Whose number a team could ring is kept no longer than it can be of use."""
    actions.forget_numbers()
