import uuid

import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

import cms.blocks.pictures
import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_things_to_print"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="people",
            field=models.PositiveSmallIntegerField(
                help_text=(
                    "Count everybody whom a friend or a colleague would know, also from behind. Write 0 if there is "
                    "nobody. Nobody sees the picture until each of them has agreed: see “People in pictures”."
                ),
                null=True,
                validators=[django.core.validators.MaxValueValidator(60)],
                verbose_name="How many people in it could somebody recognise?",
            ),
        ),
        migrations.AlterField(
            model_name="homepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 0),
                    ("paragraph", 1),
                    ("inset_text", 2),
                    ("warning", 5),
                    ("action_link", 8),
                    ("details", 10),
                    ("do_list", 14),
                    ("picture", 15),
                    ("film", 18),
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
                        {"help_text": "Such as /tell-us/ or https://www.nhs.uk/", "max_length": 500, "required": False},
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("text", 3), ("page", 6), ("address", 7)]], {}),
                    9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    10: ("wagtail.blocks.StructBlock", [[("summary", 9), ("text", 4)]], {}),
                    11: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("do", "Do"), ("dont", "Do not")]}),
                    12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                    13: ("wagtail.blocks.ListBlock", (12,), {}),
                    14: ("wagtail.blocks.StructBlock", [[("kind", 11), ("items", 13)]], {}),
                    15: ("wagtail.images.blocks.ImageBlock", [], {}),
                    16: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": cms.blocks.pictures.film_choices,
                            "help_text": "Films are added under “People in pictures” on the staff pages.",
                        },
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "What it is about, and how long it is", "max_length": 300},
                    ),
                    18: ("wagtail.blocks.StructBlock", [[("film", 16), ("says", 17)]], {}),
                },
            ),
        ),
        migrations.AlterField(
            model_name="standardpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 0),
                    ("paragraph", 1),
                    ("inset_text", 2),
                    ("warning", 5),
                    ("action_link", 8),
                    ("details", 10),
                    ("do_list", 14),
                    ("picture", 15),
                    ("film", 18),
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
                        {"help_text": "Such as /tell-us/ or https://www.nhs.uk/", "max_length": 500, "required": False},
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("text", 3), ("page", 6), ("address", 7)]], {}),
                    9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    10: ("wagtail.blocks.StructBlock", [[("summary", 9), ("text", 4)]], {}),
                    11: ("wagtail.blocks.ChoiceBlock", [], {"choices": [("do", "Do"), ("dont", "Do not")]}),
                    12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                    13: ("wagtail.blocks.ListBlock", (12,), {}),
                    14: ("wagtail.blocks.StructBlock", [[("kind", 11), ("items", 13)]], {}),
                    15: ("wagtail.images.blocks.ImageBlock", [], {}),
                    16: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": cms.blocks.pictures.film_choices,
                            "help_text": "Films are added under “People in pictures” on the staff pages.",
                        },
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "What it is about, and how long it is", "max_length": 300},
                    ),
                    18: ("wagtail.blocks.StructBlock", [[("film", 16), ("says", 17)]], {}),
                },
            ),
        ),
        migrations.CreateModel(
            name="Film",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                ("address", models.URLField(max_length=500)),
                (
                    "people",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="How many people in it could somebody recognise?",
                    ),
                ),
                ("added_at", models.DateTimeField(default=kit.clock.now)),
            ],
            options={
                "ordering": ("title", "pk"),
                "constraints": [models.UniqueConstraint(fields=("address",), name="film_stands_once")],
            },
        ),
        migrations.CreateModel(
            name="Named",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("does", models.CharField(max_length=120)),
                ("words", models.TextField(blank=True, max_length=600)),
                ("person_id", models.UUIDField(blank=True, null=True)),
                (
                    "explained",
                    models.CharField(
                        choices=[
                            ("talked", "We talked it through"),
                            ("read", "They read it"),
                            ("easy_read", "With Easy Read or pictures"),
                            ("interpreter", "With an interpreter or a signer"),
                            ("supported", "With somebody they trust beside them"),
                        ],
                        max_length=12,
                    ),
                ),
                ("wording_version", models.CharField(max_length=40)),
                ("agreed_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kit.clock.now)),
                ("recorded_by_id", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.UUIDField(blank=True, null=True)),
                ("erased", models.BooleanField(default=False)),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="portrait_of",
                        to="cms.picture",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "named people",
                "ordering": ("name", "recorded_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("does", ""), _negated=True),
                                models.Q(("wording_version", ""), _negated=True),
                            ),
                            ("withdrawn_at__isnull", False),
                            ("erased", True),
                            _connector="OR",
                        ),
                        name="named_says_who_and_what_they_do",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            models.Q(("does", ""), ("name", ""), ("photo", None), ("words", "")),
                            _connector="OR",
                        ),
                        name="named_taken_back_has_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by_id", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="named_is_taken_back_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("agreed_on")), _connector="OR"),
                        name="named_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("photo", "A picture on this site"), ("film", "A film that this site leads to")],
                        max_length=5,
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                ("person_id", models.UUIDField(blank=True, null=True)),
                (
                    "explained",
                    models.CharField(
                        choices=[
                            ("talked", "We talked it through"),
                            ("read", "They read it"),
                            ("easy_read", "With Easy Read or pictures"),
                            ("interpreter", "With an interpreter or a signer"),
                            ("supported", "With somebody they trust beside them"),
                        ],
                        max_length=12,
                    ),
                ),
                ("wording_version", models.CharField(max_length=40)),
                ("agreed_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=kit.clock.now)),
                ("recorded_by_id", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.UUIDField(blank=True, null=True)),
                ("erased", models.BooleanField(default=False)),
                (
                    "film",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="cms.film"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consents",
                        to="cms.picture",
                    ),
                ),
            ],
            options={
                "ordering": ("agreed_on", "recorded_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("film", None), ("purpose", "photo")),
                            models.Q(("film__isnull", False), ("picture", None), ("purpose", "film")),
                            _connector="OR",
                        ),
                        name="picture_consent_is_for_one_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("agreed_on")), _connector="OR"),
                        name="picture_consent_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by_id", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="picture_consent_is_taken_back_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wording_version", ""), _negated=True),
                        name="picture_consent_says_which_wording",
                    ),
                ],
            },
        ),
    ]
