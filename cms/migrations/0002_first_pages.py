"""What every scheme's site starts with: three pages, and one group that may edit them."""

import json
from uuid import uuid4

from django.db import migrations

from cms import first_pages
from kit import clock

EDITORS = "Editors"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
PICTURE_PERMISSIONS = ("add_image", "change_image", "choose_image")


def make_pages(apps, schema_editor):
    """Turn Wagtail's page of welcome into the home page, and put the other two under it."""
    Page, HomePage, AnswersPage, StandardPage = (
        apps.get_model(label) for label in ("wagtailcore.Page", "cms.HomePage", "cms.AnswersPage", "cms.StandardPage")
    )
    home = Page.objects.get(depth=2)
    now = clock.now()
    published = {"live": True, "locale_id": home.locale_id, "first_published_at": now, "last_published_at": now}

    title = first_pages.HOME["title"]
    Page.objects.filter(pk=home.pk).update(
        title=title, draft_title=title, numchild=2, content_type=_content_type(apps, "homepage"), **published
    )
    HomePage(page_ptr_id=home.pk, introduction=first_pages.HOME["introduction"]).save_base(raw=True)

    def place(number, words):
        return {
            "path": f"{home.path}{number:04}",
            "depth": 3,
            "url_path": f"{home.url_path}{words['slug']}/",
            "translation_key": uuid4(),
            "draft_title": words["title"],
            **words,
            **published,
        }

    AnswersPage.objects.create(
        content_type=_content_type(apps, "answerspage"), show_in_menus=True, **place(1, first_pages.ANSWERS)
    )
    StandardPage.objects.create(
        content_type=_content_type(apps, "standardpage"),
        show_in_menus=True,
        body=json.dumps(first_pages.how_we_use_body()),
        **place(2, first_pages.HOW_WE_USE),
    )


def make_editors(apps, schema_editor):
    """One group, with rights to the pages under the home page and to pictures; Wagtail's own groups and workflow go."""
    Group, Collection = apps.get_model("auth.Group"), apps.get_model("wagtailcore.Collection")
    apps.get_model("wagtailcore.Workflow").objects.all().delete()
    apps.get_model("wagtailcore.Task").objects.all().delete()
    Group.objects.all().delete()
    editors = Group.objects.create(name=EDITORS)
    editors.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin"))
    home, pictures = apps.get_model("wagtailcore.Page").objects.get(depth=2), Collection.objects.get(depth=1)
    for codename in PAGE_PERMISSIONS:
        permission = _permission(apps, "wagtailcore", "page", codename)
        apps.get_model("wagtailcore.GroupPagePermission").objects.create(
            group=editors, page=home, permission=permission
        )
    for codename in PICTURE_PERMISSIONS:
        permission = _permission(apps, "wagtailimages", "image", codename)
        apps.get_model("wagtailcore.GroupCollectionPermission").objects.create(
            group=editors, collection=pictures, permission=permission
        )


def _content_type(apps, model, app_label="cms"):
    return apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model)[0]


def _permission(apps, app_label, model, codename):
    content_type = _content_type(apps, model, app_label)
    name = f"Can {codename.replace('_', ' ')}"
    permissions = apps.get_model("auth.Permission").objects
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(make_editors, migrations.RunPython.noop),
    ]
