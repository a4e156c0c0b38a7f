"""Staff who follow a theme hear once a week that something is new about it, in words that say nothing (S2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from answers import actions
from answers.models import Digest, PublishedAnswer, ThemeFollowed
from answers.queries import followed_by, whose_week_is_due
from kit import clock, scheduler
from kit.erasure import declared
from people.models import Notice, Person
from tenants.feedback import actions as actions_of_schemes
from tenants.feedback.models import Round, Theme
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import decided, said
from tests.integration.answers.conftest import MEDICATION, WAITING, Publish, lead_of
from tests.integration.conftest import MakePerson
from tests.integration.feedback.conftest import MONDAY

Work = Callable[[], None]
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def follower(scheme: Scheme, person: MakePerson) -> Person:
    """A practitioner who follows waiting since Monday the 2nd, whose week was looked through then."""
    made = person("Pat", role=Role.PRACTITIONER, at=scheme)
    actions.follow(person=made, themes=[WAITING])
    scheduler.tick()
    clock.set_to(MONDAY + timedelta(hours=1), frozen=True)
    return made


def a_week_later(work: Work, at: datetime = NEXT) -> None:
    assert not scheduler.tick(at).failures
    work()


def messages(folder: Path) -> list[str]:
    return [file.read_text() for file in sorted(folder.glob("*.eml"))]


def test_new_answers_on_a_theme_are_one_message_with_counts_and_a_link(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING, answer="Zebrafinch answer.")
    publish(other_scheme, theme=WAITING)
    publish(other_scheme, theme=MEDICATION)
    a_week_later(work)
    (message,) = messages(mail_folder)
    assert "2 new answers on 1 theme you follow" in message and "/answers/?followed=yes" in message
    assert "Subject: There is something new for you" in message
    assert "ebrafinch" not in message and "ait" not in message.replace("Waits", "").split("\n\n", 1)[1]
    assert Notice.objects.get(kind="new_answers").person_id == follower.pk


def test_a_week_is_one_message_however_often_the_clock_comes(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING)
    for minute in range(3):
        a_week_later(work, NEXT + timedelta(minutes=minute))
    publish(other_scheme, theme=WAITING)
    a_week_later(work, NEXT + timedelta(days=3))
    assert len(messages(mail_folder)) == 1
    a_week_later(work, NEXT + timedelta(days=7))
    assert len(messages(mail_folder)) == 2


def test_where_nothing_is_new_nothing_is_sent(follower: Person, work: Work, mail_folder: Path) -> None:
    a_week_later(work)
    assert messages(mail_folder) == [] and not Notice.objects.exists()
    assert Digest.objects.filter(answers=0).count() == 2


def test_nothing_goes_before_monday_morning(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING)
    a_week_later(work, NEXT.replace(hour=6, minute=59))
    assert messages(mail_folder) == []
    a_week_later(work, NEXT.replace(hour=7))
    assert len(messages(mail_folder)) == 1


def test_what_was_there_before_somebody_followed_is_not_new(
    scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING)
    clock.set_to(MONDAY + timedelta(hours=1), frozen=True)
    actions.follow(person=person("Pat", role=Role.MANAGER, at=scheme), themes=[WAITING])
    a_week_later(work)
    assert messages(mail_folder) == []


def test_an_answer_that_is_given_anew_is_new(
    follower: Person, other_scheme: Scheme, owners: dict[str, Membership], publish: Publish, work: Work,
    mail_folder: Path,
) -> None:  # fmt: skip
    point = publish(other_scheme, theme=WAITING)
    a_week_later(work)
    with enter(other_scheme):
        actions_of_schemes.approve_words(point=point, words="Other words.", by=lead_of(owners["brackwell"]))
    a_week_later(work, NEXT + timedelta(days=7))
    assert len(messages(mail_folder)) == 1
    with enter(other_scheme):
        decided(point, owners["brackwell"], Decision.CANNOT, replaces=Round.objects.get())
    work()
    a_week_later(work, NEXT + timedelta(days=14))
    assert len(messages(mail_folder)) == 2


def test_an_old_answer_that_comes_back_is_not_new(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    """Such as after a restore: nobody announced it, and it was read before."""
    missing, otherwise = (publish(other_scheme, theme=WAITING) for _ in range(2))
    a_week_later(work)
    PublishedAnswer.objects.filter(point_id=missing.pk).delete()
    PublishedAnswer.objects.filter(point_id=otherwise.pk).update(theme_code=MEDICATION)
    a_week_later(work, NEXT + timedelta(days=1))
    a_week_later(work, NEXT + timedelta(days=7))
    assert len(messages(mail_folder)) == 1
    assert PublishedAnswer.objects.about(WAITING).count() == 2


def test_a_new_answer_whose_message_was_lost_is_new(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING)
    PublishedAnswer.objects.all().delete()
    a_week_later(work)
    assert messages(mail_folder) == [] and PublishedAnswer.objects.exists()
    a_week_later(work, NEXT + timedelta(days=7))
    assert len(messages(mail_folder)) == 1


def test_what_the_clock_and_the_night_bring_before_the_message_about_it_is_new_all_the_same(
    follower: Person, other_scheme: Scheme, owners: dict[str, Membership], publish: Publish, work: Work,
    mail_folder: Path,
) -> None:  # fmt: skip
    """The worker is behind: an answer given long ago gets its words, and another its theme."""
    owner = owners["brackwell"]
    unsorted = publish(other_scheme)
    with enter(other_scheme):
        theme = Theme.objects.get(code=WAITING)
        without_words = said(theme=theme)
        decided(without_words, owner)
    a_week_later(work)
    clock.set_to(NEXT + timedelta(days=1), frozen=True)
    with enter(other_scheme):
        actions_of_schemes.approve_words(point=without_words, words="People wait.", by=lead_of(owner))
        actions_of_schemes.sort(point=unsorted, theme=theme, site_id=None, groups=[], by=lead_of(owner))
    assert not scheduler.tick().failures
    assert PublishedAnswer.objects.about(WAITING).count() == 2
    a_week_later(work, NEXT + timedelta(days=7))
    (message,) = messages(mail_folder)
    assert "2 new answers on 1 theme" in message


def test_an_answer_that_is_sorted_later_is_new(
    follower: Person, other_scheme: Scheme, owners: dict[str, Membership], publish: Publish, work: Work,
    mail_folder: Path,
) -> None:  # fmt: skip
    point = publish(other_scheme)
    a_week_later(work)
    assert messages(mail_folder) == []
    with enter(other_scheme):
        theme = Theme.objects.get(code=WAITING)
        actions_of_schemes.sort(point=point, theme=theme, site_id=None, groups=[], by=lead_of(owners["brackwell"]))
    work()
    a_week_later(work, NEXT + timedelta(days=7))
    assert len(messages(mail_folder)) == 1


def test_what_their_own_scheme_published_is_not_news_to_them(
    follower: Person, scheme: Scheme, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(scheme, theme=WAITING)
    a_week_later(work)
    assert messages(mail_folder) == []
    publish(scheme, theme=WAITING)
    publish(other_scheme, theme=WAITING)
    a_week_later(work, NEXT + timedelta(days=7))
    (message,) = messages(mail_folder)
    assert "1 new answer on 1 theme" in message


def test_what_a_scheme_published_where_they_worked_before_is_news_to_them(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    before = MONDAY.date() - timedelta(days=9), MONDAY.date()
    Membership.objects.create(
        person_id=follower.pk, scheme=other_scheme, role=Role.EDITOR, since=before[0], until=before[1]
    )
    publish(other_scheme, theme=WAITING)
    a_week_later(work)
    assert len(messages(mail_folder)) == 1


def test_what_came_in_the_last_minutes_is_left_to_the_next_week_and_told_then(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    """What is being written at that moment could otherwise be in neither week."""
    for before in (timedelta(minutes=5), timedelta(minutes=4, seconds=59)):
        clock.set_to(NEXT - before, frozen=True)
        publish(other_scheme, theme=WAITING)
    clock.set_to(NEXT, frozen=True)
    a_week_later(work)
    a_week_later(work, NEXT + timedelta(days=7))
    assert ["1 new answer on 1 theme" in message for message in messages(mail_folder)] == [True, True]


def test_whoever_left_is_looked_through_once_a_week(follower: Person, other_scheme: Scheme, publish: Publish) -> None:
    publish(other_scheme, theme=WAITING)
    Membership.objects.filter(person_id=follower.pk).update(until=MONDAY.date())
    clock.set_to(NEXT, frozen=True)
    actions.send_digests()
    assert whose_week_is_due(NEXT.date()) == []
    assert Digest.objects.get(week=NEXT.date()).answers == 0


def test_one_week_that_cannot_be_looked_through_stops_nobody_elses(
    as_owner: str, scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson
) -> None:
    followers = sorted((person(name, role=Role.EDITOR, at=scheme) for name in ("Kim", "Lee")), key=lambda one: one.pk)
    for one in followers:
        actions.follow(person=one, themes=[WAITING])
    clock.set_to(MONDAY + timedelta(hours=1), frozen=True)
    publish(other_scheme, theme=WAITING)
    with connection.cursor() as cursor:
        refused = f"CHECK (person_id <> '{followers[0].pk}')"
        cursor.execute(f"ALTER TABLE answers_digest ADD CONSTRAINT refused {refused} NOT VALID")
    (failure,) = scheduler.tick(NEXT).failures
    assert failure.duty.endswith("weeks_are_looked_through")
    assert [notice.person_id for notice in Notice.objects.filter(kind="new_answers")] == [followers[1].pk]


def test_whoever_opens_what_they_follow_has_seen_what_waited(
    follower: Person, scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson, work: Work,
    client_at: Callable[..., Client],
) -> None:  # fmt: skip
    other = person("Kim", role=Role.EDITOR, at=scheme)
    actions.follow(person=other, themes=[WAITING])
    clock.set_to(MONDAY + timedelta(hours=2), frozen=True)
    publish(other_scheme, theme=WAITING)
    a_week_later(work)
    browser = client_at(None, follower)
    browser.get("/answers/")
    assert Notice.objects.filter(kind="new_answers", read_at=None).count() == 2
    browser.get("/answers/?followed=yes")
    assert [notice.person_id for notice in Notice.objects.filter(read_at=None)] == [other.pk]


def test_the_link_of_the_message_leads_whoever_is_signed_out_to_sign_in_and_back(
    client_at: Callable[..., Client],
) -> None:
    answer = client_at(None).get("/answers/?followed=yes")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fanswers%2F%3Ffollowed%3Dyes")


def test_whoever_follows_nothing_is_told_to_choose_themes(
    scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson, client_at: Callable[..., Client]
) -> None:
    publish(other_scheme, theme=WAITING)
    browser = client_at(None, person("Kim", role=Role.EDITOR, at=scheme))
    page = browser.get("/answers/?followed=yes").content.decode()
    assert "You follow no theme yet." in page and "Use other words" not in page


def test_a_theme_about_which_nothing_is_left_can_still_be_given_up(
    follower: Person, client_at: Callable[..., Client]
) -> None:
    assert "Waiting and information" in client_at(None, follower).get("/answers/follow/").content.decode()


def test_whoever_follows_no_more_or_works_nowhere_hears_nothing(
    follower: Person, scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson, work: Work,
    mail_folder: Path,
) -> None:  # fmt: skip
    left = person("Lee", role=Role.EDITOR, at=scheme)
    actions.follow(person=left, themes=[WAITING])
    actions.follow(person=follower, themes=[])
    publish(other_scheme, theme=WAITING)
    Membership.objects.filter(person_id=left.pk).update(until=MONDAY.date())
    a_week_later(work)
    assert messages(mail_folder) == []


def test_each_hears_of_what_they_follow_themselves_and_nothing_changes_for_others(
    follower: Person, scheme: Scheme, other_scheme: Scheme, publish: Publish, person: MakePerson, work: Work,
    mail_folder: Path,
) -> None:  # fmt: skip
    others = person("Kim", role=Role.EDITOR, at=scheme), person("Lee", role=Role.EDITOR, at=scheme)
    for other in others:
        actions.follow(person=other, themes=[WAITING, MEDICATION])
    assert [followed_by(one.pk) for one in (follower, *others)] == [[WAITING], *[[MEDICATION, WAITING]] * 2]
    clock.set_to(MONDAY + timedelta(hours=2), frozen=True)
    publish(other_scheme, theme=WAITING)
    publish(other_scheme, theme=MEDICATION)
    a_week_later(work)
    said = {line for message in messages(mail_folder) for line in message.splitlines() if "theme" in line}
    assert len(messages(mail_folder)) == 3
    assert {"1 new answer on 1 theme" in line or "2 new answers on 2 themes" in line for line in said} == {True}
    assert len(said) == 2
    actions.follow(person=others[0], themes=[])
    assert [followed_by(one.pk) for one in (follower, *others)] == [[WAITING], [], [MEDICATION, WAITING]]


def test_another_ones_national_role_opens_the_page_to_nobody_else(
    person: MakePerson, client_at: Callable[..., Client]
) -> None:
    person("Ana", national=NationalRoleName.ANALYST)
    assert client_at(None, person("Jo")).get("/answers/follow/").status_code == 404


def test_themes_are_chosen_on_a_page_and_given_up_there(
    other_scheme: Scheme, owners: dict[str, Membership], publish: Publish, client_at: Callable[..., Client]
) -> None:
    publish(other_scheme, theme=WAITING)
    lead = lead_of(owners["ashmere"])
    browser = client_at(None, lead)
    assert "Once a week, on Monday" in browser.get("/answers/follow/").content.decode()
    saved = browser.post("/answers/follow/", {"themes": [WAITING]}, follow=True)
    assert "Your choice is kept. You follow 1 theme." in saved.content.decode()
    assert followed_by(lead.pk) == [WAITING]
    assert "You see the themes you follow." in browser.get("/answers/?followed=yes").content.decode()
    browser.post("/answers/follow/", {})
    assert followed_by(lead.pk) == []


@pytest.mark.parametrize("role", [*Role, NationalRoleName.ANALYST, NationalRoleName.PROGRAMME_MANAGER])
def test_any_staff_may_follow_and_need_no_second_step_for_it(
    role: str, scheme: Scheme, person: MakePerson, client_at: Callable[..., Client]
) -> None:
    national = role in NationalRoleName.values
    who = person("Pat", national=role) if national else person("Pat", role=role, at=scheme)  # type: ignore[arg-type]
    assert client_at(None, who, "").get("/answers/follow/").status_code == 200


@pytest.mark.parametrize("national", [None, NationalRoleName.OPERATOR])
def test_others_find_no_such_page(
    national: NationalRoleName | None, person: MakePerson, client_at: Callable[..., Client]
) -> None:
    assert client_at(None, person("Jo", national=national)).get("/answers/follow/").status_code == 404


def test_what_somebody_followed_goes_with_them(follower: Person) -> None:
    declarations = [about for model in (ThemeFollowed, Digest) for about in declared(model)]
    assert all(about.erase and about.by == "person_id" for about in declarations)


def test_a_week_of_somebody_whose_account_is_closed_writes_to_nobody(
    follower: Person, other_scheme: Scheme, publish: Publish, work: Work, mail_folder: Path
) -> None:
    publish(other_scheme, theme=WAITING)
    scheduler.tick(NEXT)
    Person.objects.filter(pk=follower.pk).update(is_active=False)
    work()
    assert messages(mail_folder) == []
