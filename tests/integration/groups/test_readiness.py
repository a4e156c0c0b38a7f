"""Who of a group is ready to visit: trained, not where they work, at least half with lived experience (F5, F7).

What is kept is theirs and their lead's; of vetting there is a status and never a reason.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions, forms, queries
from groups.errors import NotTheirs, SeatEnded
from groups.models import ConflictOfInterest, LivedExperience, Training, Vetting
from groups.seats import Seat
from kit import clock
from tenants.schemes.models import Site
from tests.factories.groups import a_group, agreed, let_in, seated, trained, typed, works_there
from tests.factories.people import someone

KEPT = (Training, ConflictOfInterest, LivedExperience, Vetting)


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead, scheme):
    made = a_group("Voices", lead=lead)
    agreed(made, scheme)
    return made


@pytest.fixture
def max_(group):
    return someone("Max")


@pytest.fixture
def seat(group, max_):
    return seated(group, max_)


@pytest.fixture
def own(client_at, max_, seat):
    return client_at(None, max_)


@pytest.fixture
def led(client_at, lead):
    return client_at(None, lead)


@pytest.fixture
def site(scheme):
    return scheme.sites.earliest("name")


def page(seat, more=""):
    return f"/groups/voices/readiness/{seat.pk}/{more}"


def in_days(days):
    return clock.today() + timedelta(days=days)


def ready(group, site, day=None, name="Max"):
    (one,) = [one for one in queries.readiness(group, site, day or clock.today()) if one.member.name == name]
    return one


def vetted(seat, site, lead, status="stands", stands_until=None):
    until = stands_until or (in_days(100) if status == "stands" else None)
    return actions.set_vetting(membership=seat, site=site, status=status, stands_until=until, by=lead.pk)


def everything(seat, site, lead):
    trained(seat)
    works_there(seat, site)
    actions.say_lived_experience(membership=seat, has=True, by=seat.person_id)
    vetted(seat, site, lead)


# --- training


def test_a_member_writes_down_their_own_training_and_changes_it(own, led, seat):
    sent = {"name": "Safety first"} | typed("done_on", in_days(-3)) | typed("valid_until", in_days(300))
    assert own.post(page(seat, "training/add/"), sent).status_code == 302
    training = Training.objects.for_person(seat.person_id).get()
    assert "Safety first, done on" in own.get(page(seat)).content.decode()
    assert "Safety first, done on" in led.get(page(seat)).content.decode()
    assert 'value="Safety first"' in own.get(page(seat, f"training/{training.pk}/")).content.decode()
    own.post(page(seat, f"training/{training.pk}/"), sent | {"name": "Safety second"})
    assert "Safety second" in own.get(page(seat)).content.decode()
    assert own.post(page(seat, f"training/{training.pk}/remove/")).status_code == 302
    assert "No training is written down yet." in own.get(page(seat)).content.decode()
    told = Entry.objects.about(seat.person_id).values_list("what", flat=True)
    assert {"wrote down a training", "changed a training", "removed a training"} <= set(told)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter what was the training?"),
        (typed("done_on", clock.today() + timedelta(days=2)), "Enter a date that is"),
        (typed("valid_until", date(2020, 1, 1)), "Enter a day after you did the training"),
    ],
)
def test_a_training_that_cannot_be_is_sent_back_with_what_was_typed(wrong, said, own, seat):
    sent = {"name": "Safety first"} | typed("done_on", in_days(-3)) | wrong
    shown = own.post(page(seat, "training/add/"), sent).content.decode()
    assert said in shown or ("name" in wrong and "There is a problem" in shown)
    assert "Safety first" in shown or "name" in wrong
    assert not Training.objects.for_person(seat.person_id).exists()


@pytest.mark.parametrize(
    ("done", "until", "day", "counts"),
    [(-10, None, 0, True), (-10, 5, 5, True), (-10, 5, 6, False), (-10, 5, -11, False)],
)
def test_a_training_counts_from_the_day_it_was_done_to_its_last_day(done, until, day, counts, group, seat, site):
    trained(seat, done_on=in_days(done), valid_until=in_days(until) if until else None)
    assert ready(group, site, in_days(day)).trained is counts


# --- conflicts of interest


def test_a_member_says_where_they_work_and_later_that_they_left(own, seat, site, group):
    where = {"where": f"{site.scheme_id}:{site.pk}"} | typed("since", in_days(-100))
    assert own.post(page(seat, "conflicts/add/"), where).status_code == 302
    conflict = ConflictOfInterest.objects.for_person(seat.person_id).get()
    assert f"{site.scheme.name}, {site.name}, from" in own.get(page(seat)).content.decode()
    assert own.post(page(seat, f"conflicts/{conflict.pk}/"), where | typed("until", in_days(-1))).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.until, conflict.declared_by) == (in_days(-1), "self")
    assert own.post(page(seat, f"conflicts/{conflict.pk}/remove/")).status_code == 302
    assert not ready(group, site).conflict


def test_nobody_visits_where_they_work_or_worked_within_two_years(group, seat, site):
    left = date(2024, 2, 29)
    conflict = works_there(seat, site, since=date(2020, 1, 1), until=left)
    days = {date(2019, 12, 31): False, date(2020, 1, 1): True, date(2026, 2, 28): True, date(2026, 3, 1): False}
    assert {day: ready(group, site, day).conflict for day in days} == days
    actions.change_conflict(
        conflict=conflict, scheme_id=site.scheme_id, site_id=site.pk, since=date(2020, 1, 1),
        until=date(2024, 3, 4), by=seat.person_id,
    )  # fmt: skip
    assert ready(group, site, date(2026, 3, 3)).conflict and not ready(group, site, date(2026, 3, 4)).conflict


def test_work_for_a_whole_service_keeps_away_from_all_of_its_places_and_from_no_other(
    group, seat, site, scheme, other_scheme
):
    other, elsewhere = scheme.sites.latest("name"), other_scheme.sites.earliest("name")
    conflict = works_there(seat, site)
    assert [ready(group, one).conflict for one in (site, other, elsewhere)] == [True, False, False]
    actions.remove_conflict(conflict=conflict, by=seat.person_id)
    works_there(seat, site, whole=True)
    assert [ready(group, one).conflict for one in (site, other, elsewhere)] == [True, True, False]


def test_the_lead_says_it_of_others_and_they_read_it_and_do_not_strike_it_out(led, own, lead, seat, site):
    where = {"where": f"{site.scheme_id}:"} | typed("since", in_days(-100))
    assert led.post(page(seat, "conflicts/add/"), where).status_code == 302
    conflict = ConflictOfInterest.objects.for_person(seat.person_id).get()
    shown = own.get(page(seat)).content.decode()
    assert "The lead said so." in shown and f"conflicts/{conflict.pk}/" not in shown
    for more in ("", "remove/"):
        assert own.post(page(seat, f"conflicts/{conflict.pk}/{more}"), where).status_code == 404
    with pytest.raises(NotTheirs):
        actions.remove_conflict(conflict=conflict, by=seat.person_id)
    assert led.post(page(seat, f"conflicts/{conflict.pk}/remove/")).status_code == 302


def test_what_a_member_declared_the_lead_does_not_strike_out(led, lead, seat, site):
    conflict = works_there(seat, site)
    for more in ("", "remove/"):
        assert led.post(page(seat, f"conflicts/{conflict.pk}/{more}")).status_code == 404
    with pytest.raises(NotTheirs):
        actions.change_conflict(
            conflict=conflict, scheme_id=site.scheme_id, site_id=None, since=in_days(-1), until=None, by=lead.pk
        )


def test_only_places_of_services_with_an_agreement_are_offered(own, seat, scheme, other_scheme):
    Site.objects.filter(pk=scheme.sites.latest("name").pk).update(closed_on=clock.today())
    shown = own.get(page(seat, "conflicts/add/")).content.decode()
    assert scheme.sites.earliest("name").name in shown
    for hidden in (scheme.sites.latest("name"), other_scheme.sites.earliest("name")):
        assert str(hidden.pk) not in shown
    wrong = {"where": f"{other_scheme.pk}:"} | typed("since", in_days(-1))
    assert "Choose one of the answers on the page" in own.post(page(seat, "conflicts/add/"), wrong).content.decode()


# --- lived experience


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


# --- vetting


def test_the_lead_writes_down_where_somebody_stands_and_they_read_it(led, own, group, seat, site):
    assert ": not asked" in own.get(page(seat)).content.decode()
    sent = {"status": "stands"} | typed("stands_until", in_days(30))
    assert led.post(page(seat, f"vetting/{site.pk}/"), sent).status_code == 302
    assert "stands until" in own.get(page(seat)).content.decode()
    assert [ready(group, site, in_days(day)).vetted for day in (0, 30, 31)] == [True, True, False]
    assert not ready(group, site.scheme.sites.latest("name")).vetted
    led.post(page(seat, f"vetting/{site.pk}/"), {"status": "does_not_stand"} | typed("stands_until", in_days(30)))
    assert "does not stand" in own.get(page(seat)).content.decode()
    assert not ready(group, site).vetted
    assert Vetting.objects.for_group(group).get().stands_until is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"status": "stands"}, "Enter the last day on which it stands"),
        ({}, "Answer the question: Where do they stand?"),
        ({"status": "convicted"}, "Choose one of the answers on the page"),
    ],
)
def test_vetting_is_one_of_four_things(wrong, said, led, seat, site):
    assert said in led.post(page(seat, f"vetting/{site.pk}/"), wrong).content.decode()
    assert not Vetting.objects.for_person(seat.person_id).exists()


@pytest.mark.parametrize(("status", "until"), [("stands", None), ("asked", date(2030, 1, 1)), ("refused", None)])
def test_the_database_takes_no_other_status_and_no_day_but_that_on_which_it_stands(status, until, group, seat, site):
    with pytest.raises(IntegrityError, match="vetting_"), transaction.atomic():
        Vetting.objects.create(
            group=group, person_id=seat.person_id, site_id=site.pk, status=status, stands_until=until
        )


def test_there_is_no_box_and_no_column_for_a_reason():
    texts = [field.name for field in Vetting._meta.fields if isinstance(field, models.CharField | models.TextField)]
    assert texts == ["status"] and set(forms.VettingForm.base_fields) == {"status", "stands_until"}


def test_nobody_but_a_lead_writes_down_vetting(own, seat, site):
    assert own.get(page(seat, f"vetting/{site.pk}/")).status_code == 404
    assert own.post(page(seat, f"vetting/{site.pk}/"), {"status": "asked"}).status_code == 404
    assert f"vetting/{site.pk}/" not in own.get(page(seat)).content.decode()


def test_a_place_without_an_agreement_is_no_place_to_stand_with(led, seat, other_scheme):
    assert led.get(page(seat, f"vetting/{other_scheme.sites.earliest('name').pk}/")).status_code == 404


# --- all of it


def test_the_lead_sees_everybody_and_that_is_written_down(led, lead, seat, site):
    everything(seat, site, lead)
    shown = led.get("/groups/voices/readiness/").content.decode()
    of_max = shown.partition("Max, monitor")[2]
    for words in ("Trained", "Works or worked at 1 place, so", "Vetting stands at 1 place", "Counts as somebody"):
        assert words in of_max
    led.get(page(seat))
    read = Entry.objects.about(seat.person_id).filter(by=lead.pk, what="read who is ready to visit")
    assert read.count() == 2
    assert not Entry.objects.about(lead.pk).filter(what="read who is ready to visit").exists()


def test_who_does_not_lead_comes_to_their_own_page(own, seat):
    assert own.get("/groups/voices/readiness/").headers["Location"] == page(seat)
    assert "Are you ready to visit?" in own.get(page(seat)).content.decode()


PAGES = ["", "training/add/", "training/{training}/", "training/{training}/remove/", "conflicts/add/",
         "conflicts/{conflict}/", "conflicts/{conflict}/remove/", "lived-experience/", "vetting/{site}/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["another monitor", "supporter", "lead of another group", "former lead", "stranger"])
def test_no_other_member_and_nobody_elsewhere_finds_it(address, who, client_at, group, lead, seat, site):
    everything(seat, site, lead)
    other = someone("Otto")
    if who in ("another monitor", "supporter"):
        seated(group, other, seat=Seat.SUPPORTER if who == "supporter" else Seat.MONITOR)
    if who == "lead of another group":
        agreed(a_group("Others", lead=other), site.scheme)
    if who == "former lead":
        actions.leave(membership=seated(group, other, seat=Seat.LEAD), by=other.pk)
    filled = address.format(
        training=Training.objects.get().pk, conflict=ConflictOfInterest.objects.get().pk, site=site.pk
    )
    client = client_at(None, other)
    assert client.get(page(seat, filled)).status_code in (404, 405)
    assert client.post(page(seat, filled), {"said": "no", "status": "asked"}).status_code in (404, 405)
    assert [model.objects.for_group(group).count() for model in KEPT] == [1, 1, 1, 1]


def test_nothing_of_one_member_is_found_by_way_of_another(own, client_at, group, seat, site):
    otto = someone("Otto")
    his = seated(group, otto)
    training, conflict = trained(his), works_there(his, site)
    for more in (f"training/{training.pk}/", f"conflicts/{conflict.pk}/"):
        assert own.get(page(seat, more)).status_code == 404
    trained(seat)
    assert queries.trainings(his) == [training]
    assert [one.conflict for one in queries.conflicts(his)] == [conflict]
    assert queries.conflicts(seat) == []


def test_what_one_group_keeps_of_somebody_is_not_anothers(group, max_, lead, seat, site):
    everything(seat, site, lead)
    others = a_group("Others", lead=lead)
    there = seated(others, max_)
    one = ready(others, site)
    assert (one.trained, one.conflict, one.vetted, one.lived_experience) == (False, False, False, False)
    assert queries.said_lived_experience(there) is None and queries.vetting(there, site) is None
    actions.say_lived_experience(membership=there, has=False, by=max_.pk)
    assert ready(group, site).lived_experience


@pytest.mark.parametrize("how", ["they left", "the lead ended it"])
def test_what_was_kept_goes_with_the_seat(how, group, lead, max_, seat, site):
    everything(seat, site, lead)
    stays = seated(group, someone("Otto"))
    everything(stays, site, lead)
    actions.leave(membership=seat, by=max_.pk if how == "they left" else lead.pk)
    assert [set(model.objects.for_group(group).values_list("person_id", flat=True)) for model in KEPT] == [
        {stays.person_id}
    ] * 4


def test_nothing_is_kept_for_a_seat_that_has_ended(group, lead, max_, seat, site):
    actions.leave(membership=seat, by=max_.pk)
    for write in (
        lambda: trained(seat),
        lambda: works_there(seat, site),
        lambda: actions.say_lived_experience(membership=seat, has=True, by=max_.pk),
        lambda: vetted(seat, site, lead),
    ):
        with pytest.raises(SeatEnded):
            write()


@pytest.mark.parametrize("many", [1, 12])
def test_who_is_ready_costs_the_same_for_any_number_of_members(many, led, group, lead, seat, scheme, site):
    for number in range(many):
        member = seated(group, someone(f"Member{number}"))
        everything(member, Site.objects.create(scheme=scheme, name=f"Place {number}", kind="custody"), lead)
    for number in range(many):
        trained(seat, name=f"Training {number}")
        works_there(seat, site)
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.readiness(group, site, clock.today())) == many + 2
    assert len(asked) == 6
    for address, most in (("/groups/voices/readiness/", 17), (page(seat), 22)):
        led.get(address)
        with CaptureQueriesContext(connection) as asked:
            led.get(address)
        assert len(asked) <= most, (address, len(asked))


def test_a_group_without_an_agreement_is_told_what_is_missing(client_at, lead):
    alone = a_group("Alone", lead=lead)
    seat = alone.memberships.get()
    shown = client_at(None, lead).get(f"/groups/alone/readiness/{seat.pk}/").content.decode()
    assert "The group has no agreement with a service yet" in shown and "Add a place" not in shown


def test_a_reference_group_has_none_of_this(client_at, lead):
    advisers = a_group("Advisers", kind="reference", lead=lead)
    client = client_at(None, lead)
    assert client.get("/groups/advisers/readiness/").status_code == 404
    assert client.get(f"/groups/advisers/readiness/{advisers.memberships.get().pk}/").status_code == 404
    assert "Ready to visit" not in client.get("/groups/advisers/").content.decode()


def test_a_place_that_lets_the_group_in_says_nothing_of_who_is_let_in(group, lead, seat, site):
    agreement = group.agreements.get()
    let_in(agreement, site, lead)
    assert not ready(group, site).vetted
