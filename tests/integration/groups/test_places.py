"""Places that let a group in (F6): no group has a power in law to enter, so each permission stands on record."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions, queries
from groups.errors import AgreementOver, AlreadyPermitted, NoLongerOpen, NotTheirSite, OtherSide
from groups.models import HostPermission
from groups.seats import Seat
from groups.sides import Side, change
from kit import clock
from tenants.schemes.models import Scheme, Site
from tests.factories.groups import a_group, agreed, let_in, seated, typed
from tests.factories.people import someone


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def agreement(group, scheme):
    return agreed(group, scheme)


@pytest.fixture
def site(scheme):
    return scheme.sites.earliest("name")


@pytest.fixture
def led(client_at, lead):
    return client_at(None, lead)


def own(agreement, more=""):
    return f"/groups/voices/agreements/{agreement.pk}/{more}"


def in_days(days):
    return clock.today() + timedelta(days=days)


def a_yes(**more):
    said = {"given_by_role": "Custody inspector", "given_by_organisation": "The police", "conditions": "No phones."}
    return said | typed("given_on", clock.today()) | typed("since", clock.today()) | more


def open_on(group, day):
    return [(one.site, one.scheme) for one in queries.sites_open_to(group, day)]


def test_a_group_reads_that_it_has_no_power_in_law_to_go_in(led, agreement, site):
    for page in (own(agreement), own(agreement, f"sites/{site.pk}/")):
        assert "You have no power in law to go in." in led.get(page).content.decode()


def test_the_lead_writes_down_who_said_yes_and_all_of_the_group_read_it(led, client_at, group, agreement, site):
    assert "Nobody has said yes yet." in led.get(own(agreement)).content.decode()
    assert led.post(own(agreement, f"sites/{site.pk}/"), a_yes()).status_code == 302
    helper = someone("Sue")
    seated(group, helper, seat=Seat.SUPPORTER)
    page = client_at(None, helper).get(own(agreement)).content.decode()
    assert "Custody inspector (The police) said yes on" in page and "They ask: No phones." in page
    assert "Write down who said yes" not in page and "Look at it" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"given_by_role": ""}, "Enter the role of who said yes"),
        ({"given_by_organisation": ""}, "Enter the organisation"),
        (typed("given_on", clock.today() + timedelta(days=3)), "Enter a date that is"),
        (typed("until", clock.today() + timedelta(days=1)) | typed("since", clock.today() + timedelta(days=2)),
         "Enter a day after"),
    ],
)  # fmt: skip
def test_a_permission_that_cannot_be_is_sent_back_with_what_was_typed(wrong, said, led, agreement, site):
    page = led.post(own(agreement, f"sites/{site.pk}/"), a_yes(**wrong)).content.decode()
    assert said in page and "No phones." in page
    assert not HostPermission.objects.under(agreement).exists()


def test_a_group_may_go_where_its_agreement_and_the_permission_of_the_place_both_run(group, lead, scheme, site):
    agreement = agreed(group, scheme, since=in_days(5), until=in_days(20))
    let_in(agreement, site, lead, since=in_days(2), until=in_days(15))
    days = [day for day in range(25) if open_on(group, in_days(day))]
    assert days == list(range(5, 15))
    assert open_on(group, in_days(5)) == [(site, scheme)]
    later = a_group("Later", lead=lead)
    ends_first = agreed(later, scheme, until=in_days(4))
    let_in(ends_first, site, lead, until=in_days(9))
    assert [day for day in range(12) if open_on(later, in_days(day))] == [0, 1, 2, 3]


def test_nobody_goes_to_a_place_from_the_day_it_closes_on(group, lead, agreement, scheme, site):
    let_in(agreement, site, lead)
    assert queries.permitted_sites(group) == [site]
    Site.objects.filter(pk=site.pk).update(closed_on=in_days(3))
    assert open_on(group, in_days(2)) and not open_on(group, in_days(3))
    assert queries.permitted_sites(group) == []
    assert site.name not in [one.site.name for one in queries.sites_to_ask(agreement, scheme)]


@pytest.mark.parametrize("status", [Scheme.Status.SUSPENDED, Scheme.Status.CLOSED])
def test_nobody_goes_to_a_place_of_a_service_that_is_shut(as_owner, status, group, lead, agreement, scheme, site):
    let_in(agreement, site, lead)
    assert open_on(group, clock.today())
    Scheme.objects.filter(pk=scheme.pk).update(status=status)
    assert not open_on(group, clock.today())


def test_what_lets_one_group_in_lets_in_no_other(group, lead, agreement, site, scheme):
    others = a_group("Others", lead=lead)
    agreed(others, scheme)
    let_in(agreement, site, lead)
    assert open_on(group, clock.today()) and not open_on(others, clock.today())


def test_two_permissions_of_one_place_follow_each_other_and_never_overlap(lead, agreement, site, led, scheme):
    let_in(agreement, site, lead, until=in_days(9))
    with pytest.raises(AlreadyPermitted):
        let_in(agreement, site, lead, since=in_days(8))
    let_in(agreement, site, lead, since=in_days(9))
    page = led.post(own(agreement, f"sites/{site.pk}/"), a_yes()).content.decode()
    assert "There is already a permission for a part of that time. End it first." in page
    other = scheme.sites.latest("name")
    assert other != site
    let_in(agreement, other, lead)


def test_a_permission_ends_with_a_reason_and_from_that_day_on_nobody_goes(led, lead, group, agreement, site):
    permission = let_in(agreement, site, lead)
    end = own(agreement, f"permissions/{permission.pk}/end/")
    assert "Say why it ends" in led.post(end, {}).content.decode()
    assert led.post(end, {"reason": "The cells are shut."}).status_code == 302
    assert not open_on(group, clock.today())
    assert "It ended because: The cells are shut." in led.get(own(agreement, f"sites/{site.pk}/")).content.decode()
    assert led.get(end).status_code == 404
    with pytest.raises(NoLongerOpen):
        actions.end_permission(permission=permission, reason="Again", by=lead.pk)
    with pytest.raises(IntegrityError, match="host_permission_with_a_reason_has_ended"), transaction.atomic():
        HostPermission.objects.under(agreement).update(until=None)
    told = set(Entry.objects.filter(by=lead.pk).values_list("what", flat=True))
    assert {"wrote down that a place lets a group in", "ended the permission of a place"} <= told


def test_a_place_of_another_service_is_not_written_down(led, lead, agreement, other_scheme):
    theirs = other_scheme.sites.earliest("name")
    assert led.get(own(agreement, f"sites/{theirs.pk}/")).status_code == 404
    assert led.post(own(agreement, f"sites/{theirs.pk}/"), a_yes()).status_code == 404
    with pytest.raises(NotTheirSite):
        let_in(agreement, theirs, lead)


def test_no_place_is_added_to_an_agreement_that_has_ended(led, lead, agreement, site, scheme):
    actions.end_agreement(agreement=agreement, scheme=scheme, by=None)
    with pytest.raises(AgreementOver):
        let_in(agreement, site, lead)
    page = led.post(own(agreement, f"sites/{site.pk}/"), a_yes()).content.decode()
    assert "This agreement has ended." in page


def test_the_scheme_says_nothing_of_who_lets_the_group_in(lead, agreement, site):
    permission = let_in(agreement, site, lead)
    with pytest.raises(OtherSide):
        change(Side.SCHEME, permission, until=clock.today())


@pytest.mark.parametrize(
    "statement", ["UPDATE groups_hostpermission SET conditions = ''", "DELETE FROM groups_hostpermission"]
)
def test_what_a_place_said_is_changed_by_no_page(statement, lead, agreement, site):
    let_in(agreement, site, lead)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute("SET LOCAL ROLE alongside_web")
        cursor.execute(statement)


@pytest.mark.parametrize("page", ["sites/{site}/", "permissions/{permission}/end/"])
@pytest.mark.parametrize("who", ["monitor", "supporter", "lead of another group", "stranger"])
def test_only_the_lead_of_the_group_finds_these_pages(page, who, client_at, group, lead, agreement, site, scheme):
    other = someone("Otto")
    if who in list(Seat):
        seated(group, other, seat=who)
    if who == "lead of another group":
        agreed(a_group("Others", lead=other), scheme)
    permission = let_in(agreement, site, lead)
    address = own(agreement, page.format(site=site.pk, permission=permission.pk))
    client = client_at(None, other)
    assert client.get(address).status_code == client.post(address, a_yes(reason="x")).status_code == 404
    permission.refresh_from_db()
    assert permission.until is None


def test_a_permission_is_found_by_its_own_agreement_alone(led, lead, group, agreement, site, other_scheme):
    elsewhere = agreed(group, other_scheme)
    theirs = let_in(elsewhere, other_scheme.sites.earliest("name"), lead)
    assert led.get(own(agreement, f"permissions/{theirs.pk}/end/")).status_code == 404
    assert queries.permissions(agreement, site) == []


@pytest.mark.parametrize("many", [1, 6])
def test_where_a_group_may_go_costs_two_statements_for_any_number_of_places(many, group, lead, agreement, scheme):
    for number in range(many):
        let_in(agreement, Site.objects.create(scheme=scheme, name=f"Place {number}", kind="custody"), lead)
    with CaptureQueriesContext(connection) as asked:
        found = queries.sites_open_to(group, clock.today())
        assert [one.scheme for one in found] == [scheme] * many
    assert len(asked) == 2
