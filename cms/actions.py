"""What changes a scheme's Wagtail groups. Who may edit is said by roles alone; the groups only follow."""

from uuid import UUID

from django.contrib.auth.models import Group

from roles.models import PersonGroup
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, rights_of

EDITORS = "Editors"


def follow_rights(*, person_id: UUID, scheme: Scheme) -> None:
    """Put a person into this scheme's editors, or take them out, as their rights say now. Called in its schema."""
    if Permission.EDIT_SITE in rights_of(person_id, scheme):
        PersonGroup.objects.get_or_create(person_id=person_id, group=Group.objects.get(name=EDITORS))
    else:
        PersonGroup.objects.filter(person_id=person_id).delete()


def follow_all_rights(*, scheme: Scheme) -> None:
    """The same for everybody who is in a group here: a role may have ended by its date, with nobody doing anything."""
    for person_id in PersonGroup.objects.values_list("person_id", flat=True).distinct():
        follow_rights(person_id=person_id, scheme=scheme)
