"""What a scheme's site needs once its schema has been copied from the template."""

from uuid import uuid4

from django.conf import settings
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from tenants.schemes.models import Scheme
from tenants.schemes.provisioning import finishes_provisioning


@finishes_provisioning
def give_the_site_its_address(scheme: Scheme) -> None:
    """Links of the site lead to this scheme's host."""
    site = WagtailSite.objects.get(is_default_site=True)
    site.hostname, site.port, site.site_name = scheme.host, settings.PUBLIC_PORT or 443, scheme.name
    site.save()


@finishes_provisioning
def make_the_pages_its_own(scheme: Scheme) -> None:
    """Pages copied from the template get keys of their own; saving puts them into the editors' search."""
    for page in Page.objects.all():
        page.translation_key = uuid4()
        page.save(update_fields=["translation_key"])
