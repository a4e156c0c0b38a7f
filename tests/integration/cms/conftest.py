"""An editor of Ashmere, and their browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role


@pytest.fixture
def editor(person: Callable[..., Person], scheme: Scheme) -> Person:
    """Edith, who edits Ashmere's site and nothing else."""
    return person("Edith", role=Role.EDITOR, at=scheme)


@pytest.fixture
def desk(client_at: Callable[..., Client], scheme: Scheme, editor: Person) -> Client:
    """The editor's browser at Ashmere."""
    return client_at(scheme, editor)


@pytest.fixture
def lead(person: Callable[..., Person], scheme: Scheme) -> Person:
    """Lena, who leads involvement at Ashmere and may publish."""
    return person("Lena", role=Role.INVOLVEMENT_LEAD, at=scheme)


@pytest.fixture
def leads_desk(client_at: Callable[..., Client], scheme: Scheme, lead: Person) -> Client:
    """The browser of whoever may publish."""
    return client_at(scheme, lead)


@pytest.fixture
def public(client_at: Callable[..., Client], scheme: Scheme) -> Client:
    """Anybody's browser at Ashmere."""
    return client_at(scheme)


@pytest.fixture
def home(scheme: Scheme) -> Page:
    """Ashmere's home page. What is asked of it is asked inside Ashmere: a request ends in public."""
    with enter(scheme):
        return Page.objects.get(depth=2).specific
