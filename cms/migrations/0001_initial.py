import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswersPage",
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
                "verbose_name": "“You said, we did” page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
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
                        blank=True,
                        help_text="One or two short sentences under the name of the service.",
                        max_length=500,
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("inset_text", 2),
                            ("warning", 5),
                            ("action_link", 8),
                            ("details", 10),
                            ("do_list", 14),
                            ("picture", 15),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "title", "max_length": 120, "template": "cms/blocks/heading.jinja"},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "pilcrow",
                                    "template": "cms/blocks/paragraph.jinja",
                                },
                            ),
                            2: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "openquote",
                                    "label": "Text set apart",
                                    "template": "cms/blocks/inset_text.jinja",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                            4: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "link", "ul", "ol"]}),
                            5: ("wagtail.blocks.StructBlock", [[("heading", 3), ("text", 4)]], {}),
                            6: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /tell-us/ or https://www.nhs.uk/",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("text", 3), ("page", 6), ("address", 7)]], {}),
                            9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            10: ("wagtail.blocks.StructBlock", [[("summary", 9), ("text", 4)]], {}),
                            11: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("do", "Do"), ("dont", "Do not")]}),
                            12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            13: ("wagtail.blocks.ListBlock", (12,), {}),
                            14: ("wagtail.blocks.StructBlock", [[("kind", 11), ("items", 13)]], {}),
                            15: (
                                "wagtail.images.blocks.ImageBlock",
                                [],
                                {"icon": "image", "label": "Picture", "template": "cms/blocks/picture.jinja"},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StandardPage",
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
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("inset_text", 2),
                            ("warning", 5),
                            ("action_link", 8),
                            ("details", 10),
                            ("do_list", 14),
                            ("picture", 15),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "title", "max_length": 120, "template": "cms/blocks/heading.jinja"},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "pilcrow",
                                    "template": "cms/blocks/paragraph.jinja",
                                },
                            ),
                            2: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "link", "ul", "ol"],
                                    "icon": "openquote",
                                    "label": "Text set apart",
                                    "template": "cms/blocks/inset_text.jinja",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                            4: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "link", "ul", "ol"]}),
                            5: ("wagtail.blocks.StructBlock", [[("heading", 3), ("text", 4)]], {}),
                            6: ("wagtail.blocks.PageChooserBlock", (), {"required": False}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as /tell-us/ or https://www.nhs.uk/",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("text", 3), ("page", 6), ("address", 7)]], {}),
                            9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                            10: ("wagtail.blocks.StructBlock", [[("summary", 9), ("text", 4)]], {}),
                            11: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("do", "Do"), ("dont", "Do not")]}),
                            12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            13: ("wagtail.blocks.ListBlock", (12,), {}),
                            14: ("wagtail.blocks.StructBlock", [[("kind", 11), ("items", 13)]], {}),
                            15: (
                                "wagtail.images.blocks.ImageBlock",
                                [],
                                {"icon": "image", "label": "Picture", "template": "cms/blocks/picture.jinja"},
                            ),
                        },
                    ),
                ),
            ],
            options={
                "verbose_name": "standard page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("description", models.CharField(blank=True, default="", max_length=255, verbose_name="description")),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at")),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="PictureRendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="cms.picture"
                    ),
                ),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.AddConstraint(
            model_name="picturerendition",
            constraint=models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="picture_size_is_made_once"
            ),
        ),
    ]
