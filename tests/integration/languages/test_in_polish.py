"""A scheme's pages in a second language: by their address alone, and honest about who checked the words."""

from collections.abc import Callable

import pytest
from django.test import Client

from tenants.schemes.models import Scheme

UNCHECKED = "Nikt, kto mówi po polsku, jeszcze nie sprawdził tych słów."


@pytest.fixture
def visitor(client_at: Callable[..., Client], scheme: Scheme) -> Client:
    return client_at(scheme)


def test_the_address_says_the_language_and_links_keep_to_it(visitor: Client) -> None:
    page = visitor.get("/pl/tell-us/")
    words = page.content.decode()
    assert page.headers["Content-Language"] == "pl"
    assert '<html lang="pl">' in words and "Powiedz nam coś" in words
    assert 'href="/pl/answer/"' in words and 'href="/answer/"' not in words


def test_no_header_of_a_browser_changes_what_everybody_sees(visitor: Client) -> None:
    polish = {"accept-language": "pl"}
    page = visitor.get("/", headers=polish)
    assert '<html lang="en">' in page.content.decode()
    assert "Accept-Language" not in page.headers.get("Vary", "")
    assert not visitor.cookies


def test_a_page_leads_to_itself_in_the_other_language_and_back(visitor: Client) -> None:
    assert '<a href="/pl/answer/" lang="pl" hreflang="pl">Polski</a>' in visitor.get("/answer/").content.decode()
    assert '<a href="/answer/" lang="en" hreflang="en">English</a>' in visitor.get("/pl/answer/").content.decode()


def test_words_that_nobody_checked_say_so(visitor: Client) -> None:
    assert UNCHECKED in visitor.get("/pl/").content.decode()
    assert UNCHECKED not in visitor.get("/").content.decode()


def test_the_words_of_staff_stay_english_and_are_marked_so(visitor: Client) -> None:
    page = visitor.get("/pl/you-said-we-did/").content.decode()
    assert '<h1 class="nhsuk-heading-l" lang="en">You said, we did</h1>' in page


def test_a_language_that_we_do_not_have_is_no_page(visitor: Client) -> None:
    assert visitor.get("/fr/tell-us/").status_code == 404
    assert visitor.get("/en-gb/tell-us/").status_code == 404


def test_an_error_is_said_in_the_language_of_the_page(visitor: Client) -> None:
    page = visitor.post("/pl/answer/", {"code": "maple lamp"}).content.decode()
    assert "Kod ma cztery słowa i cztery cyfry. Widzimy 2 słowa i 0 cyfr." in page


def test_one_request_leaves_no_language_to_the_next(visitor: Client) -> None:
    visitor.get("/pl/tell-us/")
    assert "Tell us something" in visitor.get("/tell-us/").content.decode()


@pytest.mark.parametrize("where", ["answer/close", "tell-us/thanks"])
def test_whoever_closes_a_where_comes_to_the_first_one_in_their_language(visitor: Client, where: str) -> None:
    assert visitor.post(f"/pl/{where}/")["Location"] == "/pl/"
    assert visitor.post(f"/{where}/")["Location"] == "/"
