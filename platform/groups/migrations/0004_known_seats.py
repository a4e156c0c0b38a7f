from django.db import migrations, models

KNOWN = models.Q(seat__in=["lead", "monitor", "supporter", "member"])


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_seats_of_user_led_groups")]

    operations = [
        migrations.AddConstraint(
            "groupinvitation", models.CheckConstraint(condition=KNOWN, name="group_invitation_seat_is_known")
        ),
        migrations.AddConstraint(
            "groupmembership", models.CheckConstraint(condition=KNOWN, name="group_seat_is_known")
        ),
    ]
