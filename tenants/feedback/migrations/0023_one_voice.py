"""One key for all answers of one voice in a round, which outlives whose voice it was (ADR 0049)."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

# Who has one voice was worked out until now: the person, else the slip, else the point at which it was said.
ONE_KEY_FOR_ONE_VOICE = """
WITH given AS (
    SELECT answer.id, answer.round_id, coalesce(sayer.speaks_for_id::text, '') AS for_whom,
           coalesce(sayer.person_id::text, nullif(sayer.slip, ''), sayer.id::text) AS whose
    FROM feedback_confirmation AS answer JOIN feedback_sayer AS sayer ON sayer.id = answer.sayer_id
), voices AS MATERIALIZED (
    SELECT round_id, for_whom, whose, gen_random_uuid() AS key FROM given GROUP BY round_id, for_whom, whose
)
UPDATE feedback_confirmation AS answer
SET voice_key = voices.key
FROM given JOIN voices USING (round_id, for_whom, whose)
WHERE given.id = answer.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0022_easy_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="voice_key",
            field=models.UUIDField(db_default=RandomUUID(), default=uuid.uuid4, editable=False),
        ),
        migrations.RunSQL(ONE_KEY_FOR_ONE_VOICE, migrations.RunSQL.noop),
    ]
