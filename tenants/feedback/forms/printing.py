"""How many slips, and for where."""

import uuid
from typing import Any

from django import forms

from kit import fields
from kit.forms import Form
from tenants.schemes import queries as boundary
from tenants.schemes.models import Scheme

MOST_AT_ONCE = 150
ORDINARY, LARGE = "ordinary", "large"


class PrintForm(Form):
    """What to print."""

    many = fields.Number("How many slips", min_value=1, max_value=MOST_AT_ONCE, initial=30)
    site = fields.Select("Where they will lie", required=False, hint="It does not stand on the slips.")
    size = fields.Radios(
        "How large the letters are",
        choices=[(ORDINARY, "Ordinary print, 3 slips to a sheet"), (LARGE, "Large print, 2 slips to a sheet")],
        initial=ORDINARY,
    )

    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_sites = boundary.sites(scheme).filter(closed_on=None)
        self.fields["site"].choices = [("", "Anywhere"), *((str(one.pk), one.name) for one in open_sites)]  # type: ignore[attr-defined]

    def clean_site(self) -> uuid.UUID | None:
        """The id of the site, or nothing."""
        site = self.cleaned_data["site"]
        return uuid.UUID(site) if site else None

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen, as the action calls it."""
        given = self.cleaned_data
        # With Back somebody may come to the same form and want other slips.
        key = uuid.uuid5(given["send"], f"{given['many']}\x1f{given['site']}\x1f{given['size']}")
        return {"many": given["many"], "site_id": given["site"], "client_key": key}

    @property
    def is_large(self) -> bool:
        return bool(self.cleaned_data["size"] == LARGE)
