"""A group that may go, its lead, and one who goes."""

import pytest

from tenants.schemes.models import Scheme, Site
from tests.factories.groups import let_in
from tests.factories.peer_monitoring import make_ready, ready_group


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def other_place(ready):
    """Another place of the scheme, which lets everybody of the group in."""
    site = Site.objects.filter(scheme=ready.site.scheme_id).exclude(pk=ready.site.pk).earliest("name")
    let_in(ready.agreement, site, ready.lead)
    for one in (ready.lead, *ready.monitors):
        make_ready(one, ready.group, ready.lead, site)
    return site


@pytest.fixture
def led(client_at, ready):
    return client_at(None, ready.lead)


@pytest.fixture
def going(client_at, ready):
    return client_at(None, ready.monitors[0])
