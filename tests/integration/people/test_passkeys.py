"""A passkey signs only what a page of the platform itself asked it for (ADR 0045)."""

import base64
import json

import pytest
from django import forms
from django.conf import settings

from people.passkey_forms import OnOurPages


class Asking(OnOurPages):
    credential = forms.JSONField()


def credential(origin):
    said = base64.urlsafe_b64encode(json.dumps({"origin": origin}).encode()).decode().rstrip("=")
    return {"response": {"clientDataJSON": said}}


def test_what_was_said_on_the_platforms_own_page_is_taken():
    assert Asking({"credential": json.dumps(credential(settings.PLATFORM_ORIGIN))}).is_valid()


@pytest.mark.parametrize("origin", ["subdomain", "http://example.org", "", None])
def test_what_was_said_on_any_other_page_is_refused(origin):
    if origin == "subdomain":
        origin = settings.PLATFORM_ORIGIN.replace("://", "://ashmere.")
    form = Asking({"credential": json.dumps(credential(origin))})
    assert not form.is_valid()
    assert "That passkey does not work here" in str(form.errors)
