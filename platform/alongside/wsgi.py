"""What the server runs. URL configurations are imported now: imported inside a request they would carry its scheme."""

from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kit import page_cache

application = get_wsgi_application()
for urlconf in (settings.PUBLIC_SCHEMA_URLCONF, settings.ROOT_URLCONF):
    import_module(urlconf)
page_cache.listen()
