"""What every page with a form of a group does alike."""

from collections.abc import Callable

from groups.errors import GroupsRefused
from kit.forms import Form


def done(form: Form, act: Callable[..., object], *, beside: str | None = None) -> bool:
    """Do what somebody filled in; what is refused stands on the form, with everything that was typed."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except GroupsRefused as refused:
        form.refuse(refused, beside)
        return False
    return True
