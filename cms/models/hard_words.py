"""The glossary of a scheme's Easy Read pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from wagtail.admin.panels import FieldPanel

from cms.models.base import PUBLISHED_WORDS
from kit import easy
from kit.erasure import about_nobody


class HardWord(models.Model):
    """A word that is hard and right, and what it means in easy words."""

    about = about_nobody(PUBLISHED_WORDS)

    word = models.CharField(max_length=60, help_text="As it stands in a sentence, such as: custody suite")
    also = models.CharField(
        "other forms", max_length=200, blank=True, help_text="With commas between, such as: custody suites"
    )
    meaning = models.CharField(max_length=200, help_text=f"One sentence of {easy.MOST_WORDS} words at most.")

    panels = [FieldPanel("word"), FieldPanel("also"), FieldPanel("meaning")]

    class Meta:
        verbose_name = "hard word"
        ordering = (Lower("word"), "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("word"), name="hard_word_stands_once",
                violation_error_message="This word is in the list already. Change it there.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """A meaning is as easy to read as the page on which it stands."""
        super().clean()
        if found := easy.broken(self.meaning):
            raise ValidationError({"meaning": str(found)})

    @property
    def forms(self) -> list[str]:
        """How the word may be met in a sentence."""
        return [form for one in [self.word, *self.also.split(",")] if (form := one.strip())]
