from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0028_slips_printed_once"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="slipbatch",
            constraint=models.UniqueConstraint(fields=("client_key",), name="slips_are_printed_once_for_a_form"),
        ),
    ]
