"""What people asked for that an operator does on the command line."""

from collections.abc import Iterable

from people.models import ErasureRequest
from tenants.schemes import operating
from tenants.schemes.operating import ToDo


@operating.register
def erasures() -> Iterable[ToDo]:
    """Who asked to be erased, by id."""
    for one in ErasureRequest.objects.all():
        yield ToDo("Somebody asked to be erased", one.asked_at, f"alongside person erase {one.person_id}")
