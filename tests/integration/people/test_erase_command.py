"""Erasing on the command line: whom it found and what would go stand before the question."""

import pytest
from click.testing import CliRunner

from alongside.cli.root import alongside
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import ERASER
from tests.factories.feedback import said, somebody
from tests.factories.people import someone
from tests.integration.conftest import connect_as


def erase(tmp_path, who, *more, answer=""):
    return CliRunner().invoke(alongside, ["--data", str(tmp_path), "person", "erase", who, *more], input=answer)


@pytest.fixture
def robin(as_owner, scheme: Scheme) -> Person:
    made = someone("Robin", email="robin@example.org")
    with enter(scheme):
        said(somebody(made))
    connect_as(ERASER, as_owner)
    return made


def test_it_says_whom_it_found_and_what_would_go_and_then_asks(robin, scheme, tmp_path):
    answer = erase(tmp_path, "Robin@example.org", answer="n\n")
    found, _, asked = answer.output.partition("Erase this person everywhere? This cannot be undone.")
    assert found.startswith("Robin, robin@example.org, here since ")
    # The point, the one who said it, and their two agreements.
    assert f"{scheme.name}: 0 rows would be erased, 4 emptied" in found and "Outside the schemes: " in found
    assert answer.exit_code == 1 and "has been erased" not in asked
    robin.refresh_from_db()
    assert robin.email == "robin@example.org" and robin.is_active


def test_what_it_said_would_go_goes(robin, scheme, tmp_path):
    answer = erase(tmp_path, str(robin.pk), answer="y\n")
    assert answer.exit_code == 0
    assert f"{scheme.name}: 0 rows were erased, 4 emptied" in answer.output
    assert answer.output.endswith("The person has been erased.\n")
    robin.refresh_from_db()
    assert robin.email is None


def test_nobody_is_asked_about_somebody_who_is_not_there(robin, tmp_path):
    answer = erase(tmp_path, "robyn@example.org", answer="y\n")
    assert answer.exit_code == 1 and "Nobody here has the address or id robyn@example.org." in answer.stderr
    assert "Erase this person" not in answer.output


def test_yes_asks_nothing(robin, tmp_path):
    answer = erase(tmp_path, "robin@example.org", "--yes")
    assert answer.exit_code == 0 and "Erase this person everywhere?" not in answer.output
    assert "would be erased" in answer.output
