"""Where a complaint goes: the provider's own procedure, which nothing here replaces (ADR 0041)."""

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person

THE_ONE = 1


class ComplaintWay(models.Model):
    """The provider's own words, telephone and page on the web for who wants to complain. A scheme has one at most."""

    about = about_person(by="by_id", keep="who of the staff wrote it down is part of the record")

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    words = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    link = models.URLField(max_length=500, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=THE_ONE), name="complaint_way_is_one"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="complaint_way_links_to_a_page",
            ),
        ]

    def __str__(self) -> str:
        return "Where a complaint goes"
