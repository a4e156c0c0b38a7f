"""A page is published, and taken down, by the clock: at the moment that was chosen for it, within a minute."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
import wagtail
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail.signals import page_unpublished

from cms import moments
from cms.duties import pages_whose_moment_has_come
from cms.models import AnswersPage, EasyReadPage, HomePage, NoticePage, StandardPage
from cms.wagtail_time import DECIDING, IN_THE_EDITOR, OurTimezone
from kit.models import DutyFailure
from kit.scheduler import duties, tick
from tenants.schemes.entering import enter
from tests.integration.cms.test_editing import PUBLISH, add, page_form

MORNING = datetime(2027, 5, 4, 8, tzinfo=UTC)  # 9 o'clock in London
AT_NOON = {"go_live_at": "2027-05-04 12:00"}
TILL_NOON = {"expire_at": "2027-05-04 12:00"}
BEFORE_NOON, AFTER_NOON = datetime(2027, 5, 4, 10, 59, tzinfo=UTC), datetime(2027, 5, 4, 11, 1, tzinfo=UTC)
# Where Wagtail reads the time and nobody's day hangs on it: its API, old revisions, parts that are not installed.
NO_DAY = {
    "wagtail.api.v3.auth", "wagtail.models.api", "wagtail.management.commands.purge_revisions",
    "wagtail.contrib.search_promotions.models", "wagtail.embeds.finders.oembed", "wagtail.snippets.action_menu",
}  # fmt: skip


@pytest.fixture
def by_the_clock(scheme, at_moment, public):
    """`by_the_clock(moment)`: what a visitor finds after the tick of that moment."""

    def found(moment):
        at_moment(moment)
        with enter(scheme):
            pages_whose_moment_has_come()
        return public.get("/getting-here/").status_code

    return found


def test_a_page_is_published_at_the_moment_that_was_chosen(leads_desk, home, at_moment, by_the_clock):
    at_moment(MORNING)
    assert add(leads_desk, home, **AT_NOON, **PUBLISH).status_code == 302
    assert [by_the_clock(moment) for moment in (MORNING, BEFORE_NOON, AFTER_NOON, AFTER_NOON)] == [404, 404, 200, 200]


def test_a_moment_is_typed_as_people_write_it_and_what_is_none_is_refused(leads_desk, home, at_moment, by_the_clock):
    at_moment(MORNING)
    refused = add(leads_desk, home, go_live_at="at noon", **PUBLISH).content.decode()
    assert moments.UNKNOWN in refused and moments.HINT in refused
    assert add(leads_desk, home, go_live_at="4 May 2027 12pm", **PUBLISH).status_code == 302
    assert [by_the_clock(moment) for moment in (BEFORE_NOON, AFTER_NOON)] == [404, 200]


def test_a_page_is_taken_down_at_the_moment_that_was_chosen(leads_desk, home, at_moment, by_the_clock):
    at_moment(MORNING)
    assert add(leads_desk, home, **TILL_NOON, **PUBLISH).status_code == 302
    assert [by_the_clock(moment) for moment in (MORNING, BEFORE_NOON, AFTER_NOON, AFTER_NOON)] == [200, 200, 404, 404]


def test_new_words_of_a_page_wait_for_their_day_while_the_old_ones_stand(
    leads_desk, home, at_moment, by_the_clock, public, scheme
):
    at_moment(MORNING)
    add(leads_desk, home, **PUBLISH)
    with enter(scheme):
        page = home.get_children().get(slug="getting-here")
    leads_desk.post(f"/cms/pages/{page.pk}/edit/", page_form(title="Getting there", **AT_NOON, **PUBLISH))
    for moment, title in ((BEFORE_NOON, "Getting here"), (AFTER_NOON, "Getting there")):
        by_the_clock(moment)
        assert f"{title}</h1>" in public.get("/getting-here/").content.decode()


def test_the_day_that_an_editor_asks_for_counts_once_somebody_who_may_has_published_it(
    desk, leads_desk, home, at_moment, by_the_clock, scheme
):
    at_moment(MORNING)
    add(desk, home, **AT_NOON, **{"action-submit": "1"})
    assert by_the_clock(MORNING) == 404
    with enter(scheme):
        state = TaskState.objects.get()
        page = state.workflow_state.object_id
    leads_desk.post(f"/cms/pages/workflow/action/{page}/approve/{state.pk}/", {"comment": ""})
    assert [by_the_clock(moment) for moment in (BEFORE_NOON, AFTER_NOON)] == [404, 200]


def test_what_an_editor_handed_in_with_a_day_stays_off_the_site_until_somebody_looked(
    desk, home, at_moment, by_the_clock
):
    at_moment(MORNING)
    add(desk, home, **AT_NOON, **{"action-submit": "1"})
    assert by_the_clock(AFTER_NOON) == 404


@pytest.mark.parametrize("model", [HomePage, AnswersPage])
def test_what_people_look_for_here_has_no_day_to_go(model, leads_desk, scheme, public, at_moment, by_the_clock):
    at_moment(MORNING)
    with enter(scheme):
        page = model.objects.get()
    form = page_form(title=page.title, slug=page.slug, introduction="x", **TILL_NOON, **PUBLISH)
    assert leads_desk.post(f"/cms/pages/{page.pk}/edit/", form).status_code == 302
    by_the_clock(AFTER_NOON)
    assert public.get("/" if model is HomePage else "/you-said-we-did/").status_code == 200


@pytest.fixture
def due_at_noon(leads_desk, home, scheme, at_moment):
    """A page that is to go at noon and one that is to come; `due_at_noon(page)` lets another, as it is, come too."""
    at_moment(MORNING)
    add(leads_desk, home, slug="goes", **TILL_NOON, **PUBLISH)
    add(leads_desk, home, **AT_NOON, **PUBLISH)

    def let_come(page):
        revision = page.save_revision(clean=False)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=BEFORE_NOON)
        return revision

    return let_come


def an_easy_read_that_is_not(home):
    twin = home.add_child(instance=EasyReadPage(title="Welcome", live=False))
    twin.ideas = [("idea", {"picture": "said", "photo": None, "words": "We say no. We say why."})]
    return twin


def a_notice_with_gaps(home):
    return NoticePage.objects.get(kind="privacy")


def a_page_at_an_address_that_is_too_long(home):
    upper = home.add_child(instance=StandardPage(title="Upper", slug="a" * 200))
    return upper.add_child(instance=StandardPage(title="Lower", slug="b" * 100, live=False))


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (an_easy_read_that_is_not, "NotEasy"),
        (a_notice_with_gaps, "OpenGaps"),
        (a_page_at_an_address_that_is_too_long, "ValidationError"),
    ],
)
def test_a_page_that_cannot_be_published_stops_no_other_and_stands_as_a_failure(
    made, error, due_at_noon, home, scheme, public, at_moment
):
    with enter(scheme):
        page = made(home)
        revision = due_at_noon(page)
    at_moment(AFTER_NOON)
    for times in (1, 2):
        tick()
        assert [public.get(path).status_code for path in ("/goes/", "/getting-here/")] == [404, 200]
        failure = DutyFailure.objects.get()
        assert failure.times == times and failure.error.startswith(error)
    with enter(scheme):
        assert not Page.objects.get(pk=page.pk).live
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    tick()
    assert not DutyFailure.objects.exists()


def test_a_page_that_cannot_be_taken_down_stops_no_other(due_at_noon, home, scheme, public, at_moment, request):
    with enter(scheme):
        stuck = home.add_child(instance=StandardPage(title="Stuck", slug="stuck", expire_at=BEFORE_NOON))

    def stay(instance, **_):
        if instance.pk == stuck.pk:
            raise RuntimeError

    page_unpublished.connect(stay)
    request.addfinalizer(lambda: page_unpublished.disconnect(stay))
    at_moment(AFTER_NOON)
    tick()
    assert [public.get(path).status_code for path in ("/stuck/", "/goes/", "/getting-here/")] == [200, 404, 200]
    assert DutyFailure.objects.get().duty == "cms.duties.pages_whose_moment_has_come"


def test_the_history_of_a_page_says_that_the_clock_did_it_and_when(leads_desk, home, at_moment, by_the_clock, scheme):
    at_moment(MORNING)
    add(leads_desk, home, **AT_NOON, **PUBLISH)
    by_the_clock(AFTER_NOON)
    with enter(scheme):
        entry = PageLogEntry.objects.get(action="wagtail.publish.scheduled")
        assert entry.user_id is None
        assert entry.timestamp >= AFTER_NOON


def test_the_clock_has_this_duty_at_each_scheme():
    assert "cms.duties.pages_whose_moment_has_come" in {one.name for one in duties("scheme")}


def test_wherever_wagtail_decides_by_the_time_it_reads_our_clock():
    root = Path(wagtail.__file__).parent
    reading = {
        ".".join(("wagtail", *path.relative_to(root).with_suffix("").parts))
        for path in root.rglob("*.py")
        if "timezone.now()" in path.read_text() and not {"tests", "test", "migrations"} & {*path.parts, path.stem}
    }
    assert reading - NO_DAY == {*DECIDING, *IN_THE_EDITOR}
    for name in (*DECIDING, *IN_THE_EDITOR):
        assert isinstance(import_module(name).timezone, OurTimezone), name
