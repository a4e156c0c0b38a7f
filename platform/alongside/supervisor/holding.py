"""One data folder is served by one Alongside, on a port that nobody else uses."""

import contextlib
import fcntl
import json
import shutil
import socket
from collections.abc import Iterator

from alongside.data_folder import DataFolder, plain_disk_errors
from kit.errors import Refused

KEPT_WHEN_EMPTIED = {"lock", "db.lock", "db.users"}


def refuse_port_in_use(port: int) -> None:
    """Refuse before anything is started when somebody else answers at the port."""
    with socket.socket() as trial:
        # As servers do: a port that was closed a moment ago is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refused(f"Port {port} may be used only by root. Choose another, for example --port 8001.") from None
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            raise Refused(
                f"Another program already uses port {port}. Stop it, or choose another, for example --port {other}."
            ) from None


@contextlib.contextmanager
def held(folder: DataFolder, *, port: int, address: str) -> Iterator[None]:
    """Keep the folder for this process; a second start is told where the first one answers."""
    with plain_disk_errors(folder.path), (folder.path / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(_already_running(folder)) from None
        lock.truncate(0)
        lock.write(json.dumps({"port": port, "address": address}))
        lock.flush()
        yield


def empty(folder: DataFolder) -> None:
    """Throw away everything in a data folder that nobody uses."""
    if not (folder.path / "version").exists():
        return
    with (folder.path / "db.users").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"Another command uses {folder.path} now. Wait until it has ended, and start again."
            ) from None
        for entry in folder.path.iterdir():
            if entry.name in KEPT_WHEN_EMPTIED:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()


def _already_running(folder: DataFolder) -> str:
    try:
        address = json.loads((folder.path / "lock").read_text())["address"]
    except (ValueError, KeyError):
        address = "another port"
    return (
        f"Alongside already runs on {folder.path}, at {address}. Stop it with Ctrl-C where it was started, "
        "or start a second one with another --data and another --port."
    )
