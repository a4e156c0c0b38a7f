"""What staff ask those who said a point before it is decided, and what they say to that."""

import uuid

from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person
from tenants.feedback.models.points import Point, Sayer


class Question(models.Model):
    """A question to all who said a point. It stops no clock (ADR 0047)."""

    about = [
        # Staff may repeat in it what was said: it goes with the words.
        about_person(by="point__only_person_id", empty={"words": ""}),
        about_person(by="by_id", keep="who of the staff asked is part of the record"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="questions")
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()
    client_key = models.UUIDField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["client_key"], name="question_sent_once")]

    def __str__(self) -> str:
        return f"Question of {self.at:%-d %B %Y}"


class Reply(models.Model):
    """What one of them says to it: as private as what was said first, and gone with the person."""

    about = about_person(by="sayer__person_id", empty={"words": ""})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="replies")
    sayer = models.ForeignKey(Sayer, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "number")
        constraints = [
            models.UniqueConstraint(fields=["question", "sayer", "number"], name="reply_number_is_its_own"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reply_numbers_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"Reply of {self.at:%-d %B %Y}"
