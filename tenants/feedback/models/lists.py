"""The lists a scheme sorts by. Core codes are the same everywhere; a scheme may add its own beside them (S93)."""

import uuid

from django.db import models
from django.db.models import Q

from kit.erasure import about_nobody


class Theme(models.Model):
    """What a point is about."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    core = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("label",)
        constraints = [
            models.UniqueConstraint(fields=["code"], name="theme_code_is_its_own"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(label=""), name="theme_has_a_code_and_a_label"),
        ]

    def __str__(self) -> str:
        return self.label


class GroupTag(models.Model):
    """A group of people a point came from. `source_words` is how a source named it, and is never shown as ours."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    source_words = models.CharField(max_length=120, blank=True)
    core = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    # None for those that a scheme begins with.
    added_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("label",)
        constraints = [
            models.UniqueConstraint(fields=["code"], name="group_tag_code_is_its_own"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(label=""), name="group_tag_has_a_code_and_a_label"),
        ]

    def __str__(self) -> str:
        return self.label


class Partner(models.Model):
    """An organisation through which a scheme reaches a group (S77). Its name is for staff and is not published."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=200)
    group = models.ForeignKey(GroupTag, on_delete=models.PROTECT, related_name="partners")
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ("organisation",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "group"], name="partner_reaches_a_group_once"),
            models.CheckConstraint(condition=~Q(organisation=""), name="partner_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.organisation
