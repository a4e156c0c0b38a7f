"""Canaries in all that a user-led group holds: a word of its own in every text, then every page of every host is read.

Whoever has no seat in the group meets none, but for what an agreement says to the scheme it was made with; and what is
kept of a member is met by nobody but that member and the lead.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test.client import Client

from groups import actions
from groups.models import Group
from tenants.schemes.models import Scheme
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import Permission
from tests.cast import Cast, assemble
from tests.factories import groups
from tests.integration.proofs import matrix
from tests.integration.proofs.canaries import Canaries, text_fields, write

ASHMERE, BRACKWELL = "ashmere", "brackwell"
# One of each kind; the long proof has everybody.
AT_A_SCHEME = ("anonymous", "involvement_lead here", "manager elsewhere", "group supporter")
FEW = (
    "anonymous", "manager here", "programme_manager", "another group's lead", "group lead", "group member",
    "group supporter",
)  # fmt: skip
OURS = {"group lead", "group member", "group supporter"}
# What a scheme reads of its own agreement, and everybody who sets groups up or agrees with one.
SAID_TO_THE_SCHEME = {
    "groups.Agreement.contact_role", "groups.Agreement.contact_way", "groups.Agreement.payment",
    "groups.AgreedResource.words", "groups.GroupDecision.what", "groups.DeliveryReport.words", "groups.Group.name",
}  # fmt: skip
# Who reads with which group an agreement was made.
MAY_NAME = {Permission.SEE_GROUP_SPACE, Permission.SEE_MONITORING}
# A secret or a part of an address, and no words.
LEFT_ALONE = {"groups.Group.slug", "groups.GroupInvitation.token_hash", "groups.GroupInvitation.email"}


class World:
    """The cast, with Voices full of canaries and Others beside it."""

    def __init__(self, here: Scheme, elsewhere: Scheme) -> None:
        self.cast: Cast = assemble(here, elsewhere)
        self.canaries = Canaries()
        self.planted: set[str] = set()
        self.walked: dict[tuple[str, bool, bool], set[str]] = {}
        voices = Group.objects.get(slug="voices")
        lead = self.cast.people["group lead"]
        assert lead is not None
        agreement = voices.agreements.get()
        groups.promised(agreement, here, kind="other", pounds=None, words=self.new("groups.AgreedResource.words"))
        decision = groups.decided(agreement, lead, self.new("groups.GroupDecision.what"))
        groups.reported(decision, here, words=self.new("groups.DeliveryReport.words"))
        permission = agreement.permissions.get()
        actions.end_permission(permission=permission, reason=self.new("groups.HostPermission.ended_reason"), by=lead.pk)
        told = ("given_by_role", "given_by_organisation", "conditions")
        words = {name: self.new(f"groups.HostPermission.{name}") for name in told}
        site = here.sites.get(pk=permission.site_id)
        self.cast.things["permission_id"] = groups.let_in(agreement, site, lead, **words).pk
        for seat in voices.memberships.all():
            actions.say_lived_experience(membership=seat, has=True, by=seat.person_id)
            actions.set_vetting(
                membership=seat, site=here.sites.earliest("name"), status="does_not_stand", stands_until=None, by=None
            )
        self._plant(voices)
        self.browsers = matrix.visitors(self.cast)

    def _plant(self, voices: Group) -> None:
        for model in apps.get_app_config("groups").get_models():
            rows = model._base_manager.filter(**{_way_to_the_group(model): voices.pk})
            for field in text_fields(model):
                place = f"{model._meta.label}.{field.name}"
                if place in LEFT_ALONE:
                    continue
                for row in rows.values_list("pk", flat=True):
                    word = self.canaries.new(place)
                    if write(model, row, field, word):
                        self.planted.add(place)
                    else:
                        del self.canaries.where[word]

    def new(self, place: str) -> str:
        """A word for what is written once, by an action."""
        self.planted.add(place)
        return self.canaries.new(place)

    def pages(self, *, on_platform: bool) -> dict[str, Permission]:
        table = PLATFORM_PAGES if on_platform else SCHEME_PAGES
        return {
            matrix.address_of(page, on_platform=on_platform, cast=self.cast): permission
            for page, permission in table.items()
        }

    def met(self, who: str, *, on_platform: bool, few: bool = True) -> set[str]:
        """Which canaries somebody meets, on all pages that they may open; of those for everybody on a few of them."""
        if (who, on_platform, few) not in self.walked:
            self.walked[who, on_platform, few] = self._walk(who, on_platform=on_platform, few=few)
        return self.walked[who, on_platform, few]

    def _walk(self, who: str, *, on_platform: bool, few: bool) -> set[str]:
        rights = self.cast.rights_on_platform if on_platform else self.cast.rights_at_scheme
        client: Client = self.browsers[who, on_platform]
        found: set[str] = set()
        for address, permission in self.pages(on_platform=on_platform).items():
            if permission in rights[who] and (not few or matrix.is_read_by(who, address, permission)):
                with matrix.taken_back(client):
                    answer = client.get(address)
                body = b"".join(answer) if answer.streaming else answer.content
                found |= self.canaries.found_in(body) | self.canaries.found_in(str(answer.headers))
        return found


def _way_to_the_group(model: type[Model]) -> str:
    """The lookup by which the rows of a group are found."""
    names = {field.name for field in model._meta.fields}
    ways = {"group": "group", "agreement": "agreement__group", "decision": "decision__agreement__group"}
    return next((way for name, way in ways.items() if name in names), "pk")


@pytest.fixture(scope="module")
def world(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(*(Scheme.objects.get(slug=slug) for slug in (ASHMERE, BRACKWELL)))
        transaction.set_rollback(True)


def test_every_text_of_a_group_has_a_canary_and_its_lead_meets_them(world: World) -> None:
    assert len(world.planted) > 18
    met = world.met("group lead", on_platform=True)
    assert world.planted - met == set()


@pytest.mark.parametrize("few", [True, pytest.param(False, marks=pytest.mark.long)])
def test_who_has_no_seat_meets_nothing_of_a_group_on_the_platform(few: bool, world: World) -> None:
    for who in (set(FEW) if few else set(world.cast.people)) - OURS:
        met = world.met(who, on_platform=True, few=few)
        may_name = Permission.CREATE_GROUPS in world.cast.rights_on_platform[who]
        assert met - ({"groups.Group.name"} if may_name else set()) == set(), who


@pytest.mark.parametrize("few", [True, pytest.param(False, marks=pytest.mark.long)])
def test_at_a_scheme_its_staff_meet_what_its_agreement_says_and_nobody_else_does(few: bool, world: World) -> None:
    """S47: both sides read it; a supporter of the group reads its name in the space that the scheme shares."""
    for who in AT_A_SCHEME if few else world.cast.people:
        met = world.met(who, on_platform=False, few=few)
        rights = world.cast.rights_at_scheme[who]
        allowed = SAID_TO_THE_SCHEME if Permission.AGREE_WITH_GROUPS in rights else set()
        allowed = allowed | ({"groups.Group.name"} if rights & MAY_NAME else set())
        assert met - allowed == set(), who
        if Permission.AGREE_WITH_GROUPS in rights:
            assert {"groups.GroupDecision.what", "groups.Agreement.payment"} <= met


def test_what_is_kept_of_a_member_is_met_by_them_and_their_lead_alone(world: World) -> None:
    kept = {"groups.Training.name"}
    for who in FEW:
        met = world.met(who, on_platform=True)
        assert (met & kept == kept) is (who in {"group lead", "group member"}), who


def test_no_word_of_vetting_is_met_by_another_member(world: World) -> None:
    """F5: neither that a place said no, nor that somebody has lived through it."""
    client = world.browsers["group supporter", True]
    for address in world.pages(on_platform=True):
        if "/readiness/" not in address:
            with matrix.taken_back(client):
                shown = client.get(address).content.decode()
            assert "does not stand" not in shown and "You said yes" not in shown, address
