"""An answer in Easy Read, for pages and for whoever makes a letter of it."""

from kit.easy import Idea
from tenants.feedback.easy import ideas
from tenants.feedback.models import EasyRead, Point, Round


def easy_read(point: Point, round_: Round | None) -> list[Idea]:
    """Its ideas with their pictures, in order; none where nobody wrote it. The round has `easy` at hand."""
    easy: EasyRead | None = getattr(round_, "easy", None)
    if round_ is None or easy is None:
        return []
    return ideas(
        said_on=point.said_on or point.received_on,
        decision=round_.decision,
        what=easy.what,
        why=easy.why,
        who=round_.owner_role,
        due=round_.due,
        review_on=round_.review_on,
    )
