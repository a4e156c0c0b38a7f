"""A scheme that had points before national figures were counted has all of them counted, by the worker."""

from django.db import migrations

COUNT_EVERYTHING = """
    INSERT INTO public.kit_outboxmessage
        (id, kind, schema, key, payload, created_at, due_at, attempts, last_error, given_up_because)
    SELECT gen_random_uuid(), 'feedback.count', current_schema(), 'everything', '{}', now(), now(), 0, '', ''
    WHERE EXISTS (SELECT FROM feedback_point) AND current_schema() <> 'template_scheme'
    ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0025_since_when_there_is_a_group"),
    ]

    operations = [migrations.RunSQL(COUNT_EVERYTHING, migrations.RunSQL.noop)]
