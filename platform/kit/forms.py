"""Forms that draw themselves with NHS components, and what a page needs to open one and to list its errors."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_noop as N_
from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from kit import kept
from kit.errors import Refused
from kit.fields import error_text, first_id
from kit.fields.days import PARTS
from kit.fields.params import NAMES as PART_NAMES
from kit.languages import said

YES = N_("Yes")


class Renderer(DjangoTemplates):
    """Draws `kit/…` templates with Jinja2 and leaves Django's own to Django."""

    field_template_name = "kit/fields/any.jinja"

    def get_template(self, template_name: str) -> Any:
        if template_name.endswith(".jinja"):
            return engines["jinja2"].get_template(template_name)
        return super().get_template(template_name)


class Form(forms.Form):
    """A form of ours. Filled with what was kept over a sign-in, it shows the words again and is never valid."""

    default_renderer = Renderer
    use_required_attribute = False

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.kept = isinstance(data, kept.Kept)

    def full_clean(self) -> None:
        """Check what was sent; what was only kept is for the person to send again, so nothing is wrong with it yet."""
        if self.kept:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.kept and super().is_valid()

    def listed(self, bound: BoundField) -> str:
        """What the error summary says of a field."""
        return error_text(bound)

    def refuse(self, refused: Refused | str, field: str | None = None) -> None:
        """Show what an action refused, in the summary and beside the field it is about."""
        self.add_error(field, str(refused))


def form_of(sent: Iterable[tuple[str, str]]) -> type[Form] | None:
    """Which of our forms somebody sent, where only names and values are known: one that asks most of these, and all
    that hold several words, so that nothing is lost that somebody wrote."""
    given = [(_field_of(name), value) for name, value in sent]
    names, written = {name for name, _ in given}, {name for name, value in given if len(value.split()) > 1}
    kinds = [kind for kind in _kinds_of(Form) if names & kind.base_fields.keys() and written <= kind.base_fields.keys()]
    return min(kinds, key=lambda kind: (-len(names & kind.base_fields.keys()), len(kind.base_fields)), default=None)


def is_typed(form: type[Form], name: str) -> bool:
    """Whether a person fills this field in, and not the page by itself."""
    field = form.base_fields.get(name) or form.base_fields.get(_field_of(name))
    return field is not None and not field.widget.is_hidden


def in_words(form: type[Form] | None, name: str, value: str) -> tuple[str, str]:
    """The words of a field, and those of what was chosen in it."""
    field = (form.base_fields.get(name) or form.base_fields.get(_field_of(name))) if form else None
    if field is None:
        return name.replace("_", " ").replace("-", " ").capitalize(), value
    label = said(str(field.label or name))
    if name not in form.base_fields:  # type: ignore[union-attr]
        label = f"{label} ({said(PART_NAMES[name.rpartition('_')[2]]).lower()})"
    if isinstance(field, forms.BooleanField):
        return label, said(YES)
    chosen = dict(getattr(field, "choices", ())).get(value)
    return label, said(str(chosen)) if chosen else value


def _kinds_of(kind: type[Form]) -> Iterator[type[Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds_of(one)


def _field_of(name: str) -> str:
    """The field that an input belongs to: a date has three."""
    base, _, part = name.rpartition("_")
    return base if part in PARTS else name


def error_list(form: Any) -> list[dict[str, str]]:
    """What an error summary lists for one form or several: each text with the id of the input it leads to."""
    if isinstance(form, forms.BaseForm):
        return _errors_of(form) if form.is_bound else []
    if isinstance(form, Undefined) or not isinstance(form, Iterable) or isinstance(form, str):
        return []
    return [item for one in form for item in error_list(one)]


def has_errors(form: Any) -> bool:
    """Whether the page's title must begin with “Error:”."""
    return bool(error_list(form))


def _errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    whole = [{"text": said(str(error))} for error in form.non_field_errors()]
    told = form.listed if isinstance(form, Form) else error_text
    fields = [{"text": told(bound), "href": f"#{first_id(bound)}"} for bound in form if bound.errors]
    return whole + fields


def hidden_for(request: HttpRequest) -> SafeString:
    """The hidden mark that says for whom this page was made, so that kept words return to nobody else."""
    mark = kept.mark_of(request)
    return format_html('<input type="hidden" name="{}" value="{}">', kept.FOR, mark) if mark else mark_safe("")


@pass_context
def form_open(
    context: Context,
    action: str = "",
    *,
    files: bool = False,
    classes: str = "",
    id: str = "",
    script: Mapping[str, str] | None = None,
) -> SafeString:
    """The start of every form that changes something: where to, the CSRF token, and for whom the page was made.

    One that only a script can fill is hidden until the script shows it, and carries what the script needs (`script`).
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        # Without it the form would go out with no CSRF token and fail only when somebody sends it.
        raise TypeError("form_open needs the request of the page: import the macro that calls it “with context”.")
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    named = {"action": action, "enctype": "multipart/form-data" if files else "", "class": classes, "id": id}
    named |= {f"data-{name}": value for name, value in (script or {}).items()}
    attributes = format_html_join("", ' {}="{}"', ((name, value) for name, value in named.items() if value))
    shut = mark_safe(" hidden") if script else ""
    return format_html('<form method="post" novalidate{}{}>{}{}', shut, attributes, token, hidden_for(request))
