"""Whether somebody has lived it is theirs to say, and their lead reads only if they count (F7)."""

import pytest

from groups import actions
from groups.errors import NotTheirs
from groups.models import LivedExperience
from tests.integration.groups.readiness.steps import page, ready


@pytest.mark.parametrize(("said", "shown", "counts"), [("yes", "You said yes.", True), ("no", "You said no.", False)])
def test_a_person_says_for_themselves_and_the_lead_reads_only_if_they_count(
    said, shown, counts, own, led, group, seat, site
):
    """A lead cannot tell a "no" from nothing said (F7: at least half of a team, and no more is needed)."""
    before = led.get(page(seat)).content.decode(), led.get("/groups/voices/readiness/").content.decode()
    assert own.post(page(seat, "lived-experience/"), {"said": said}).status_code == 302
    assert shown in own.get(page(seat)).content.decode()
    assert ready(group, site).lived_experience is counts
    after = led.get(page(seat)).content.decode(), led.get("/groups/voices/readiness/").content.decode()
    assert (words_of(after) == words_of(before)) is not counts
    assert "You said" not in after[0]


def words_of(pages):
    return [one.partition("<main")[2] for one in pages]


def test_who_would_rather_not_say_leaves_nothing_behind(own, seat):
    own.post(page(seat, "lived-experience/"), {"said": "yes"})
    own.post(page(seat, "lived-experience/"), {"said": "not_said"})
    assert not LivedExperience.objects.for_person(seat.person_id).exists()
    assert "You have not said. You do not have to." in own.get(page(seat)).content.decode()


def test_nobody_says_it_for_somebody_else(led, lead, seat):
    assert led.get(page(seat, "lived-experience/")).status_code == 404
    assert led.post(page(seat, "lived-experience/"), {"said": "yes"}).status_code == 404
    with pytest.raises(NotTheirs):
        actions.say_lived_experience(membership=seat, has=True, by=lead.pk)
