"""Cache keys name the schema they were made in, on every alias, and nobody else."""

from django.db import connection
from django.utils.crypto import salted_hmac


def key(key: str, prefix: str, version: int) -> str:
    """`schema:prefix:version:what:hash`; public's own for what is held on the platform.

    Only what stands before the first colon can be read. Behind it may be whose count it is, such as an internet
    address, allauth's counts among them: keyed, so that nobody can try all addresses against what stands in the table.
    """
    what, _, whose = key.partition(":")
    hashed = f":{salted_hmac('schemes.cache', whose, algorithm='sha256').hexdigest()}" if whose else ""
    return f"{connection.schema_name}:{prefix}:{version}:{what}{hashed}"
