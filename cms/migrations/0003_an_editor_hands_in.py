"""An editor writes and hands in; whoever may publish puts it on the site: one group more, and one step between."""

import django.db.models.deletion
from django.db import migrations, models

EDITORS, PUBLISHERS = "Editors", "Publishers"
STEP = "Look before publishing"
FOR_PUBLISHERS = ("publish_page", "lock_page", "unlock_page")


def divide(apps, schema_editor):
    """Publishing goes from the editors to a group of its own, and every page below the home page goes through it."""
    Group, Permission = apps.get_model("auth.Group"), apps.get_model("auth.Permission")
    on_pages = apps.get_model("wagtailcore.GroupPagePermission")
    page_type = _content_type(apps, "wagtailcore", "page")
    publishers = Group.objects.create(name=PUBLISHERS)
    publishers.permissions.set(Group.objects.get(name=EDITORS).permissions.all())
    home = apps.get_model("wagtailcore.Page").objects.get(depth=2)
    on_pages.objects.filter(group__name=EDITORS, permission__codename="publish_page").delete()
    for codename in FOR_PUBLISHERS:
        permission, _ = Permission.objects.get_or_create(
            content_type=page_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        on_pages.objects.create(group=publishers, page=home, permission=permission)

    step = apps.get_model("cms.PublishingTask").objects.create(
        name=STEP, content_type=_content_type(apps, "cms", "publishingtask")
    )
    step.groups.add(publishers)
    workflow = apps.get_model("wagtailcore.Workflow").objects.create(name=STEP)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(workflow=workflow, task_id=step.pk, sort_order=0)
    apps.get_model("wagtailcore.WorkflowPage").objects.create(workflow=workflow, page=home)


def _content_type(apps, app_label, model):
    return apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model)[0]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0002_first_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishingTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text=(
                            "Pages/snippets at this step in a workflow will be moderated or approved by these groups "
                            "of users"
                        ),
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={"verbose_name": "look before publishing"},
            bases=("wagtailcore.task",),
        ),
        migrations.RunPython(divide, migrations.RunPython.noop),
    ]
