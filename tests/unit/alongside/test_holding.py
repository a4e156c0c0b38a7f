import socket

import pytest

from alongside.data_folder import DataFolder
from alongside.supervisor.holding import empty, held, refuse_port_in_use
from alongside.surroundings import last_port
from kit.errors import Refused


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder.at(tmp_path / "data")
    folder.prepare()
    return folder


def test_a_second_start_on_the_same_data_is_told_where_the_first_answers(folder):
    with (
        held(folder, port=8123, address="http://alongside.localhost:8123"),
        pytest.raises(
            Refused, match="already runs on .*/data, at http://alongside.localhost:8123. Stop it with Ctrl-C"
        ),
        held(folder, port=8124, address="http://alongside.localhost:8124"),
    ):
        pass
    assert last_port(folder) == 8123


def test_the_data_is_free_again_when_the_first_has_ended(folder):
    with held(folder, port=8123, address="here"):
        pass
    with held(folder, port=8124, address="there"):
        assert last_port(folder) == 8124


def test_a_port_in_use_is_one_sentence_that_names_another():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"already uses port {port}.*--port"):
            refuse_port_in_use(port)
    refuse_port_in_use(port)


def test_emptying_keeps_only_the_locks(folder):
    folder.secret("secret-key")
    (folder.path / "media" / "picture").write_text("")
    with held(folder, port=8123, address="here"):
        empty(folder)
        assert {entry.name for entry in folder.path.iterdir()} <= {"lock", "db.lock", "db.users"}


def test_a_folder_that_is_not_ours_is_never_emptied(tmp_path):
    (tmp_path / "letters").write_text("dear")
    empty(DataFolder.at(tmp_path))
    assert (tmp_path / "letters").read_text() == "dear"
