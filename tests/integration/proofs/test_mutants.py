"""Would a missing check be noticed? Each `@requires` and each filter is taken away in turn, and something must fail.

Every `@requires` (taken off, and weakened to anybody and to anybody signed in) is put before the matrix of its page.
Every filter by scheme, person, group or time is put before the tests that come by it (`mutating.py`).
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tenants.schemes import checks
from tenants.schemes.models import Scheme
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission
from tests.cast import Cast, assemble
from tests.integration.proofs import matrix
from tests.integration.proofs.mutating import all_sites

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
WEAKER = (Permission.ANYONE, Permission.SIGNED_IN)
FOLDERS = (
    ("people", "groups", "questions", "peer_monitoring", "audit", "answers", "comparison"),
    ("feedback", "cms", "schemes"),
)
AT_A_TIME = 2
# Where the matrix sees nothing, since a second check stands behind the first. The check at start sees these as well.
SECOND_LOCKS = {
    "account_change_password weakened to anyone": "allauth asks for a sign-in itself",
    "account_reauthenticate weakened to anyone": "allauth asks for a sign-in itself",
    "mfa_reauthenticate weakened to anyone": "allauth asks for a sign-in itself",
    "mfa_reauthenticate_webauthn weakened to anyone": "allauth asks for a sign-in itself",
    "mfa_view_recovery_codes weakened to anyone": "allauth asks for a sign-in itself",
    "group_invite weakened to signed_in": "only the lead's own group is found",
    "group_seat weakened to signed_in": "only the lead's own group is found",
    "section_change weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "section_new weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_new weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_team weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_trouble weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "programme weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "programme_new weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_change weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_new weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_set_languages weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_set_new weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_set_title weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "question_set_words weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_cancel weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_change weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_concern weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_needs weakened to signed_in": "only a group of their own, as its seat allows, is found",
    "visit_safety weakened to signed_in": "only a group of their own, as its seat allows, is found",
}
# Filters without which nothing changes but how many rows are read, and why.
CHANGES_NOTHING = {
    "platform/answers/queries.py:weeks_not_seen filter(read_at=)": "what is read is not read again",
    "platform/answers/queries.py:weeks_not_seen filter(person_id=)": "each is read by its own person",
    "platform/answers/querysets.py:PublishedAnswerQuerySet:following .filter()": "only what is shown is looked up",
    "platform/comparison/queries.py:_shares .at()": "only the one scheme is looked up in it",
    "platform/comparison/querysets.py:PointFactQuerySet:undecided .filter()": "what is decided is counted as it was",
    "platform/groups/actions/agreements.py:held .for_group()": "the agreement itself is held, by its own key",
    "platform/groups/actions/readiness.py:_hold .for_group()": "the seat itself is held, by its own key",
    "platform/groups/queries/agreements.py:agreements_of_each filter(group__in=)": "only these groups are looked up",
    "platform/groups/queries/belonging.py:leads_by_id filter(group__in=)": "only these groups are looked up",
    "platform/groups/queries/belonging.py:leads_of_each filter(group__in=)": "only these groups are looked up",
    "platform/groups/querysets.py:HostPermissionQuerySet:given_to .filter()": "only what these were given is looked up",
    "tenants/schemes/queries.py:by_id filter(pk__in=)": "only these schemes are looked up in it",
    "peer_monitoring/written.py:_photos_on .on()": "only records of the visit are looked up in it",
    "peer_monitoring/queries/phones.py:lately_sent exclude(visit__in=)": "of what is at hand nothing is told twice",
    "peer_monitoring/queries/phones.py:left_from filter(visit__in=)": "only these visits are looked up in it",
    "peer_monitoring/querysets.py:VisitQuerySet:names_somebody_to_ring .exclude()": "what names nobody loses no number",
    "peer_monitoring/queries/writing.py:reasons_on filter(visit__in=)": "only these visits are looked up in it",
    "platform/people/queries.py:sign_ins filter(pk__in=)": "of what is read only one's own sign-ins are shown",
    "peer_monitoring/actions/receiving.py:receive .of()": "the same bytes name the same record",
    "peer_monitoring/actions/drafts.py:receive_draft filter(visit=)": "the same bytes name the same visit",
    "peer_monitoring/actions/drafts.py:end_draft .of()": "a photo that the record does not name is not taken for it",
    "peer_monitoring/actions/drafts.py:_bring_photos exclude(draft=)": "a photo that a draft has is kept once",
    "peer_monitoring/queries/phones.py:versions_for_groups .for_groups()": "whose set it is, is asked of each draft",
    "peer_monitoring/queries/phones.py:versions_for_groups filter(pk__in=)": "only these versions are looked up in it",
    "peer_monitoring/queries/writing.py:takes_the_place_of .of_person()": "a draft changes only what its writer sent",
    "peer_monitoring/queries/writing.py:takes_the_place_of .on()": "a draft changes only what was sent of its visit",
    "tenants/feedback/actions/confirming.py:forget_quotes filter(withdrawn_at=)": "what was withdrawn has no quote",
    "tenants/feedback/actions/counting.py:count_emptied filter(pk__in=)": "what is decided is counted as it was",
    "tenants/feedback/actions/counting.py:count_emptied exclude(pk__in=)": "what is not emptied is counted as it was",
    "tenants/feedback/waits.py:_lines_of filter(pk__in=)": "only the points of its lines are looked up in it",
    "tenants/feedback/queries/answers.py:pairs_by_id filter(pk__in=) #2": "only pairs of what was asked are looked up",
    "cms/actions.py:publish_what_is_due .live()": "what is down already is taken down no second time",
    "cms/finding.py:_pages_with .live()": "drafts are left out of what was found",
    "cms/finding.py:_pages_with filter(pk__in=)": "only pages that were found are looked up in it",
    "cms/handing_in.py:_pages filter(pk__in=)": "only titles of pages handed in are looked up in it",
    "cms/blocks/people.py:people_shown filter(pk__in=)": "only people of the page are looked up in it",
    "cms/paper_actions.py:delete_what_no_page_has exclude(pk__in=)": "of what a page has, counting begins anew",
    "cms/showing.py:_shown filter(pk__in=)": "only pictures of the page are looked up in it",
    "tenants/feedback/importing.py:_reporters filter(email__in=)": "only addresses of the file are looked up in it",
    "tenants/feedback/queries/register.py:owners filter(pk__in=)": "only seats of what is shown are looked up in it",
    "tenants/feedback/querysets/rounds.py:RoundQuerySet:not_open_to_public .filter()": "what is open opens once",
    "tenants/feedback/querysets/rounds.py:RoundQuerySet:decided_for .filter()": "the action counts working days itself",
    "tenants/schemes/actions.py:give_national_role .running()": "no national role begins in the future",
    "tenants/schemes/provisioning.py:_refuse_what_cannot_be filter(schema_name=)": "only the template holds a dump",
}
# Files of tests in which somebody else has the same, and must neither be used nor changed.
WITH_OTHERS = (
    "test_bystanders", "test_nobody_else", "test_whose_it_is", "test_one_voice", "test_questions_about_one",
    "test_roles_that_are_over", "test_absences_here",
)  # fmt: skip

Mutant = tuple[str, Callable[..., Any]]


@pytest.fixture(scope="module")
def cast(django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody, assembled once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield assemble(*(Scheme.objects.get(slug=slug) for slug in ("ashmere", "brackwell")))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(cast: Cast) -> matrix.Visitors:
    return matrix.visitors(cast)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL of ours with its full name; the editor's are checked by their own rule."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern) != "cms/":
                yield from patterns(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        else:
            yield f"{namespace}{one.name}", one


def mutants(view: Callable[..., Any]) -> Iterator[Mutant]:
    """The view without its check, and with each that lets in more."""
    bare: Callable[..., Any] = view.__wrapped__  # type: ignore[attr-defined]
    yield "taken off", bare
    own: Permission = view.permission  # type: ignore[attr-defined]
    for weaker in WEAKER:
        if own not in WEAKER or (own is Permission.SIGNED_IN and weaker is Permission.ANYONE):
            yield f"weakened to {weaker}", requires(weaker)(bare)


def is_caught(page: str, *, on_platform: bool, cast: Cast, visitors: matrix.Visitors) -> bool:
    if page in matrix.EMPTY_HANDED:  # closed to everybody looks the same as opened by somebody with empty hands
        return True
    try:
        return next(matrix.check(page, on_platform=on_platform, cast=cast, visitors=visitors), None) is not None
    except Exception:  # a page that breaks for somebody whom its check would have turned away is seen too
        return True


def test_every_check_that_is_taken_off_or_weakened_is_caught(
    cast: Cast, visitors: matrix.Visitors, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, missed = 0, set()
    for urlconf, table in ((settings.PUBLIC_SCHEMA_URLCONF, PLATFORM_PAGES), (settings.ROOT_URLCONF, SCHEME_PAGES)):
        for page, pattern in patterns(get_resolver(urlconf)):
            really = pattern.callback
            for how, mutant in mutants(really):
                pattern.callback = mutant
                try:
                    tried += 1
                    assert checks.every_page_stands_in_the_table(None), f"{page} {how} is not seen at start"
                    if not is_caught(page, on_platform=table is PLATFORM_PAGES, cast=cast, visitors=visitors):
                        missed.add(f"{page} {how}")
                finally:
                    pattern.callback = really
    with capsys.disabled():
        print(
            f"\n{tried} checks taken off or weakened: {tried} caught at start, {tried - len(missed)} by the matrix too"
            f"\nNot by the matrix: {sorted(missed - set(SECOND_LOCKS))}"
        )
    assert sorted(missed - set(SECOND_LOCKS)) == sorted(set(SECOND_LOCKS) - missed) == []
    assert tried > 170


def ask(asked: dict[str, Any], tests: list[str], tmp_path: Path, name: str) -> "subprocess.Popen[bytes]":
    """A pytest of its own whose code has switches."""
    answer = tmp_path / f"{name}.json"
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    surroundings["ALONGSIDE_MUTANTS"] = str(tmp_path / f"{name}.asked")
    Path(surroundings["ALONGSIDE_MUTANTS"]).write_text(json.dumps(asked | {"answer": str(answer)}))
    with (tmp_path / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", all_sites.__module__, *tests],
            cwd=ROOT,
            env=surroundings,
            stdout=log,
            stderr=log,
        )


def answer_of(process: "subprocess.Popen[bytes]", tmp_path: Path, name: str) -> dict[str, Any]:
    process.wait()
    try:
        found: dict[str, Any] = json.loads((tmp_path / f"{name}.json").read_text())
    except FileNotFoundError:
        raise AssertionError((tmp_path / f"{name}.log").read_text()[-3000:]) from None
    return found


def all_at_once(asked: list[dict[str, Any]], tests: list[list[str]], tmp_path: Path) -> list[dict[str, Any]]:
    """Several of them side by side, and what each found."""
    names = [f"{one['do'].replace(' ', '-')}-{number}" for number, one in enumerate(asked)]
    running = [ask(one, folders, tmp_path, name) for one, folders, name in zip(asked, tests, names, strict=True)]
    return [answer_of(process, tmp_path, name) for process, name in zip(running, names, strict=True)]


def test_every_filter_that_is_taken_away_is_caught(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # For whoever works on some of them: ALONGSIDE_MUTANTS_IN=cms,tenants/feedback ALONGSIDE_MUTANTS_BY=cms,feedback
    places, tests = (tuple(os.environ.get(f"ALONGSIDE_MUTANTS_{name}", "").split(",")) for name in ("IN", "BY"))
    named = [[f"tests/integration/{name}" for name in part if name.startswith(tests)] for part in FOLDERS]
    folders = [part for part in named if part]
    recorded = all_at_once([{"do": "record"}] * len(folders), folders, tmp_path)
    sites = [site for site in all_sites() if site.startswith(places)]
    plan = quickest_first(sites, recorded)
    plans = [{site: plan[site] for site in sites[part::AT_A_TIME]} for part in range(AT_A_TIME)]
    asked = [{"do": "take away", "plan": one} for one in plans]
    caught: dict[str, str] = {}
    for found in all_at_once(asked, [sum(folders, [])] * AT_A_TIME, tmp_path):
        caught |= found
    missed = [site for site in sites if not caught[site]]
    with capsys.disabled():
        print(f"\n{len(sites)} filters taken away, {len(sites) - len(missed)} caught. Missed: {missed}")
    assert [site for site in missed if site not in CHANGES_NOTHING] == []


def quickest_first(sites: list[str], recorded: list[dict[str, Any]]) -> dict[str, list[str]]:
    """For each filter the tests that come by it.

    First those with somebody else in the room, then those of its app, and of these the ones that come by few others.
    """
    met = {site: [test for one in recorded for test in one["met"].get(site, [])] for site in sites}
    others = Counter(test for tests in met.values() for test in tests)
    return {
        site: sorted(tests, key=lambda test: (_is_alone(test), _app(site) not in test, others[test]))
        for site, tests in met.items()
    }


def _is_alone(test: str) -> bool:
    """`feedback/test_nobody_elses.py::test_…` has somebody else in the room: a filter that is gone lets them in."""
    return not any(name in test for name in WITH_OTHERS)


def _app(site: str) -> str:
    """The folder of the tests of a filter's app: `platform/people/queries.py:… filter(person=)` is of `/people/`."""
    return f"/{site.removeprefix('platform/').removeprefix('tenants/').split('/')[0]}/"
