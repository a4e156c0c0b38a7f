"""Make the demonstration, all of it or nothing, and write down who can sign in."""

import json
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from alongside.demo import easy_reads, pages, polish, telling, visits
from alongside.demo.people import Cast, SignIn
from alongside.demo.places import PLACES, PROVIDER
from alongside.demo.site import put_on_the_site
from alongside.demo.stories import STORIES
from kit import clock, outbox, scheduler
from people.models import Person
from tenants.feedback import actions as feedback
from tenants.schemes import provisioning
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role

SIGN_INS = "demonstration.json"
SHOWN_AT_THE_FIRST = (
    Role.MANAGER, Role.INVOLVEMENT_LEAD, Role.PRACTITIONER, Role.STR_WORKER, Role.SAFEGUARDING_LEAD, Role.EDITOR,
)  # fmt: skip


def provision() -> bool:
    """Add the demonstration unless it is there; True if it was made now. Runs as the owner."""
    if Scheme.objects.filter(slug=PLACES[0].slug).exists():
        return False
    password = "-".join(secrets.choice(("elm", "oak", "ash", "fir", "yew", "bay")) for _ in range(2))
    password = f"{password}-{secrets.token_hex(4)}"
    with telling.own_clock(), transaction.atomic():
        cast = Cast(password)
        code = _fill(cast)
    scheduler.tick()
    _write_down(cast.sign_ins, password=password, code=code)
    return True


def _fill(cast: Cast) -> str:
    """Schemes, people, groups, stories; returns the code of a slip to try."""
    cast.national()
    service_users = cast.service_users()
    staff: dict[str, dict[Role, Person]] = {}
    schemes: list[Scheme] = []
    for number, place in enumerate(PLACES):
        scheme = provisioning.provision(
            name=place.name, slug=place.slug, area=place.area, provider=PROVIDER, sites=place.sites
        )
        schemes.append(scheme)
        staff[scheme.slug] = cast.staff_of(scheme, number)
    for role in SHOWN_AT_THE_FIRST:
        cast.show(role.label, staff[schemes[0].slug][role], f"{schemes[0].origin}/staff/")
    cast.show("Another scheme’s manager", staff[schemes[1].slug][Role.MANAGER], f"{schemes[1].origin}/staff/")
    voices = cast.groups(schemes[0], schemes[1])
    for person in service_users.values():
        cast.show("Service user", person, "")
    teller = telling.Teller(service_users)
    for scheme in schemes:
        teller.tell(scheme, staff[scheme.slug], STORIES[scheme.slug])
    with enter(schemes[0]):
        _help(service_users["jo"], by=service_users["lou"])
        easy_reads.write()
    put_on_the_site(schemes[0])
    code = teller.tell_case_study(schemes[0], staff[schemes[0].slug])
    clock.set_to(teller.now, frozen=True)
    visits.go(voices, schemes[0])
    with enter(schemes[0]):
        pages.fill(staff[schemes[0].slug][Role.EDITOR])
        polish.write()
    while outbox.work_once():
        pass
    return code


def _help(person: Person, *, by: Person) -> None:
    """One service user helps another, as a supporter whom that one chose."""
    until, address = clock.today() + timedelta(days=183), str(by.email)
    asked = feedback.choose_supporter(
        person=person, called="Lou from the group", sent_to=address, until=until, may_confirm=True, may_say=True,
        by=person,
    )  # fmt: skip
    feedback.accept_support(token_hash=asked.token_hash, reached_at={address}, by=by)


def _write_down(sign_ins: list[SignIn], *, password: str, code: str) -> None:
    """The sign-ins that a start prints, readable by whoever owns the data folder alone."""
    home = f"{settings.PLATFORM_ORIGIN}/my/"
    rows = [
        {"who": one.who, "address": one.address or home, "email": one.email, "password": password} for one in sign_ins
    ]
    slip = settings.PLATFORM_ORIGIN.replace("://", f"://{PLACES[0].slug}.", 1) + "/answer/"
    rows.append({"who": "With a slip", "address": slip, "email": "no account", "password": code})
    file: Path = settings.DATA_FOLDER / SIGN_INS
    file.touch(mode=0o600)
    file.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
