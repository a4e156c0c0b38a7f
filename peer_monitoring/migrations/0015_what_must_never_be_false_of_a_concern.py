from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_monitoring", "0014_nobody_was_told_of_a_concern"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="siteconcern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at", None), ("told_to", "")),
                    models.Q(
                        ("told_at__isnull", False),
                        ("told_to__in", ["safeguarding_lead", "manager", "national", "nobody"]),
                    ),
                    _connector="OR",
                ),
                name="site_concern_says_who_was_told_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteconcern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at", None), ("seen_by", "")),
                    models.Q(("seen_at__isnull", False), ("seen_by__in", ["safeguarding_lead", "manager"])),
                    _connector="OR",
                ),
                name="site_concern_says_who_sees_to_it_and_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteconcern",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_at", None), ("seen_at__isnull", False), _connector="OR"),
                name="site_concern_is_seen_before_it_is_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteconcern",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kept_as__isnull", False)),
                fields=("kept_as",),
                name="site_concern_is_kept_as_one_of_its_own",
            ),
        ),
    ]
