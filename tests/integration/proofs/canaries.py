"""Words that stand nowhere else, one for each text of each row: where one turns up, it is known where it came from."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_lowercase

from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from tenants.schemes.guard import stands_in_schemes

# Eight small letters: they fit into every field, and nothing on the way from a row to a page changes them.
PREFIX = "zqv"
CANARY = re.compile(PREFIX + r"[a-z]{5}", re.IGNORECASE)

PAGES_WITH_A_BODY = (
    "AboutPage", "EventPage", "HomePage", "NewsPage", "NoticePage", "ResourcePage", "StandardPage", "StoryPage",
)  # fmt: skip
# What is no word of anybody's, and would break the site if it were one.
LEFT_ALONE = {
    "auth.Permission": "named by the code",
    "auth.Group": "named by the code",
    "contenttypes.ContentType": "named by the code",
    "wagtailcore.Locale": "a language",
    "wagtailcore.Site": "a host",
    "wagtailcore.ReferenceIndex": "paths of models",
    "wagtailcore.Page.path": "places in the tree",
    "wagtailcore.Page.slug": "part of an address",
    "wagtailcore.Page.url_path": "an address",
    "wagtailcore.Collection.path": "places in the tree",
    "wagtailcore.Revision.object_id": "an id",
    "wagtailcore.Revision.content": "planted through the page",
    "wagtailcore.PageLogEntry": "what an editor did, by the code's own names",
    "wagtailcore.ModelLogEntry": "what an editor did, by the code's own names",
    "wagtailsearch.IndexEntry": "made from the page",
    "cms.EasyReadPage.ideas": "planted through the page",
    **{f"cms.{page}.body": "planted through the page" for page in PAGES_WITH_A_BODY},
    "cms.AboutPage.facts": "blocks of what a scheme publishes about itself",
    "cms.AboutPage.partners": "blocks of what a scheme publishes about itself",
    "cms.AboutPage.links": "blocks of what a scheme publishes about itself",
    "cms.InvolvementPage.ways": "blocks of what a scheme publishes about itself",
    "cms.PeoplePage.people": "ids of records",
    "cms.Picture.file": "a path",
    "cms.Picture.file_hash": "a hash",
    "cms.PictureRendition": "paths and sizes",
    "cms.PictureConsent.wording_version": "named by the code",
    "cms.Named.wording_version": "named by the code",
    "feedback.Theme.code": "part of an address",
    "feedback.GroupTag.code": "part of an address",
    "feedback.Sayer.slip": "a keyed hash",
    "feedback.InformationNeed.slip": "a keyed hash",
    "feedback.Asked.code": "a keyed hash",
    "feedback.DueRegard.decision_maker_role": "the name of a role",
    "feedback.PrintedSlip.slip": "a keyed hash",
    "feedback.Round.owner_role": "the name of a role",
    "feedback.Point.owner_role": "the name of a role",
    "feedback.Progress.link": "an address of a page that anybody can open",
    "audit.Entry": "ids and phrases of the code; words do not fit",
}


class Canaries:
    """Which canary was planted where."""

    def __init__(self) -> None:
        # The last one is left alone where words are cut to their stems, which would make one canary of another.
        self._letters = ("".join(letters) + "x" for letters in product(ascii_lowercase, repeat=4))
        self.where: dict[str, str] = {}

    def new(self, where: str) -> str:
        """A canary for a place such as `feedback.Point.said`."""
        word = PREFIX + next(self._letters)
        self.where[word] = where
        return word

    def found_in(self, text: str | bytes) -> set[str]:
        """The places whose canaries stand in a text."""
        words = text.decode(errors="replace") if isinstance(text, bytes) else text
        return {self.where[word] for found in CANARY.findall(words) if (word := found.lower()) in self.where}

    def of(self, *places: str) -> set[str]:
        """The canaries of places."""
        return {word for word, where in self.where.items() if where in places}


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields of a model's own table into which somebody's words could go."""
    for field in model._meta.local_concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
        if is_text and not field.choices and not field.primary_key and not field.is_relation:
            yield field


def models_of_schemes() -> Iterable[type[models.Model]]:
    """Every model whose table stands in each scheme."""
    return [
        model
        for model in apps.get_models()
        if stands_in_schemes(model) and model._meta.managed and not model._meta.proxy
    ]


def plant(canaries: Canaries, models_: Iterable[type[models.Model]]) -> tuple[set[str], set[str]]:
    """Write a canary into every text of every row of the schema entered: the fields tried, and those without a row."""
    planted, without_rows = set(), set()
    for model in models_:
        label = model._meta.label
        for field in text_fields(model):
            name = f"{label}.{field.name}"
            if label in LEFT_ALONE or name in LEFT_ALONE:
                continue
            keys = list(model._base_manager.values_list("pk", flat=True))
            for key in keys:
                word = canaries.new(name)
                if not write(model, key, field, word):
                    del canaries.where[word]
            (planted if keys else without_rows).add(name)
    return planted, without_rows


def write(model: type[models.Model], key: object, field: models.Field, word: str) -> bool:
    """Write a word straight into a row, if that can be."""
    value = {"word": word} if isinstance(field, models.JSONField) else word
    if isinstance(field, models.EmailField):
        value = f"{word}@example.org"
    if isinstance(field, models.URLField):
        value = f"https://example.org/{word}"
    try:
        # Straight into the table: whatever rules there are for writing, the crawl is about reading.
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{field.name: value})
    except IntegrityError as refused:
        if "violates check constraint" not in str(refused):
            raise
        return False  # no row in this state holds such a word: one in another state must
    except DatabaseError as refused:
        if "permission denied" not in str(refused):
            raise
        return False  # written once, by an action: such words are planted as the loop is walked
    return True


def every_text(schemas: Iterable[str], *, but: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Every row of every table of these schemas as text, with the table's name."""
    left_out = set(but)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1, 2", [list(schemas)]
        )
        for schema, table in cursor.fetchall():
            if table in left_out:
                continue
            try:
                with transaction.atomic():
                    cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
                    for (row,) in cursor.fetchall():
                        yield f"{schema}.{table}", row
            except DatabaseError as closed:
                if "permission denied" not in str(closed):
                    raise
