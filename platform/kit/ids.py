"""Ids of things, as somebody sends them."""

from uuid import UUID


def as_id(text: str) -> UUID | None:
    """The id, or nothing where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
