"""Words of pictures and films were put into the search of a site; where there are any, its pages are indexed again."""

from django.db import migrations

INDEX_AGAIN = """
    INSERT INTO public.kit_outboxmessage
        (id, kind, schema, key, payload, created_at, due_at, attempts, last_error, given_up_because)
    SELECT gen_random_uuid(), 'cms.index_again', current_schema(), 'what pictures say', '{}', now(), now(), 0, '', ''
    WHERE (EXISTS (SELECT FROM cms_picture) OR EXISTS (SELECT FROM cms_pictureconsent) OR EXISTS (SELECT FROM cms_film))
    AND current_schema() <> 'template_scheme'
    ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0014_publishers_keep_the_glossary"),
    ]

    operations = [migrations.RunSQL(INDEX_AGAIN, migrations.RunSQL.noop)]
