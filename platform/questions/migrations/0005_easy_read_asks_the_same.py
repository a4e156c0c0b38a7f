import hashlib
import json
from pathlib import Path

from django.db import migrations
from django.db.models import Max

from questions.compiled import compiled
from questions.shape import read

FOLDER = Path(__file__).parents[1] / "own_sets"
CHANGED = ("welcome_and_dignity", "rights_and_information", "health_and_needs", "follow_up")


def publish(apps, schema_editor):
    """A newer version of those of our sets that were published before; where they are new, nothing is to be done."""
    sets = apps.get_model("questions", "QuestionSet").objects.filter(group=None)
    versions = apps.get_model("questions", "QuestionSetVersion").objects
    for name in CHANGED:
        rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        form = read(rows)
        text = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        md5 = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        for one in sets.filter(title=form.title["en"]).exclude(versions__md5=md5):
            newest = one.versions.aggregate(number=Max("number"))["number"] or 0
            versions.create(
                question_set=one, number=newest + 1, title=one.title, form=rows, compiled=compiled(form), md5=md5
            )
            one.draft = rows
            one.save(update_fields=["draft"])


class Migration(migrations.Migration):
    """Our own sets in Easy Read ask a visitor what they ask in English: what people get, not what the visitor gets."""

    dependencies = [("questions", "0004_none_of_these_stands_alone")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
