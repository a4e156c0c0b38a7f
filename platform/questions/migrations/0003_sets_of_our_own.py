import hashlib
import json
from pathlib import Path

from django.db import migrations

from questions.compiled import compiled
from questions.shape import read

FOLDER = Path(__file__).parents[1] / "own_sets"
PURPOSES = {
    "welcome_and_dignity": "How people are welcomed, the room, and whether they are treated with dignity.",
    "rights_and_information": "What people are told, whether they understand it, and how they can have their say.",
    "health_and_needs": "Health, medication, needs, children and money, and what happens afterwards.",
    "follow_up": "For a second visit: what was promised, and whether it has happened.",
}


def publish(apps, schema_editor):
    """The first version of each of our sets; a later one comes with a later migration."""
    for name, purpose in PURPOSES.items():
        rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        form = read(rows)
        made = apps.get_model("questions", "QuestionSet").objects.create(
            title=form.title["en"], purpose=purpose, draft=rows
        )
        text = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        apps.get_model("questions", "QuestionSetVersion").objects.create(
            question_set=made,
            number=1,
            title=made.title,
            form=rows,
            compiled=compiled(form),
            md5=hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        )


class Migration(migrations.Migration):
    """Four sets that belong to no group, so that a group can go on a visit on its first day (S78 to S80)."""

    dependencies = [("questions", "0002_versions_never_change")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
