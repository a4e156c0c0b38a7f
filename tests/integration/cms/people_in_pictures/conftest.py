"""A picture or a film on a page that everybody may read, and the files of a picture."""

import pytest

from cms.models import Picture, StandardPage
from tenants.schemes.entering import enter


@pytest.fixture
def put_on_a_page(home, scheme):
    """`put_on_a_page("picture", picture)`: a published page with that block and nothing else."""

    def publish(kind, thing):
        value = thing if kind == "picture" else {"film": str(thing.pk), "says": "Three minutes"}
        if kind == "picture":
            thing.contextual_alt_text, thing.decorative = "A door with a green sign", False
        with enter(scheme):
            page = home.add_child(
                instance=StandardPage(title="Getting here", slug="getting-here", body=[(kind, value)])
            )
            page.save_revision().publish()

    return publish


@pytest.fixture
def files_of(scheme):
    """The address of each size of a picture, made now."""

    def sizes(picture):
        with enter(scheme):
            return [
                Picture.objects.get(pk=picture.pk).get_rendition(size).url for size in ("max-900x1200", "max-30x30")
            ]

    return sizes
