from django.db import migrations, models

SEATS = [("lead", "Lead"), ("monitor", "Monitor"), ("supporter", "Supporter"), ("member", "Member")]


def make_monitors_of_members(apps, schema_editor):
    """In a user-led group a member is a monitor from now on; so is whoever is invited as one."""
    for name in ("GroupMembership", "GroupInvitation"):
        apps.get_model("groups", name).objects.filter(group__kind="user_led", seat="member").update(seat="monitor")


def make_members_again(apps, schema_editor):
    for name in ("GroupMembership", "GroupInvitation"):
        apps.get_model("groups", name).objects.filter(seat__in=["monitor", "supporter"]).update(seat="member")


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_withdrawn_invitations")]

    operations = [
        migrations.AlterField("groupinvitation", "seat", models.CharField(choices=SEATS, max_length=10)),
        migrations.AlterField("groupmembership", "seat", models.CharField(choices=SEATS, max_length=10)),
        migrations.RunPython(make_monitors_of_members, make_members_again),
    ]
