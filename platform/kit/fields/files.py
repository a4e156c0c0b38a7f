"""A field with which a person sends a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit.fields.base import NhsField


class File(NhsField, forms.FileField):
    """A file; `endings` like ("csv",) and `max_megabytes` are checked and told in plain words."""

    component = "file"
    asks = N_("Choose")

    def __init__(
        self, label: str, *, endings: Sequence[str] = (), max_megabytes: int | None = None, **kwargs: Any
    ) -> None:
        messages = {
            "empty": N_("This file is empty. Choose another file"),
            "max_length": N_("The name of this file is too long. Give it a shorter name and choose it again"),
            "invalid": N_("We did not get the file. Choose it again"),
        }
        super().__init__(label, error_messages=messages | kwargs.pop("error_messages", {}), **kwargs)
        self.endings = tuple(ending.lower() for ending in endings)
        self.max_megabytes = max_megabytes

    def clean(self, value: Any, initial: Any = None) -> Any:
        file = super().clean(value, initial)
        if isinstance(file, UploadedFile):
            self._check(file)
        return file

    def _check(self, file: UploadedFile) -> None:
        ending = (file.name or "").rpartition(".")[2].lower()
        if self.endings and ending not in self.endings:
            wanted = " or ".join(f".{name}" for name in self.endings)
            raise ValidationError(
                _("Choose a file that ends in %(endings)s") % {"endings": wanted}, code="wrong_ending"
            )
        if self.max_megabytes and (file.size or 0) > self.max_megabytes * 1_000_000:
            raise ValidationError(
                _("Choose a file smaller than %(most)s MB") % {"most": self.max_megabytes}, code="too_big"
            )
