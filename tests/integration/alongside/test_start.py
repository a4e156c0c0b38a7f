"""`alongside run`, started, hurt and stopped like the real thing it is."""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from alongside import database
from tests.integration.alongside.starting import Start, database_process, eventually, free_port, users_of

pytestmark = pytest.mark.long

Starting = Callable[..., Start]


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A data folder on which one start has been made and stopped."""
    with tempfile.TemporaryDirectory(prefix="alongside-") as place:
        data = Path(place) / "data"
        start = Start(data)
        try:
            start.wait_until_ready()
        finally:
            start.stop()
        yield data


@pytest.fixture
def data(prepared: Path, place: Path) -> Path:
    """A copy of it that a test may hurt."""
    return Path(shutil.copytree(prepared, place / "data", ignore=shutil.ignore_patterns("socket")))


@pytest.fixture
def starting() -> Iterator[Starting]:
    """Start it; what is still running at the end of the test is ended."""
    started: list[Start] = []

    def start(data: Path, *options: str, port: int | None = None) -> Start:
        started.append(Start(data, *options, port=port))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_says_where_to_go_and_stops_all_that_it_started(data, starting, number):
    start = starting(data).wait_until_ready()
    assert f"http://alongside.localhost:{start.port}" in start.text
    assert start.answers()
    assert len(start.family()) >= 3
    assert start.stop(number) == 0
    assert users_of(data) == []
    assert not start.answers()
    assert "The data is kept." in start.text


def test_a_second_start_is_ready_in_seconds(data, starting):
    began = time.monotonic()
    starting(data).wait_until_ready()
    assert time.monotonic() - began < 15


def test_a_second_start_on_the_same_data_says_that_one_is_running(data, starting):
    first = starting(data).wait_until_ready()
    second = starting(data)
    assert second.wait_for_end() == 1
    assert f"already runs on {data}, at http://alongside.localhost:{first.port}" in second.text
    assert first.answers()


def test_a_start_with_fresh_is_refused_while_one_runs(data, starting):
    first = starting(data).wait_until_ready()
    second = starting(data, "--fresh")
    assert second.wait_for_end() == 1
    assert first.answers() and (data / "prepared").exists()


def test_a_port_in_use_is_said_in_one_sentence(data, starting):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        start = starting(data, port=port)
        assert start.wait_for_end() == 1
    assert start.text == (
        f"Another program already uses port {port}. Stop it, or choose another, for example --port {port + 1}."
    )


def test_data_of_a_newer_version_is_refused(data, starting):
    (data / "version").write_text("99\n")
    start = starting(data)
    assert start.wait_for_end() == 1
    assert "written by a newer version of Alongside" in start.text
    assert "Traceback" not in start.text


def test_a_key_for_what_phones_send_that_cannot_be_read_is_said_in_one_sentence(data, starting):
    folder = data / "secrets" / "phones"
    folder.mkdir(mode=0o700)
    (folder / "0001-0123456789abcdef.pem").write_text("not a key")
    start = starting(data)
    assert start.wait_for_end() == 1
    assert f"The key in {folder}/0001-0123456789abcdef.pem cannot be read" in start.text
    assert "Traceback" not in start.text


@pytest.mark.parametrize("command", ["serve", "work", "clock"])
def test_a_process_that_is_killed_is_started_again(data, starting, command):
    start = starting(data).wait_until_ready()
    before = start.child(command).pid
    os.kill(before, signal.SIGKILL)
    start.wait_for("stopped by itself and is started again")
    assert eventually(lambda: any(one.cmdline()[-1:] == [command] and one.pid != before for one in start.family()))
    assert start.answers_again()
    start.stop()
    assert users_of(data) == []


def test_a_database_that_is_killed_is_started_again(data, starting):
    start = starting(data).wait_until_ready()
    os.kill(database_process(data), signal.SIGKILL)
    start.wait_for("The database stopped by itself and is started again.")
    assert start.answers_again()


def test_when_it_is_killed_itself_the_next_start_finds_the_house_in_order(data, starting):
    start = starting(data).wait_until_ready()
    family = start.family()
    start.process.kill()
    assert eventually(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family))
    again = starting(data, port=start.port).wait_until_ready()
    assert again.answers()
    again.stop()
    assert users_of(data) == []


@pytest.mark.parametrize("moment", ["Making the database.", "Bringing "])
def test_a_first_start_that_is_stopped_half_way_is_taken_up_by_the_next(place, starting, moment):
    data = place / "data"
    start = starting(data)
    start.wait_for(moment)
    assert start.stop() == 0
    assert users_of(data) == []
    assert starting(data).wait_until_ready().answers()


def test_a_database_that_was_half_made_is_made_anew(place, starting):
    data = place / "data"
    start = starting(data)
    start.wait_for("Making the database.")
    assert eventually(lambda: any(data.glob("db.new*/*")))
    os.killpg(start.process.pid, signal.SIGKILL)
    start.wait_for_end()
    assert starting(data).wait_until_ready().answers()


def test_when_nobody_reads_what_it_prints_it_still_stops_everything(data, starting):
    start = starting(data)
    start.stop_reading()
    assert start.answers_again()
    start.process.send_signal(signal.SIGTERM)
    start.process.wait(60)
    assert users_of(data) == []


def test_fresh_empties_the_data(data, starting):
    secret = (data / "secrets" / "secret-key").read_text()
    start = starting(data, "--fresh").wait_until_ready()
    assert "Making the database." in start.text
    assert (data / "secrets" / "secret-key").read_text() != secret


def test_it_stops_nothing_that_it_did_not_start(data, starting):
    bystander = psutil.Popen(["sleep", "60"])
    try:
        starting(data).wait_until_ready().stop()
        assert bystander.is_running() and bystander.status() != psutil.STATUS_ZOMBIE
    finally:
        bystander.terminate()
        bystander.wait()


def test_a_path_too_long_for_a_socket_is_no_hindrance(place, starting, prepared):
    data = place / ("long-" * 20) / ("path-" * 10) / "data"
    shutil.copytree(prepared, data, ignore=shutil.ignore_patterns("socket"))
    start = starting(data).wait_until_ready()
    assert start.answers()
    elsewhere = database.Cluster(database.DataFolder.at(data)).socket
    assert elsewhere.exists()
    start.stop()
    assert not elsewhere.exists()
