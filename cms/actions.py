"""What changes a scheme's Wagtail groups, and what follows when a page was looked at.

Who may edit and who may publish is said by roles alone; the groups only follow.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Revision, WorkflowState
from wagtail.search import index

from kit import clock, scope
from kit.faults import is_away
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
def publish_what_is_due() -> list[Exception]:
    """Take down and publish what was to be, by now; done again, it finds nothing. Called in a scheme's schema.

    Each page by itself, as Wagtail's own command would: one that fails stays as it was, its error is given back.
    """
    over = Page.objects.live().filter(expire_at__lt=clock.now()).order_by("expire_at")
    failed = [
        _failed(partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")) for page in over
    ]
    # Asked only now: of a page that was taken down, nothing is to be published any more.
    due = Revision.objects.filter(approved_go_live_at__lt=clock.now()).order_by("approved_go_live_at")
    failed += [_failed(partial(revision.publish, log_action="wagtail.publish.scheduled")) for revision in due]
    return [error for error in failed if error]


def _failed(change: Callable[[], Any]) -> Exception | None:
    try:
        with transaction.atomic():
            change()
    except Exception as error:
        if is_away(error):
            raise
        return error
    return None


@transaction.atomic
def index_again() -> None:
    """Put all pages of a scheme into its search as they stand."""
    for page in Page.objects.filter(depth__gt=1).specific().iterator():
        index.insert_or_update_object(page)
