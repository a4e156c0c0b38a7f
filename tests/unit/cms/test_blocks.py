"""An action link leads to one place, and only to where a browser may follow."""

import pytest
from wagtail.blocks import StructBlockValidationError

from cms.blocks import ActionLink, Body


def value(address: str) -> object:
    return ActionLink().to_python({"text": "Go on", "page": None, "address": address})


@pytest.mark.parametrize("address", ["/tell-us/", "https://www.nhs.uk/", "tel:111"])
def test_an_action_link_leads_to_a_path_a_site_or_a_telephone(address: str) -> None:
    assert ActionLink().clean(value(address))["address"] == address


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "//evil.example", "/\\evil.example", "data:text/html,x"]
)
def test_an_action_link_leads_nowhere_else(address: str) -> None:
    with pytest.raises(StructBlockValidationError):
        ActionLink().clean(value(address))


def test_no_block_takes_html() -> None:
    kinds = {type(block).__name__ for block in Body().child_blocks.values()}
    ours = {"Warning", "ActionLink", "Details", "DoList", "PictureBlock", "FilmBlock"}
    assert kinds == {"CharBlock", "RichWords"} | ours
