"""The register stands in its order without sorting every point, and its few "not now" are found without the others."""

from django.db import migrations, models
from django.db.models import Case, Q, When


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_who_sees_to_promises")]

    operations = [
        migrations.AddIndex(
            model_name="point",
            index=models.Index(
                Case(When(~Q(said=""), stage__in=("said", "seen"), then=0), default=1),
                "due_on",
                "received_on",
                "id",
                name="point_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["point"], condition=Q(decision="not_now"), name="round_not_now"),
        ),
    ]
