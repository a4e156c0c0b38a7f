"""What every page of a scheme's site has in common."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.utils.decorators import cached_classmethod

from cms import moving, showing
from cms.languages import ENGLISH, address, alternates, elsewhere, in_languages
from cms.panels import HandedInPanel, ReadingPanel
from cms.untranslated import language_of, words_in
from kit import page_cache
from kit.erasure import about_nobody

PUBLISHED_WORDS = "Words that a scheme publishes about itself."
# The end of the address of a page's Easy Read twin, which no other page may have.
EASY_READ = "easy-read"
ASCII = "Use the letters a to z without signs on them, digits and hyphens, such as: jak-dojechac"
# The title of a page whose address is not for changing: Wagtail's own panel fails where there is no field for that.
TITLE_ALONE = FieldPanel("title", classname="title", widget=forms.TextInput({"placeholder": "Page title*"}))
ABOUT_THE_ADDRESS = "Small letters from a to z, numbers and -. If you change it, the old address leads to the new one."


class SitePageForm(WagtailAdminPageForm):
    """How an editor writes any page of ours."""

    def clean(self) -> Any:
        """A page that is not there yet is told below which one it will be."""
        self.instance.parent_to_be = self.parent_page
        return super().clean()


class SitePageCopyForm(CopyForm):
    """How an editor copies one."""

    def clean(self) -> Any:
        """Not to where its address would be too long."""
        cleaned = super().clean()
        copy = type(self.page)(slug=cleaned.get("new_slug", ""))
        if moving.is_too_long(copy, below=cleaned.get("new_parent_page") or self.page.get_parent()):
            self.add_error("new_slug", moving.TOO_LONG)
        return cleaned


class SitePage(Page):
    """A page that everybody may read: none is private, and none says anything of a person's record."""

    about = about_nobody(PUBLISHED_WORDS)

    base_form_class = SitePageForm
    copy_form_class = SitePageCopyForm
    is_twin = False
    parent_to_be: Page | None = None
    private_page_options: list[str] = []
    promote_panels = [
        FieldPanel("slug", heading="End of the address", help_text=ABOUT_THE_ADDRESS),
        FieldPanel("search_description"),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, which may be kept in memory: whoever is not signed in reads what all others read."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return page_cache.offer(request, response, choices=self.choices(getattr(response, "context_data", None) or {}))

    def choices(self, context: Mapping[str, Any]) -> Mapping[str, Collection[str]]:
        """What may stand in the query of this page's address, by name: all of it is something that the page offers."""
        return {}

    @cached_classmethod
    def get_edit_handler(cls) -> Any:
        """Whatever is written on a page, its editor sees how it reads."""
        handler = super().get_edit_handler()
        content = handler.children[0].children
        content.insert(1, ReadingPanel(heading="How it reads").bind_to_model(cls))
        content.insert(0, HandedInPanel(heading="Handed in").bind_to_model(cls))
        return handler

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Whatever else stands below a page, its Easy Read twin may."""
        return [*super().clean_subpage_models(), _twins()]

    def clean(self) -> None:
        """The address of a twin is kept for it, and the first part of those of other languages for these.

        None is longer than what is kept of it once it leads elsewhere.
        """
        super().clean()
        if not self.slug.isascii():
            raise ValidationError({"slug": ASCII})
        if self.slug in dict(settings.LANGUAGES):
            raise ValidationError({"slug": "Addresses of pages in another language begin with this. Choose another."})
        if self.slug == EASY_READ and not self.is_twin:
            raise ValidationError({"slug": "This address is kept for the Easy Read of the page above. Choose another."})
        parent = self.get_parent() if self.path else self.parent_to_be
        if parent is not None and moving.is_too_long(self, below=parent):
            raise ValidationError(moving.TOO_LONG if self.is_twin else {"slug": moving.TOO_LONG})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The way to its Easy Read, where there is one, and the one address by which search engines know it.

        Every page of words can be read aloud.
        """
        others = in_languages(self) if self.pk else {}
        return super().get_context(request, *args, **kwargs) | {
            "easy_read": self._way_to_twin(request, others),
            "aloud": True,
            "canonical": self.get_full_url(request),
            "elsewhere": elsewhere(self, others, request),
            "alternates": alternates(self, others, request),
            "pictures": showing.shown_in(self.streams),
            "language_of": self._languages(others),
        }

    def _languages(self, others: Mapping[str, Page]) -> Callable[[Any], str]:
        """What says in which language each of its texts and blocks is written."""
        english = words_in(others[ENGLISH]) if ENGLISH in others else ()
        return partial(language_of, english=english, language=self.locale.language_code)

    @property
    def streams(self) -> list[Any]:
        """What its editor put together from blocks."""
        return [getattr(self, field.name) for field in self._meta.get_fields() if isinstance(field, StreamField)]

    @property
    def twin(self) -> Page | None:
        """Its Easy Read page, published or not."""
        return _twins().objects.child_of(self).first() if self.pk else None

    def _way_to_twin(self, request: HttpRequest, others: Mapping[str, Page]) -> str:
        """Its own; where it has none, that of its English page in the frame of this language."""
        english = others.get(ENGLISH)
        for whole in [self, english] if english and english.live else [self]:
            twin = _twins().objects.child_of(whole).live().first() if whole.pk else None
            if twin is not None:
                return address(twin, request)
        return ""


def _twins() -> Any:
    return resolve_model_string("cms.EasyReadPage")
