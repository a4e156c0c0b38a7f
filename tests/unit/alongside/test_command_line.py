import pytest
from click.testing import CliRunner

from alongside.cli.manual import SECTIONS
from alongside.cli.root import alongside
from kit.errors import Refused


def run(*arguments: str):
    return CliRunner().invoke(alongside, arguments)


def test_the_help_names_every_command_that_is_not_for_the_house_itself():
    shown = {name for names in SECTIONS.values() for name in names}
    assert shown == {name for name, command in alongside.commands.items() if not command.hidden}
    words = run("--help").output
    assert all(f"  {name} " in words for name in shown)


def test_the_help_says_what_each_part_is_for_and_gives_examples():
    words = run("--help").output
    assert words.index("Run it:") < words.index("Schemes:") < words.index("People:") < words.index("Keep it going:")
    assert "alongside import-points findings.csv --scheme ashmere" in words


@pytest.mark.parametrize("name", sorted(alongside.commands))
def test_each_command_says_what_it_does(name):
    command = alongside.commands[name]
    assert command.help and command.get_short_help_str(limit=200).endswith(".")
    for inner in getattr(command, "commands", {}).values():
        assert inner.help and inner.get_short_help_str(limit=200).endswith(".")


def test_what_cannot_be_done_is_a_sentence_and_not_a_traceback(monkeypatch, tmp_path):
    def refuse(**_: object) -> None:
        raise Refused("That port is taken.")

    monkeypatch.setattr("alongside.supervisor.supervise", refuse)
    answer = run("--data", str(tmp_path), "run")
    assert (answer.exit_code, answer.stderr, answer.stdout) == (1, "That port is taken.\n", "")


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_a_port_that_is_none_is_refused(port):
    assert run("run", "--port", port).exit_code == 2


def test_the_data_folder_may_be_named_before_or_after_run(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr("alongside.supervisor.supervise", lambda **options: asked.append(options))
    run("--data", str(tmp_path), "run", "--port", "8123")
    run("run", "--data", str(tmp_path), "--port", "8123", "--fresh")
    assert [(one["data"], one["port"], one["fresh"]) for one in asked] == [
        (tmp_path, 8123, False),
        (tmp_path, 8123, True),
    ]


def test_comparing_asks_for_exactly_one_thing_to_compare_with():
    assert run("scheme", "compare", "fenmarsh").exit_code == 2
    assert run("scheme", "compare", "fenmarsh", "brackwell", "--with-migrated").exit_code == 2


@pytest.mark.parametrize("command", [("scheme", "list"), ("tick",), ("work", "--once")])
def test_a_mistyped_folder_is_named_and_nothing_is_made_in_it(command, monkeypatch, tmp_path):
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    nowhere = tmp_path / "mistyped"
    answer = run("--data", str(nowhere), *command)
    assert answer.exit_code == 1
    assert (
        answer.stderr
        == f"There is no Alongside in {nowhere}. Name its folder with --data, or make one: alongside run\n"
    )
    assert not nowhere.exists()


def test_an_invitation_to_what_is_no_address_is_refused(monkeypatch, tmp_path):
    answer = run("scheme", "invite", "ashmere", "notanemail")
    assert (answer.exit_code, answer.stderr) == (1, "notanemail is not an email address.\n")
