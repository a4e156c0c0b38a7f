"""Each site gets its three notices as drafts, in our words with gaps."""

import json
from uuid import uuid4

from django.db import migrations
from django.db.models import F
from wagtail.models import Page as PageNow

from cms.notice_words import KINDS, first_body
from kit import clock

SLUGS = {"accessibility": "accessibility-statement", "privacy": "privacy-notice", "cookies": "cookies"}


def make_notices(apps, schema_editor):
    """Put them under the home page, after whatever stands there."""
    Page, NoticePage = apps.get_model("wagtailcore.Page"), apps.get_model("cms.NoticePage")
    content_type = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="noticepage"
    )[0]
    home = Page.objects.get(depth=2)
    children = Page.objects.filter(path__startswith=home.path, depth=3).order_by("path")
    taken, last = set(children.values_list("slug", flat=True)), children.last()
    path = last.path if last else f"{home.path}0000"
    for kind, title in KINDS.items():
        path = PageNow(path=path)._inc_path()
        slug = SLUGS[kind] if SLUGS[kind] not in taken else f"{SLUGS[kind]}-{uuid4().hex[:4]}"
        NoticePage.objects.create(
            kind=kind,
            body=json.dumps(first_body(kind)),
            path=path,
            depth=3,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{home.url_path}{slug}/",
            translation_key=uuid4(),
            locale_id=home.locale_id,
            content_type=content_type,
            live=False,
            has_unpublished_changes=True,
            latest_revision_created_at=clock.now(),
        )
    Page.objects.filter(pk=home.pk).update(numchild=F("numchild") + len(KINDS))


class Migration(migrations.Migration):
    dependencies = [("cms", "0010_kinds_of_pages"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_notices, migrations.RunPython.noop)]
