"""Who may do what: roles, permissions, one table of grants, and the three places a right comes from.

A right comes from a staff role at a scheme or nationally, from a group's agreement with a scheme, or from a seat
(member of a group). Views name a permission, never a role. Apps register the sources that they hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_noop as N_

if TYPE_CHECKING:
    from tenants.schemes.models import Scheme


class Role(models.TextChoices):
    """Staff roles at a scheme."""

    MANAGER = "manager", N_("Manager")
    INVOLVEMENT_LEAD = "involvement_lead", N_("Involvement lead")
    PRACTITIONER = "practitioner", N_("Practitioner")
    STR_WORKER = "str_worker", N_("STR worker")
    SAFEGUARDING_LEAD = "safeguarding_lead", N_("Safeguarding lead")
    EDITOR = "editor", N_("Editor")


class NationalRoleName(models.TextChoices):
    """National staff, and whoever runs the service."""

    ANALYST = "analyst", "National analyst"
    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    OPERATOR = "operator", "Operator"


class Permission(models.TextChoices):
    """What a page or an action asks for. Every view of ours names exactly one."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    # at a scheme, from a staff role
    SEE_STAFF_PAGES = "see_staff_pages"
    SEE_REGISTER = "see_register"
    SEE_CONCERNS = "see_concerns"
    PASS_ON_HARM = "pass_on_harm"
    MANAGE_COMPLAINTS = "manage_complaints"
    LOG_POINTS = "log_points"
    ACKNOWLEDGE_POINTS = "acknowledge_points"
    APPROVE_WORDS = "approve_words"
    DECIDE_POINTS = "decide_points"
    ASSIGN_POINTS = "assign_points"
    EXPORT_POINTS = "export_points"
    IMPORT_POINTS = "import_points"
    REPORT_TO_BOARD = "report_to_board"
    MAKE_POSTERS = "make_posters"
    REPORT_PROGRESS = "report_progress"
    TELL_PEOPLE = "tell_people"
    SEE_PARTNERS = "see_partners"
    SEE_TEAM = "see_team"
    MANAGE_TEAM = "manage_team"
    MANAGE_SITES = "manage_sites"
    READ_AUDIT = "read_audit"
    EDIT_SITE = "edit_site"
    PUBLISH_SITE = "publish_site"
    AGREE_WITH_GROUPS = "agree_with_groups"
    SEE_MONITORING = "see_monitoring"
    # at a scheme, from a group's agreement with it
    SEE_GROUP_SPACE = "see_group_space"
    # on the platform, from a seat in a group
    SEE_MY_GROUPS = "see_my_groups"
    # the same from a seat in a user-led group: there is some group in which it is held, and each page asks which
    PLAN_VISITS = "plan_visits"
    EDIT_QUESTIONS = "edit_questions"
    LOG_VISITS = "log_visits"
    # on the platform, from any staff role but the operator's
    FOLLOW_ANSWERS = "follow_answers"
    # nationally
    SEE_ALL_SCHEMES = "see_all_schemes"
    COMPARE_SCHEMES = "compare_schemes"
    CREATE_GROUPS = "create_groups"
    # operating
    OPERATE = "operate"


P = Permission

_STAFF = frozenset({P.SEE_STAFF_PAGES, P.SEE_TEAM, P.SEE_MONITORING})
_FRONT_LINE = _STAFF | {
    P.SEE_REGISTER, P.PASS_ON_HARM, P.LOG_POINTS, P.ACKNOWLEDGE_POINTS, P.REPORT_PROGRESS, P.SEE_PARTNERS,
}  # fmt: skip
_LEAD = _FRONT_LINE | {
    P.APPROVE_WORDS, P.DECIDE_POINTS, P.ASSIGN_POINTS, P.EXPORT_POINTS, P.IMPORT_POINTS, P.TELL_PEOPLE,
    P.AGREE_WITH_GROUPS, P.EDIT_SITE, P.PUBLISH_SITE, P.REPORT_TO_BOARD, P.MAKE_POSTERS,
}  # fmt: skip

GRANTS: dict[Role | NationalRoleName, frozenset[Permission]] = {
    Role.MANAGER: _LEAD | {P.MANAGE_TEAM, P.MANAGE_SITES, P.READ_AUDIT, P.SEE_CONCERNS, P.MANAGE_COMPLAINTS},
    Role.INVOLVEMENT_LEAD: _LEAD,
    Role.PRACTITIONER: _FRONT_LINE,
    Role.STR_WORKER: _FRONT_LINE,
    Role.SAFEGUARDING_LEAD: _STAFF | {P.SEE_REGISTER, P.SEE_CONCERNS, P.PASS_ON_HARM},
    Role.EDITOR: _STAFF | {P.APPROVE_WORDS, P.PASS_ON_HARM, P.EDIT_SITE, P.MAKE_POSTERS},
    NationalRoleName.ANALYST: frozenset({P.SEE_ALL_SCHEMES, P.COMPARE_SCHEMES}),
    NationalRoleName.PROGRAMME_MANAGER: frozenset({P.SEE_ALL_SCHEMES, P.COMPARE_SCHEMES, P.CREATE_GROUPS}),
    NationalRoleName.OPERATOR: frozenset({P.OPERATE}),
}

Source = Callable[[UUID, "Scheme | None"], Iterable[Permission]]
_sources: list[tuple[Source, bool]] = []


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody holds: rights that open at once, and those of staff, which ask for a second step (ADR 0045)."""

    plain: frozenset[Permission]
    staff: frozenset[Permission] = frozenset()

    def usable(self, *, second_step: bool) -> frozenset[Permission]:
        """What they can use after signing in with a second step, or without one."""
        return self.plain | self.staff if second_step else self.plain


def register_source(source: Source, *, second_step: bool = False) -> Source:
    """Add a place that rights come from; `source(person_id, scheme)` is asked on every request.

    With `second_step`, whoever holds such a right must have signed in with a second step to use it.
    """
    _sources.append((source, second_step))
    return source


def roles_that_may(*permissions: Permission) -> frozenset[Role]:
    """The staff roles at a scheme that allow all of this."""
    return frozenset(role for role in Role if GRANTS[role].issuperset(permissions))


def held_by(person_id: UUID | None, scheme: "Scheme | None") -> Rights:
    """Everything a person holds at a scheme, or on the platform when no scheme is named."""
    if person_id is None:
        return Rights(frozenset({P.ANYONE}))
    plain: set[Permission] = {P.ANYONE, P.SIGNED_IN}
    staff: set[Permission] = set()
    for source, second_step in _sources:
        (staff if second_step else plain).update(source(person_id, scheme))
    return Rights(frozenset(plain), frozenset(staff))


def rights_of(person_id: UUID | None, scheme: "Scheme | None", *, second_step: bool = True) -> frozenset[Permission]:
    """Everything a person may do there, unless it is said that they signed in without a second step."""
    return held_by(person_id, scheme).usable(second_step=second_step)
