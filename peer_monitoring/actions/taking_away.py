"""What a team wrote leaves the house as a file: who took it stands in the audit."""

from uuid import UUID

from django.db import transaction

import audit
from kit.exports import FileKind
from peer_monitoring.files import as_sent, table
from peer_monitoring.models import Visit
from peer_monitoring.written import everything

AS_SENT = "json"


@transaction.atomic
def take_away(*, visit: Visit, kind: str, by: UUID) -> bytes:
    """All that was received of a visit: as a table, or every byte as it was sent."""
    found = everything(visit)
    file = as_sent(visit, found) if kind == AS_SENT else table(visit, found, FileKind(kind))
    audit.record(by=by, operation="read", what="took what a team wrote as a file", thing=visit)
    return file
