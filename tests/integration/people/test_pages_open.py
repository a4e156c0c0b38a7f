"""Every page of people, groups and the boundary opens for who may see it."""

import pytest

from tenants.schemes.rights import NationalRoleName, Role

ANYONE_ON_THE_PLATFORM = ["/", "/sign-in/", "/sign-in/code/", "/sign-in/new/", "/sign-in/password/", "/sign-out/"]
OWN = [
    "/my/",
    "/my/first-visit/",
    "/my/details/",
    "/my/name/",
    "/my/contact/",
    "/my/contact/way/",
    "/my/contact/letter/",
    "/my/contact/worker/",
    "/my/contact/times/",
    "/my/contact/format/",
    "/my/mobile/",
    "/my/sign-ins/",
    "/groups/",
    "/sign-out/",
]
STAFF = ["/staff/", "/team/", "/team/invite/", "/sites/", "/sites/add/", "/audit/", "/agreements/", "/agreements/make/"]


@pytest.mark.parametrize("path", ANYONE_ON_THE_PLATFORM)
def test_anybody_can_open_the_pages_before_signing_in(path, client_at):
    assert client_at(None).get(path).status_code == 200


@pytest.mark.parametrize("path", OWN)
def test_a_person_can_open_their_own_pages(path, client_at, settled_person):
    assert client_at(None, settled_person()).get(path).status_code == 200


@pytest.mark.parametrize("path", STAFF)
def test_a_manager_can_open_the_staff_pages(path, client_at, person, scheme):
    manager = person("Mo", role=Role.MANAGER, at=scheme)
    assert client_at(scheme, manager).get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/schemes/", NationalRoleName.ANALYST),
        ("/operate/", NationalRoleName.OPERATOR),
        ("/groups/new/", NationalRoleName.PROGRAMME_MANAGER),
    ],
)
def test_national_staff_and_operators_can_open_theirs(path, role, client_at, person):
    assert client_at(None, person("Nat", national=role)).get(path).status_code == 200
