"""Two pages of the first scheme's site in Polish, as somebody who speaks it may have written them. All is invented."""

from typing import Any

from wagtail.models import Locale, Page

from cms.models import HomePage, StandardPage

POLISH = "pl"
HOME = "Strona główna"
INTRODUCTION = "Powiedz nam, co działa, a co nie. Zobacz, co się zmieniło, bo ludzie zabrali głos."
HOW_WE_USE = "how-we-use-what-you-tell-us"
TITLE, SLUG = "Co robimy z tym, co nam powiesz", "co-robimy-z-tym-co-nam-powiesz"
BODY: list[tuple[str, Any]] = [
    (
        "paragraph",
        "<p>Możesz nam powiedzieć, co było dobre, co złe i co trzeba zmienić. Nie musisz podawać nazwiska.</p>",
    ),
    ("heading", "Kto to czyta"),
    (
        "paragraph",
        "<p>Ludzie, którzy tu pracują, czytają to, co nam powiesz. Możemy pokazać krótką wersję na tej stronie, "
        "naszymi słowami, ale tylko jeśli się na to zgodzisz.</p>",
    ),
    ("heading", "Co dzieje się potem"),
    (
        "paragraph",
        "<p>Czytamy to, co powiesz. Decydujemy, co zrobić. Potem ci to mówimy, także wtedy, gdy odpowiedź brzmi: nie. "
        "Jeśli masz od nas kod, możesz z nim zobaczyć naszą odpowiedź.</p>",
    ),
    ("action_link", {"text": "Zobacz, co się zmieniło", "page": None, "address": "/pl/you-said-we-did/"}),
    (
        "warning",
        {
            "heading": "Jeśli komuś teraz coś grozi",
            "text": "<p>Zadzwoń pod 999. Nie czekaj na nas.</p>",
        },
    ),
]


def write() -> None:
    """The home page and one below it, in the schema that was entered."""
    home = _begin(HomePage.objects.get())
    home.title, home.introduction = HOME, INTRODUCTION
    home.save_revision().publish()
    page = _begin(StandardPage.objects.get(slug=HOW_WE_USE))
    page.title, page.slug, page.body = TITLE, SLUG, BODY
    page.save_revision().publish()


def _begin(page: Page) -> Any:
    return page.copy_for_translation(Locale.objects.get(language_code=POLISH)).specific
