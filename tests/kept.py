"""Where tests keep databases and data folders between runs: in memory where there is room, else in `data-tests/`.

Making a database is making some thousand files, which takes a disk longer than the tests that use it.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
IN_MEMORY = Path("/dev/shm")
ROOM_NEEDED = 6 * 1024**3  # bytes: three databases with all that they write down before it is done
NAME = "ALONGSIDE_TEST_DATA"
PREFIX = "alongside-tests-"
WHOSE = "of"


def _folder() -> Path:
    if NAME in os.environ:
        return Path(os.environ[NAME])
    try:
        return _in_memory() if shutil.disk_usage(IN_MEMORY).free >= ROOM_NEEDED else ROOT / "data-tests"
    except OSError:
        return ROOT / "data-tests"


def _in_memory() -> Path:
    mark = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    folder = IN_MEMORY / f"{PREFIX}{os.getuid()}-{mark}"
    for other in IN_MEMORY.glob(f"{PREFIX}{os.getuid()}-*"):
        with contextlib.suppress(OSError):  # another run may be clearing it away, too
            if other != folder and not Path((other / WHOSE).read_text()).exists():
                shutil.rmtree(other)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise OSError(f"{folder} is somebody else's.")
    (folder / WHOSE).write_text(str(ROOT))
    return folder


KEPT = _folder()
# Every process of this run keeps to it, however much room there is when that one starts.
os.environ[NAME] = str(KEPT)
