"""The register leaves the house as a file: who took it, and on which basis, stands in the audit."""

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction

import audit
from kit import exports
from people.models import Person
from tenants.feedback.errors import NoReason
from tenants.feedback.queries.exporting import cells, head
from tenants.feedback.queries.register import Chosen
from tenants.feedback.rules import FileKind, WhyWords
from tenants.schemes import queries as boundary
from tenants.schemes.models import Scheme

WRITERS: dict[FileKind, exports.Writer] = {FileKind.CSV: exports.write_csv, FileKind.ODS: exports.write_ods}


@transaction.atomic
def export_register(
    *, scheme: Scheme, chosen: Chosen, kind: FileKind, basis: str, why_words: WhyWords | None, by: Person
) -> IO[bytes]:
    """A file of the points that were chosen, on disk and open at its beginning; what was said only with a reason."""
    if not basis:
        raise NoReason("Say on which basis you save this.", field="basis")
    sites = {site.pk: site.name for site in boundary.sites(scheme)}
    with_words = why_words is not None
    # A file and no stream of rows: it is read in the scheme's schema and in this transaction, or not at all.
    with ExitStack() as unless_it_is_ready:
        file = unless_it_is_ready.enter_context(TemporaryFile())
        WRITERS[kind](file, head(with_words=with_words), cells(chosen, sites=sites, with_words=with_words))
        what = f"saved what was said as a file {why_words.label}" if why_words else "saved a list of points as a file"
        audit.record(by=by, operation="disclose", what=what, basis=basis)
        file.seek(0)
        unless_it_is_ready.pop_all()
    return file
