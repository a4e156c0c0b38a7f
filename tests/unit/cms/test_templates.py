"""No template of ours makes a size of a picture by itself: all ask the one function that knows what may be shown."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BY_ITSELF = re.compile(r"\{[{%][^}]*\b(image|image_url|srcset_image|picture)\(")


def test_no_template_shows_a_picture_past_the_one_function():
    templates = [path for top in ("cms", "tenants", "platform") for path in (ROOT / top).rglob("*.jinja")]
    assert len(templates) > 100
    assert [str(path) for path in templates if BY_ITSELF.search(path.read_text())] == []


def test_no_code_of_ours_makes_a_size_but_where_somebody_asks_whether_it_may():
    modules = [path for top in ("cms", "tenants", "platform") for path in (ROOT / top).rglob("*.py")]
    making = re.compile(r"\.((get|create)_renditions?|make_sizes)\(")
    assert {path.name for path in modules if making.search(path.read_text())} == {
        "pictures.py", "picture_actions.py", "showing.py",
    }  # fmt: skip
