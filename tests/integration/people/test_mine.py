"""A person's own page: what waits, their schemes, their details, what they agreed to."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit.dates import moment
from people import actions, queries
from people.erasure import erase
from people.models import Consent, ErasureRequest, Notice, Place, SafeContact
from people.own_waiting import MANY, TEXTS, UNTIL_DONE
from roles.models import PersonGroup
from tenants.schemes.actions import give_national_role
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import ERASER, WEB
from tenants.schemes.rights import Role
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.schemes import works_at
from tests.integration.conftest import connect_as


@pytest.fixture
def robin():
    return someone("Robin")


@pytest.fixture
def page_of(client_at):
    return lambda person, path="/my/": client_at(None, person).get(path).content.decode()


def waits_on(client, path):
    """Each line of what waits, with where it leads."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [(link.get_text(), link["href"]) for link in page.select(".app-waits a.app-waits__link")]


def test_somebody_new_is_asked_what_to_call_them_and_for_their_agreement(client_at):
    new = someone("", email="new@example.org", settled=False)
    client = client_at(None, new)
    assert client.get("/my/").headers["Location"] == "/my/first-visit/"
    refused = client.post("/my/first-visit/", {"name": "Kim"})
    assert "Tick the box to go on" in refused.content.decode()
    client.post("/my/first-visit/", {"name": "Kim", "agrees": "on"})
    new.refresh_from_db()
    assert new.name == "Kim"
    assert Consent.objects.get(person=new, purpose="account").wording_version
    assert client.get("/my/").status_code == 200


@pytest.mark.parametrize("query", [{"host": "evil.example"}, {"host": "evil.example", "next": "//evil.example/"}])
def test_a_first_visit_leads_on_to_no_site_that_is_not_ours(client_at, query):
    new = someone("", email="new@example.org", settled=False)
    done = client_at(None, new).post("/my/first-visit/", {"name": "Kim", "agrees": "on"}, query_params=query)
    assert done.headers["Location"] == "/my/"


def test_a_first_visit_leads_back_to_a_path_of_the_scheme_alone(client_at, scheme):
    new = someone("", email="new@example.org", settled=False)
    query = {"host": scheme.host, "next": "//evil.example/"}
    done = client_at(None, new).post("/my/first-visit/", {"name": "Kim", "agrees": "on"}, query_params=query)
    assert "evil.example" not in done.content.decode()


def test_what_waits_is_said_without_a_word_of_what_it_is_about(page_of, robin, scheme):
    noticed(robin, scheme=scheme)
    assert "There is an answer for you" in page_of(robin)


def test_an_alarm_stands_before_all_that_was_raised_and_each_of_many_is_a_way_on(client_at, robin):
    alarm = noticed(robin, kind="visit_alarm", path="/visits/")
    raised = [noticed(robin, kind="visit_concern", key=number, path=f"/visits/{number}/") for number in range(5)]
    others = [noticed(robin, kind=kind) for kind in ("visit_off", "invited", "visit_left", "question")]
    client = client_at(None, robin)
    for one in raised:
        client.get(f"/my/notices/{one.pk}/")
    lines = waits_on(client, "/my/")
    assert len(lines) == 5 and [text for text, _ in lines[:2]] == [
        "Somebody is not back yet", "5 things were raised on visits. Look at them today",
    ]  # fmt: skip
    assert 'href="/my/waiting/">See all 10</a>' in client.get("/my/").content.decode()
    at = dict(lines)["5 things were raised on visits. Look at them today"]
    all_of_it = waits_on(client, at)
    assert [href for _, href in all_of_it[:6]] == [f"/my/notices/{one.pk}/" for one in (alarm, *reversed(raised))]
    assert {href for _, href in all_of_it[6:]} == {f"/my/notices/{one.pk}/" for one in others}
    assert f"Waiting since {moment(raised[0].at)}" in client.get(at).content.decode()


@pytest.mark.parametrize("kind", sorted(UNTIL_DONE))
def test_what_waits_until_it_is_done_stands_in_one_line_however_often(kind, client_at, robin):
    client, (first, *more) = client_at(None, robin), range(6)
    noticed(robin, kind=kind, key=first)
    assert waits_on(client, "/my/") == [(TEXTS[kind], f"/my/notices/{Notice.objects.get().pk}/")]
    for number in more:
        noticed(robin, kind=kind, key=number)
    (line,) = waits_on(client, "/my/")
    assert line == (MANY[kind].format(number=6), "/my/waiting/")
    assert [text for text, _ in waits_on(client, "/my/waiting/")] == [TEXTS[kind]] * 6


def test_alarms_that_read_alike_are_told_apart_by_since_when_each_waits(client_at, robin):
    two = [noticed(robin, kind="visit_alarm", key=number) for number in range(2)]
    Notice.objects.filter(pk=two[0].pk).update(at=two[0].at - timedelta(hours=2))
    noticed(robin, kind="visit_off")
    page = BeautifulSoup(client_at(None, robin).get("/my/").content, "html.parser")
    assert [one.get_text() for one in page.select(".app-waits__when")] == [
        f"Waiting since {moment(at)}" for at in (two[1].at, two[0].at - timedelta(hours=2))
    ]


def test_where_nothing_waits_the_list_of_all_of_it_says_so(page_of, robin):
    assert "See all" not in page_of(robin)
    assert "Nothing is waiting for you." in page_of(robin, "/my/waiting/")


def test_nobody_elses_notices_or_places_are_shown(page_of, robin, scheme):
    sam = someone("Sam")
    noticed(sam, scheme=scheme)
    actions.remember_place(person_id=sam.pk, scheme=scheme)
    page = page_of(robin)
    assert "There is an answer for you" not in page
    assert scheme.name not in page


def test_opening_a_notice_leads_to_the_host_that_holds_the_words_and_marks_it_read(client_at, robin, scheme):
    notice = noticed(robin, scheme=scheme, path="/mine/7/")
    answer = client_at(None, robin).get(f"/my/notices/{notice.pk}/")
    assert answer.headers["Location"] == f"{scheme.origin}/sign-in/?next=%2Fmine%2F7%2F&again=yes"
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_a_notice_of_a_scheme_that_is_closed_says_so_and_waits_no_longer(as_owner, client_at, status):
    scheme, robin = Scheme.objects.get(slug="ashmere"), someone("Robin")
    notice = noticed(robin, scheme=scheme, path="/mine/7/")
    Scheme.objects.filter(pk=scheme.pk).update(status=status)
    answer = client_at(None, robin).get(f"/my/notices/{notice.pk}/")
    assert answer.status_code == 200
    assert "You cannot read this now" in answer.content.decode()
    assert not queries.unread_notices(robin).exists()


def test_somebody_elses_notice_is_not_found_and_stays_unread(client_at, robin, scheme):
    notice = noticed(someone("Sam"), scheme=scheme)
    assert client_at(None, robin).get(f"/my/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_when_nothing_waits_the_page_says_so_and_shows_what_was_read_lately(page_of, robin, scheme):
    noticed(robin, scheme=scheme)
    actions.read_notice(person_id=robin.pk, kind="answer", key="1")
    page = page_of(robin)
    assert "Nothing is waiting for you." in page
    assert "What changed lately" in page


def test_a_notice_is_given_once_for_a_kind_and_key(robin, scheme):
    noticed(robin, scheme=scheme)
    noticed(robin, scheme=scheme, path="/elsewhere/")
    assert Notice.objects.get(person=robin).path == "/mine/"


def test_my_services_are_those_i_was_at_and_those_i_work_for(page_of, robin, scheme, other_scheme):
    actions.remember_place(person_id=robin.pk, scheme=scheme)
    actions.remember_place(person_id=robin.pk, scheme=scheme)
    works_at(other_scheme, robin.pk, role=Role.INVOLVEMENT_LEAD)
    page = page_of(robin)
    assert Place.objects.filter(person=robin).count() == 1
    assert f"{scheme.origin}/sign-in/?next=%2F" in page
    assert f"{other_scheme.origin}/sign-in/?next=%2Fstaff%2F" in page
    assert "(Involvement lead)" in page


@pytest.mark.parametrize("many", [1, 5])
def test_my_page_costs_the_same_for_any_number_of_notices_and_services(many, client_at, robin, scheme, other_scheme):
    client = client_at(None, robin)
    client.get("/my/")
    for number in range(many):
        noticed(robin, key=str(number), scheme=scheme)
    for place in (scheme, other_scheme)[: min(many, 2)]:
        actions.remember_place(person_id=robin.pk, scheme=place)
    with CaptureQueriesContext(connection) as asked:
        client.get("/my/")
    assert len(asked) <= 18


def test_messages_go_only_where_the_person_said_it_is_safe(robin):
    assert queries.way_to(robin.pk) is None
    reached_by_mail(robin)
    way = queries.way_to(robin.pk)
    assert way and way.to == robin.email
    assert not queries.wants_words(robin.pk)
    reached_by_mail(robin, words=True)
    assert queries.wants_words(robin.pk)


def test_taking_back_the_agreement_to_messages_stops_them_at_once(client_at, robin):
    reached_by_mail(robin, words=True)
    client_at(None, robin).post("/my/consents/contact/take-back/")
    assert queries.way_to(robin.pk) is None
    assert not queries.wants_words(robin.pk)
    assert Consent.objects.get(person=robin, purpose="contact").withdrawn_at is not None


def test_a_channel_without_an_agreement_that_stands_is_not_used(robin):
    SafeContact.objects.create(person=robin, channel=SafeContact.Channel.EMAIL)
    assert queries.way_to(robin.pk) is None


def test_an_account_that_was_closed_is_sent_nothing(robin):
    reached_by_mail(robin)
    robin.is_active = False
    robin.save()
    assert queries.way_to(robin.pk) is None


def test_words_cannot_be_asked_for_where_there_are_no_messages(client_at, robin):
    answer = client_at(None, robin).post("/my/contact/words/", {"words_in_messages": "on"})
    assert answer.headers["Location"] == "/my/contact/way/"
    assert not SafeContact.objects.filter(person=robin).exists()


def test_choosing_email_writes_down_the_agreement_with_its_wording(client_at, robin):
    client_at(None, robin).post("/my/contact/way/", {"channel": "email"})
    consent = Consent.objects.get(person=robin, purpose="contact", withdrawn_at=None)
    assert consent.wording_version == "2026-11"
    assert Entry.objects.filter(subject=robin.pk, operation="collect", basis="consent").exists()


def test_agreeing_again_after_taking_it_back_is_a_row_of_its_own(robin):
    for _ in range(2):
        actions.give_consent(person=robin, purpose="contact", by=robin)
        actions.give_consent(person=robin, purpose="contact", by=robin)
        actions.withdraw_consent(person=robin, purpose="contact", by=robin)
    assert Consent.objects.filter(person=robin, purpose="contact").count() == 2


def test_changes_to_ones_details_are_written_in_the_audit_without_words(client_at, robin):
    client_at(None, robin).post("/my/name/", {"name": "Quite Another Name"})
    entry = Entry.objects.newest_first().first()
    assert (entry.by, entry.subject, entry.what) == (robin.pk, robin.pk, "changed a name")


def test_the_front_page_lists_the_open_services(client_at, scheme, other_scheme):
    page = client_at(None).get("/").content.decode()
    for one in (scheme, other_scheme):
        assert f"{one.origin}/" in page


def test_places_of_a_scheme_are_never_asked_from_the_scheme(client_at, scheme, robin):
    """That somebody has to do with a scheme is told to nobody but themselves (data rule 5)."""
    works_at(scheme, robin.pk, role=Role.MANAGER)
    actions.remember_place(person_id=someone("Sam").pk, scheme=scheme)
    client = client_at(scheme, robin)
    with CaptureQueriesContext(connection) as asked:
        for path in ("/staff/", "/team/", "/audit/", "/sites/"):
            client.get(path)
    assert not [query for query in asked if "people_place" in query["sql"] or "people_notice" in query["sql"]]


def test_staff_permissions_for_the_site_come_from_the_groups_of_the_scheme_entered(scheme, other_scheme, robin):
    with enter(scheme):
        group = Group.objects.create(name="May enter")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        PersonGroup.objects.create(person=robin, group=group)
        assert robin.has_perm("wagtailadmin.access_admin")
        assert robin.has_module_perms("wagtailadmin")
    with enter(other_scheme):
        assert not robin.has_perm("wagtailadmin.access_admin")
    assert not robin.has_perm("wagtailadmin.access_admin")
    with enter(scheme):
        assert robin.has_perms(["wagtailadmin.access_admin"])
        robin.is_active = False
        assert not robin.has_perm("wagtailadmin.access_admin")


def test_a_closed_scheme_is_not_in_the_list(as_owner, page_of, scheme):
    robin = someone("Robin")
    actions.remember_place(person_id=robin.pk, scheme=scheme)
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.CLOSED)
    assert scheme.name not in page_of(robin)


def test_taking_back_the_account_says_what_it_means_before_anything_is_done(client_at, robin):
    client = client_at(None, robin)
    answer = client.post("/my/consents/account/take-back/", follow=True)
    assert answer.redirect_chain == [("/my/erasure/", 302)]
    assert "An account cannot work without them" in answer.content.decode()
    assert Consent.objects.filter(person=robin, purpose="account", withdrawn_at=None).exists()
    assert client.get("/my/").status_code == 200


def test_who_asks_to_be_erased_stands_before_operators_by_id_until_it_is_done(as_web, client_at, robin):
    op = someone("Op")
    give_national_role(person_id=op.pk, role="operator", by=None)
    operator = client_at(None, op)
    client = client_at(None, robin)
    client.post("/my/erasure/")
    client.post("/my/erasure/")
    assert "It has not been done yet" in client.get("/my/erasure/").content.decode()
    page = operator.get("/operate/").content.decode()
    assert page.count(f"alongside person erase {robin.pk}") == 1
    assert robin.email not in page
    assert Entry.objects.about(robin.pk).filter(what="asked for erasure").count() == 1
    connect_as(ERASER, as_web)
    erase(robin)
    connect_as(WEB, as_web)
    assert str(robin.pk) not in operator.get("/operate/").content.decode()


def test_who_changes_their_mind_keeps_the_account(client_at, robin):
    client = client_at(None, robin)
    client.post("/my/erasure/")
    client.post("/my/erasure/", {"keep": "yes"})
    assert not ErasureRequest.objects.exists()
    assert "Ask us to take everything away" in client.get("/my/erasure/").content.decode()


def test_the_details_lead_to_where_one_asks_to_be_erased(page_of, robin):
    assert "/my/erasure/" in page_of(robin, "/my/details/")


def test_an_added_account_stands_in_the_audit_of_the_platform(robin):
    assert Entry.objects.about(robin.pk).filter(what="added an account", operation="collect").exists()
