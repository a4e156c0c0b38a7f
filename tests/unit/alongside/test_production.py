"""What stops a start in production, in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from alongside.settings import security

ROOT = Path(__file__).parents[3]


def settings_with(tmp_path: Path, **said: str) -> subprocess.CompletedProcess[str]:
    """Read the settings of sign-in in a process of their own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    own |= {
        "ALONGSIDE_SECRET_KEY": "x" * 50,
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_DATABASE_URL": f"postgresql://alongside_web:x@/alongside?host={tmp_path}",
    }
    return subprocess.run(
        [sys.executable, "-c", "from alongside.settings import signing_in as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"],
        cwd=ROOT,
        env=own | said,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("said", [{}, {"ALONGSIDE_PROXIES": ""}, {"ALONGSIDE_PROXIES": "one"}])
def test_production_does_not_start_without_a_number_of_proxies(tmp_path: Path, said: dict[str, str]) -> None:
    """Behind a proxy all visitors would share one address, and one of them could lock all others out."""
    ended = settings_with(tmp_path, ALONGSIDE_MODE="production", **said)
    assert ended.returncode != 0
    assert "Say how many proxies of yours stand in front of Alongside" in ended.stderr


def test_a_demonstration_needs_no_proxies(tmp_path: Path) -> None:
    assert settings_with(tmp_path, ALONGSIDE_MODE="demonstration").stdout.strip() == "0"


def test_guessing_passwords_is_made_to_cost_work() -> None:
    """Tests hash with less work; the service must not."""
    first = import_string(security.PASSWORD_HASHERS[0])
    assert first.algorithm == "scrypt"
    assert (first.work_factor, first.block_size) >= (2**14, 8)
