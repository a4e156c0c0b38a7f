"""The four schemes, in areas that do not exist."""

from dataclasses import dataclass

from tenants.schemes.models import Site

PROVIDER = "An invented NHS trust"


@dataclass(frozen=True, slots=True)
class Place:
    """A scheme: its name, its part of the address, its area, and its sites as (name, kind)."""

    name: str
    slug: str
    area: str
    sites: tuple[tuple[str, str], ...]


PLACES = (
    Place(
        "Willowford",
        "willowford",
        "Willowford and the Nether Valley",
        (
            ("Mill Lane custody suite", Site.Kind.CUSTODY),
            ("Nether Valley magistrates’ court", Site.Kind.MAGISTRATES),
            ("Willowford youth court", Site.Kind.YOUTH),
        ),
    ),
    Place(
        "Fenmarsh",
        "fenmarsh",
        "Fenmarsh",
        (("Dyke Road custody suite", Site.Kind.CUSTODY), ("Fenmarsh Crown Court", Site.Kind.CROWN)),
    ),
    Place(
        "Saltersby Sands",
        "saltersby-sands",
        "Saltersby Sands and the islands",
        (("Harbour custody suite", Site.Kind.CUSTODY), ("The Old Chandlery", Site.Kind.COMMUNITY)),
    ),
    Place(
        "Oakenhythe",
        "oakenhythe",
        "Oakenhythe",
        (("Oakenhythe custody suite", Site.Kind.CUSTODY), ("Weir Street rooms", Site.Kind.VOLUNTARY)),
    ),
)
