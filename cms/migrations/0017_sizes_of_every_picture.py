"""Pictures that came before the worker made sizes: it makes theirs too, so that no visitor waits for them."""

from django.db import migrations

MAKE_THEIR_SIZES = """
    INSERT INTO public.kit_outboxmessage
        (id, kind, schema, key, payload, created_at, due_at, attempts, last_error, given_up_because)
    SELECT gen_random_uuid(), 'cms.every_picture', current_schema(), 'those of before', '{}', now(), now(), 0, '', ''
    WHERE EXISTS (SELECT FROM cms_picture) AND current_schema() <> 'template_scheme'
    ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0016_papers_that_no_page_has")]

    operations = [migrations.RunSQL(MAKE_THEIR_SIZES, migrations.RunSQL.noop)]
