"""The manager writes down where a complaint goes."""

from urllib.parse import urlsplit

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import ComplaintWay
from tenants.feedback.models.complaints import THE_ONE


@transaction.atomic
def write_complaint_way(*, words: str, telephone: str, link: str, by: Person) -> ComplaintWay:
    """Write down the provider's own words, telephone and page for complaints; empty, the general words stand alone."""
    link = link.strip()
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).hostname):
        raise NothingSaid("Write the whole address, beginning with https://", field="link")
    given = {"words": words.strip(), "telephone": telephone.strip(), "link": link}
    way, _ = ComplaintWay.objects.update_or_create(
        id=THE_ONE, defaults=given | {"changed_at": clock.now(), "by_id": by.pk}
    )
    audit.record(by=by, operation="change", what="wrote down where a complaint goes")
    return way
