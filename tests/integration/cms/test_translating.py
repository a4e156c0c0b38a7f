"""S15: an editor makes a page in Polish from the English one, and whoever reads in Polish reads it where it is live.

ADR 0061: where there is none, the English words stand in a Polish frame and say that they are English.
"""

import re
from datetime import timedelta

import pytest
from wagtail.models import GroupPagePermission, Locale, Page

from alongside.demo import easy_reads
from cms import languages
from cms.models import EasyReadPage, HomePage, StandardPage, StoryIndexPage
from kit import clock
from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tests.factories.cms import answered_point, story
from tests.factories.easy_read import twin_of
from tests.integration.cms.polish import (  # noqa: F401 (fixtures)
    ENGLISH,
    POLISH,
    WORDS,
    a_polish_draft,
    a_polish_page,
    an_english_page,
    begin,
    in_polish,
    main_of,
    polish_form,
    read,
)
from tests.integration.cms.test_editing import PUBLISH, add, page_form
from tests.integration.cms.test_handing_in import HAND_IN, look

# --- writing


def test_an_editor_begins_a_page_hands_it_in_and_it_is_read_once_it_was_published(
    begun, desk, leads_desk, public, scheme
):
    assert WORDS not in read(public, "/pl/getting-here/")
    assert desk.post(f"/cms/pages/{begun.pk}/edit/", polish_form(**HAND_IN)).status_code == 302
    assert public.get(POLISH).status_code in (302, 404)
    look(leads_desk, begun, scheme, "approve")
    page = read(public, POLISH)
    assert WORDS in page and "Jak dojechać" in page and '<html lang="pl"' in page
    assert 'lang="en"' not in main_of(page)
    assert public.get("/jak-dojechac/").status_code == 404


def test_nothing_is_published_or_said_by_beginning(begun, english):
    assert not begun.live
    assert (begun.title, begun.slug) == (english.title, english.slug)


@pytest.mark.parametrize("way", ["edit", "approve"])
def test_an_editor_publishes_nothing_in_polish_either(way, begun, desk, public, scheme):
    if way == "approve":
        desk.post(f"/cms/pages/{begun.pk}/edit/", polish_form(**HAND_IN))
        look(desk, begun, scheme, "approve")
    else:
        desk.post(f"/cms/pages/{begun.pk}/edit/", polish_form(**PUBLISH))
    with enter(scheme):
        assert not Page.objects.get(pk=begun.pk).live


def test_below_the_polish_home_each_group_may_what_it_may_below_the_english_one(begun, scheme):
    with enter(scheme):
        rights = {
            code: sorted(
                GroupPagePermission.objects.filter(page=page).values_list("group__name", "permission__codename")
            )
            for code, page in languages.homes().items()
        }
        assert list(rights) == ["en-gb", "pl"] and rights["pl"] == rights["en-gb"] != []
        workflows = {page.get_workflow() for page in Page.objects.filter(depth__gt=1)}
        assert len(workflows) == 1 and None not in workflows
        assert GroupPagePermission.objects.filter(page__depth=1).count() == 0
        assert Page.find_problems() == ([], [], [], [], [])


def test_a_language_is_begun_once(begun, desk, home, english, scheme):
    begin(desk, home, scheme)
    begin(desk, english, scheme)
    with enter(scheme):
        assert HomePage.objects.count() == 2 and StandardPage.objects.filter(locale__language_code="pl").count() == 1


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.STR_WORKER, Role.SAFEGUARDING_LEAD])
def test_who_may_not_edit_begins_nothing(role, english, scheme, client_at, person):
    answer = begin(client_at(scheme, person("Otto", role=role, at=scheme)), english, scheme)
    assert answer.status_code == 404


def test_an_editor_of_another_scheme_begins_nothing_here(home, english, scheme, other_scheme, client_at, person):
    stranger = person("Otto", role=Role.EDITOR, at=other_scheme)
    assert begin(client_at(scheme, stranger), english, scheme).status_code == 404
    with enter(scheme):
        assert HomePage.objects.count() == 1


def test_a_page_whose_parent_is_not_begun_waits_for_it(desk, english, scheme):
    assert "disabled" in desk.get(f"/cms/translation/submit/page/{english.pk}/").content.decode()
    with enter(scheme):
        assert HomePage.objects.count() == 1


def test_a_polish_page_can_be_taken_off_and_its_home_cannot_be_deleted(live, leads_desk, home, scheme, public):
    with enter(scheme):
        first = in_polish(home)
    leads_desk.post(f"/cms/pages/{first.pk}/delete/")
    leads_desk.post(f"/cms/bulk/wagtailcore/page/delete/?id={first.pk}")
    with enter(scheme):
        assert HomePage.objects.count() == 2
        first.save_revision().publish()
    assert leads_desk.post(f"/cms/pages/{first.pk}/unpublish/").status_code == 302
    with enter(scheme):
        assert not HomePage.objects.get(pk=first.pk).live and HomePage.objects.get(pk=home.pk).live


def test_no_page_takes_the_beginning_of_another_languages_addresses(leads_desk, home, scheme):
    assert "begin with this" in add(leads_desk, home, slug="pl", **PUBLISH).content.decode()


def test_an_editor_reads_that_the_english_page_changed_and_no_reading_age_of_polish(
    live, leads_desk, english, at_moment
):
    page = leads_desk.get(f"/cms/pages/{live.pk}/edit/").content.decode()
    assert "worked out for English alone" in page and "data-ask-at" not in page
    assert "was published again" not in page
    at_moment(clock.now() + timedelta(hours=1))
    leads_desk.post(f"/cms/pages/{english.pk}/edit/", page_form(**PUBLISH))
    assert "was published again" in leads_desk.get(f"/cms/pages/{live.pk}/edit/").content.decode()


# --- reading


def test_without_a_polish_page_the_english_words_stand_in_a_polish_frame_and_say_so(english, public):
    page = read(public, "/pl/getting-here/")
    assert '<html lang="pl"' in page and re.search(r'<h1[^>]* lang="en"', page)
    assert "Nikt, kto mówi w tym języku" in page or "jeszcze" in page


def test_the_polish_home_is_read_where_it_is_live(begun, home, leads_desk, public, scheme):
    assert 'lang="en"' in main_of(read(public, "/pl/"))
    with enter(scheme):
        first = in_polish(home)
        first.introduction = "Powiedz nam."
        first.save_revision().publish()
    assert "Powiedz nam." in read(public, "/pl/") and "Powiedz nam." not in read(public, "/")


def leads(public, path):
    answer = public.get(path)
    return answer.status_code, answer.headers.get("Location")


def test_the_english_address_in_polish_leads_to_the_polish_words_and_back_when_they_are_taken_off(live, public, scheme):
    assert leads(public, "/pl/getting-here/") == (302, POLISH)
    assert leads(public, ENGLISH) == (200, None)
    with enter(scheme):
        Page.objects.get(pk=live.pk).specific.unpublish()
    assert leads(public, "/pl/getting-here/") == (200, None)
    assert leads(public, POLISH) == (302, "/pl/getting-here/")


def test_an_old_polish_address_leads_to_the_new_one(live, leads_desk, public):
    leads_desk.post(f"/cms/pages/{live.pk}/edit/", polish_form(slug="dojazd", **PUBLISH))
    assert leads(public, POLISH) == (301, "/pl/dojazd/")
    assert leads(public, "/jak-dojechac/")[0] == 404


def test_an_old_english_address_leads_on_in_polish_too(english, leads_desk, public):
    leads_desk.post(f"/cms/pages/{english.pk}/edit/", page_form(slug="how-to-find-us", **PUBLISH))
    assert leads(public, "/pl/getting-here/") == (301, "/pl/how-to-find-us/")


def test_each_language_leads_to_the_other_at_its_own_address(live, public):
    assert f'<a href="{POLISH}" lang="pl"' in read(public, ENGLISH)
    assert f'<a href="{ENGLISH}" lang="en"' in read(public, POLISH)


def test_search_engines_read_each_language_at_one_address_and_hear_of_the_other(live, public, scheme):
    polish, english = read(public, POLISH), read(public, ENGLISH)
    assert f'<link rel="canonical" href="{scheme.origin}{POLISH}">' in polish
    assert f'<link rel="canonical" href="{scheme.origin}{ENGLISH}">' in english
    for page in (polish, english):
        assert f'hreflang="en" href="{scheme.origin}{ENGLISH}">' in page
        assert f'hreflang="pl" href="{scheme.origin}{POLISH}">' in page


def test_english_words_in_a_polish_frame_belong_to_their_english_address(english, public, scheme):
    page = read(public, "/pl/getting-here/")
    assert f'<link rel="canonical" href="{scheme.origin}{ENGLISH}">' in page and 'rel="alternate" hreflang' not in page


def test_links_in_words_stay_in_the_language_that_is_read(english, home, public, scheme):
    with enter(scheme):
        words = f'<p><a linktype="page" id="{english.pk}">there</a></p>'
        page = HomePage.objects.get(pk=home.pk).add_child(
            instance=StandardPage(title="Ways", slug="ways", body=[("paragraph", words)])
        )
        page.save_revision().publish()
    assert 'href="/pl/getting-here/"' in read(public, "/pl/ways/")
    assert 'href="/getting-here/"' in read(public, "/ways/")


def test_a_demonstration_is_written_in_english_also_where_a_polish_site_was_begun(begun, scheme):
    with enter(scheme):
        easy_reads.write()
        assert set(EasyReadPage.objects.values_list("locale__language_code", flat=True)) == {languages.ENGLISH}


def test_the_easy_read_of_a_polish_page_is_polish_where_there_is_one_else_english(live, english, public, scheme):
    with enter(scheme):
        twin_of(StandardPage.objects.get(pk=english.pk), "We are in the town.")
    assert 'href="/pl/getting-here/easy-read/"' in read(public, POLISH)
    assert "We are in the town." in read(public, "/pl/getting-here/easy-read/")
    with enter(scheme):
        EasyReadPage.objects.get().copy_for_translation(Locale.objects.get(language_code="pl"))
        twin = EasyReadPage.objects.get(locale__language_code="pl")
        twin.ideas = [("idea", {"picture": "said", "photo": None, "words": "Jesteśmy w mieście."})]
        twin.save_revision().publish()
    assert f'href="{POLISH}easy-read/"' in read(public, POLISH)
    page = read(public, f"{POLISH}easy-read/")
    assert "Jesteśmy w mieście." in page and f'href="{POLISH}"' in page
    assert leads(public, "/pl/getting-here/easy-read/") == (302, f"{POLISH}easy-read/")
    assert public.get(f"{POLISH}easy-read/pdf/").content.startswith(b"%PDF")
    with enter(scheme):
        Page.objects.get(pk=live.pk).specific.unpublish()
    assert "We are in the town." in read(public, "/pl/getting-here/easy-read/")
    assert public.get(f"{POLISH}easy-read/").status_code in (302, 404)


def test_the_points_of_a_polish_story_are_those_of_the_register_and_say_that_they_are_english(
    desk, home, public, scheme
):
    with enter(scheme):
        point = answered_point("Nobody told me how long.")
        told = story("A card", point)
        index = StoryIndexPage.objects.get()
    for page in (home, index, told):
        assert begin(desk, page, scheme).status_code == 302
    with enter(scheme):
        polish = in_polish(told)
        polish.title = "Karta"
        polish.save_revision().publish()
        address = polish.get_url()
    page = read(public, address)
    assert "Karta" in page and "Nobody told me how long." in page
    said = page.partition("Nobody told me how long.")[0]
    assert said.rfind('lang="en"') > said.rfind("<article")
    assert "Karta" in read(public, "/pl/stories/") and "Karta" not in read(public, "/stories/")
    with enter(scheme):
        point.sayers.get().consents.update(withdrawn_at=clock.now())
    assert "Nobody told me how long." not in read(public, address)


def test_a_preview_of_a_polish_draft_is_in_a_polish_frame(begun, desk):
    page = desk.get(f"/cms/pages/{begun.pk}/view_draft/").content.decode()
    assert '<html lang="pl"' in page


@pytest.mark.parametrize(
    ("href", "is_there"),
    [
        (POLISH, True),
        ("/pl/getting-here/", True),
        ("/pl/tell-us/", True),
        ("/pl/", True),
        ("/pl/never-was/", False),
        ("/jak-dojechac/", False),
    ],
)
def test_the_report_of_links_knows_the_addresses_of_each_language(href, is_there, live, home, desk, scheme):
    with enter(scheme):
        words = f'<p><a href="{href}">there</a></p>'
        HomePage.objects.get(pk=home.pk).add_child(
            instance=StandardPage(title="Ways", slug="ways", body=[("paragraph", words)])
        )
    page = desk.get("/site-links/").content.decode()
    assert ("Every link within the site leads to a page." in page) is is_there
