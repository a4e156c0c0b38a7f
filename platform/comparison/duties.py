"""What falls due by the clock."""

from comparison import recounting
from kit.scheduler import duty


@duty(where="scheme", own_transactions=True)
def figures_are_counted_again() -> None:
    """Each night a scheme's points are counted again, and what the store says otherwise is put right."""
    recounting.check_tonight()
