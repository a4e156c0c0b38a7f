"""What changes a scheme's Wagtail groups, and what follows when a page was looked at.

Who may edit and who may publish is said by roles alone; the groups only follow.
"""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.management.commands.publish_scheduled import Command as PublishScheduled
from wagtail.models import WorkflowState

from kit import scope
from people.actions import notice
from people.models import Person
from roles.models import PersonGroup
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, rights_of

GROUPS = {Permission.EDIT_SITE: "Editors", Permission.PUBLISH_SITE: "Publishers"}
# The kinds of notices: put on the site, sent back, or taken over by somebody else.
NOTICES = {
    WorkflowState.STATUS_APPROVED: "page_published",
    WorkflowState.STATUS_NEEDS_CHANGES: "page_sent_back",
    WorkflowState.STATUS_CANCELLED: "page_taken",
}


def groups_of(allowed: frozenset[Permission]) -> set[str]:
    """The names of the groups that somebody with these rights belongs to."""
    return {name for permission, name in GROUPS.items() if permission in allowed}


@transaction.atomic
def follow_rights(*, person_id: UUID, scheme: Scheme) -> None:
    """Put a person into this scheme's groups, or take them out, as their rights say now. Called in its schema."""
    wanted = groups_of(rights_of(person_id, scheme))
    PersonGroup.objects.filter(person_id=person_id).exclude(group__name__in=wanted).delete()
    for group in Group.objects.filter(name__in=wanted):
        PersonGroup.objects.get_or_create(person_id=person_id, group=group)


def follow_all_rights(*, scheme: Scheme) -> None:
    """The same for everybody who is in a group here: a role may have ended by its date, with nobody doing anything."""
    for person_id in PersonGroup.objects.values_list("person_id", flat=True).distinct():
        follow_rights(person_id=person_id, scheme=scheme)


@transaction.atomic
def tell_who_handed_in(*, handed_in: WorkflowState, by: Person | None) -> None:
    """Put it on the page of whoever handed a page in, unless they did it themselves; no words, only the way there."""
    editor, kind = handed_in.requested_by, NOTICES.get(handed_in.status)
    if editor is None or kind is None or editor == by:
        return
    state = handed_in.current_task_state_id
    notice(
        person_id=editor.pk,
        kind=kind,
        key=f"{handed_in.pk}:{state}:{scope.current()}"[:80],
        path=f"/cms/pages/{handed_in.object_id}/edit/",
        scheme=Scheme.objects.get(schema_name=scope.current()),
    )


@transaction.atomic
def publish_what_is_due() -> None:
    """Publish and take down what was to be, by now; done again, it finds nothing. Called in a scheme's schema."""
    PublishScheduled().handle(dryrun=False)
