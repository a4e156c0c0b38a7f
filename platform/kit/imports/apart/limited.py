"""Begins the process apart: takes everything from itself that a reader does not need, then becomes the reader.

It stands before the reader and not between fork and exec in the service, whose other threads would make that unsafe.
"""

import resource
import runpy
import sys


def take_away(memory: int, seconds: int) -> None:
    """Limits that hold until the process ends: no limit can be raised again."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        # What it reads must not stand in a picture of its memory.
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        had = resource.getrlimit(what)[1]
        most = most if had == resource.RLIM_INFINITY else min(most, had)
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    take_away(int(sys.argv[1]), int(sys.argv[2]))
    runpy.run_path(sys.argv[3], run_name="__main__")
