"""What the environment says: read here once, so that a missing value stops the start with a sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from alongside.data_folder import MODES

PROJECT = Path(__file__).resolve().parents[3]


def required(name: str) -> str:
    """The value of an environment variable that the start cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. `./infra/start` sets it; docs/wiring.md says what it holds.")
    return value


MODE = os.environ.get("ALONGSIDE_MODE", "production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"ALONGSIDE_MODE is {MODE!r}. It must be one of {', '.join(MODES)}.")

PRODUCTION = MODE == "production"
DATA = Path(required("ALONGSIDE_DATA")).resolve()
HOST = os.environ.get("ALONGSIDE_HOST", "alongside.localhost")
PORT = int(os.environ.get("ALONGSIDE_PORT", "8000"))
SCHEME = "https" if PRODUCTION else "http"
