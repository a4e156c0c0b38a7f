"""An editor writes and hands in; whoever may publish sees it, publishes it or sends it back with a reason."""

import pytest
from wagtail.models import Page, TaskState

from cms.handing_in import handed_in as waiting
from cms.models import StandardPage
from kit import clock, working_days
from people.actions import give_consent
from people.models import Consent, Notice
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership
from tenants.schemes.rights import Role
from tests.integration.cms.test_editing import PUBLISH, add, page_form

HAND_IN = {"action-submit": "1"}
TITLE = "Getting here"


@pytest.fixture
def handed_in(desk, home, scheme):
    """The page that Edith wrote and handed in."""
    assert add(desk, home, **HAND_IN).status_code == 302
    with enter(scheme):
        return StandardPage.objects.get(slug="getting-here")


def look(at_desk, page, scheme, how, comment=""):
    with enter(scheme):
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    return at_desk.post(f"/cms/pages/workflow/action/{page.pk}/{how}/{state.pk}/", {"comment": comment})


def notices_of(who):
    return list(Notice.objects.filter(person=who).values_list("kind", flat=True))


def test_what_an_editor_hands_in_is_public_once_somebody_who_may_has_published_it(
    handed_in, leads_desk, public, scheme
):
    assert public.get("/getting-here/").status_code == 404
    look(leads_desk, handed_in, scheme, "approve")
    assert "By bus" in public.get("/getting-here/").content.decode()


@pytest.mark.parametrize("way", ["create", "edit", "approve", "unpublish", "delete", "bulk", "schedule"])
def test_an_editor_alone_puts_nothing_on_the_site_and_takes_nothing_off(
    way, desk, handed_in, leads_desk, home, public, scheme
):
    if way in ("unpublish", "delete", "bulk"):
        look(leads_desk, handed_in, scheme, "approve")
    if way == "create":
        add(desk, home, slug="of-my-own", **PUBLISH)
    if way in ("edit", "schedule"):
        desk.post(f"/cms/pages/{handed_in.pk}/edit/", page_form(**PUBLISH))
    if way == "approve":
        look(desk, handed_in, scheme, "approve")
    if way in ("unpublish", "delete"):
        desk.post(f"/cms/pages/{handed_in.pk}/{way}/")
    if way == "bulk":
        for act in ("publish", "unpublish", "delete", "move"):
            desk.post(f"/cms/bulk/wagtailcore/page/{act}/?id={handed_in.pk}&next=/cms/")
    on_the_site = way in ("unpublish", "delete", "bulk")
    assert public.get("/getting-here/").status_code == (200 if on_the_site else 404)
    assert public.get("/of-my-own/").status_code == 404


def test_the_buttons_say_what_they_do_to_whom(desk, home, handed_in, leads_desk):
    writing = desk.get(f"/cms/pages/add/cms/standardpage/{home.pk}/").content.decode()
    assert "Hand in" in writing and "action-publish" not in writing
    waiting = desk.get(f"/cms/pages/{handed_in.pk}/edit/").content.decode()
    assert "Take back" in waiting and "action-submit" not in waiting
    looking = leads_desk.get(f"/cms/pages/{handed_in.pk}/edit/").content.decode()
    assert 'data-workflow-action-name="approve"' in looking and "Send back and say why" in looking
    assert "action-publish" not in looking


def test_whoever_may_publish_finds_it_among_what_waits_for_them_by_a_day(handed_in, leads_desk, desk):
    page = leads_desk.get("/staff/").content.decode()
    assert f"Look at a page for the site: “{TITLE}”" in page
    assert f'href="/cms/pages/{handed_in.pk}/edit/"' in page
    assert "Look at a page" not in desk.get("/staff/").content.decode()
    assert TITLE in leads_desk.get("/cms/").content.decode()


def test_what_waits_is_to_be_looked_at_within_five_working_days(handed_in, inside):
    assert [page.look_by for page in waiting()] == [working_days.add(clock.today(), 5)]


def test_on_the_platform_stands_a_number_and_no_title(handed_in, client_at, lead, scheme):
    give_consent(person=lead, purpose=Consent.Purpose.ACCOUNT, by=lead)
    page = client_at(None, lead).get("/my/").content.decode()
    assert f"1 page waits for you at {scheme.name}" in page
    assert TITLE not in page


def test_whoever_edits_no_more_reads_no_title_of_a_page_that_came_back_to_them(
    handed_in, client_at, desk, leads_desk, editor, scheme
):
    look(leads_desk, handed_in, scheme, "reject", "Say where the bus stops.")
    assert TITLE in desk.get("/staff/").content.decode()
    Membership.objects.of(editor.pk).update(role=Role.PRACTITIONER)
    page = desk.get("/staff/")
    assert page.status_code == 200 and TITLE not in page.content.decode()


def test_another_schemes_publishers_see_nothing_of_it(handed_in, client_at, person, other_scheme):
    elsewhere = client_at(other_scheme, person("Max", role=Role.MANAGER, at=other_scheme))
    for path in ("/staff/", "/cms/"):
        assert TITLE not in elsewhere.get(path).content.decode()


def test_the_editor_hears_that_it_was_published(handed_in, leads_desk, editor, lead, scheme):
    look(leads_desk, handed_in, scheme, "approve")
    assert notices_of(editor) == ["page_published"]
    assert notices_of(lead) == []


def test_what_comes_back_says_why_and_is_handed_in_again(handed_in, desk, leads_desk, editor, public, scheme):
    look(leads_desk, handed_in, scheme, "reject", "Say where the bus stops.")
    assert notices_of(editor) == ["page_sent_back"]
    assert f"Change a page that came back to you: “{TITLE}”" in desk.get("/staff/").content.decode()
    assert "Say where the bus stops." in desk.get(f"/cms/pages/{handed_in.pk}/edit/").content.decode()
    assert "Look at a page" not in leads_desk.get("/staff/").content.decode()

    assert desk.post(f"/cms/pages/{handed_in.pk}/edit/", page_form(**HAND_IN)).status_code == 302
    assert "came back to you" not in desk.get("/staff/").content.decode()
    look(leads_desk, handed_in, scheme, "approve")
    assert public.get("/getting-here/").status_code == 200


def test_the_page_itself_says_on_whom_it_waits_and_why_it_came_back(handed_in, desk, leads_desk, scheme):
    edit = f"/cms/pages/{handed_in.pk}/edit/"
    assert "Edith handed this page in" in leads_desk.get(edit).content.decode()
    assert f"/cms/pages/{handed_in.pk}/view_draft/" in leads_desk.get(edit).content.decode().partition("handed this")[2]
    assert "Look at it as a reader sees it" not in desk.get(edit).content.decode()
    look(leads_desk, handed_in, scheme, "reject", "Say where the bus stops.")
    panel = desk.get(edit).content.decode().partition("sent this page back")
    assert panel[0].rstrip().endswith("Lena")
    assert "What should change:" in panel[2] and "Say where the bus stops." in panel[2].partition("Hand in")[0]
    desk.post(edit, page_form(**HAND_IN))
    look(leads_desk, handed_in, scheme, "approve")
    shown = desk.get(edit).content.decode()
    assert "sent this page back" not in shown and "handed this page in" not in shown


@pytest.mark.parametrize(
    ("pressed", "more", "said"),
    [
        ("approve", {}, "“Getting here” is on the site."),
        (
            "approve",
            {"go_live_at": "4 May 2127 12pm"},
            "“Getting here” comes on the site on Sunday 4 May 2127 at midday.",
        ),
        ("reject", {}, "“Getting here” went back."),
    ],
)
def test_whoever_looked_reads_what_their_button_did(pressed, more, said, handed_in, leads_desk):
    data = {"action-workflow-action": "1", "workflow-action-name": pressed}
    data["workflow-action-extra-data"] = '{"comment": "Say more."}'
    answer = leads_desk.post(f"/cms/pages/{handed_in.pk}/edit/", page_form(**data, **more), follow=True)
    page = answer.content.decode()
    assert said in page
    assert ("See it" in page) is (said.endswith("is on the site."))


def test_a_page_goes_back_only_with_a_reason(handed_in, leads_desk, editor, scheme):
    look(leads_desk, handed_in, scheme, "reject", "")
    assert notices_of(editor) == []
    with enter(scheme):
        assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_what_an_editor_takes_back_waits_for_nobody(handed_in, desk, leads_desk, editor):
    desk.post(f"/cms/pages/{handed_in.pk}/edit/", page_form(**{"action-cancel-workflow": "1"}))
    assert "Look at a page" not in leads_desk.get("/staff/").content.decode()
    assert notices_of(editor) == []


def test_no_message_of_wagtails_own_is_sent_of_it(leads_desk, desk, home, mail_folder, mailoutbox, scheme, public):
    leads_desk.get("/cms/")
    add(desk, home, **HAND_IN)
    with enter(scheme):
        page = StandardPage.objects.get(slug="getting-here")
    look(leads_desk, page, scheme, "reject", "Say where the bus stops.")
    desk.post(f"/cms/pages/{page.pk}/edit/", page_form(**HAND_IN))
    look(leads_desk, page, scheme, "approve")
    assert public.get("/getting-here/").status_code == 200
    assert (list(mail_folder.iterdir()), mailoutbox) == ([], [])


def test_one_and_many_waiting_pages_cost_the_same(handed_in, inside, django_assert_num_queries):
    # The first statement of a schema sets its path.
    assert waiting()
    with django_assert_num_queries(2):
        assert len(waiting()) == 1
    home = Page.objects.get(depth=2)
    for number in range(5):
        page = home.add_child(instance=StandardPage(title=f"Page {number}", live=False))
        page.save_revision()
        page.get_workflow().start(page, None)
    with django_assert_num_queries(2):
        assert len(waiting()) == 6
