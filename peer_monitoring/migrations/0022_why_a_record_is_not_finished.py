from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0021_what_somebody_had"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unfinished", ""), ("unfinished_why", "")),
                    ("unfinished__in", ["called_off", "refused", "delayed", "cut_short", "other"]),
                    _connector="OR",
                ),
                name="record_says_why_it_is_not_finished",
            ),
        ),
    ]
