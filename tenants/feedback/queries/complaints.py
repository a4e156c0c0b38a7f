"""Where a complaint goes."""

from tenants.feedback.models import ComplaintWay


def complaint_way() -> ComplaintWay | None:
    """What the manager wrote down, if anything."""
    return ComplaintWay.objects.first()


def says_where_complaints_go() -> bool:
    """Whether anything stands there that somebody could use."""
    way = complaint_way()
    return way is not None and bool(way.words or way.telephone or way.link)


def complaint_way_so_far() -> dict[str, str]:
    """The same, to change it."""
    way = complaint_way()
    return {name: getattr(way, name) if way else "" for name in ("words", "telephone", "link")}
