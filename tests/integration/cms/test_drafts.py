"""What an editor saves half-written can be looked at, whatever is still missing."""

import pytest
from django.apps import apps
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import EventPage, HomePage, PeoplePage
from cms.models.base import SitePage
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.cms import answered_point, resource

KINDS = [model for model in apps.get_models() if issubclass(model, SitePage)]


def a_place_for(kind):
    """A page below which one of this kind may stand."""
    (above, *_) = [one for one in kind.allowed_parent_page_models() if issubclass(one, SitePage)]
    there = above.objects.first()
    return there or a_place_for(above).add_child(instance=above(title="Above", slug="above"))


def draft_of(kind, *, blocks):
    """A page as it is after "Save draft" with nothing but its title, or with one of each block as it is added."""
    # No event is saved without its moment.
    asked = {"starts": clock.now()} if kind is EventPage else {}
    page = kind(title="Half", slug="half-written", live=False, **asked)
    for field in kind._meta.get_fields() if blocks else []:
        if isinstance(field, StreamField):
            added = field.stream_block.child_blocks.items()
            setattr(page, field.name, [(name, block.get_default()) for name, block in added])
    if kind is HomePage:
        there = HomePage.objects.first()
        for field in kind._meta.get_fields():
            if isinstance(field, StreamField):
                setattr(there, field.name, getattr(page, field.name))
        there.save_revision(clean=False)
        return there
    a_place_for(kind).add_child(instance=page)
    page.save_revision(clean=False)
    return page


@pytest.mark.parametrize("blocks", [False, True], ids=["empty", "empty blocks"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_with_nothing_filled_in_is_looked_at(kind, blocks, scheme, desk):
    with enter(scheme):
        page = draft_of(kind, blocks=blocks)
    assert desk.get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200


def test_a_page_of_people_on_which_nobody_is_chosen_yet_is_saved_and_looked_at(scheme, desk, home):
    group = {"heading": "", "people": streamfield([("item", "")])}
    form = {"title": "P", "slug": "p", "seo_title": "", "search_description": "", "introduction": ""}
    form |= {"people": streamfield([("group", group)])}
    assert desk.post(f"/cms/pages/add/cms/peoplepage/{home.pk}/", nested_form_data(form)).status_code == 302
    with enter(scheme):
        page = PeoplePage.objects.get()
    assert desk.get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200


def test_a_draft_of_which_nobody_said_what_it_is_has_no_paper(scheme, desk):
    with enter(scheme):
        page = resource("leaflet", answered_point())
        page.kind = ""
        page.save_revision(clean=False)
        page.unpublish()
    assert desk.get(f"/print/{page.pk}/").status_code == 404
