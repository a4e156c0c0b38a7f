"""Links between people and Wagtail's groups, in each schema: Wagtail's rights are per scheme (data rule 9)."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

from kit.erasure import about_person


class PersonGroup(models.Model):
    """A person in one of this scheme's Wagtail groups."""

    about = about_person(by="person_id", erase=True)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="person_is_in_a_group_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group}"
