"""What each NHS component is told about a field; works for Django's own fields too."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit import languages
from kit.fields.days import PARTS, ThreeBoxes, typed_parts

Params = dict[str, Any]

NAMES = {"day": N_("Day"), "month": N_("Month"), "year": N_("Year")}
# The forms that a language may have for a number; the words of ours fit them all.
PLURALS = ("one", "few", "many", "other")
TEXT_TYPES = {"email", "tel", "url", "search"}


def component(bound: BoundField) -> str:
    """Which NHS component draws this field."""
    named = getattr(bound.field, "component", None)
    return str(named) if named else _by_widget(bound.field.widget)


def params(bound: BoundField) -> Params:
    """The mapping that the component's macro takes."""
    builders = {
        "textarea": _textarea,
        "radios": _choices,
        "checkboxes": _choices,
        "select": _select,
        "tick": _tick,
        "date": _date,
        "file": _file,
        "password": _password,
    }
    return _common(bound) | builders.get(component(bound), _input)(bound)


def first_id(bound: BoundField) -> str:
    """The id of the input that an error summary leads to."""
    if component(bound) == "date":
        wrong = _wrong_parts(bound) or PARTS
        return f"{bound.auto_id}-{wrong[0]}"
    return str(bound.auto_id)


def error_text(bound: BoundField) -> str:
    """All that is wrong with this field, as one text."""
    return ". ".join(_said(error).rstrip(".") for error in bound.errors)


def _by_widget(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.SelectMultiple, "checkboxes"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "tick"),
        (forms.Textarea, "textarea"),
        (forms.PasswordInput, "password"),
        (forms.FileInput, "file"),
        (ThreeBoxes, "date"),
    ]
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


def _text(value: Any) -> str:
    # Added to a plain string, a string marked as safe HTML loses the mark: the components then escape it.
    return "" + str(value)


def _said(value: Any) -> str:
    """The same of words of ours, in the language of the page."""
    return languages.said(_text(value))


def _option(bound: BoundField, name: str) -> Any:
    return getattr(bound.field, name, None)


def _common(bound: BoundField) -> Params:
    errors = error_text(bound)
    return {
        "id": bound.auto_id,
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "label": _label(bound),
        "hint": _hint(bound),
        "errorMessage": {"text": errors, "visuallyHiddenText": _("Error")} if errors else None,
        "disabled": bound.field.disabled,
    }


def _hint(bound: BoundField) -> Params | None:
    words, rule = _said(bound.help_text) if bound.help_text else "", _option(bound, "rule")
    if words and rule:
        return {"html": format_html("{}<br>{}", words, _said(rule))}
    return {"text": words or _said(rule)} if words or rule else None


def _label(bound: BoundField) -> Params:
    return {
        "text": _said(bound.label),
        "size": _option(bound, "label_size") or "s",
        "isPageHeading": bool(_option(bound, "label_is_page_heading")),
        "classes": "nhsuk-u-visually-hidden" if _option(bound, "label_hidden") else "",
    }


def _value(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else _text(bound.field.widget.format_value(value) or "")


def _typing(bound: BoundField) -> Params:
    widget = bound.field.widget.attrs
    spellcheck = _option(bound, "spellcheck")
    return {
        "autocomplete": _option(bound, "autocomplete") or widget.get("autocomplete"),
        "inputmode": _option(bound, "inputmode") or widget.get("inputmode"),
        "spellcheck": spellcheck,
        "autocapitalize": "none" if spellcheck is False else None,
    }


def _input(bound: BoundField) -> Params:
    kind = getattr(bound.field.widget, "input_type", "text")
    maker = bound.field
    return _typing(bound) | {
        "type": kind if kind in TEXT_TYPES else "text",
        "value": _value(bound) or None,
        "width": _option(bound, "width"),
        "prefix": _option(bound, "prefix"),
        "suffix": _option(bound, "suffix"),
        "inputmode": _typing(bound)["inputmode"] or ("numeric" if isinstance(maker, forms.IntegerField) else None),
    }


def _password(bound: BoundField) -> Params:
    return {"autocomplete": _typing(bound)["autocomplete"] or "current-password"}


def _textarea(bound: BoundField) -> Params:
    return (
        _typing(bound)
        | {
            "value": _value(bound),
            "rows": _option(bound, "rows") or 5,
            "maxlength": getattr(bound.field, "max_length", None),
            "threshold": 75,
        }
        | _counted()
    )


def _counted() -> Params:
    """What a box says of how much fits into it; a script puts the number in."""
    if languages.is_english():
        return {}
    few, many = _("%{count} characters left"), _("%{count} characters too many")
    return {
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersUnderLimitText": dict.fromkeys(PLURALS, few),
        "charactersAtLimitText": _("No characters left"),
        "charactersOverLimitText": dict.fromkeys(PLURALS, many),
    }


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(value)}


def _items(bound: BoundField) -> list[Params]:
    chosen = _chosen(bound)
    return [
        {"value": _text(value), "text": _said(label), "on": _text(value) in chosen}
        for value, label in bound.field.choices  # type: ignore[attr-defined]
    ]


def _choices(bound: BoundField) -> Params:
    before = _option(bound, "divider_before")
    items: list[Params] = []
    for item in _items(bound):
        if before is not None and item["value"] == str(before):
            items.append({"divider": _("or")})
        if item["value"]:
            items.append(_choice(bound, item))
    return {
        # The first input has the field's id, so that the error summary leads to it; the list around them has none.
        "id": None,
        "items": items,
        "fieldset": {"legend": _label(bound)},
        "small": bool(_option(bound, "small")),
        "inline": bool(_option(bound, "inline")),
    }


def _choice(bound: BoundField, item: Params) -> Params:
    hint = (_option(bound, "hints") or {}).get(item["value"])
    alone = _option(bound, "alone")
    return {
        "value": item["value"],
        "text": item["text"],
        "html": _with_picture(bound, item),
        "checked": item["on"],
        "hint": {"text": _said(hint)} if hint else None,
        "behaviour": "exclusive" if alone is not None and item["value"] == str(alone) else None,
    }


def _with_picture(bound: BoundField, item: Params) -> str | None:
    name = (_option(bound, "pictures") or {}).get(item["value"])
    if not name:
        return None
    drawn = '<img class="app-easy__picture" src="{}" alt="" width="40" height="40">{}'
    return format_html(drawn, static(f"kit/easy/{name}.svg"), item["text"])


def _select(bound: BoundField) -> Params:
    return {"items": [{"value": i["value"], "text": i["text"], "selected": i["on"]} for i in _items(bound)]}


def _tick(bound: BoundField) -> Params:
    box = {"value": "on", "text": _said(bound.label), "checked": bool(bound.value())}
    # The hint belongs to the one box, not to a group of them.
    hint = {"text": _said(bound.help_text)} if bound.help_text else None
    return {"id": None, "items": [box | {"hint": hint}], "hint": None}


def _wrong_parts(bound: BoundField) -> tuple[str, ...]:
    for error in bound.errors.as_data():
        return tuple((error.params or {}).get("parts", PARTS))
    return ()


def _date(bound: BoundField) -> Params:
    typed = typed_parts(bound.value())
    wrong = _wrong_parts(bound)
    birth = bool(_option(bound, "birth"))
    items = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}_{part}",
            "label": {"text": _said(NAMES[part])},
            "width": 4 if part == "year" else 2,
            "value": _text(typed.get(part, "")) or None,
            "error": part in wrong,
            "autocomplete": f"bday-{part}" if birth else None,
        }
        for part in PARTS
    ]
    return {"items": items, "fieldset": {"legend": _label(bound)}}


def _file(bound: BoundField) -> Params:
    endings = _option(bound, "endings") or ()
    return {"attributes": {"accept": ",".join(f".{ending}" for ending in endings)} if endings else {}}
