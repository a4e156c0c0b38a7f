"""What is over stays as it is: a visit that was closed or called off, and a programme that ended."""

from datetime import timedelta

import pytest

from audit.models import Entry
from kit import clock
from peer_monitoring import actions
from peer_monitoring.errors import TooLate, VisitsRefused
from peer_monitoring.models import Draft, Programme, ProgrammeSite, Record, Trouble, Visit
from tests.factories.peer_monitoring import Ready, logged, settled, stopped, under_way, written
from tests.factories.questions import published


@pytest.fixture
def programme(ready: Ready) -> Programme:
    asked = ready.plan().version.question_set
    return actions.begin_programme(group=ready.group, name="Each year", question_set=asked, by=ready.lead.pk)


def note(visit: Visit, ready: Ready) -> Trouble:
    kind = Trouble.Kind.DELAYED
    return actions.note_trouble(visit=visit, kind=kind, by_role="Sergeant", why="x", minutes=5, by=ready.lead.pk)


def test_nothing_is_noted_of_a_visit_that_is_closed(ready: Ready) -> None:
    visit = logged(ready)
    assert note(visit, ready)
    actions.close(visit=visit, by=ready.lead.pk)
    with pytest.raises(TooLate, match="is closed"):
        note(visit, ready)
    assert Trouble.objects.count() == 1


def test_closing_says_what_it_means_and_asks_first(client_at, ready: Ready) -> None:
    visit = logged(ready)
    address, led = f"/groups/voices/visits/{visit.pk}/", client_at(None, ready.lead)
    assert f'href="{address}close/"' in led.get(address).content.decode()
    page = led.get(f"{address}close/").content.decode()
    assert "nobody can change what they sent" in page
    assert "cannot be opened again" in page
    assert Visit.objects.get().state == Visit.State.LOGGED
    assert led.post(f"{address}close/")["Location"] == address
    assert Visit.objects.get().state == Visit.State.CLOSED
    assert "<button" not in _main(led.get(f"{address}close/").content.decode())


@pytest.mark.parametrize("is_held_back", [True, False])
def test_that_this_is_all_says_what_it_means_and_asks_first(is_held_back, client_at, ready: Ready) -> None:
    visit = under_way(ready, is_held_back=is_held_back)
    stopped(visit, ready.monitors[0], Record.Unfinished.REFUSED, words="Nobody came to the door")
    address, led = f"/groups/voices/visits/{visit.pk}/records/", client_at(None, ready.lead)
    assert f'href="{address}logged/"' in led.get(address).content.decode()
    page = _main(led.get(f"{address}logged/").content.decode())
    assert f"{ready.monitors[0].name} has not finished. Why: We were not let in. Nobody came to the door." in page
    assert f"{ready.monitors[1].name} has sent nothing." in page and "cannot be undone" in page
    assert ("Until then it knows nothing of it" in page) == is_held_back
    assert Visit.objects.get().logged_at is None
    done = _main(led.post(f"{address}logged/", follow=True).content.decode())
    assert "This visit was logged on" in done
    assert ("The scheme can see the visit, and nothing of what was written." in done) == is_held_back
    assert Visit.objects.get().state == Visit.State.LOGGED
    assert "<button" not in _main(led.get(f"{address}logged/").content.decode())


def test_of_what_cannot_be_logged_it_is_not_asked(client_at, ready: Ready) -> None:
    visit = settled(ready)
    page = _main(client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/records/logged/").content.decode())
    assert "A visit can be logged once its day has come" in page and "<button" not in page


def test_each_visit_offers_what_can_be_done_on_its_day_and_no_more(client_at, ready: Ready) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    mine = client_at(None, ready.monitors[0])
    ahead, today, over = (
        mine.get(f"/groups/voices/visits/{visit.pk}/").content.decode()
        for visit in (settled(ready, day=tomorrow), settled(ready), logged(ready))
    )
    assert "Write down what you find" not in ahead and "Put it in your calendar" in ahead
    assert "Write down what you find" in today and "Put it in your calendar" in today
    assert "Write down what you found" in over and "What you wrote" not in over and "in your calendar" not in over
    assert "Who went in and came out" in over, "whoever is still inside says there that they are out"


def test_once_it_is_logged_what_is_offered_is_true_of_who_wrote_something_and_of_who_did_not(
    client_at, ready: Ready
) -> None:
    visit = logged(ready)
    written(visit, ready.monitors[0])
    address = f"/groups/voices/visits/{visit.pk}/"
    wrote, did_not = (client_at(None, one) for one in ready.monitors)
    assert "What you wrote" in wrote.get(address).content.decode()
    page = did_not.get(f"{address}log/").content.decode()
    assert "This visit is logged, and you have sent nothing of it." in page and "Begin</button>" in page
    actions.close(visit=visit, by=ready.lead.pk)
    assert "What you wrote" in wrote.get(address).content.decode()
    page = did_not.get(address).content.decode()
    assert "What you wrote" not in page and "Write down what you" not in page


def test_who_was_not_let_in_is_not_said_to_have_gone_and_why_stands_with_what_kept_them(
    client_at, ready: Ready
) -> None:
    visit = logged(ready)
    stopped(visit, ready.monitors[0], Record.Unfinished.REFUSED, words="Nobody came")
    led, address = client_at(None, ready.lead), f"/groups/voices/visits/{visit.pk}/"
    page = _main(led.get(address).content.decode())
    kept = page.partition("What kept the team from it")[2]
    assert f"{ready.monitors[0].name}: We were not let in. Nobody came.</li>" in kept
    assert "Nothing was noted." not in kept and "Who was to go" in page and "Who went<" not in page
    stopped(visit, ready.monitors[1], Record.Unfinished.CUT_SHORT)
    assert "Who went<" in led.get(address).content.decode(), "one of them was inside"


def test_one_that_was_called_off_says_who_was_to_go_and_offers_no_briefing(client_at, ready: Ready) -> None:
    visit = settled(ready)
    actions.cancel(visit=visit, why="The host is ill.", by=ready.lead.pk)
    page = client_at(None, ready.monitors[0]).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    assert "Called off" in page and "The host is ill." in page and "Who was to go" in page
    assert "Say in your calendar that it was called off" in page and "Who went in and came out" in page
    assert "Briefing to print" not in page and "Say when you go in" not in page


def test_a_visit_that_is_not_logged_cannot_be_closed(client_at, ready: Ready) -> None:
    visit = settled(ready)
    address, led = f"/groups/voices/visits/{visit.pk}/close/", client_at(None, ready.lead)
    page = led.get(address).content.decode()
    assert "A visit can be closed once it is logged" in page
    assert "<button" not in _main(page)
    assert led.post(address).status_code == 409
    assert Visit.objects.get().closed_at is None


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_a_visit_that_was_called_off_is_never_logged(ready: Ready) -> None:
    visit = settled(ready)
    actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    # One who did not hear of it went all the same, and their phone sends what they wrote.
    for monitor in ready.monitors:
        written(visit, monitor)
    assert actions.say_logged(visit=visit, by=ready.lead.pk).logged_at is None
    assert Visit.objects.get(pk=visit.pk).state == Visit.State.CANCELLED


def test_a_programme_that_ended_takes_no_place(client_at, ready: Ready, programme: Programme) -> None:
    actions.end_programme(programme=programme, by=ready.lead.pk)
    with pytest.raises(VisitsRefused, match="has ended"):
        actions.add_place(programme=programme, site=ready.site, months=6, by=ready.lead.pk)
    address = f"/groups/voices/programmes/{programme.pk}/"
    page = client_at(None, ready.lead).post(address, {"site": str(ready.site.pk), "months": "6"}).content.decode()
    assert "This programme has ended" in page
    assert not ProgrammeSite.objects.exists()


def test_a_programme_ends_once(ready: Ready, programme: Programme, at_moment) -> None:
    actions.end_programme(programme=programme, by=ready.lead.pk)
    day = clock.today()
    at_moment(clock.now() + timedelta(days=3))
    actions.end_programme(programme=Programme.objects.get(), by=ready.lead.pk)
    assert Programme.objects.get().ended_on == day
    assert Entry.objects.filter(what="ended a programme of visits").count() == 1


def test_who_says_where_a_programme_goes_is_in_the_record(ready: Ready, programme: Programme) -> None:
    place = actions.add_place(programme=programme, site=ready.site, months=6, by=ready.lead.pk)
    actions.remove_place(place=place, by=ready.lead.pk)
    said = Entry.objects.filter(what="said where a programme of visits goes", thing_id=str(programme.pk))
    assert list(said.values_list("by", flat=True)) == [ready.lead.pk] * 2


def test_a_closed_visit_takes_no_new_draft_and_no_change(client_at, ready: Ready) -> None:
    visit, who = logged(ready), ready.monitors[0]
    record = written(visit, who)
    actions.close(visit=visit, by=ready.lead.pk)
    visit.refresh_from_db()
    for act in (
        lambda: actions.correct(record=Record.objects.get(pk=record.pk), by=who.pk),
        lambda: actions.open_draft(visit=visit, by=ready.monitors[1].pk),
    ):
        with pytest.raises(TooLate, match="is closed"):
            act()
    assert not Draft.objects.exists()
    for monitor, said in zip(ready.monitors, ("cannot be changed any more", "You sent nothing"), strict=True):
        page = client_at(None, monitor).get(f"/groups/voices/visits/{visit.pk}/log/").content.decode()
        assert said in page
        assert "<button" not in _main(page)


def test_what_was_begun_before_a_visit_closed_can_still_be_sent(ready: Ready) -> None:
    visit, who = logged(ready, version=published(ready.group)), ready.monitors[0]
    draft = actions.open_draft(visit=visit, by=who.pk)
    actions.close(visit=visit, by=ready.lead.pk)
    visit.refresh_from_db()
    assert actions.open_draft(visit=visit, by=who.pk) == draft
    actions.save_answers(draft=draft, how=lambda was: {"told": "yes"})
    assert actions.finish(draft_id=draft.pk, visit=visit, by=who.pk)
    assert Record.objects.get().answers == {"told": "yes"}
