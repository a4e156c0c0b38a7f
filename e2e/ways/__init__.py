"""Every way to a page that no link leads to by itself."""

from e2e.pages import WAYS
from e2e.ways import editors, groups, people, signing_in, staff

__all__ = ["WAYS", "editors", "groups", "people", "signing_in", "staff"]
