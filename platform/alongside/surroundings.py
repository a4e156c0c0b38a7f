"""The environment that a process of Alongside is started with (`docs/wiring.md`)."""

import json
import os
from pathlib import Path

from alongside.data_folder import DataFolder

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = PROJECT / "data"
DEFAULT_PORT = 8000
HOST = "alongside.localhost"


def variables(folder: DataFolder, *, url: str, port: int | None = None) -> dict[str, str]:
    """What settings read: which data, which database in which role, and the address people type."""
    return {
        "ALONGSIDE_MODE": folder.mode(os.environ.get("ALONGSIDE_MODE")),
        "ALONGSIDE_SECRET_KEY": os.environ.get("ALONGSIDE_SECRET_KEY") or folder.secret("secret-key"),
        "ALONGSIDE_DATA": str(folder.path),
        "ALONGSIDE_DATABASE_URL": url,
        "ALONGSIDE_HOST": os.environ.get("ALONGSIDE_HOST", HOST),
        "ALONGSIDE_PORT": str(port or os.environ.get("ALONGSIDE_PORT") or last_port(folder)),
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
    }


def last_port(folder: DataFolder) -> int:
    """The port this data was last served on, so that a command prints addresses that work."""
    try:
        return int(json.loads((folder.path / "lock").read_text())["port"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return DEFAULT_PORT
