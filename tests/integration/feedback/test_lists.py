"""The lists every scheme starts with."""

from tenants.feedback.models import GroupTag, Theme
from tenants.schemes.models import Scheme

SIX = {
    "Learning difficulty or disability",
    "Women",
    "Ethnic minority communities",
    "Older people",
    "Substance use",
    "Young people",
}


def test_a_scheme_starts_with_the_six_groups_of_the_source_s77(inside: Scheme) -> None:
    assert set(GroupTag.objects.filter(core=True).values_list("label", flat=True)) == SIX


def test_the_words_of_the_source_are_kept_beside_ours_s77(inside: Scheme) -> None:
    ours = GroupTag.objects.get(code="ethnic_minority")
    assert ours.source_words == "Black and minority ethnic (BME) communities"
    assert "BME" not in ours.label


def test_a_scheme_starts_with_eight_national_themes_and_may_add_its_own_s93(inside: Scheme) -> None:
    assert Theme.objects.filter(core=True).count() == 8
    Theme.objects.create(code="parking", label="Parking at court")
    assert Theme.objects.filter(core=False).get().label == "Parking at court"
