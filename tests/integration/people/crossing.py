"""Going from a scheme over the platform and back, as a browser does."""

import re
from urllib.parse import urlsplit


def leads_to(response) -> str:
    """Where a page that moves on leads."""
    assert response.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', response.content.decode())
    return found.group(1).replace("&amp;", "&")


def go(client, address: str):
    """Open a full address as a browser would: with its own host."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", headers={"host": parts.netloc})


def arriving(visitor, platform, next_="/staff/") -> str:
    """The address with the token that the platform gives to a browser that comes from a scheme."""
    return leads_to(go(platform, leads_to(visitor.get(f"/sign-in/?next={next_}"))))
