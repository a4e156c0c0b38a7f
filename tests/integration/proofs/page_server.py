"""The real server on a port of its own: `python -m tests.integration.proofs.page_server PORT`."""

import sys

from alongside.cli.service import end_with_parent

THREADS = 4


def main(port: int) -> None:
    """Answer requests until the test ends."""
    from granian import Granian
    from granian.constants import Interfaces

    end_with_parent()
    Granian(
        "alongside.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
