"""The one step between an editor’s page and the site: somebody who may publish looks at it (ADR 0065)."""

from typing import Any

from django import forms
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask

from kit.erasure import about_nobody

SEND_BACK, PUBLISH = "reject", "approve"


class ReasonForm(TaskStateCommentForm):
    """Why a page goes back: without it nobody knows what to change."""

    comment = forms.CharField(
        label="What should change", max_length=1000, widget=forms.Textarea({"rows": 3}), required=True
    )


class PublishingTask(AbstractGroupApprovalTask):
    """Whoever may publish puts a page on the site, or sends it back and says why."""

    about = about_nobody("a step that every page goes through")

    class Meta:
        verbose_name = "look before publishing"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Two ways on, in our own words."""
        allowed = super().get_actions(obj, user)
        return [(SEND_BACK, "Send back and say why", True), (PUBLISH, "Publish", False)] if allowed else []

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """A page goes back with a reason."""
        return ReasonForm if action == SEND_BACK else TaskStateCommentForm
