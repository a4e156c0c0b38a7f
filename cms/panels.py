"""What stands with the words of every page in the editor: on whom it waits, how they read, and its Easy Read."""

import json
from datetime import datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.models import Page, WorkflowState

from cms import reading_age
from cms.languages import ENGLISH, in_languages
from cms.untranslated import left_in_english
from kit import easy


class HandedInPanel(Panel):
    """That a page waits for somebody to look at it; or that it came back, from whom and why."""

    class BoundPanel(Panel.BoundPanel):
        """One page's."""

        template_name = "cms/panels/handed_in.html"

        def is_shown(self) -> bool:
            """While somebody has to do something."""
            return bool(self.instance.pk) and self._state() is not None

        def _state(self) -> WorkflowState | None:
            active = WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
            found: WorkflowState | None = (
                self.instance.workflow_states.filter(status__in=active).order_by("created_at").last()
            )
            return found

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Who handed it in, whether it came back, and whether whoever reads this is the one to look."""
            state = self._state()
            step = state.current_task_state if state else None
            came_back = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
            looks = (
                step is not None and not came_back and step.task.specific.get_actions(self.instance, self.request.user)
            )
            return super().get_context_data(parent_context) | {
                "state": state,
                "step": step,
                "came_back": came_back,
                "looks": bool(looks),
                "page": self.instance,
            }


class ReadingPanel(Panel):
    """The reading age with the hardest sentences, and the page's Easy Read."""

    class BoundPanel(Panel.BoundPanel):
        """One page's."""

        template_name = "cms/panels/reading.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """What is known of the words as they were saved, and where to ask while somebody types."""
            page = self.instance
            whole = (page.whole if page.pk else self.form.parent_page) if page.is_twin else None
            scheme = getattr(self.request, "scheme_here", None)
            # True where the page has no English one.
            english = "" if page.locale.language_code == ENGLISH else in_languages(page).get(ENGLISH, True)
            return super().get_context_data(parent_context) | {
                "found": reading_age.found_in(self.form, names=[scheme.name] if scheme else []),
                "ask_at": reverse("reading_age", args=[page._meta.model_name]),
                "rule": rule() if page.is_twin else "",
                "is_twin": page.is_twin,
                "whole": whole,
                "changed_on": page.whole_changed_on if page.is_twin and page.pk else None,
                "twin": page.twin if page.pk and not page.is_twin else None,
                "page": page,
                "english": english,
                "left": left_in_english(page, english) if isinstance(english, Page) else [],
                "english_changed_on": changed_after(english, page) if isinstance(english, Page) else None,
            }


def changed_after(english: Page, page: Page) -> datetime | None:
    """When the English page was published after its words in another language; nothing where the two go together."""
    changed: datetime | None = english.last_published_at
    mine = page.last_published_at
    return changed if changed and mine and changed > mine else None


def rule() -> str:
    """The rule of Easy Read as a browser is handed it, and where our pictures are."""
    return json.dumps(
        {
            "most": easy.MOST_WORDS,
            "word": easy.WORD,
            "next": easy.NEXT_SENTENCE,
            "messages": {str(fault): message for fault, message in easy.MESSAGES.items()},
            "pictures": {name: static(f"kit/easy/{name}.svg") for name in easy.PICTURES},
        }
    )
