"""Only who may edit this scheme's site sees its editor, on every request, and nobody from elsewhere in it."""

from datetime import timedelta

import pytest
from django.db import transaction

from cms.duties import editors_whose_role_ended
from kit import clock, outbox
from roles.models import PersonGroup
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership
from tenants.schemes.rights import GRANTS, Permission, Role
from tenants.schemes.urls_walk import pages_of

URLS = "alongside.urls.scheme"


def links_of(who, scheme):
    with enter(scheme):
        return list(PersonGroup.objects.filter(person_id=who.pk).values_list("group__name", flat=True))


def end_role(who):
    Membership.objects.of(who.pk).update(since=clock.today() - timedelta(days=9), until=clock.today())


def tell_the_worker(who, scheme, what):
    with enter(scheme), transaction.atomic():
        outbox.put("schemes.membership_changed", key=f"{who.pk}.{what}", person=who.pk)


def test_whoever_is_not_signed_in_signs_in_and_comes_back(public):
    answer = public.get("/cms/pages/?q=x")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fcms%2Fpages%2F%3Fq%3Dx")


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (Role.MANAGER, ["Editors", "Publishers"]),
        (Role.INVOLVEMENT_LEAD, ["Editors", "Publishers"]),
        (Role.EDITOR, ["Editors"]),
        (Role.PRACTITIONER, []),
        (Role.STR_WORKER, []),
        (Role.SAFEGUARDING_LEAD, []),
    ],
)
def test_the_groups_follow_the_rights_of_each_role(role, groups, person, scheme, work):
    somebody = person(role=role, at=scheme)
    tell_the_worker(somebody, scheme, "since")
    work()
    assert sorted(links_of(somebody, scheme)) == groups


def test_who_may_not_publish_any_more_cannot_even_before_the_worker_has_come_by(leads_desk, lead, home, scheme):
    leads_desk.get("/cms/")
    assert sorted(links_of(lead, scheme)) == ["Editors", "Publishers"]
    Membership.objects.of(lead.pk).update(role=Role.EDITOR)
    leads_desk.get("/cms/")
    assert links_of(lead, scheme) == ["Editors"]


@pytest.mark.parametrize("role", list(Role))
def test_the_editor_opens_for_the_roles_that_edit_and_is_not_there_for_others(role, client_at, person, scheme):
    answer = client_at(scheme, person(role=role, at=scheme)).get("/cms/")
    assert answer.status_code == (200 if Permission.EDIT_SITE in GRANTS[role] else 404)


def test_an_editor_of_another_scheme_finds_nothing(client_at, person, scheme, other_scheme):
    assert client_at(scheme, person(role=Role.EDITOR, at=other_scheme)).get("/cms/").status_code == 404


def test_every_page_of_the_editor_names_the_permission():
    inside = [page for page in pages_of(URLS) if page.in_cms]
    assert len(inside) > 100
    assert {page.permission for page in inside} == {Permission.EDIT_SITE}


def test_a_role_that_ended_closes_the_editor_before_the_worker_has_come_by(desk, editor, scheme):
    assert desk.get("/cms/").status_code == 200
    end_role(editor)
    assert links_of(editor, scheme) == ["Editors"]
    assert desk.get("/cms/").status_code == 404


def test_the_worker_makes_and_ends_the_link_to_the_editors(editor, scheme, work):
    tell_the_worker(editor, scheme, "since")
    work()
    assert links_of(editor, scheme) == ["Editors"]
    end_role(editor)
    tell_the_worker(editor, scheme, "until")
    work()
    assert links_of(editor, scheme) == []


def test_the_end_of_one_role_takes_the_link_of_nobody_else(editor, person, scheme, work):
    colleague = person("Bo", role=Role.EDITOR, at=scheme)
    for who in (editor, colleague):
        tell_the_worker(who, scheme, "since")
    end_role(editor)
    tell_the_worker(editor, scheme, "until")
    work()
    assert (links_of(editor, scheme), links_of(colleague, scheme)) == ([], ["Editors"])


def test_a_role_without_the_right_makes_no_link(person, scheme, work):
    somebody = person(role=Role.PRACTITIONER, at=scheme)
    tell_the_worker(somebody, scheme, "since")
    work()
    assert links_of(somebody, scheme) == []


def test_the_clock_ends_the_links_of_roles_that_ended_by_their_date(desk, editor, scheme):
    desk.get("/cms/")
    end_role(editor)
    with enter(scheme):
        editors_whose_role_ended()
    assert links_of(editor, scheme) == []


def test_the_list_of_editors_shows_those_of_this_scheme_alone(desk, editor, client_at, person, other_scheme, scheme):
    colleague = person("Billie Elsewhere", role=Role.EDITOR, at=other_scheme)
    person("Kit Service User")
    assert client_at(other_scheme, colleague).get("/cms/").status_code == 200

    page = desk.get("/cms/users/").content.decode()

    assert "Edith" in page
    assert "Elsewhere" not in page
    assert "Service User" not in page


def test_wagtails_pages_for_passwords_have_no_address():
    assert not [page.route for page in pages_of(URLS) if page.in_cms and "password" in page.route]


@pytest.mark.parametrize("path", ["login/", "users/new/", "groups/new/"])
def test_accounts_and_groups_are_not_made_here(desk, path):
    assert desk.get(f"/cms/{path}").status_code == 404


def test_groups_are_not_shown(desk):
    assert desk.get("/cms/groups/").status_code == 302


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_nobody_is_changed_as_one_of_many(desk, editor, person, action):
    other = person("Other")
    answer = desk.post(f"/cms/bulk/people/person/{action}/?id={other.pk}", {"role": 1, "mark_as_active": "False"})
    assert answer.status_code in (302, 404)
    other.refresh_from_db()
    assert other.is_active


def test_signing_out_of_the_editor_ends_the_session(desk):
    assert desk.get("/cms/logout/").status_code == 405
    assert "/sign-out/?" in desk.post("/cms/logout/").content.decode()
    assert desk.get("/cms/")["Location"].startswith("/sign-in/")


def test_the_account_is_the_one_on_the_platform(desk):
    assert desk.get("/cms/account/")["Location"] == "http://alongside.localhost:8000/my/"
