"""What is filled in on pages of an agreement, and where these are."""

from groups import actions
from kit import clock
from tests.factories.groups import typed

WEB = "alongside_web"


def own(agreement, more=""):
    return f"/groups/voices/agreements/{agreement.pk}/{more}"


def at_scheme(agreement, more=""):
    return f"/agreements/{agreement.pk}/{more}"


def a_decision(**more):
    today = clock.today()
    return {"what": "A peer worker starts in the court."} | typed("decided_on", today) | typed("due", today) | more


def a_report(**more):
    return {"state": "under_way", "words": "We look for her."} | typed("day", clock.today()) | more


def change_terms(agreement, scheme, **more):
    given = {"until": None, "contact_role": "r", "contact_way": "w", "payment": "p"} | more
    return actions.change_terms(agreement=agreement, scheme=scheme, by=None, **given)
