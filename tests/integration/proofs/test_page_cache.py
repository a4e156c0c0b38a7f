"""Must show 3 of the public site: whatever is done, in whichever order, a visitor sees it within a second, on each of
two server processes; and a lost line to the database serves fresh pages."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from wagtail.models import Page

from cms.models import AnswersPage, HomePage, Picture, StandardPage
from kit import clock, outbox, scheduler
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import FeedbackError
from tenants.feedback.models import GroupTag, Point, Sayer, Theme, Told
from tenants.feedback.rules import Answer as Says
from tenants.feedback.rules import Decision, Kind
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme, Site
from tenants.schemes.privileges import WEB
from tests import databases
from tests.factories.cms import picture_bytes
from tests.factories.feedback import decided, said, slip, staff
from tests.integration.conftest import on_a_clone
from tests.integration.proofs.calling import Browser
from tests.integration.proofs.test_hearing_of_changes import cut_all_lines
from tests.integration.proofs.two_servers import Server, in_order, sees, two_servers

HOST = "ashmere.alongside.localhost:8000"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
PATHS = ["/", "/you-said-we-did/", "/you-said-we-did/?theme=&site=&decision=will", "/news/", "/moved/news/"]
POINTS = 5
NUMBER = integers(0, 1000)


class Visitor:
    """Looks at the same pages on two servers, and at how they are drawn without any cache."""

    def __init__(self, servers: list[Server]) -> None:
        self.servers = servers
        self.fresh = Browser(headers={"host": HOST})
        self.looks = self.turns = 0
        self.slowest = 0.0

    def looks_again(self, changed_at: float) -> None:
        """Two pages on both servers, and one of the others by turns."""
        self.turns += 1
        for path in [*PATHS[:2], PATHS[2 + self.turns % (len(PATHS) - 2)]]:
            wanted = self._drawn(path)
            for server in self.servers:
                self.slowest = max(self.slowest, sees(server, HOST, path, wanted, changed_at=changed_at))
                self.looks += 1

    def _drawn(self, path: str) -> tuple[int, str, str]:
        answer = self.fresh.get(path)
        return answer.status_code, answer.content.decode(), in_order(answer.get("Content-Security-Policy"))


def walk(visitor: Visitor, scheme: Scheme, owner: Membership, lead: Person, database: str) -> type:
    """The machine: everything that can change what a page of a scheme says."""

    class Changes(RuleBasedStateMachine):
        @initialize()
        def a_page_that_editors_change(self) -> None:
            with self.change():
                if not StandardPage.objects.filter(slug="moved").exists():
                    HomePage.objects.get().add_child(
                        instance=StandardPage(title="Moved", slug="moved", show_in_menus=True)
                    )
                if not StandardPage.objects.filter(slug="news").exists():
                    page = StandardPage(title="News", slug="news", show_in_menus=True)
                    StandardPage.objects.get(slug="moved").add_child(instance=page)

        # --- the loop

        @rule()
        def publish(self) -> None:
            with self.change():
                if Point.objects.count() < POINTS:
                    theme = Theme.objects.order_by("?").first()
                    said(slip(), slip(), words=f"Said {uuid4().hex}", theme=theme, how_many=2)

        @rule(which=NUMBER, words=sampled_from(["Other words", "Words again"]))
        def approve(self, which: int, words: str) -> None:
            self.act(which, lambda point: actions.approve_words(point=point, words=words, by=lead))

        @rule(which=NUMBER, decision=sampled_from(Decision))
        def decide(self, which: int, decision: Decision) -> None:
            def act(point: Point) -> None:
                last = point.rounds.order_by("-number").first()
                decided(point, owner, decision, by=lead, replaces=last)
                for told in Told.objects.filter(round__point=point).pending():
                    actions.end_telling(told=told, by=lead)

            self.act(which, act)

        @rule(which=NUMBER)
        def report(self, which: int) -> None:
            self.act(which, lambda point: actions.report_progress(point=point, words="Begun", by=lead))

        @rule(which=NUMBER)
        def finish(self, which: int) -> None:
            self.act(which, lambda point: actions.claim_done(point=point, words="Done", by=lead))

        @rule(which=NUMBER, answer=sampled_from(Says))
        def confirm(self, which: int, answer: Says) -> None:
            self.act(which, lambda point: actions.confirm(sayer=_reachable(point), answer=answer, by=None))

        @rule(which=NUMBER)
        def stop_publishing(self, which: int) -> None:
            self.act(which, lambda point: actions.stop_publishing(sayer=_reachable(point), by=None))

        @rule(which=NUMBER)
        def take_back(self, which: int) -> None:
            self.act(which, lambda point: actions.take_back(sayer=_reachable(point), by=None))

        @rule(which=NUMBER, other=NUMBER)
        def answer_together(self, which: int, other: int) -> None:
            self.act(which, lambda point: actions.answer_together(points=[point, _point(other)], by=lead))

        @rule(which=NUMBER)
        def answer_apart(self, which: int) -> None:
            self.act(which, lambda point: actions.answer_apart(point=point, by=lead))

        @rule(which=NUMBER, theme=NUMBER, site=NUMBER)
        def sort(self, which: int, theme: int, site: int) -> None:
            def act(point: Point) -> None:
                sites = list(Site.objects.filter(scheme=scheme).order_by("pk"))
                themes, groups = list(Theme.objects.order_by("pk")), list(GroupTag.objects.order_by("pk"))
                actions.sort(
                    point=point, theme=themes[theme % len(themes)], site_id=sites[site % len(sites)].pk,
                    groups=groups[: site % 3], by=lead,
                )  # fmt: skip

            self.act(which, act)

        @rule(which=NUMBER, tags=sampled_from([[], ["better_service"], ["wellbeing"]]))
        def note_what_it_helps(self, which: int, tags: list[str]) -> None:
            self.act(which, lambda point: actions.note_outcomes(point=point, tags=tags, by=lead))

        @rule(days=sampled_from([1, 30]))
        def wait(self, days: int) -> None:
            with self.change():
                clock.set_to(clock.now() + timedelta(days=days), frozen=True)
            with self.change():
                assert scheduler.tick().failures == []
                while outbox.work_once():
                    pass

        # --- the site

        @rule(title=sampled_from(["News", "News of May", "What is new"]))
        def edit(self, title: str) -> None:
            def act(page: Page) -> None:
                page.title = title
                page.save_revision().publish()

            self.edit_page(act)

        @rule()
        def unpublish(self) -> None:
            self.edit_page(lambda page: page.unpublish())

        @rule()
        def publish_page(self) -> None:
            self.edit_page(lambda page: page.save_revision().publish())

        @rule()
        def move(self) -> None:
            def act(page: Page) -> None:
                home = HomePage.objects.get()
                below_home = page.get_parent().pk == home.pk
                page.move(StandardPage.objects.get(slug="moved") if below_home else home, pos="last-child")

            self.edit_page(act)

        @rule()
        def hide_from_menus(self) -> None:
            def act(page: Page) -> None:
                page.show_in_menus = not page.show_in_menus
                page.save()

            self.edit_page(act)

        @rule()
        def delete(self) -> None:
            self.edit_page(lambda page: page.delete())
            self.a_page_that_editors_change()

        @rule(words=sampled_from(["A green door", "A red door"]))
        def put_a_picture_on_the_front_door(self, words: str) -> None:
            with self.change():
                picture = Picture(title=words, file=SimpleUploadedFile("x.jpg", picture_bytes(), "image/jpeg"))
                picture.save()
                home = HomePage.objects.get()
                value = {"image": picture.pk, "decorative": False, "alt_text": words}
                home.body = [("picture", home.body.stream_block.child_blocks["picture"].to_python(value))]
                home.save_revision().publish()
                visitor.fresh.get("/")  # its sizes are made when it is first shown

        @rule()
        def take_pictures_away(self) -> None:
            with self.change():
                for picture in Picture.objects.all():
                    picture.delete()

        @rule(words=sampled_from(["What was said", "What we heard"]))
        def write_above_the_answers(self, words: str) -> None:
            with self.change():
                page = AnswersPage.objects.get()
                page.introduction = words
                page.save()

        # --- lists, and the scheme itself

        @rule(which=NUMBER, name=sampled_from(["Waiting", "Being heard"]))
        def rename_a_theme(self, which: int, name: str) -> None:
            with self.change():
                themes = list(Theme.objects.order_by("pk").values_list("pk", flat=True))
                Theme.objects.filter(pk=themes[which % len(themes)]).update(label=name)

        @rule(name=sampled_from(["The old suite", "The new suite"]))
        def rename_a_site(self, name: str) -> None:
            with self.change():
                Site.objects.filter(pk=Site.objects.filter(scheme=scheme).earliest("pk").pk).update(name=name)

        @rule(name=sampled_from(["Ashmere", "Ashmere and Wold"]))
        def rename_the_scheme(self, name: str) -> None:
            self.as_the_owner("UPDATE schemes_scheme SET name = %s WHERE slug = 'ashmere'", name)

        @rule(status=sampled_from(["suspended", "open", "open", "open"]))
        def suspend_or_reopen(self, status: str) -> None:
            self.as_the_owner("UPDATE schemes_scheme SET status = %s WHERE slug = 'ashmere'", status)

        # --- and what goes wrong

        @rule(title=sampled_from(["While nobody heard", "When it was silent"]))
        def lose_the_line_to_the_database(self, title: str) -> None:
            cut_all_lines()
            self.edit(title=title)

        # ---

        def act(self, which: int, act: Callable[[Point], object]) -> None:
            with self.change():
                try:
                    if Point.objects.exists():
                        act(_point(which))
                except FeedbackError as refused:
                    assert str(refused).endswith(".")

        def edit_page(self, act: Callable[[Page], object]) -> None:
            with self.change():
                page = StandardPage.objects.filter(slug="news").first()
                if page:
                    act(page)

        def as_the_owner(self, statement: str, *words: str) -> None:
            with self.change(), databases.cluster().connect(database=database) as other:
                other.execute(statement, words)

        def change(self) -> "Change":
            return Change(self)

        changed_at = 0.0

        @invariant()
        def a_visitor_sees_it_within_a_second(self) -> None:
            visitor.looks_again(self.changed_at)

        def teardown(self) -> None:
            self.as_the_owner("UPDATE schemes_scheme SET status = 'open' WHERE slug = 'ashmere'")

    class Change:
        """Something that changes, in the scheme, and the moment in which it had."""

        def __init__(self, machine: Changes) -> None:
            self.machine = machine

        def __enter__(self) -> None:
            self.entered = enter(scheme)
            self.entered.__enter__()

        def __exit__(self, *error: Any) -> None:
            self.entered.__exit__(*error)
            self.machine.changed_at = time.monotonic()

    return Changes


def _point(which: int) -> Point:
    points = list(Point.objects.order_by("pk"))
    return points[which % len(points)]


def _reachable(point: Point) -> Sayer:
    sayer = point.sayers.exclude(kind=Kind.GONE).first()
    return sayer or point.sayers.earliest("pk")


@pytest.fixture(scope="module")
def as_web(django_db_blocker: Any) -> Iterator[str]:
    """One database for all tests here, since servers take long to start."""
    with on_a_clone(WEB, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def servers(as_web: str) -> Iterator[list[Server]]:
    with two_servers(as_web, HOST) as both:
        yield both


@pytest.fixture
def visitor(servers: list[Server]) -> Visitor:
    clock.set_to(MONDAY, frozen=True)
    return Visitor(servers)


@pytest.mark.parametrize(("walks", "steps"), [(1, 8), pytest.param(50, 40, marks=pytest.mark.long)])
def test_whatever_changes_in_whichever_order_a_visitor_sees_it_within_a_second_on_each_server(
    visitor: Visitor, as_web: str, scheme: Scheme, walks: int, steps: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with enter(scheme):
        lead, owner = staff(scheme)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        walk(visitor, scheme, owner, lead, as_web),
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            # What is committed stays: a walk cannot be walked again.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    with capsys.disabled():
        print(f"\n{visitor.looks} looks at pages after changes; old ones given for {visitor.slowest * 1000:.0f} ms.")


def test_both_servers_know_a_page_by_the_same_mark(visitor: Visitor) -> None:
    visitor.looks_again(time.monotonic())
    marks = {server.ask(HOST, "/").mark for server in visitor.servers}
    assert len(marks) == 1 and None not in marks


def test_it_is_the_call_by_which_a_visitor_sees_it(visitor: Visitor, as_web: str, scheme: Scheme) -> None:
    visitor.looks_again(time.monotonic())
    with databases.cluster().connect(database=as_web) as other:
        other.execute("DROP TRIGGER calls_the_page_caches ON s_ashmere.cms_answerspage")
    with enter(scheme):
        AnswersPage.objects.update(introduction="What nobody was told of")
    with pytest.raises(AssertionError, match="is old"):
        visitor.looks_again(time.monotonic())
