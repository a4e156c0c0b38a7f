from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0017_why_it_went_further"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="siteconcern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_because", ""),
                    models.Q(("told_because__in", ["late", "shut"]), ("told_to__in", ["national", "nobody"])),
                    _connector="OR",
                ),
                name="site_concern_says_why_it_went_further",
            ),
        ),
    ]
