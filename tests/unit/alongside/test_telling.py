import io
import json
import sys

from alongside.data_folder import DataFolder
from alongside.supervisor.telling import demonstration_people, say, say_where_to_go, table


def test_the_sign_ins_are_printed_with_the_port_of_this_start(tmp_path, capsys):
    address = "http://ashmere.alongside.localhost:8000/staff/"
    one = {"who": "Manager", "address": address, "email": "rowan@example.org", "password": "oak-elm"}
    (tmp_path / "demonstration.json").write_text(json.dumps([one]))
    say_where_to_go(DataFolder.at(tmp_path), schemes=[("Ashmere", "ashmere")], port=8123, seconds=4.2)
    words = capsys.readouterr().out
    assert "Alongside  http://alongside.localhost:8123\n" in words
    assert "Ashmere    http://ashmere.alongside.localhost:8123\n" in words
    assert "Manager  http://ashmere.alongside.localhost:8123/staff/  rowan@example.org  oak-elm\n" in words
    assert "Nobody in it is real." in words
    assert "http://alongside.localhost:8123/demonstration/codes/ shows the codes" in words


def test_without_a_demonstration_nobodys_sign_in_is_printed(tmp_path, capsys):
    say_where_to_go(DataFolder.at(tmp_path), schemes=[], port=8123, seconds=4.2)
    assert "sign in" not in capsys.readouterr().out
    assert demonstration_people(DataFolder.at(tmp_path), port=8123) == []


def test_a_table_has_its_columns_under_one_another():
    assert table([("who", "where"), ("a manager", "x")]) == ["who        where", "a manager  x"]


def test_a_terminal_that_is_gone_stops_nothing(monkeypatch):
    class Gone(io.StringIO):
        def write(self, words: str) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdout", Gone())
    say("Stopping.")
