"""What one scheme put into a cache, no other finds there, on any alias."""

import pytest
from django.conf import settings
from django.core.cache import caches

from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

# Those that keep anything.
KEEPING = [alias for alias, made in settings.CACHES.items() if not made["BACKEND"].endswith("DummyCache")]


@pytest.mark.parametrize("alias", KEEPING)
def test_the_same_key_at_two_schemes_is_two_things(alias: str, scheme: Scheme, other_scheme: Scheme) -> None:
    for place in (scheme, other_scheme, "public"):
        with enter(place):
            assert caches[alias].get("the-key") is None
            caches[alias].set("the-key", str(place))
    for place in (scheme, other_scheme, "public"):
        with enter(place):
            assert caches[alias].get("the-key") == str(place)


@pytest.mark.parametrize("alias", settings.CACHES)
def test_every_alias_names_the_schema_in_its_keys(alias: str, scheme: Scheme) -> None:
    with enter(scheme):
        assert caches[alias].make_key("x").startswith(f"{scheme.schema_name}:")


def test_no_cache_keeps_a_picture() -> None:
    assert set(settings.CACHES) - set(KEEPING) == {"renditions"}


def test_nobody_pushes_a_count_out_of_the_cache_by_making_many(scheme: Scheme) -> None:
    with enter(scheme):
        caches["default"].set("a-count-of-tries", 7)
        caches["default"].set_many({f"other-{number}": 1 for number in range(400)})
        caches["default"].set("one-more", 1)
        assert caches["default"].get("a-count-of-tries") == 7
