"""What goes with a picture of somebody who is erased."""

from cms.models import Picture
from cms.models.pictures import delete_sizes
from kit.erasure import Report
from people.erasure import follows


@follows
def no_file_of_their_pictures_is_left(report: Report) -> None:
    """Files of sizes of which no row knows, because whoever made them was killed."""
    for key in report.gone.get(Picture._meta.label, ()):
        delete_sizes(int(str(key)))
