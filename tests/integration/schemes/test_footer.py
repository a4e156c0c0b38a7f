"""The pages that every footer leads to, on every host; they name what there is, and nothing else."""

import re

import pytest

PAGES = {"Privacy": "/about/privacy/", "Accessibility": "/about/accessibility/", "Contact": "/about/contact/"}


@pytest.mark.parametrize("host", ["scheme", "platform"])
def test_every_footer_leads_to_three_plain_pages(host, client_at, scheme):
    visitor = client_at(scheme if host == "scheme" else None)
    front = visitor.get("/").content.decode().partition("<footer")[2]
    for text, path in PAGES.items():
        assert re.search(rf'href="{path}"[^>]*>\s*{text}\s*<', front)
        answer = visitor.get(path)
        assert answer.status_code == 200 and path in answer.content.decode().partition("<footer")[2]
        assert visitor.post(path).status_code == 405


def test_the_pages_name_the_scheme_whose_host_it_is_and_how_to_tell_it(client_at, scheme, other_scheme):
    visitor = client_at(scheme)
    contact = visitor.get(PAGES["Contact"]).content.decode()
    assert f"Contact {scheme.name}" in contact and scheme.provider in contact
    assert 'href="/tell-us/"' in contact.partition("<main")[2] and other_scheme.name not in contact
    assert scheme.name in visitor.get(PAGES["Privacy"]).content.decode().partition("<main")[2]


def test_the_platform_names_no_scheme(client_at, scheme):
    for path in PAGES.values():
        page = client_at(None).get(path).content.decode()
        assert scheme.name not in page and "/tell-us/" not in page


def test_who_runs_the_website_is_named_if_it_is_set_and_nobody_is_made_up(client_at, settings):
    visitor = client_at(None)
    for path in (PAGES["Contact"], PAGES["Privacy"]):
        assert "has not been written here yet" in visitor.get(path).content.decode()
    settings.OPERATOR_NAME, settings.OPERATOR_EMAIL = "A trust of ours", "help@example.org"
    page = visitor.get(PAGES["Contact"]).content.decode()
    assert "A trust of ours runs this website." in page and 'href="mailto:help@example.org"' in page
    assert "A trust of ours runs this website." in visitor.get(PAGES["Privacy"]).content.decode()


def test_the_only_telephone_number_is_that_for_danger(client_at, scheme):
    for path in PAGES.values():
        words = re.sub(r"<[^>]+>", " ", client_at(scheme).get(path).content.decode().partition("<main")[2])
        assert set(re.findall(r"\b\d{3,}\b", words)) <= {"999"}
