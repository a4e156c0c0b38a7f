"""Workers that are ready at once: for each line it reads a child does what is due; its id is printed, then its end."""

import os
import sys

import django

django.setup()

from kit import outbox  # noqa: E402
from tenants.feedback import handlers  # noqa: E402, F401 (so that a child need not import it)


def main() -> None:
    """Nothing is open before the fork: each child makes its own connection, as a worker that starts does."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            while outbox.work_once():
                pass
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
