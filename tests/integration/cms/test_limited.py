"""A limited editor against the whole of the editor: nothing runs on a page, and nothing changes that they may not.

Must show 7 of the public site; every try of `tests/payloads.py` goes the whole way once.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Site, Workflow
from wagtail.test.utils.form_data import streamfield

from cms.models import Picture, StandardPage
from kit import clock
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership
from tests import payloads
from tests.harmless import harms
from tests.integration.cms.test_editing import PUBLISH, add
from tests.integration.cms.test_every_admin_page import paths_of
from tests.unit.cms.test_payloads import REFUSED, shown

WORDS = "".join(payloads.WORDS)[:250]


def test_whatever_is_typed_into_a_page_at_once_shows_as_words(leads_desk, home, public):
    rich = [sent for sent in payloads.RICH if shown(("paragraph", sent)) != REFUSED]
    assert len(rich) > 12
    body = [("heading", words[:120]) for words in payloads.WORDS] + [("paragraph", sent) for sent in rich]
    form = {"title": WORDS, "seo_title": WORDS, "search_description": WORDS, "body": streamfield(body)}
    assert add(leads_desk, home, **form, **PUBLISH).status_code == 302

    page = public.get("/getting-here/").content.decode()

    head, _, rest = page.partition("</head>")
    main = rest.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    assert "Words" in main
    # The button that reads aloud is ours: it stands above all that an editor typed.
    typed = main[main.index("<h1") :]
    assert list(harms(typed)) == []
    assert "<script>alert" not in page and "<img src=x" not in head and "</title><script>" not in page


@pytest.mark.parametrize("address", ["javascript&colon;alert(1)", "//evil.example", "page.html"])
def test_a_link_to_nowhere_is_refused_beside_the_words(leads_desk, home, scheme, address):
    body = streamfield([("paragraph", payloads.linked("LINK", url=address))])
    answer = add(leads_desk, home, body=body, **PUBLISH)
    assert "A link here leads nowhere" in answer.content.decode()
    with enter(scheme):
        assert not StandardPage.objects.filter(slug="getting-here").exists()


def test_what_the_editor_of_words_never_sends_is_not_kept(leads_desk, home, scheme):
    sent = next(sent for sent in payloads.RICH if "parentId" in sent)
    answer = add(leads_desk, home, body=streamfield([("paragraph", sent)]), **PUBLISH)
    assert answer.status_code == 200
    with enter(scheme):
        assert not StandardPage.objects.filter(slug="getting-here").exists()


def test_a_form_that_was_sent_without_its_fields_is_refused_and_nothing_breaks(desk, home):
    assert desk.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", {"title": "x"}).status_code == 400


def standing(scheme):
    """What an editor may not change: what is live, the rights, the people and the pictures of others."""
    with enter(scheme):
        return {
            "pages": list(Page.objects.order_by("pk").values_list("pk", "live", "title", "url_path", "owner_id")),
            "rights": sorted(GroupPagePermission.objects.values_list("group__name", "permission__codename", "page")),
            "groups": sorted(Group.objects.values_list("name", "persongroup__person"), key=str),
            "workflows": list(Workflow.objects.values_list("name", "active", "workflow_pages__page")),
            "sites": list(Site.objects.values_list("hostname", "root_page")),
            "people": sorted(Person.objects.values_list("pk", "name", "is_active", "email"), key=str),
            "pictures": list(Picture.objects.values_list("pk", "title")),
        }


def everywhere(client, home, how):
    """Each address of the editor, tried in one way. Some of Wagtail's break when nothing at all is sent to them."""
    client.raise_request_exception = False
    for path in paths_of(home.pk):
        if path.startswith("/cms/logout/"):
            continue
        with transaction.atomic():
            answer = getattr(client, how)(path, {"next": "/cms/"} if how == "post" else {})
        yield path, answer.status_code


@pytest.mark.long
def test_sent_to_every_address_an_editor_changes_nothing_that_everybody_reads(desk, home, scheme, public):
    desk.get("/cms/")
    before, front_door = standing(scheme), public.get("/").content
    tried = dict(everywhere(desk, home, "post"))
    assert len(tried) > 100
    assert standing(scheme) == before
    assert public.get("/").content == front_door


@pytest.mark.long
def test_whoever_may_publish_finds_no_page_that_breaks(leads_desk, home):
    assert [path for path, status in everywhere(leads_desk, home, "get") if status >= 500] == []


@pytest.mark.long
def test_an_editor_whose_role_has_ended_finds_nothing_anywhere(desk, editor, home):
    desk.get("/cms/")
    Membership.objects.of(editor.pk).update(since=clock.today() - timedelta(days=9), until=clock.today())
    for how in ("get", "post"):
        assert {status for _, status in everywhere(desk, home, how)} == {404}


@pytest.mark.parametrize(
    "path",
    [
        "workflows/add/1/", "workflows/edit/1/", "workflows/disable/1/", "workflows/tasks/edit/1/", "sites/edit/1/",
        "sites/new/", "users/", "groups/", "redirects/add/", "collections/add/", "pages/{home}/privacy/",
        "pages/{home}/delete/", "pages/{home}/unpublish/", "reports/site-history/", "bulk/wagtailcore/page/publish/",
    ],
)  # fmt: skip
def test_what_is_for_nobody_here_is_refused_to_an_editor(path, desk, home, scheme):
    desk.get("/cms/")
    before = standing(scheme)
    answer = desk.post(f"/cms/{path.format(home=home.pk)}", {"name": "x", "hostname": "evil.example", "active": "on"})
    assert answer.status_code < 500
    assert standing(scheme) == before
