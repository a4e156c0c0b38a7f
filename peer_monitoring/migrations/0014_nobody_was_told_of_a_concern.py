"""That nobody could be told can be said; and what cannot be true of a concern is put right before it is refused."""

from django.db import migrations, models
from django.db.models import F


def put_right(apps, schema_editor):
    """A time without whom, or whom without a time, says nothing; what is dealt with was seen to by then."""
    concerns = apps.get_model("peer_monitoring", "SiteConcern").objects
    concerns.filter(told_at=None).exclude(told_to="").update(told_to="")
    concerns.filter(told_to="").exclude(told_at=None).update(told_at=None)
    concerns.filter(done_at__isnull=False, seen_at=None).update(seen_at=F("done_at"))
    concerns.filter(seen_at=None).exclude(seen_by="").update(seen_by="")
    concerns.exclude(seen_at=None).exclude(seen_by="manager").update(seen_by="safeguarding_lead")


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0013_nobody_is_rung_once_it_is_over"),
    ]

    operations = [
        migrations.AlterField(
            model_name="siteconcern",
            name="seen_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("safeguarding_lead", "Safeguarding lead"),
                    ("manager", "Manager"),
                    ("national", "National team"),
                    ("nobody", "Nobody"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="siteconcern",
            name="told_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("safeguarding_lead", "Safeguarding lead"),
                    ("manager", "Manager"),
                    ("national", "National team"),
                    ("nobody", "Nobody"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.RunPython(put_right, migrations.RunPython.noop),
    ]
