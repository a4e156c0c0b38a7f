"""What several tests of readiness do alike."""

from datetime import timedelta

from groups import actions, queries
from groups.models import ConflictOfInterest, LivedExperience, Training, Vetting
from kit import clock
from tests.factories.groups import trained, works_there

KEPT = (Training, ConflictOfInterest, LivedExperience, Vetting)


def page(seat, more=""):
    return f"/groups/voices/readiness/{seat.pk}/{more}"


def in_days(days):
    return clock.today() + timedelta(days=days)


def ready(group, site, day=None, name="Max"):
    (one,) = [one for one in queries.readiness(group, site, day or clock.today()) if one.member.name == name]
    return one


def vetted(seat, site, lead, status="stands", stands_until=None):
    until = stands_until or (in_days(100) if status == "stands" else None)
    return actions.set_vetting(membership=seat, site=site, status=status, stands_until=until, by=lead.pk)


def everything(seat, site, lead):
    trained(seat)
    works_there(seat, site)
    actions.say_lived_experience(membership=seat, has=True, by=seat.person_id)
    vetted(seat, site, lead)
