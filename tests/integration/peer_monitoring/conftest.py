"""A group that may go to places of Ashmere, its lead, and one who goes."""

from collections.abc import Callable

import pytest
from django.test import Client

from tenants.schemes.models import Scheme, Site
from tests.factories.groups import let_in
from tests.factories.peer_monitoring import Ready, make_ready, ready_group


@pytest.fixture
def ready(scheme: Scheme) -> Ready:
    """The group “Voices”: a lead and two monitors, who may all go to Ashmere's first place."""
    return ready_group(scheme, "Voices")


@pytest.fixture
def other_place(ready: Ready) -> Site:
    """Another place of the scheme, which lets everybody of the group in."""
    site = Site.objects.filter(scheme=ready.site.scheme_id).exclude(pk=ready.site.pk).earliest("name")
    let_in(ready.agreement, site, ready.lead)
    for one in (ready.lead, *ready.monitors):
        make_ready(one, ready.group, ready.lead, site)
    return site


@pytest.fixture
def led(client_at: Callable[..., Client], ready: Ready) -> Client:
    """A browser of the lead."""
    return client_at(None, ready.lead)


@pytest.fixture
def going(client_at: Callable[..., Client], ready: Ready) -> Client:
    """A browser of the first monitor."""
    return client_at(None, ready.monitors[0])
