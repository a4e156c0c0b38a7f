"""The keys for what phones seal: made on the command line, listed, and looked at before each start (ADR 0074)."""

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from django.db import connection

from alongside.cli.root import alongside
from audit.models import Entry
from kit.errors import Refused
from peer_monitoring import actions, keys, lost_keys
from peer_monitoring.models import Phone
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group, settled
from tests.factories.phones import Delivering, made_ready, record_of, sealed_draft
from tests.factories.questions import published


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "secrets" / "phones"


@pytest.fixture
def ready(as_web):
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group))


def run(folder, *words):
    answer = CliRunner().invoke(alongside, ["--data", str(folder), "phones", *words])
    return answer.output if answer.exit_code == 0 else f"refused: {answer.output}"


def looked_at(folder):
    with connection.cursor() as cursor:
        return lost_keys.refuse_lost_keys(cursor, folder)


def test_a_new_key_is_handed_out_and_what_was_sealed_before_still_arrives(ready, visit, folder, client_at):
    phone = Delivering(client_at(None), made_ready(ready.monitors[0])[1])
    old = keys.public_key()
    sealed = record_of(visit)
    said = run(folder, "new-key")
    new = keys.public_key()
    assert new != old
    assert new.name in said and str(folder) in said
    assert client_at(None, ready.monitors[0]).get("/app/mine.json").json()["key"]["name"] == new.name
    assert phone.record(sealed, sealed_for=old).status_code == 200
    assert Entry.objects.filter(what="made a new key for phones", by=None).count() == 1


def test_the_list_names_each_key_and_what_waits_for_it(ready, visit, folder):
    assert "There is no key yet" in run(folder, "keys")
    old = keys.public_key()
    sealed_draft(visit, ready.monitors[0])
    run(folder, "new-key")
    assert run(folder, "keys").splitlines() == [
        f"{keys.public_key().name}  for phones from now on",
        f"{old.name}  opens what is older, 2 locked parts wait for it",
    ]
    next(folder.glob(f"*{old.name}.pem")).unlink()
    assert run(folder, "keys").splitlines()[1] == (
        f"{old.name}  is not here, 2 locked parts wait for it: bring it back from a backup"
    )


def test_a_start_with_all_keys_says_nothing(ready, visit, folder):
    assert looked_at(folder) == []
    made_ready(ready.monitors[0])
    keys.public_key()
    sealed_draft(visit, ready.monitors[0])
    keys.make()
    assert looked_at(folder) == []


def other_curve():
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def with_a_password(file):
    hidden = BestAvailableEncryption(b"maple lamp river")
    return keys._load(file).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)


@pytest.mark.parametrize(
    "content",
    [
        lambda file: b"",
        lambda file: b"maple lamp river",
        lambda file: file.read_bytes()[:900],
        lambda file: other_curve(),
        with_a_password,
    ],
    ids=["empty", "words", "cut", "another kind", "with a password"],
)
def test_a_key_that_cannot_be_read_keeps_the_service_from_starting(content, folder):
    keys.make()
    (file,) = folder.iterdir()
    file.write_bytes(content(file))
    with pytest.raises(Refused, match="cannot be read") as refused:
        looked_at(folder)
    assert str(file) in str(refused.value)
    assert "cannot be read" in run(folder, "keys")


def test_a_key_under_the_name_of_another_keeps_the_service_from_starting(folder):
    keys.make()
    keys.make()
    first, second = keys.files_in(folder)
    second.write_bytes(first.read_bytes())
    with pytest.raises(Refused, match="cannot be read"):
        looked_at(folder)


@pytest.mark.parametrize("is_shut_out", [False, True], ids=["ready", "shut out"])
def test_where_phones_were_made_ready_and_no_key_is_left_none_is_made_in_silence(is_shut_out, ready, folder):
    phone, _ = made_ready(ready.monitors[0])
    if is_shut_out:
        actions.shut_out(phone=phone, by=ready.monitors[0].pk)
    with pytest.raises(Refused, match="alongside phones new-key") as refused:
        looked_at(folder)
    assert str(folder) in str(refused.value)
    run(folder, "new-key")
    assert looked_at(folder) == []


def test_where_a_locked_draft_waits_and_no_key_is_left_none_is_made_in_silence(ready, visit, folder):
    sealed_draft(visit, ready.monitors[0])
    Phone.objects.all().delete()
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(Refused, match="alongside phones new-key"):
        looked_at(folder)


def test_where_no_phone_ever_was_a_first_key_may_be_made(folder):
    assert looked_at(folder) == []


def test_a_key_that_is_missing_is_told_where_something_waits_for_it(ready, visit, folder):
    old = keys.public_key()
    sealed_draft(visit, ready.monitors[0])
    keys.make()
    next(folder.glob(f"*{old.name}.pem")).unlink()
    (told,) = looked_at(folder)
    assert old.name in told and told.startswith("2 locked drafts and photos wait here")
