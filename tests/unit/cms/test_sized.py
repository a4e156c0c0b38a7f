"""How a picture is drawn in its sizes, and when there is only one."""

from django.template import engines

from cms.showing import Sized

MACRO = '{% from "cms/sized.jinja" import sized %}{{ sized(it, "A door", "nhsuk-image__img") }}'


def drawn(srcset):
    it = Sized("/media/x.jpg", 900, 675, srcset, "100vw")
    return engines["jinja2"].from_string(MACRO).render({"it": it})


def test_a_browser_chooses_among_its_sizes():
    assert '<source type="image/webp" srcset="/media/x.webp 400w" sizes="100vw">' in drawn("/media/x.webp 400w")


def test_without_other_sizes_there_is_nothing_to_choose_from_and_its_room_is_kept():
    assert drawn("") == (
        '<picture><img class="nhsuk-image__img" src="/media/x.jpg" width="900" height="675" loading="lazy" '
        'alt="A door"></picture>'
    )
