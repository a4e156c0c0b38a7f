"""The register, what waits, and who finds which page, for whoever works for the scheme."""

import re

import pytest
from django.test import Client

from audit.models import Entry
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.models import GroupTag, Partner, Point, Told
from tenants.feedback.rules import Channel
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import GRANTS, Permission, Role
from tests.factories.feedback import decided, letter, said, slip, somebody, staff
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson
from tests.integration.feedback.pages_for_staff.steps import ClientAt, text


def test_the_list_of_people_to_tell_leads_nobody_where_they_may_not_go(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    with enter(scheme):
        point = letter(team[1]).round.point
    assert f"/points/{point.pk}/" in text(desk, "/points/tellings/")
    monkeypatch.setitem(GRANTS, Role.INVOLVEMENT_LEAD, frozenset({Permission.TELL_PEOPLE}))
    page = text(desk, "/points/tellings/")
    assert f"/points/{point.pk}/" not in page and 'href="/points/"' not in page


@pytest.mark.parametrize("show", ["", "waiting", "decided", "not_now", "all", "nonsense"])
def test_an_empty_register_says_so(desk: Client, show: str) -> None:
    assert "here." in text(desk, f"/points/?show={show}&theme=none&group=none&site=none&page=9")


def test_the_register_is_searched_and_keeps_the_words_in_the_box(desk: Client, point: Point) -> None:
    found = text(desk, "/points/?show=all&words=waiting+hour")
    assert "I waited nine hours." in found and 'value="waiting hour"' in found
    nothing = text(desk, "/points/?show=all&words=%%0000cold")
    assert "I waited nine hours." not in nothing and "Look for fewer or other words." in nothing


def test_the_register_shows_the_clock_and_leads_to_the_point(desk: Client, point: Point) -> None:
    page = text(desk, "/points/")
    assert f"/points/{point.pk}/" in page and "5 working days left" in page and "no one yet" in page
    assert "I waited nine hours." in text(desk, f"/points/{point.pk}/")


def test_letters_and_failed_messages_are_tasks_for_somebody(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    assert "Everybody who has an answer has been told" in text(desk, "/points/tellings/")
    with enter(scheme):
        told = letter(team[1])
    address = f"/points/tellings/{told.pk}/"
    assert address in text(desk, "/points/tellings/")
    assert "Send the message again" not in text(desk, address)
    assert desk.post(address, {"what": "again"}).status_code == 200
    assert "It is written down." in desk.post(address, {"what": "posted"}, follow=True).content.decode()
    assert desk.get(address).status_code == 404
    with enter(scheme):
        assert Told.objects.get().posted_on is not None


def test_a_failed_message_can_be_sent_again_from_its_task(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership], person: MakePerson
) -> None:
    robin = reached_by_mail(person())
    with enter(scheme):
        told = decided(said(somebody(robin, channel=Channel.EMAIL)), team[1]).tellings.get()
        actions.fail_telling(told=told, note="Find another way.")
    address = f"/points/tellings/{told.pk}/"
    assert "Send the message again" in text(desk, address)
    assert desk.post(address, {"what": "again"}).status_code == 302
    with enter(scheme):
        assert Told.objects.get().state == "pending"


def test_partner_organisations_stand_with_their_group_and_not_reported_s77_s81(desk: Client, scheme: Scheme) -> None:
    assert "No partner organisation is written down yet" in text(desk, "/partners/")
    with enter(scheme):
        Partner.objects.create(organisation="A youth club", group=GroupTag.objects.get(code="young"))
    page = text(desk, "/partners/")
    assert "A youth club" in page and "Young people" in page and "Not reported" in page


def test_who_is_reached_stands_group_by_group_s12(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        said(groups=[GroupTag.objects.get(code="older")], how_many=3)
    page = text(desk, "/reach/")
    assert page.count("not reported") == 5 and "Older people" in page


def test_an_editor_writes_words_and_comes_back_to_a_page_of_theirs(
    client_at: ClientAt, scheme: Scheme, point: Point
) -> None:
    editor = client_at(scheme, staff(scheme, Role.EDITOR)[0])
    assert editor.get(f"/points/{point.pk}/").status_code == 404
    answer = editor.post(f"/points/{point.pk}/words/", {"words": "People waited long."}, follow=True)
    assert answer.status_code == 200


def test_an_editor_reads_nothing_that_nobody_agreed_to_publish(client_at: ClientAt, scheme: Scheme) -> None:
    with enter(scheme):
        private = said(slip(may_publish=False))
    editor, lead = (client_at(scheme, staff(scheme, role)[0]) for role in (Role.EDITOR, Role.INVOLVEMENT_LEAD))
    assert editor.get(f"/points/{private.pk}/words/").status_code == 404
    assert lead.get(f"/points/{private.pk}/words/").status_code == 200
    assert (editor.get("/partners/").status_code, lead.get("/partners/").status_code) == (404, 200)


def test_an_editor_reads_no_private_words_in_a_line_about_what_others_agreed_to(
    client_at: ClientAt, scheme: Scheme
) -> None:
    with enter(scheme):
        lead, _ = staff(scheme)
        private, agreed = said(slip(may_publish=False), words="Only for you."), said(words="You may print this.")
        actions.answer_together(points=[private, agreed], by=lead)
        said(words="This may be printed too.")
    page = client_at(scheme, staff(scheme, Role.EDITOR)[0]).get("/staff/").content.decode()
    assert page.count("Write words for the website") == 2
    assert "Only for you" not in page and "This may be printed too." in page


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PRACTITIONER, {"", "new/", "acknowledge/", "sort/", "progress/", "done/"}),
        (Role.STR_WORKER, {"", "new/", "acknowledge/", "sort/", "progress/", "done/"}),
        (Role.SAFEGUARDING_LEAD, {""}),
        (Role.EDITOR, {"words/"}),
        (
            Role.MANAGER,
            {"", "new/", "tellings/", "acknowledge/", "sort/", "words/", "decide/", "progress/", "done/"},
        ),
    ],
)
def test_each_role_finds_its_own_pages_and_no_others(
    client_at: ClientAt, scheme: Scheme, point: Point, role: Role, may: set[str]
) -> None:
    client = client_at(scheme, staff(scheme, role)[0])
    pages = ["acknowledge/", "sort/", "words/", "decide/", "progress/", "done/"]
    addresses = {page: f"/points/{point.pk}/{page}" for page in pages} | {
        page: f"/points/{page}" for page in ("", "new/", "tellings/")
    }
    found = {page for page, address in addresses.items() if client.get(address).status_code != 404}
    assert found == may


def test_what_waits_for_staff_has_its_day_and_its_page(
    desk: Client, point: Point, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    with enter(scheme):
        letter(team[1])
    page = text(desk, "/staff/")
    assert "See what somebody said: “I waited nine hours.”" in page and "Monday 9 November" in page
    assert re.search(r"1 person still to tell</a>\s*<span[^>]*>By Monday 16 November 2026", page)
    with enter(scheme):
        what = "read the beginnings of what waits"
        assert Entry.objects.filter(by=team[0].pk, operation="read", what=what).count() == 1


def test_what_waits_is_told_apart_and_counted_where_it_is_cut(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        for number in range(6):
            said(slip(may_publish=False), words=f"Number {number} of the many things that somebody told us here.")
    page = text(desk, "/staff/")
    assert "Number 0 of the many things that…" in page and "told us here" not in page
    assert '/staff/waiting/">See all 6</a>' in page
    assert text(desk, "/staff/waiting/").count("See what somebody said") == 6


def test_a_letter_to_post_says_who_it_waits_for(desk: Client, scheme: Scheme, team: tuple[Person, Membership]) -> None:
    with enter(scheme):
        told = letter(team[1])
        address = f"/points/{told.round.point_id}/"
    page = text(desk, address)
    assert 'waiting for you to post it: <a href="/points/tellings/">People still to tell</a>' in page
    desk.post(f"/points/tellings/{told.pk}/", {"what": "posted"})
    assert "waiting for you to post it" not in text(desk, address)
