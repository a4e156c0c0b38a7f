"""One database, one alias; the role is chosen per process by the URL in the environment (ADR 0002)."""

from urllib.parse import parse_qs, unquote, urlsplit

from alongside.settings.environment import required

_url = urlsplit(required("ALONGSIDE_DATABASE_URL"))

DATABASES = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": _url.path.lstrip("/"),
        "USER": unquote(_url.username or ""),
        "PASSWORD": unquote(_url.password or ""),
        "HOST": parse_qs(_url.query).get("host", [_url.hostname or ""])[0],
        "PORT": str(_url.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 4},
            # A migration waits for no lock longer than this, and no page keeps one that long.
            "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=120s",
        },
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_LIMIT_SET_CALLS = True

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kit_cache",
        "KEY_FUNCTION": "tenants.schemes.cache.key",
        # Of the 300 that Django keeps by itself, anybody could push out the count of their own tries.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Wagtail would keep each size of a picture here, with its words, and write it anew whenever it is shown.
    "renditions": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache",
        "KEY_FUNCTION": "tenants.schemes.cache.key",
    },
}
