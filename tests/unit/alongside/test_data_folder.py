import errno
import os
from types import SimpleNamespace

import pytest

from alongside import data_folder
from alongside.data_folder import DataFolder, held, plain_disk_errors, write_whole
from alongside.surroundings import variables
from kit.errors import Refused


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder.at(tmp_path / "data")
    folder.prepare()
    return folder


def test_a_secret_is_made_once_and_only_its_owner_reads_it(folder):
    first = folder.secret("secret-key")
    assert len(first) >= 48
    assert folder.secret("secret-key") == first
    assert (folder.secrets / "secret-key").stat().st_mode & 0o777 == 0o600
    assert folder.secrets.stat().st_mode & 0o777 == 0o700
    assert folder.secret("another") != first


@pytest.mark.parametrize("file", ["version", "db/PG_VERSION"])
def test_data_of_a_newer_version_is_refused_and_left_alone(folder, file):
    folder.database.mkdir()
    (folder.path / file).write_text("99\n")
    before = sorted(folder.path.rglob("*"))
    with pytest.raises(Refused, match="newer version of Alongside. Nothing in it was changed"):
        folder.prepare()
    assert sorted(folder.path.rglob("*")) == before


def test_data_of_an_older_postgresql_is_refused(folder):
    folder.database.mkdir()
    (folder.database / "PG_VERSION").write_text("16\n")
    with pytest.raises(Refused, match="PostgreSQL 16"):
        folder.prepare()


def test_a_version_that_is_no_number_is_refused_in_words(folder):
    (folder.path / "version").write_text("new\n")
    with pytest.raises(Refused, match="should hold a version number"):
        folder.prepare()


def test_a_file_in_the_place_of_the_folder_is_refused_in_words(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(Refused, match="a file stands there"):
        DataFolder.at(tmp_path / "data").prepare()


def test_a_full_disk_is_told_before_anything_is_made(folder, monkeypatch):
    monkeypatch.setattr(data_folder.shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    with pytest.raises(Refused, match="not enough space on the disk"):
        folder.refuse_without_room()


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "not enough space"), (errno.EROFS, "may not write"), (errno.EACCES, "may not")]
)
def test_what_the_file_system_refuses_is_said_in_words(tmp_path, number, words):
    with pytest.raises(Refused, match=words), plain_disk_errors(tmp_path):
        raise OSError(number, os.strerror(number))


def test_another_error_of_the_file_system_is_not_hidden(tmp_path):
    with pytest.raises(OSError, match="Input/output"), plain_disk_errors(tmp_path):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "file"
    write_whole(file, "before")
    monkeypatch.setattr(data_folder.os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        write_whole(file, "after")
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_lock_is_free_again_after_its_block(tmp_path):
    with held(tmp_path / "lock"):
        pass
    with held(tmp_path / "lock"):
        pass


@pytest.mark.parametrize("kept", ["production", "test", "demonstration"])
def test_what_data_is_for_is_said_once_and_another_mode_is_refused(folder, kept):
    assert folder.mode(kept) == kept
    assert folder.mode(None) == folder.mode(kept) == kept
    other = "demonstration" if kept == "production" else "production"
    with pytest.raises(Refused, match=f"kept for {kept}, and ALONGSIDE_MODE says {other}. Nothing in it was changed"):
        folder.mode(other)
    assert folder.mode(None) == kept


def test_data_of_which_nothing_is_said_is_a_demonstration(folder):
    assert folder.mode(None) == "demonstration"


def test_real_data_from_before_modes_were_kept_is_not_taken_for_a_demonstration(folder):
    (folder.path / "prepared").write_text("x")
    with pytest.raises(Refused, match="kept for production, and ALONGSIDE_MODE says demonstration"):
        folder.mode("demonstration")
    assert folder.mode(None) == "production"


def test_a_demonstration_from_before_modes_were_kept_goes_on(folder):
    (folder.path / "prepared").write_text("x")
    (folder.path / "demonstration.json").write_text("[]")
    assert folder.mode(None) == "demonstration"


def test_a_mode_that_there_is_not_is_refused_and_not_kept(folder):
    with pytest.raises(Refused, match="It must be one of demonstration, test, production"):
        folder.mode("prod")
    assert folder.mode("production") == "production"


@pytest.mark.parametrize("name", ["mail", "media", "logs", "secrets"])
def test_what_people_sent_is_read_by_nobody_else_on_the_machine(folder, name):
    (folder.path / name).chmod(0o755)
    folder.prepare()
    assert (folder.path / name).stat().st_mode & 0o777 == 0o700


def test_the_mode_that_a_folder_is_kept_for_reaches_every_process(folder, monkeypatch):
    folder.mode("production")
    monkeypatch.delenv("ALONGSIDE_MODE", raising=False)
    assert variables(folder, url="postgresql://")["ALONGSIDE_MODE"] == "production"
