"""Things to print, the PDFs that editors upload, and the page that lists both in every scheme."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import cms.models.papers
import kit.clock
from cms.first_pages import PRINTED, add_below_home

EDITORS = "Editors"


def add_page(apps, schema_editor):
    """Every scheme has a place for what can be printed; the home page names it once there is something."""
    add_below_home(apps, "resourceindexpage", PRINTED)


def let_editors_upload(apps, schema_editor):
    """An editor may bring in a PDF. None is changed, and none is taken away but by the clock."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="uploadedpaper"
    )
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename="add_uploadedpaper", defaults={"name": "Can add uploaded PDF"}
    )
    apps.get_model("auth.Group").objects.get(name=EDITORS).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0007_stories"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResourceIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        blank=True, help_text="One or two short sentences under the title.", max_length=500
                    ),
                ),
            ],
            options={
                "verbose_name": "list of things to print",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="UploadedPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        help_text="What it is called, such as “Your rights, in Easy Read”.", max_length=120
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        help_text="A PDF with at most 10 MB and 200 pages.",
                        max_length=200,
                        upload_to=cms.models.papers.random_name,
                    ),
                ),
                ("pages", models.PositiveIntegerField(default=0, editable=False)),
                ("is_tagged", models.BooleanField(default=False, editable=False)),
                ("uploaded_at", models.DateTimeField(default=kit.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "uploaded PDF",
                "ordering": ("-uploaded_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ResourcePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("poster", "Poster"),
                            ("leaflet", "Leaflet"),
                            ("newsletter", "Newsletter"),
                            ("exhibition", "Exhibition"),
                        ],
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                (
                    "sheet",
                    models.CharField(
                        choices=[("a4", "A4"), ("a3", "A3")],
                        default="a4",
                        max_length=2,
                        verbose_name="paper of a poster",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        help_text="One or two short sentences. They stand on the page and on the paper.",
                        max_length=300,
                        verbose_name="in short",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("heading", 0), ("words", 1), ("point", 2), ("story", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "title", "max_length": 80, "template": "cms/blocks/heading.jinja"},
                            ),
                            1: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"icon": "pilcrow", "max_length": 1000, "template": "cms/blocks/plain_words.jinja"},
                            ),
                            2: ("cms.blocks.points.PointBlock", (), {}),
                            3: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"page_type": ["cms.StoryPage"], "template": "cms/blocks/story.jinja"},
                            ),
                        },
                    ),
                ),
                (
                    "uploaded",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.uploadedpaper",
                        verbose_name="PDF",
                    ),
                ),
            ],
            options={
                "verbose_name": "thing to print",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RunPython(add_page, migrations.RunPython.noop),
        migrations.RunPython(let_editors_upload, migrations.RunPython.noop),
    ]
