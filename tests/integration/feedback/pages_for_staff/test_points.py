"""The pages of a point, for whoever works for the scheme."""

import re

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, erasure
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.models import Confirmation, Consent, GroupTag, Point, Round, Sayer
from tenants.feedback.rules import OF_A_PARENT, Answer, Channel, Stage
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, published, said, slip, somebody, staff, the_sayer
from tests.integration.conftest import MakePerson
from tests.integration.feedback.pages_for_staff.steps import SAME_FOR_ALL, decision, stage, text


def test_reading_what_somebody_said_is_written_down_s1(desk: Client, point: Point, scheme: Scheme) -> None:
    text(desk, "/points/")
    text(desk, f"/points/{point.pk}/")
    with enter(scheme):
        entries = Entry.objects.filter(operation="read").order_by("at", "thing_id")
        assert {entry.thing_id for entry in entries} == {"", str(point.pk)}


def test_a_point_goes_from_said_to_done_by_the_pages(
    desk: Client, point: Point, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    base = f"/points/{point.pk}/"
    steps = [
        ("acknowledge/", {}, Stage.SEEN),
        ("sort/", {"theme": "", "site": "", "groups": []}, Stage.SEEN),
        ("words/", {"words": "People waited long."}, Stage.SEEN),
        ("regard/", SAME_FOR_ALL, Stage.SEEN),
        ("decide/", decision(team), Stage.TOLD),
        ("progress/", {"words": "It is printed."}, Stage.TOLD),
        ("done/", {"words": "It is up."}, Stage.CHANGED),
    ]
    for page, filled, after in steps:
        if page != "acknowledge/":
            text(desk, base + page)
        answer = desk.post(base + page, filled)
        leads_to = f"{base}decide/" if page == "regard/" else base
        assert (page, answer.status_code, answer["Location"]) == (page, 302, leads_to)
        assert stage(scheme) == after
    assert "You have said that it is done. Those who said it are asked." in text(desk, base)
    shown = text(desk, base)
    assert "You have said that it is done" not in shown
    assert "It is printed." in shown and "It is up." in shown and "A card." in shown


def test_who_decides_without_a_date_is_told_so_beside_the_date(
    desk: Client, point: Point, team: tuple[Person, Membership]
) -> None:
    desk.post(f"/points/{point.pk}/regard/", SAME_FOR_ALL)
    page = desk.post(f"/points/{point.pk}/decide/", decision(team, due_day="", due_month="", due_year=""))
    assert 'href="#id_due-day"' in page.content.decode()
    assert "A card." in page.content.decode()


def test_who_decides_on_an_old_page_is_told_that_it_was_answered(
    desk: Client, point: Point, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    address = f"/points/{point.pk}/decide/"
    desk.post(f"/points/{point.pk}/regard/", SAME_FOR_ALL)
    desk.post(address, decision(team))
    page = desk.post(address, decision(team, decision="cannot")).content.decode()
    assert "This was answered on 2 November 2026." in page
    desk.post(f"/points/{point.pk}/regard/", SAME_FOR_ALL)
    (latest,) = re.findall(r'name="replaces" value="([^"]+)"', desk.get(address).content.decode())
    assert desk.post(address, decision(team, decision="cannot", replaces=latest)).status_code == 302
    with enter(scheme):
        assert Round.objects.count() == 2


def test_only_people_who_work_here_are_offered_as_owners(
    desk: Client, point: Point, team: tuple[Person, Membership], other_scheme: Scheme
) -> None:
    stranger = staff(other_scheme)[1]
    desk.post(f"/points/{point.pk}/regard/", SAME_FOR_ALL)
    assert str(stranger.pk) not in text(desk, f"/points/{point.pk}/decide/")
    page = desk.post(f"/points/{point.pk}/decide/", decision(team, owner=str(stranger.pk)))
    assert page.status_code == 200


def test_words_for_the_website_are_refused_where_somebody_did_not_agree(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        private = said(slip(may_publish=False))
    asked = text(desk, f"/points/{private.pk}/words/")
    assert "agreed to the website" in asked and "<textarea" not in asked
    page = desk.post(f"/points/{private.pk}/words/", {"words": "Other words"}).content.decode()
    assert "stays private" in page and "Other words" in page


def test_staff_write_down_what_somebody_said_and_hand_over_a_slip(desk: Client, scheme: Scheme) -> None:
    page = text(desk, "/points/new/")
    (send,) = re.findall(r'name="send" value="([^"]+)"', page)
    with enter(scheme):
        women = GroupTag.objects.get(code="women").pk
    filled = {
        "said": "Somebody to talk to.", "method": "conversation", "basis": "consent", "explained_how": "read aloud",
        "channel": "slip", "may_publish": "on", "groups": [str(women)], "how_many": "9", "send": send,
        "speaks_for": women, "said_on_day": "1", "said_on_month": "11", "said_on_year": "2026",
    }  # fmt: skip
    assert desk.post("/points/new/", filled)["Location"] == "/points/new/slip/"
    assert re.search(r"[A-Z]+-[A-Z]+-[A-Z]+-[A-Z]+-[2-9]{4}", text(desk, "/points/new/slip/"))
    with enter(scheme):
        point = Point.objects.get()
        assert (point.how_many, point.logged_by_id is not None, point.groups.get().pk) == (9, True, women)
        assert Sayer.objects.get().voice == "reporter"
        assert set(Consent.objects.values_list("explained_how", flat=True)) == {"read aloud"}
    desk.post("/points/new/slip/")
    assert "We cannot show this again" in text(desk, "/points/new/slip/")


def test_how_it_was_said_is_chosen_and_a_parents_part_has_a_heading_of_its_own(desk: Client, scheme: Scheme) -> None:
    page = text(desk, "/points/new/")
    assert re.search(r'<option value=""[^>]*>Choose one</option>', page)
    (part,) = re.findall(r"<legend[^>]*>Only if somebody with parental.*?</fieldset>", page, re.DOTALL)
    assert re.findall(r'name="([a-z_]+)"', part) == [*OF_A_PARENT, "turns_day", "turns_month", "turns_year"]
    assert 'href="#id_method"' in desk.post("/points/new/", {"method": ""}).content.decode()


def test_a_parent_who_agrees_for_a_child_leaves_four_things_s4(desk: Client, scheme: Scheme) -> None:
    (send,) = re.findall(r'name="send" value="([^"]+)"', text(desk, "/points/new/"))
    filled = {
        "said": "I was scared.", "method": "conversation", "basis": "parental_responsibility",
        "explained_how": "Easy Read", "channel": "letter", "send": send,
    }  # fmt: skip
    parent = {"giver_name": "A parent", "giver_relationship": "father", "evidence_seen": "passport", "turns_day": "1"}
    parent |= {"turns_month": "2", "turns_year": "2028"}
    page = desk.post("/points/new/", filled | parent).content.decode()
    assert 'href="#id_child_view"' in page
    assert desk.post("/points/new/", filled | parent | {"child_view": "wants it told"}).status_code == 302
    with enter(scheme):
        assert Consent.objects.filter(giver_name="A parent").count() == 2
        assert Sayer.objects.get().channel == Channel.LETTER


def test_a_point_keeps_its_site_when_that_has_closed_and_is_sorted_again(desk: Client, scheme: Scheme) -> None:
    site = scheme.sites.earliest("name")
    with enter(scheme):
        point = said(site_id=site.pk)
    scheme.sites.filter(pk=site.pk).update(closed_on=clock.today())
    assert f'value="{site.pk}" selected' in text(desk, f"/points/{point.pk}/sort/")
    assert desk.post(f"/points/{point.pk}/sort/", {"site": str(site.pk)}).status_code == 302
    assert str(site.pk) not in text(desk, "/points/new/")


def test_a_point_of_another_scheme_is_not_found(desk: Client, other_scheme: Scheme) -> None:
    with enter(other_scheme):
        foreign = said()
    for page in ("", "acknowledge/", "sort/", "words/", "decide/", "progress/", "done/", "day/"):
        assert desk.get(f"/points/{foreign.pk}/{page}").status_code == 404


def test_the_page_of_an_erased_point_offers_nothing_to_do(desk: Client, scheme: Scheme, person: MakePerson) -> None:
    robin = person()
    with enter(scheme):
        point = said(somebody(robin))
        erasure.erase_person(robin.pk)
    page = text(desk, f"/points/{point.pk}/")
    assert "The words were erased." in page and "Somebody whose record was erased" in page
    for gone in ("decide/", "words/", "acknowledge/", "agreed on", "To be told by", "Waiting for an answer", "Clocks"):
        assert gone not in page
    assert str(point.pk) not in text(desk, "/staff/")


def test_a_no_is_said_plainly_on_the_page_of_its_point(
    desk: Client, point: Point, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    with enter(scheme):
        claimed(point, team[1])
        actions.confirm(sayer=point.sayers.get(), answer=Answer.NO, by=None)
    page = text(desk, f"/points/{point.pk}/")
    assert page.count("They said no: it has not changed. Decide again.") == 1
    assert f'/points/{point.pk}/decide/">Decide again</a>' in page


@pytest.mark.parametrize("page", ["", "sort/", "words/", "regard/", "regard/record/", "together/", "split/", "day/"])
def test_every_page_that_shows_what_was_said_writes_down_who_read_it_s1(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership], point: Point, page: str
) -> None:
    assert "I waited nine hours." in text(desk, f"/points/{point.pk}/{page}")
    with enter(scheme):
        assert Entry.objects.filter(by=team[0].pk, operation="read", thing_id=str(point.pk)).count() == 1


@pytest.mark.parametrize("step", ["sort", "words", "decide", "regard", "together", "split", "day", "progress", "done"])
def test_an_old_link_to_an_erased_point_says_in_words_that_nothing_is_left_to_do(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership], person: MakePerson, step: str
) -> None:
    robin = person()
    with enter(scheme):
        point = said(somebody(robin))
        erasure.erase_person(robin.pk)
    address = f"/points/{point.pk}/{step}/"
    for answer in (desk.get(address), desk.post(address, decision(team) | {"words": "A card hangs."})):
        page = answer.content.decode()
        assert answer.status_code == 410 and "Nobody is left to answer." in page
        assert 'name="words"' not in page and 'name="answer"' not in page
    with enter(scheme):
        assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"how_many": "99999999999"}, "Enter 100000 or less"),
        ({"said_on_day": "3", "said_on_month": "3", "said_on_year": "1026"}, "1 January 2000 or later"),
        ({"paper": "1234 56"}, "The number of a slip has 8 figures. We found 6 figures."),
    ],
)
def test_a_slip_of_the_finger_is_named_and_nothing_is_written(
    desk: Client, scheme: Scheme, typed: dict[str, str], words: str
) -> None:
    filled = {
        "said": "Nobody told me.", "method": "conversation", "basis": "consent", "explained_how": "Read aloud",
        "channel": "slip", "send": "7b1e38a1-8d11-4a93-b1f6-2d7a33a2f3a0",
    }  # fmt: skip
    page = desk.post("/points/new/", filled | typed).content.decode()
    assert words in page
    with enter(scheme):
        assert not Point.objects.filter(said="Nobody told me.").exists()


def test_whoever_writes_down_for_a_letter_is_told_the_number_to_keep_beside_the_address(
    desk: Client, scheme: Scheme
) -> None:
    filled = {
        "said": "Nobody told me.", "method": "conversation", "basis": "consent", "explained_how": "Read aloud",
        "send": "7b1e38a1-8d11-4a93-b1f6-2d7a33a2f3a0",
    }  # fmt: skip
    assert desk.post("/points/new/", filled | {"channel": "letter"}).status_code == 302
    with enter(scheme):
        number = Sayer.objects.get().reference
    assert f"Their number is <strong>{number}</strong>" in text(desk, "/points/new/slip/")
    other = {"channel": "slip", "send": "7b1e38a1-8d11-4a93-b1f6-2d7a33a2f3a1"}
    assert desk.post("/points/new/", filled | other).status_code == 302
    assert "Their number is" not in text(desk, "/points/new/slip/")


def test_the_page_says_whether_the_public_may_read_an_answer_and_why_not(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership], person: MakePerson
) -> None:
    with enter(scheme):
        taken_off, gone = said(), said(somebody(robin := person()))
        for one in (taken_off, gone):
            published(one, team[1])
    for one in (taken_off, gone):
        assert "The public may read it since 2 November 2026" in text(desk, f"/points/{one.pk}/")
    with enter(scheme):
        actions.stop_publishing(sayer=the_sayer(taken_off), by=None)
        erasure.erase_person(robin.pk)
    for one, why in ((taken_off, "did not agree, or took that back"), (gone, "the words are gone")):
        page = text(desk, f"/points/{one.pk}/")
        assert "The public may read it since" not in page and why in page


def test_a_no_and_then_what_is_still_wrong_are_shown_as_one_answer(
    desk: Client, scheme: Scheme, team: tuple[Person, Membership]
) -> None:
    with enter(scheme):
        point = said(slip(), slip())
        claimed(point, team[1])
        first, second = point.sayers.all()
        actions.confirm(sayer=first, answer=Answer.NO, by=None)
        actions.confirm(sayer=first, answer=Answer.NO, words="Still dark.", by=None)
        assert Confirmation.objects.count() == 2
    assert text(desk, f"/points/{point.pk}/").count("Did it change? No") == 1
    with enter(scheme):
        actions.confirm(sayer=second, answer=Answer.NO, by=None)
    assert text(desk, f"/points/{point.pk}/").count("Did it change? No") == 2


def test_of_a_day_that_nobody_wrote_down_the_page_says_which_one_the_line_shows(desk: Client, point: Point) -> None:
    assert "Not written down. The line shows the day on which we got it" in text(desk, f"/points/{point.pk}/")
