"""Every page that is live now keeps its address: should it move, whoever follows the old one finds it."""

from django.db import migrations


def remember(apps, schema_editor):
    """A row for each live page below the home page."""
    Page, Redirect = apps.get_model("wagtailcore.Page"), apps.get_model("wagtailredirects.Redirect")
    site = apps.get_model("wagtailcore.Site").objects.get(is_default_site=True)
    root = len(site.root_page.url_path)
    live = Page.objects.filter(live=True, depth__gt=site.root_page.depth, path__startswith=site.root_page.path)
    Redirect.objects.bulk_create(
        [
            Redirect(
                old_path=f"/{page.url_path[root:]}".rstrip("/"),
                site=site,
                redirect_page=page,
                automatically_created=True,
            )
            for page in live
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_easy_read"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
