"""Erasing a person in a schema: everything that is about them, nothing that is not, and files too."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from wagtail.users.models import UserProfile

import audit
from audit.models import Entry
from kit import clock, scope
from kit.erasure import about_person, declared, erase_in_schema
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Invitation, Membership
from tenants.schemes.privileges import ERASER
from tenants.schemes.rights import Role


@pytest.fixture
def sam(person, scheme):
    return person("Sam", role=Role.MANAGER, at=scheme)


@pytest.fixture
def robin(person, scheme):
    return person("Robin", role=Role.MANAGER, at=scheme)


def test_rows_about_the_person_go_and_those_about_others_stay(sam, robin):
    report = erase_in_schema(sam.pk, "public")

    assert report.erased["schemes.Membership"] == 1
    assert list(Membership.objects.values_list("person_id", flat=True)) == [robin.pk]


def test_doing_it_again_does_nothing(sam):
    erase_in_schema(sam.pk, "public")
    again = erase_in_schema(sam.pk, "public")

    assert (again.erased, again.files) == ({}, 0)


def test_only_the_schema_that_was_named_is_touched(scheme, sam):
    with enter(scheme):
        UserProfile.objects.create(user=sam)
    assert "wagtailusers.UserProfile" not in erase_in_schema(sam.pk, "public").erased
    report = erase_in_schema(sam.pk, scheme.schema_name)

    assert report.schema == scheme.schema_name
    assert report.erased == {"wagtailusers.UserProfile": 1}
    assert scope.current() == "public"


def test_stored_files_go_with_the_rows(scheme, sam, robin):
    with enter(scheme):
        for who in (sam, robin):
            profile = UserProfile.objects.create(user=who)
            profile.avatar.save("face.png", ContentFile(b"a picture"))
        kept, gone = (UserProfile.objects.get(user=who).avatar.name for who in (robin, sam))
    assert default_storage.exists(gone)
    report = erase_in_schema(sam.pk, scheme.schema_name)

    assert report.files == 1
    # Asked of the storage itself, which may have been opened on another folder by an earlier test.
    assert default_storage.exists(kept)
    assert not default_storage.exists(gone)


def test_what_is_kept_is_counted_and_left(scheme, sam):
    with enter(scheme):
        audit.record(by=None, operation="read", what="read a point", subject=sam)
    report = erase_in_schema(sam.pk, scheme.schema_name)

    assert report.kept == {"audit.Entry": 1}
    with enter(scheme):
        assert Entry.objects.about(sam.pk).count() == 1


def test_fields_are_emptied_also_where_that_cuts_the_way_to_others(scheme, sam, monkeypatch):
    monkeypatch.setattr(
        Invitation,
        "about",
        [
            about_person(by="accepted_by_id", empty={"accepted_by_id": None, "accepted_at": None}),
            about_person(by="accepted_by_id", empty={"email": ""}),
        ],
    )
    Invitation.objects.create(
        scheme=scheme,
        email="sam@example.org",
        role=Role.MANAGER,
        token_hash="x",
        expires_at=clock.now(),
        accepted_at=clock.now(),
        accepted_by_id=sam.pk,
    )
    report = erase_in_schema(sam.pk, "public")

    invitation = Invitation.objects.get()
    assert (invitation.accepted_by_id, invitation.email) == (None, "")
    assert report.emptied["schemes.Invitation"] == 2


def test_all_of_it_or_nothing_of_it(scheme, sam, monkeypatch):
    monkeypatch.setattr(Membership, "about", about_person(by="person_id", empty={"by_id": None}))
    monkeypatch.setattr(Person, "about", about_person(by="id", empty={"name": None}))
    Membership.objects.filter(person_id=sam.pk).update(by_id=sam.pk)

    with pytest.raises(IntegrityError):
        erase_in_schema(sam.pk, "public")
    assert Membership.objects.get(person_id=sam.pk).by_id == sam.pk


@pytest.mark.parametrize("schema", ["public", "s_ashmere", "template_scheme"])
def test_the_eraser_may_do_what_every_declaration_asks_of_it(schema):
    closed = {"roles_persongroup"} if schema == "public" else set()
    tables = tables_in(schema)
    for model in apps.get_models():
        for about in declared(model):
            table = model._meta.db_table
            if not about.by or table not in tables or table in closed:
                continue
            for right in ["SELECT", *(["UPDATE"] if about.empty else []), *(["DELETE"] if about.erase else [])]:
                assert eraser_may(right, f'"{schema}"."{table}"'), (right, table)


def test_a_table_that_cannot_be_read_is_named(sam):
    assert erase_in_schema(sam.pk, "public").closed >= {"roles_persongroup"}


def tables_in(schema):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {name for (name,) in cursor.fetchall()}


def eraser_may(right, table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ERASER, table, right])
        return cursor.fetchone()[0]
