"""What Wagtail says of pages that were handed in, published and moved."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    post_page_move,
    pre_page_move,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms import actions, languages, moving
from cms.models import HomePage

_MESSAGES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
)


def send_none_of_wagtails_messages() -> None:
    """Their subjects and words name the page, and who wrote it."""
    for signal, sender, uid in _MESSAGES:
        signal.disconnect(sender=sender, dispatch_uid=uid)


@receiver([workflow_approved, workflow_rejected, workflow_cancelled], sender=WorkflowState)
def a_page_was_looked_at(instance: WorkflowState, user: Any, **_: Any) -> None:
    """Whoever handed it in hears what became of it."""
    actions.tell_who_handed_in(handed_in=instance, by=user)


@receiver(copy_for_translation_done)
def a_language_has_its_first_page(target_obj: Any, **_: Any) -> None:
    """Who writes and publishes the English pages does so in the other language."""
    if isinstance(target_obj, HomePage):
        languages.give_rights(target_obj)


@receiver(pre_page_move)
def a_page_is_to_be_moved(instance: Page, parent_page_after: Page, **_: Any) -> None:
    """Not to where its address, or one below it, would be too long to be kept."""
    moving.refuse_too_long(instance, below=parent_page_after)


@receiver([page_published, post_page_move])
def a_page_stands_somewhere(instance: Page, **_: Any) -> None:
    """Whoever follows its address later finds it, wherever it is moved to."""
    moving.keep_addresses(page=instance)
