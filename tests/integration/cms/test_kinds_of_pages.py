"""What we are, how to take part, notices, news and events: as an editor makes them, and as they are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.errors import OpenGaps
from cms.models import AboutPage, EasyReadPage, EventIndexPage, InvolvementPage, NewsIndexPage, NewsPage, NoticePage
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.cms import an_event

COMMON = {"seo_title": "", "search_description": "", "introduction": ""}


def main(public, path):
    answer = public.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().partition("<main")[2].partition("<footer")[0]


def add(desk, parent, model, **fields):
    form = nested_form_data(COMMON | {"action-publish": "1"} | fields)
    return desk.post(f"/cms/pages/add/cms/{model}/{parent.pk}/", form)


@pytest.fixture
def desk(leads_desk):
    """The browser of whoever writes pages and may publish them."""
    return leads_desk


# --- what it is, and who the partners are


@pytest.fixture
def about(home, scheme):
    """A published page about Liaison and Diversion, with nothing of the scheme's own."""
    with enter(scheme):
        page = home.add_child(instance=AboutPage(title="What we are", slug="what-we-are"))
        page.save_revision().publish()
    return page


def test_a_page_says_what_is_true_everywhere_with_source_and_day_and_shows_no_dead_body_as_living(about, public):
    """S22, S90 to S92, S95."""
    page = main(public, "/what-we-are/")
    assert "82 things" in page and "all ages" in page and "Checked on" in page
    living, _, history = page.partition("Older papers name others")
    for gone in ("National Offender Management Service", "Public Health England", "DrugScope", "Collaborative"):
        assert gone not in living and gone in history
    for there in (
        "HM Prison and Probation Service",
        "UK Health Security Agency",
        "Department of Health and Social Care",
    ):
        assert there in living
    assert "1 April 2017" in history and "Making Every Adult Matter" in history


OWN = {"listed": "", "text": "Ours", "says": "", "address": "https://example.org/"}
LISTED = {"listed": "shaping_our_lives", "text": "", "says": "", "address": ""}


def test_a_scheme_adds_facts_partners_and_ways_to_other_websites_each_with_the_day(desk, home, public):
    """S93, S94, S96."""
    on = "2026-05-04"
    answer = add(
        desk, home, "aboutpage", title="What we are", slug="what-we-are", body=streamfield([]),
        facts=streamfield([("fact", {"words": "We began in 2015.", "source": "Our first report", "checked_on": on})]),
        partners=streamfield([("partner", {"name": "The Mill", "does": "Days.", "address": "", "checked_on": on})]),
        links=streamfield(
            [
                ("link", LISTED | {"checked_on": on}),
                ("link", OWN | {"checked_on": on}),
            ]
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    page = main(public, "/what-we-are/")
    for words in (
        "We began in 2015.",
        "Our first report",
        "The Mill",
        "shapingourlives.org.uk",
        "https://example.org/",
    ):
        assert words in page
    assert page.count("Checked on 4 May 2026") >= 4


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"checked_on": ""}, "This field is required"),
        ({"checked_on": "2099-01-01"}, "Enter today or a day before"),
        ({"address": "http://example.org/"}, "Enter an address that starts with https://"),
        ({"address": "javascript:alert(1)"}, "Enter"),
        ({"listed": "user_voice"}, "Choose one of our list, or give a name and an address"),
        ({"text": ""}, "Choose one of our list, or give a name and an address"),
    ],
)
def test_a_way_outside_is_refused_without_its_day_or_an_address_one_can_follow(link, says, desk, home, scheme):
    value = {"listed": "", "text": "Ours", "says": "", "address": "https://example.org/", "checked_on": "2026-05-04"}
    nothing = {name: streamfield([]) for name in ("body", "facts", "partners")}
    links = streamfield([("link", value | link)])
    answer = add(desk, home, "aboutpage", title="What we are", slug="what-we-are", links=links, **nothing)
    assert says in answer.content.decode()
    with enter(scheme):
        assert not AboutPage.objects.exists()


def test_a_listed_body_that_ends_is_led_to_no_more(scheme, about, public):
    with enter(scheme):
        values = [
            {"listed": code, "text": "", "says": "", "address": "", "checked_on": date(2026, 5, 4)}
            for code in ("drugscope", "user_voice")
        ]
        about.links = [("link", value) for value in values]
        about.save_revision().publish()
    outside = main(public, "/what-we-are/").partition("Other websites")[2]
    assert "User Voice" in outside and "DrugScope" not in outside


# --- get involved


def test_a_page_of_ways_starts_with_three_and_takes_the_schemes_own(desk, home, public):
    """S28, S93."""
    form = desk.get(f"/cms/pages/add/cms/involvementpage/{home.pk}/").content.decode()
    for ours in ("survey", "focus_group", "panel"):
        assert f"&quot;{ours}&quot;" in form
    ways = [
        ("way", {"listed": "panel", "name": "", "words": "", "how": rich_text("<p>First Monday.</p>")}),
        ("way", {"listed": "", "name": "The allotment", "words": "We dig and talk.", "how": rich_text("")}),
    ]
    answer = add(desk, home, "involvementpage", title="Get involved", slug="get-involved", ways=streamfield(ways))
    assert answer.status_code == 302
    page = main(public, "/get-involved/")
    for words in ("Service user panels", "a few times a year", "First Monday.", "The allotment", "We dig and talk."):
        assert words in page
    assert "/tell-us/" in page and "You can stop at any time" in page


def test_a_new_page_of_ways_has_surveys_focus_groups_and_panels(home, scheme, public):
    with enter(scheme):
        home.add_child(instance=InvolvementPage(title="Get involved", slug="get-involved"))
    page = main(public, "/get-involved/")
    assert "Surveys" in page and "Focus groups" in page and "Service user panels" in page
    with enter(scheme):
        InvolvementPage.objects.update(ways="[]")
    assert "There is nothing to take part in just now" in main(public, "/get-involved/")


@pytest.mark.parametrize("way", [{"listed": "panel", "name": "Ours"}, {"name": "Ours", "words": ""}, {}])
def test_a_way_is_one_of_ours_or_has_a_name_and_words(way, desk, home, scheme):
    value = {"listed": "", "name": "", "words": "", "how": rich_text("")} | way
    ways = streamfield([("way", value)])
    answer = add(desk, home, "involvementpage", title="Get involved", slug="get-involved", ways=ways)
    assert "give a name and say in a sentence what it is" in answer.content.decode()
    with enter(scheme):
        assert not InvolvementPage.objects.exists()


# --- notices


@pytest.fixture
def notice(scheme):
    """The privacy notice as it comes: a draft with gaps."""
    with enter(scheme):
        return NoticePage.objects.get(kind="privacy")


def complete(desk, notice, words="<p>The trust is responsible.</p>", **more):
    body = streamfield([("heading", "Who is responsible"), ("paragraph", rich_text(words))])
    form = COMMON | {"title": notice.title, "slug": notice.slug, "show_in_menus": "", "body": body} | more
    return desk.post(f"/cms/pages/{notice.pk}/edit/", nested_form_data(form), follow=True)


def footer(public, path="/"):
    return public.get(path).content.decode().partition("<footer")[2]


def test_with_an_open_gap_a_notice_is_kept_as_a_draft_and_its_editor_reads_which(desk, notice, public):
    publish = {"action-publish": "1"}
    answer = complete(desk, notice, "<p>Ask [[whom to ask]] by [[ how ]].</p>", **publish).content.decode()
    assert "This page cannot be published yet. Fill in: whom to ask; how." in answer
    assert "whom to ask" in desk.get(f"/cms/pages/{notice.pk}/edit/").content.decode()
    assert public.get("/privacy-notice/").status_code == 404
    assert "/about/privacy/" in footer(public)


def test_no_way_of_publishing_puts_a_gap_on_the_site(notice, scheme, desk, public):
    with enter(scheme):
        revision = notice.save_revision()
        with pytest.raises(OpenGaps):
            revision.publish()
    desk.post(f"/cms/bulk/wagtailcore/page/publish/?id={notice.pk}&next=/cms/", {"include_descendants": ""})
    assert public.get("/privacy-notice/").status_code == 404


def test_a_complete_notice_stands_with_what_the_website_itself_keeps_and_the_footer_leads_to_it(
    desk, notice, public, client_at, other_scheme
):
    complete(desk, notice, **{"action-publish": "1"})
    page = main(public, "/privacy-notice/")
    assert "The trust is responsible." in page and "When you tell us something" in page and "We use 2 cookies" in page
    assert '/privacy-notice/"' in footer(public) and "/about/privacy/" not in footer(public)
    assert "/about/privacy/" in footer(client_at(other_scheme)) and "/about/privacy/" in footer(client_at(None))
    desk.post(f"/cms/pages/{notice.pk}/unpublish/")
    assert "/about/privacy/" in footer(public)


def test_notices_are_neither_made_again_nor_deleted(desk, home, notice, scheme):
    assert desk.get(f"/cms/pages/add/cms/noticepage/{home.pk}/").status_code != 200
    desk.post(f"/cms/pages/{notice.pk}/delete/")
    desk.post(f"/cms/bulk/wagtailcore/page/delete/?id={notice.pk}&next=/cms/")
    with enter(scheme):
        assert sorted(NoticePage.objects.values_list("kind", flat=True)) == ["accessibility", "cookies", "privacy"]


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("accessibility", "/accessibility-statement/", "How we try it"),
        ("cookies", "/cookies/", "We use 2 cookies"),
    ],
)
def test_each_notice_ends_with_what_is_true_of_the_website(kind, path, words, scheme, public):
    with enter(scheme):
        page = NoticePage.objects.get(kind=kind)
        page.body = [("paragraph", "<p>Our words.</p>")]
        page.save_revision().publish()
    assert "Our words." in main(public, path) and words in main(public, path)
    assert path in footer(public)


# --- news


def test_news_stands_newest_first_and_an_empty_list_says_so(desk, home, scheme, public):
    assert add(desk, home, "newsindexpage", title="News", slug="news").status_code == 302
    assert "There is no news yet" in main(public, "/news/")
    with enter(scheme):
        index = NewsIndexPage.objects.get()
    body = streamfield([("paragraph", rich_text("<p>Everything.</p>"))])
    for title, day, kind in (("Older", "2026-01-02", "news"), ("Newer", "2026-03-04", "newsletter")):
        fields = {"kind": kind, "day": day, "issue": "", "summary": f"{title} words.", "body": body}
        assert add(desk, index, "newspage", title=title, slug=title.lower(), **fields).status_code == 302
    page = main(public, "/news/")
    assert page.index("Newer") < page.index("Older") and "4 March 2026 · Newsletter" in page
    assert "Everything." in main(public, "/news/newer/") and "Newer" in main(public, "/")


def test_a_draft_is_not_in_the_list_and_many_are_split(home, scheme, public):
    with enter(scheme):
        index = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
        for number in range(21):
            index.add_child(instance=NewsPage(title=f"News {number}", slug=f"n{number}", summary="x", live=number > 0))
    assert "News 0<" not in main(public, "/news/") and main(public, "/news/").count("app-listed__words") == 20


# --- events


def test_what_is_coming_stands_first_and_soonest_first_and_what_has_been_after_it(scheme, public):
    with enter(scheme):
        now = clock.now()
        an_event(title="Later", starts=now + timedelta(days=9))
        an_event(title="Soon", starts=now + timedelta(days=2), called_off=True)
        an_event(title="Going on", starts=now - timedelta(hours=1), ends=now + timedelta(hours=1))
        an_event(title="Over", starts=now - timedelta(days=2))
        an_event(title="Long over", starts=now - timedelta(days=9))
        an_event(title="A draft", live=False)
    page = main(public, "/events/")
    places = [page.index(f">{title}<") for title in ("Going on", "Soon", "Later", "Over", "Long over")]
    assert places == sorted(places) and "A draft" not in page and "Cancelled" in page
    assert "Going on" in main(public, "/") and ">Soon<" not in main(public, "/")


def test_an_event_says_when_where_how_to_get_there_access_and_who_pays(scheme, public):
    with enter(scheme):
        event = an_event(
            starts=datetime(2027, 7, 6, 13, 30, tzinfo=UTC), ends=datetime(2027, 7, 6, 15, tzinfo=UTC),
            address="1 Mill Lane\nNether Valley", getting_there="Bus 9 <from> the station", expenses_more="In cash.",
        )  # fmt: skip
    page = main(public, f"/events/{event.slug}/")
    assert "Tuesday 6 July 2027 at 2:30pm to 4pm" in page
    assert "1 Mill Lane<br>Nether Valley" in page and "Bus 9 &lt;from&gt; the station" in page
    assert "No steps." in page and "We pay for your travel. In cash." in page and "Just come." in page


def test_an_event_that_is_cancelled_invites_nobody_and_corrects_calendars(scheme, public):
    with enter(scheme):
        off = an_event(title="Off", called_off=True, summary="Come and talk.", how_to_come="Ring us.")
        twin = EasyReadPage(title="Off", ideas=[("idea", {"picture": "place", "words": "It is at the library."})])
        off.add_child(instance=twin)
    page, listed = main(public, f"/events/{off.slug}/"), main(public, "/events/")
    assert (
        page.count("Cancelled") == 1
        and "It will not happen. Please do not come." in page
        and "It will not happen." in listed
    )
    assert "Please do not come." in main(public, f"/events/{off.slug}/easy-read/")
    assert "Cancelled: Off" in public.get(f"/events/{off.slug}/").content.decode()
    for words in ("Come and talk.", "Ring us.", "Just come.", "No steps.", "We pay for your travel"):
        assert words not in page and words not in listed
    for name in ("event", "meeting"):
        path = f"/calendar/{off.pk}/{name}.ics"
        file = public.get(path).content
        assert path in page and b"STATUS:CANCELLED" in file and b"Come and talk." not in file


def test_an_event_that_is_over_says_so_and_has_no_file(scheme, public):
    with enter(scheme):
        over = an_event(title="Over", starts=clock.now() - timedelta(days=2))
        off = an_event(title="Off", starts=clock.now() - timedelta(days=2), called_off=True)
    assert "This event is over." in main(public, f"/events/{over.slug}/")
    for event in (over, off):
        assert "calendar" not in main(public, f"/events/{event.slug}/")


def test_an_event_does_not_end_before_it_starts(desk, scheme, home):
    with enter(scheme):
        index = home.add_child(instance=EventIndexPage(title="Events", slug="events"))
    fields = dict.fromkeys(("address", "getting_there", "expenses_more", "how_to_come"), "")
    fields |= {
        "summary": "Come.",
        "place": "Here",
        "access": "No steps.",
        "expenses": "ask",
        "neutral_title": "Meeting",
    }
    fields |= {"starts": "2027-07-06 14:30", "ends": "2027-07-06 14:00", "body": streamfield([])}
    answer = add(desk, index, "eventpage", title="Open morning", slug="open", **fields)
    assert "Enter a time after the start" in answer.content.decode()
    assert add(desk, index, "eventpage", title="Open", slug="open", **fields | {"ends": ""}).status_code == 302


NAMES = ("event", "meeting")


def test_each_event_has_two_files_for_a_calendar_and_drafts_have_none(scheme, other_scheme, public, client_at):
    with enter(scheme):
        event, draft = an_event(title="Open morning"), an_event(title="A draft", live=False)
    page = main(public, f"/events/{event.slug}/")
    for name, title in (("event", "Open morning"), ("meeting", "Meeting")):
        path = f"/calendar/{event.pk}/{name}.ics"
        assert path in page
        answer = public.get(path)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}.ics"'
        (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert str(entry["summary"]) == title
        assert public.get(f"/calendar/{draft.pk}/{name}.ics").status_code == 404
        assert client_at(other_scheme).get(path).status_code == 404
    keys = [public.get(f"/calendar/{event.pk}/{name}.ics").content.partition(b"UID:")[2][:40] for name in NAMES]
    assert keys[0] != keys[1]


def test_a_neutral_file_says_when_and_nothing_else(scheme, public):
    """S2: a calendar on a shared phone is read by others."""
    with enter(scheme):
        event = an_event(title="Open morning", address="Court House", ends=clock.now() + timedelta(days=4))
    file = public.get(f"/calendar/{event.pk}/meeting.ics").content
    (entry,) = Calendar.from_ical(file).walk("VEVENT")
    assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
    for word in (b"Open", b"library", b"Court", b"see us", b"/events/", scheme.slug.encode()):
        assert word not in file


# --- all of them


def test_an_editor_can_make_each_kind_where_it_belongs(desk, home):
    offered = desk.get(f"/cms/pages/{home.pk}/add_subpage/").content.decode()
    for kind in ("aboutpage", "eventindexpage", "involvementpage", "newsindexpage", "peoplepage", "standardpage"):
        assert f"/cms/pages/add/cms/{kind}/{home.pk}/" in offered
    assert "noticepage" not in offered and "/eventpage/" not in offered


def test_the_tree_is_whole_after_the_notices_were_put_in(scheme):
    with enter(scheme):
        assert Page.find_problems() == ([], [], [], [], [])
