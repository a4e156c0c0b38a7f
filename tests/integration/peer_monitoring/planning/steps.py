"""Where a visit of the group stands, and what a lead fills in."""

from tests.factories.groups import typed

NEW = "/groups/voices/visits/new/"


def place(visit, path=""):
    return f"/groups/voices/visits/{visit.pk}/{path}"


def fields(ready, **more):
    what = ready.plan()
    given = {"site": str(what.site.pk), "version": str(what.version.pk), "told": "announced", **typed("day", what.day)}
    return {**given, **more}
