"""Form fields that draw themselves as NHS components: `{{ form.reason.as_field_group() }}`."""

from kit.fields.base import NhsField
from kit.fields.choices import Checkboxes, ModelCheckboxes, ModelRadios, ModelSelect, Radios, Select, Tick
from kit.fields.days import Date
from kit.fields.files import File
from kit.fields.params import component, error_text, first_id, params
from kit.fields.text import Code, Email, Number, Password, Text, Textarea

__all__ = [
    "Checkboxes",
    "Code",
    "Date",
    "Email",
    "File",
    "ModelCheckboxes",
    "ModelRadios",
    "ModelSelect",
    "NhsField",
    "Number",
    "Password",
    "Radios",
    "Select",
    "Text",
    "Textarea",
    "Tick",
    "component",
    "error_text",
    "first_id",
    "params",
]
