"""People whom the site names, as they want it, and nowhere from when they take it back."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms import named_actions as actions
from cms import picture_actions
from cms.errors import AlreadyOver
from cms.models import Named, PeoplePage, Picture, PictureConsent
from kit import clock
from kit.erasure import erase_in_schema
from tenants.schemes.entering import enter
from tests.factories.cms import a_picture, agreed, named
from tests.factories.people import someone

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PAGE = "/people/"


@pytest.fixture
def page_of(home, scheme):
    """`page_of(kim, robin)`: a published page with these people."""

    def publish(*people):
        value = {"heading": "Our team", "people": [str(one.pk) for one in people]}
        with enter(scheme):
            page = home.add_child(instance=PeoplePage(title="People", slug="people", people=[("group", value)]))
            page.save_revision().publish()

    return publish


def read(public):
    return public.get(PAGE).content.decode().partition("<main")[2]


def test_a_page_shows_people_in_the_order_chosen_with_the_portraits_that_may_be_shown(scheme, editor, page_of, public):
    with enter(scheme):
        shown, not_yet = a_picture(1), a_picture(1)
        agreed(shown, editor)
        robin, kim = named(editor, name="Robin", photo=not_yet), named(editor, photo=shown)
        named(editor, name="Somebody who is on no page")
    page_of(robin, kim)
    page = read(public)
    assert page.index("Robin") < page.index("Kim") and "peer support worker" in page and "I was there too." in page
    assert page.count("<img") == 1 and 'alt="Kim"' in page
    assert "on no page" not in page


def test_a_page_on_which_nobody_is_left_says_so(scheme, editor, page_of, public):
    with enter(scheme):
        kim = named(editor)
    page_of(kim)
    with enter(scheme):
        actions.take_off(named=kim, by=editor)
    assert "Nobody is named here yet" in read(public) and "Our team" not in read(public)


def test_from_when_they_take_it_back_no_word_of_them_and_no_portrait_is_left(
    scheme, editor, page_of, public, work, desk
):
    with enter(scheme):
        portrait, beside = a_picture(1), a_picture(1)
        agreed(portrait, editor)
        agreed(beside, editor)
        kim, robin = named(editor, photo=portrait), named(editor, name="Robin", photo=beside)
        size = portrait.get_rendition("fill-240x240").file.name
    page_of(kim, robin)
    assert "Kim" in read(public)
    with enter(scheme):
        actions.take_off(named=kim, by=editor)
    page = read(public)
    assert "Kim" not in page and "Robin" in page and page.count("<img") == 1
    assert "Kim" not in desk.get("/named/").content.decode()
    work()
    assert not default_storage.exists(size) and not default_storage.exists(portrait.file.name)
    with enter(scheme):
        left = Named.objects.get(pk=kim.pk)
        assert (left.name, left.does, left.words, left.photo) == ("", "", "", None)
        assert (left.withdrawn_by_id, PictureConsent.objects.exclude(withdrawn_at=None).count()) == (editor.pk, 1)
        assert list(Picture.objects.all()) == [beside]
        with pytest.raises(AlreadyOver):
            actions.take_off(named=kim, by=editor)


def test_a_portrait_that_nobody_agreed_to_goes_too(scheme, editor, work):
    with enter(scheme):
        portrait = a_picture(1)
        actions.take_off(named=named(editor, photo=portrait), by=editor)
    work()
    with enter(scheme):
        assert not Picture.objects.exists()
    assert not default_storage.exists(portrait.file.name)


def test_somebody_whose_picture_was_taken_back_before_is_taken_off_too(scheme, editor):
    with enter(scheme):
        portrait = a_picture(1)
        consent = agreed(portrait, editor)
        kim = named(editor, photo=portrait)
        picture_actions.take_back(consent=consent, by=editor)
        actions.take_off(named=kim, by=editor)
        kim.refresh_from_db()
        assert kim.withdrawn_at


def test_the_portrait_before_is_gone_from_when_there_is_another(scheme, editor, lead, work, leads_desk):
    with enter(scheme):
        first, second = a_picture(1), a_picture(1)
        consent = agreed(first, editor)
        agreed(second, editor)
        kim = named(editor, photo=first)
    assert "the one before goes from everywhere" in leads_desk.get(f"/named/{kim.pk}/").content.decode()
    words = {"name": "Kim", "does": "peer support worker", "words": ""}
    assert leads_desk.post(f"/named/{kim.pk}/", words | {"photo": str(first.pk)}).status_code == 302
    work()
    with enter(scheme):
        assert Picture.objects.count() == 2
    assert leads_desk.post(f"/named/{kim.pk}/", words | {"photo": str(second.pk)}).status_code == 302
    with enter(scheme):
        assert not Picture.objects.open_to_public().filter(pk=first.pk).exists()
    work()
    with enter(scheme):
        assert list(Picture.objects.all()) == [second]
        assert PictureConsent.objects.get(pk=consent.pk).withdrawn_by_id == lead.pk
        actions.take_off(named=kim, by=editor)
    work()
    with enter(scheme):
        assert not Picture.objects.exists()
    assert not default_storage.exists(first.file.name) and not default_storage.exists(second.file.name)


def test_erasing_their_account_leaves_no_portrait_that_was_theirs(scheme, editor, work):
    kim = someone("Kim", email="kim@example.org")
    with enter(scheme):
        first, second = a_picture(1), a_picture(1)
        entry = named(editor, photo=first, reach="kim@example.org")
        actions.change_words(named=entry, name="Kim", does="x", words="", photo=second, by=editor)
    work()
    erase_in_schema(kim.pk, scheme.schema_name)
    with enter(scheme):
        assert not Picture.objects.exists()


def test_nobody_who_was_taken_off_is_written_about_again(inside, editor):
    kim = named(editor)
    actions.take_off(named=kim, by=editor)
    with pytest.raises(AlreadyOver):
        actions.change_words(named=kim, name="Kim", does="x", words="", photo=None, by=editor)
    assert Named.objects.get().name == ""


def test_of_somebody_who_took_it_back_there_is_no_page_to_change(scheme, editor, leads_desk):
    with enter(scheme):
        kim = named(editor)
    assert leads_desk.get(f"/named/{kim.pk}/").status_code == 200
    with enter(scheme):
        actions.take_off(named=kim, by=editor)
    assert [leads_desk.get(f"/named/{kim.pk}/{way}").status_code for way in ("", "take-back/")] == [404, 404]


def test_an_editor_alone_changes_nothing_that_the_site_says_of_somebody(desk, leads_desk, scheme, editor):
    """ADR 0065: it stands on live pages at once, so that a second pair of eyes comes first."""
    with enter(scheme):
        kim = named(editor)
    page = desk.get("/named/").content.decode()
    assert "ask a manager or an involvement lead" in page and f"/named/{kim.pk}/take-back/" in page
    assert f'"/named/{kim.pk}/"' not in page
    change = {"name": "Mallory", "does": "x", "words": "", "photo": ""}
    assert desk.post(f"/named/{kim.pk}/", change).status_code == 404
    with enter(scheme):
        assert Named.objects.get().name == "Kim"
    page = leads_desk.get("/named/").content.decode()
    assert f'"/named/{kim.pk}/"' in page and "ask a manager" not in page


def test_no_page_and_no_revision_holds_a_word_of_anybody(scheme, editor, page_of, public):
    with enter(scheme):
        kim = named(editor, name="Kim Hazelwood")
    page_of(kim)
    assert "Kim Hazelwood" in read(public)
    with enter(scheme):
        assert "Hazelwood" not in "".join(str(one.content) for one in Revision.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM wagtailsearch_indexentry t WHERE t::text ILIKE '%%hazelwood%%'")
            assert cursor.fetchone() == (0,)


def test_erasing_their_account_takes_them_off(scheme, editor, page_of, public):
    kim = someone("Kim", email="kim@example.org")
    with enter(scheme):
        portrait = a_picture(1)
        agreed(portrait, editor)
        entry, robin = named(editor, photo=portrait, reach="kim@example.org"), named(editor, name="Robin")
    page_of(entry, robin)
    erase_in_schema(kim.pk, scheme.schema_name)
    assert "Kim" not in read(public) and "Robin" in read(public)
    assert not default_storage.exists(portrait.file.name)
    with enter(scheme):
        assert (Named.objects.get(pk=entry.pk).name, Picture.objects.exists()) == ("", False)


def test_nobody_is_named_after_their_last_day(scheme, editor, page_of, public, at_moment):
    with enter(scheme):
        kim = named(editor, until=clock.today())
    page_of(kim)
    assert "Kim" in read(public)
    at_moment(clock.now() + timedelta(days=1))
    assert "Kim" not in read(public)


def test_one_person_costs_as_much_as_six(scheme, editor, page_of, public):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert public.get(PAGE).status_code == 200
        return len(captured)

    with enter(scheme):
        people = []
        for number in range(6):
            portrait = a_picture(1)
            agreed(portrait, editor)
            people.append(named(editor, name=f"Kim {number}", photo=portrait))
    page_of(people[0])
    statements()
    one = statements()
    with enter(scheme):
        page = PeoplePage.objects.get()
        page.people = [("group", {"heading": "", "people": [str(person.pk) for person in people]})]
        page.save()
    statements()
    assert statements() == one and read(public).count("<img") == 6


FORM = {
    "name": "Kim", "does": "peer support worker", "words": "", "photo": "", "explained": "read", "theirs": "on",
    "reach": "", "agreed_on_day": "1", "agreed_on_month": "2", "agreed_on_year": "2026",
}  # fmt: skip


def test_an_editor_writes_somebody_down_a_publisher_changes_it_and_the_editor_takes_them_off(desk, leads_desk, scheme):
    with enter(scheme):
        portrait = a_picture(1, title="Kim at the desk")
        a_picture(2, title="Two people")
    page = desk.get("/named/add/").content.decode()
    assert "Kim at the desk" in page and "Two people" not in page and "your portrait is gone" in page
    missing = desk.post("/named/add/", FORM | {"theirs": ""}).content.decode()
    assert "must not show or name them" in missing and 'value="peer support worker"' in missing
    assert desk.post("/named/add/", FORM | {"photo": str(portrait.pk)}).status_code == 302
    with enter(scheme):
        kim = Named.objects.get()
    change = {name: FORM[name] for name in ("does", "words", "photo")} | {"name": "Kimberley"}
    assert leads_desk.post(f"/named/{kim.pk}/", change).status_code == 302
    assert "Kimberley" in desk.get("/named/").content.decode()
    assert "Take Kimberley off the site?" in desk.get(f"/named/{kim.pk}/take-back/").content.decode()
    assert desk.post(f"/named/{kim.pk}/take-back/").status_code == 302
    assert "The site names nobody yet" in desk.get("/named/").content.decode()
    assert desk.get(f"/named/{kim.pk}/").status_code == 404


def test_an_editor_chooses_people_on_a_page_by_name_and_the_page_keeps_their_ids(
    leads_desk, home, scheme, editor, public
):
    with enter(scheme):
        kim = named(editor, name="Kim Hazelwood")
    add = f"/cms/pages/add/cms/peoplepage/{home.pk}/"
    assert "Kim Hazelwood" in leads_desk.get(add).content.decode()
    group = {"heading": "", "people": streamfield([("item", str(kim.pk))])}
    form = {"title": "People", "slug": "people", "seo_title": "", "search_description": "", "introduction": ""}
    form |= {"people": streamfield([("group", group)]), "action-publish": "1"}
    assert leads_desk.post(add, nested_form_data(form)).status_code == 302
    assert "Kim Hazelwood" in read(public)
