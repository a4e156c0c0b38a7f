"""The audit: only ever added to, whoever tries, in public and in each scheme."""

from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

import audit
from audit import queries
from audit.models import Entry
from audit.operations import Basis, Operation
from tenants.schemes.entering import enter
from tenants.schemes.privileges import ERASER, WEB
from tests.databases import cluster


def record(**changes):
    with transaction.atomic():
        return audit.record(**{"by": uuid4(), "operation": "read", "what": "read a point"} | changes)


def test_an_entry_says_who_did_what_about_whom_and_with_which_thing(inside, person):
    robin, sam = person("Robin"), person("Sam")
    entry = audit.record(
        by=robin, operation="disclose", what="passed on a point", subject=sam.pk, thing=inside, basis="consent"
    )
    entry.refresh_from_db()

    assert (entry.by, entry.subject) == (robin.pk, sam.pk)
    assert (entry.thing_kind, entry.thing_id) == ("schemes.scheme", str(inside.pk))
    assert (entry.operation, entry.basis, entry.what) == (Operation.DISCLOSE, Basis.CONSENT, "passed on a point")


def test_an_entry_stands_in_the_scheme_it_was_made_in(scheme, other_scheme):
    with enter(scheme):
        record()
        assert Entry.objects.count() == 1
    with enter(other_scheme):
        assert Entry.objects.count() == 0
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("operation", ["collect", "collate", "disclose"])
def test_collecting_collating_and_disclosing_need_a_lawful_basis(inside, operation):
    with pytest.raises(IntegrityError, match="audit_has_a_lawful_basis_where_one_is_needed"):
        record(operation=operation)
    assert record(operation=operation, basis="public_task").basis == "public_task"


@pytest.mark.parametrize("operation", ["read", "change", "erase"])
def test_other_operations_need_none(inside, operation):
    assert record(operation=operation).basis == ""


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"operation": "lose"}, "audit_operation_is_known"),
        ({"basis": "habit"}, "audit_basis_is_known"),
        ({"what": "Robin said they never told us"}, "audit_what_is_a_plain_phrase"),
        ({"what": "read point 17"}, "audit_what_is_a_plain_phrase"),
        ({"what": ""}, "audit_what_is_a_plain_phrase"),
    ],
)
def test_what_is_not_an_entry_is_refused(inside, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        record(**changes)


@pytest.mark.parametrize("role", [WEB, ERASER])
@pytest.mark.parametrize("schema", ["public", "s_ashmere", "s_brackwell", "template_scheme"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {}.audit_entry SET what = 'nothing'",
        "DELETE FROM {}.audit_entry",
        "TRUNCATE {}.audit_entry",
        "INSERT INTO {0}.audit_entry SELECT * FROM {0}.audit_entry ON CONFLICT (id) DO UPDATE SET what = 'nothing'",
    ],
)
def test_no_role_of_the_service_can_alter_or_remove_an_entry(role, schema, statement):
    url = cluster().url(role, database=connection.settings_dict["NAME"])
    with psycopg.connect(url) as direct, pytest.raises(psycopg.errors.InsufficientPrivilege):
        direct.execute(statement.format(schema))


def test_entries_about_a_person_and_the_newest_first(inside, person, at_moment):
    sam = person("Sam")
    first, second = record(subject=sam), record(subject=sam)
    record(subject=person("Robin"))

    assert list(Entry.objects.about(sam.pk).newest_first()) == [second, first]


@pytest.mark.parametrize("entries", [1, 60])
def test_a_page_of_the_audit_costs_the_same_for_any_number_of_entries(inside, entries, django_assert_num_queries):
    for _ in range(entries):
        record()

    with django_assert_num_queries(2):
        page = queries.recent(1)
        assert len(list(page)) == min(entries, 50)
