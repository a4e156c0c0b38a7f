"""What is read under one scheme cannot be used under another (data rule 10, ADR 0007)."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Page, Site

from tenants.feedback.models import Point, Theme
from tenants.schemes.entering import UnknownSchema, enter
from tenants.schemes.guard import WrongScheme
from tenants.schemes.models import Scheme

USES: dict[str, Callable] = {
    "list": list,
    "count": lambda query: query.count(),
    "exists": lambda query: query.exists(),
    "update": lambda query: query.update(**{query.model._meta.pk.attname: None}),
    "delete": lambda query: query.delete(),
    "iterator": lambda query: list(query.iterator()),
    "subquery": lambda query: list(query.model.objects.filter(pk__in=query)),
    "union": lambda query: list(query.union(query)),
    "values": lambda query: list(query.values()),
    "first": lambda query: query.first(),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("model", [Theme, Page, Group])
def test_a_query_made_in_one_scheme_is_refused_in_another(
    use: Callable, model: type, scheme: Scheme, other_scheme: Scheme
) -> None:
    with enter(scheme):
        query = model.objects.all()  # type: ignore[attr-defined]
    with enter(other_scheme), pytest.raises(WrongScheme):
        use(query)


def test_a_result_fetched_in_one_scheme_is_refused_in_another(scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        result = Theme.objects.all()
        assert len(result) > 0
    with enter(other_scheme):
        with pytest.raises(WrongScheme):
            list(result)
        with pytest.raises(WrongScheme):
            result[0]


def test_a_query_made_at_import_serves_every_scheme(scheme: Scheme, other_scheme: Scheme) -> None:
    query = Theme.objects.all()
    for place in (scheme, other_scheme):
        with enter(place):
            assert query.all().exists()


def test_an_instance_is_not_saved_or_deleted_in_another_scheme(scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        theme = Theme.objects.first()
        assert theme is not None
    with enter(other_scheme):
        with pytest.raises(WrongScheme):
            theme.save()
        with pytest.raises(WrongScheme):
            theme.delete()
        with pytest.raises(WrongScheme):
            theme.refresh_from_db()


def test_a_relation_is_not_followed_in_another_scheme(scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        site = Site.objects.get()
        home = Page.objects.get(pk=site.root_page_id)
    with enter(other_scheme):
        with pytest.raises(WrongScheme):
            site.root_page  # noqa: B018
        with pytest.raises(WrongScheme):
            home.sites_rooted_here.count()


def test_public_rows_are_used_anywhere(scheme: Scheme) -> None:
    schemes = Scheme.objects.all()
    with enter(scheme):
        assert scheme in schemes
        assert list(scheme.sites.all())


def test_the_scheme_one_was_in_is_entered_again_after_an_error(scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        with pytest.raises(ZeroDivisionError), enter(other_scheme):
            1 / 0  # noqa: B018
        assert Point.objects.count() == 0
        assert Theme.objects.exists()


def test_a_schema_that_no_scheme_has_is_not_entered() -> None:
    with pytest.raises(UnknownSchema), enter("s_nowhere"):
        pass
    assert connection.schema_name == "public"
