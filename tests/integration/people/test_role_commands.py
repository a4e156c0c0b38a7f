"""National roles and operators, given and ended on the command line."""

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner

from alongside.cli.root import alongside
from audit.models import Entry
from people.queries import second_steps
from tenants.schemes.rights import Permission, rights_of
from tests.factories.people import someone
from tests.factories.second_steps import has_app


def run(tmp_path, *arguments):
    return CliRunner().invoke(alongside, ["--data", str(tmp_path), "person", *arguments])


@pytest.fixture
def robin(as_web):
    return someone("Robin", email="robin@example.org")


def test_the_first_operator_is_made_on_the_command_line(robin, tmp_path):
    answer = run(tmp_path, "give-role", "Robin@example.org", "operator")
    assert (answer.exit_code, answer.output) == (0, "From now on Robin@example.org has the role: Operator.\n")
    assert Permission.OPERATE in rights_of(robin.pk, None)
    assert Entry.objects.about(robin.pk).filter(what="gave somebody a national role").exists()


def test_a_national_role_is_ended_on_the_command_line(robin, tmp_path):
    run(tmp_path, "give-role", "robin@example.org", "analyst")
    assert run(tmp_path, "end-role", "robin@example.org", "analyst").exit_code == 0
    assert Permission.SEE_ALL_SCHEMES not in rights_of(robin.pk, None)
    assert Entry.objects.about(robin.pk).filter(what="ended a national role").exists()


def test_a_role_that_nobody_holds_cannot_be_ended(robin, tmp_path):
    answer = run(tmp_path, "end-role", "robin@example.org", "operator")
    assert (answer.exit_code, answer.stderr) == (1, "robin@example.org does not have the role operator.\n")


def test_no_role_goes_to_an_address_that_nobody_has_shown_to_be_theirs(robin, tmp_path):
    EmailAddress.objects.filter(user=robin).update(verified=False)
    answer = run(tmp_path, "give-role", "robin@example.org", "operator")
    assert (answer.exit_code, answer.stderr[:34]) == (1, "Nobody has signed in with this add")
    assert rights_of(robin.pk, None) == rights_of(someone("Sam").pk, None)


def test_an_operator_takes_the_second_step_from_somebody_who_lost_it(robin, tmp_path):
    has_app(robin)
    answer = run(tmp_path, "reset-second-step", "robin@example.org")
    assert answer.output == "robin@example.org has no second step any more, and was signed out everywhere.\n"
    assert not second_steps(robin).exists()
    assert Entry.objects.about(robin.pk).filter(what="took the second step of somebody who lost it").exists()
    again = run(tmp_path, "reset-second-step", "robin@example.org")
    assert again.exit_code == 1
    assert "has no second step" in again.output
