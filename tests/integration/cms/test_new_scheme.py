"""What a scheme's site starts with."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from cms.first_words import HARD_WORDS
from cms.models import (
    AnswersPage,
    HardWord,
    HomePage,
    NoticePage,
    PublishingTask,
    ResourceIndexPage,
    StandardPage,
    StoryIndexPage,
)
from tenants.schemes.entering import enter


@pytest.mark.usefixtures("inside")
def test_a_new_site_has_its_pages_and_notices_to_complete_and_none_of_wagtails():
    home = Page.objects.get(depth=2)
    assert isinstance(home.specific, HomePage)
    children = [AnswersPage, StandardPage, StoryIndexPage, ResourceIndexPage, *3 * [NoticePage]]
    assert [child.specific_class for child in home.get_children()] == children
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.usefixtures("inside")
def test_editors_write_below_the_home_page_and_publishers_publish_and_neither_does_more():
    rights = GroupPagePermission.objects.values_list("group__name", "permission__codename", "page__depth")
    assert sorted(rights) == [
        ("Editors", "add_page", 2),
        ("Editors", "change_page", 2),
        ("Publishers", "lock_page", 2),
        ("Publishers", "publish_page", 2),
        ("Publishers", "unlock_page", 2),
    ]
    assert sorted(Group.objects.values_list("name", "permissions__codename")) == [
        ("Editors", "access_admin"),
        ("Editors", "add_uploadedpaper"),
        ("Editors", "submit_translation"),
        ("Editors", "view_hardword"),
        ("Publishers", "access_admin"),
        ("Publishers", "add_hardword"),
        ("Publishers", "change_hardword"),
        ("Publishers", "delete_hardword"),
    ]
    pictures = Group.objects.values_list("name", "collection_permissions__permission__codename")
    assert sorted(pictures, key=str) == [
        ("Editors", "add_image"),
        ("Editors", "change_image"),
        ("Editors", "choose_image"),
        ("Publishers", None),
    ]


@pytest.mark.usefixtures("inside")
def test_every_page_below_the_home_page_goes_through_one_step_before_it_is_published():
    workflow = Workflow.objects.get()
    assert [task.specific_class for task in workflow.tasks] == [PublishingTask]
    assert [group.name for group in PublishingTask.objects.get().groups.all()] == ["Publishers"]
    assert {page.get_workflow() for page in Page.objects.filter(depth__gte=2)} == {workflow}


@pytest.mark.usefixtures("inside")
def test_the_glossary_starts_with_words_that_keep_its_own_rule():
    assert HardWord.objects.count() == len(HARD_WORDS) > 15
    for one in HardWord.objects.all():
        one.full_clean()


def test_each_site_has_its_own_address_and_its_own_keys(scheme, other_scheme):
    keys = []
    for one in (scheme, other_scheme):
        with enter(one):
            site = Site.objects.get()
            assert (site.hostname, site.port, site.is_default_site) == (one.host, 8000, True)
            keys.append(set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True)))
    assert not keys[0] & keys[1]


def test_every_page_a_site_starts_with_can_be_read_by_anybody(public, scheme):
    for path, words in {
        "/": scheme.name,
        "/you-said-we-did/": "There are no answers here yet",
        "/how-we-use-what-you-tell-us/": "Who reads it",
    }.items():
        answer = public.get(path)
        assert answer.status_code == 200
        assert words in answer.content.decode()
