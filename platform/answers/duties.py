"""What falls due by the clock."""

from answers import actions
from kit.scheduler import DoneInPart, duty


@duty(where="public")
def weeks_are_looked_through() -> DoneInPart:
    """From Monday morning on, whoever follows a theme hears once whether there are new answers about it."""
    return DoneInPart(actions.send_digests())
