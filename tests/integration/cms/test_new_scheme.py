"""What a scheme's site starts with."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from cms.models import AnswersPage, HomePage, StandardPage
from tenants.schemes.entering import enter


@pytest.mark.usefixtures("inside")
def test_a_new_site_has_its_three_pages_and_none_of_wagtails():
    home = Page.objects.get(depth=2)
    assert isinstance(home.specific, HomePage)
    assert [child.specific_class for child in home.get_children()] == [AnswersPage, StandardPage]
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.usefixtures("inside")
def test_editors_may_add_change_and_publish_below_the_home_page_and_nothing_more():
    assert [group.name for group in Group.objects.all()] == ["Editors"]
    rights = GroupPagePermission.objects.values_list("permission__codename", "page__depth")
    assert sorted(rights) == [("add_page", 2), ("change_page", 2), ("publish_page", 2)]
    pictures = Group.objects.get().collection_permissions.values_list("permission__codename", flat=True)
    assert sorted(pictures) == ["add_image", "change_image", "choose_image"]
    assert [one.codename for one in Group.objects.get().permissions.all()] == ["access_admin"]
    assert not Workflow.objects.exists()


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
