"""What this app hands to the comparison of schemes, and what erasing somebody does to it."""

from comparison.recounting import Recount, register
from kit.erasure import Report
from people.erasure import follows
from tenants.feedback import actions
from tenants.feedback.actions.counting import KIND, promised
from tenants.feedback.models import Point
from tenants.feedback.queries.facts import facts

register(Recount(kind=KIND, facts=facts, again=lambda keys: actions.count(point_ids=keys), promised=promised))


@follows
def count_what_was_emptied(report: Report) -> None:
    """A point whose words went with the only one who said it is not waited for any more."""
    if report.emptied.get(Point._meta.label):
        actions.count_emptied()
