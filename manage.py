#!/usr/bin/env python
"""Django's own commands, on the database of a data folder."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "platform")]

from alongside.cli.django_command import run  # noqa: E402

if __name__ == "__main__":
    run(sys.argv)
