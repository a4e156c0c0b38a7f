"""Every page that a service user meets, as a browser gets it, journey by journey; and the messages themselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import uuid4

from django.test import Client
from django.test.client import RequestFactory

from alongside.demo import easy_reads
from cms.models import (
    AboutPage,
    EventIndexPage,
    HomePage,
    InvolvementPage,
    NewsIndexPage,
    NoticePage,
    PeoplePage,
)
from cms.ways import WAYS
from groups import actions as groups
from kit import clock, codes, error_views, reading
from people.actions import choose_format
from tenants.feedback import actions
from tenants.feedback.models import Asked
from tenants.feedback.rules import Answer, Channel, Decision
from tenants.feedback.telling_us import STEPS
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.cms import an_event
from tests.factories.feedback import claimed, decided, published, said, slip, somebody, staff
from tests.factories.groups import a_group, agreed, let_in, promised, trained, works_there
from tests.factories.groups import decided as group_decided
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.phones import made_ready
from tests.factories.schemes import invited

SAFE_PAGES = ("", "way/", "letter/", "worker/", "words/", "times/", "format/")
PASSWORD = "maple lamp river stone"


@dataclass
class Walk:
    """Who walks, and what they read on the way: the words of each page."""

    scheme: Scheme
    browser: Callable[..., Client]
    mail: Path
    work: Callable[[], None]
    read: list[str] = field(default_factory=list)

    def page(self, client: Client, path: str, *, expect: int = 200, **posted: object) -> str:
        """Open or send a page, follow it to where it leads, and read it."""
        answer = client.post(path, posted, follow=True) if posted else client.get(path, follow=True)
        assert answer.status_code == expect, (path, answer.status_code, answer.redirect_chain)
        html = answer.content.decode()
        self.read.append(reading.words_of_page(html))
        return html

    def template(self, answer: object) -> None:
        """Read a page that only something broken brings."""
        self.read.append(reading.words_of_page(answer.content.decode()))  # type: ignore[attr-defined]


Journey = Callable[[Walk], None]
JOURNEYS: dict[str, Journey] = {}


def journey(name: str) -> Callable[[Journey], Journey]:
    def keep(walk: Journey) -> Journey:
        JOURNEYS[name] = walk
        return walk

    return keep


@journey("Looking at the website")
def looks(walk: Walk) -> None:
    with enter(walk.scheme):
        owner = staff(walk.scheme)[1]
        for decision in Decision:
            published(said(slip()), owner, decision)
        said(slip())
        easy_reads.write()
    visitor = walk.browser(walk.scheme)
    for path in ("/", "/you-said-we-did/"):
        walk.page(visitor, path)
        walk.page(visitor, f"{path}easy-read/")
    walk.page(walk.browser(None), "/")


@journey("Telling us something")
def tells(walk: Walk) -> None:
    phone = walk.browser(walk.scheme)
    walk.page(phone, "/tell-us/")
    given = {"about": "service", "said": "The room is cold.", "may_publish": "on", "relation": "using"}
    for step in STEPS:
        walk.read.append(reading.words_of_page(phone.post("/tell-us/", {"go": step.name} | given).content.decode()))
    walk.page(phone, "/tell-us/", **{"said": "", "step": "said"})
    walk.page(phone, "/tell-us/", **given, send=uuid4())
    signed_in = walk.browser(walk.scheme, reached_by_mail(someone("Robin")))
    walk.read.append(reading.words_of_page(signed_in.post("/tell-us/", {"go": "answer"} | given).content.decode()))
    walk.page(signed_in, "/tell-us/", **given, send=uuid4(), link="on", write_to_me="on")


@journey("Telling us of harm")
def tells_of_harm(walk: Walk) -> None:
    phone = walk.browser(walk.scheme)
    walk.page(phone, "/tell-us/harm/")
    walk.page(phone, "/tell-us/harm/", words="")
    walk.page(phone, "/tell-us/harm/", words="Somebody shouts.", send=uuid4())


@journey("A complaint")
def complains(walk: Walk) -> None:
    walk.page(walk.browser(walk.scheme), "/tell-us/complaint/")


@journey("An answer with a slip")
def opens_a_slip(walk: Walk) -> None:
    phone = walk.browser(walk.scheme)
    walk.page(phone, "/answer/")
    walk.page(phone, "/answer/", code=codes.new_code())
    walk.page(phone, "/answer/", code="maple lamp")
    for decision in (None, *Decision):
        code = codes.new_code()
        with enter(walk.scheme):
            point = said(slip(code=code))
            if decision:
                published(point, staff(walk.scheme)[1], decision)
            else:
                lead = staff(walk.scheme)[0]
                actions.ask_for_words(point=point, words="Which day was it?", client_key=uuid4(), by=lead)
        walk.page(phone, "/answer/", code=code)
        walk.page(phone, f"/answer/yours/{point.pk}/website/")
    walk.page(phone, f"/answer/yours/{point.pk}/back/")
    walk.page(phone, f"/answer/yours/{point.pk}/back/", sure="yes")


@journey("Did it change? With a slip")
def answers_with_a_slip(walk: Walk) -> None:
    phone = walk.browser(walk.scheme)
    for answer in Answer:
        code = codes.new_code()
        with enter(walk.scheme):
            point = said(slip(code=code), slip())
            claimed(point, staff(walk.scheme)[1])
            actions.confirm(sayer=point.sayers.exclude(slip=codes.fingerprint(code)).get(), answer=Answer.YES, by=None)
        walk.page(phone, "/answer/", code=code)
        walk.page(phone, f"/answer/yours/{point.pk}/", answer=answer)
    walk.page(phone, f"/answer/yours/{point.pk}/", answer="no", words="It is still cold.")


@journey("Did it change? Without signing in")
def answers_without_signing_in(walk: Walk) -> None:
    robin = reached_by_mail(someone("Robin"))
    with enter(walk.scheme):
        owner = staff(walk.scheme)[1]
        claimed(said(somebody(robin, channel=Channel.EMAIL)), owner)
        claimed(said(slip(channel=Channel.LETTER)), owner)
        walk.work()
        letter = Asked.objects.get(channel=Channel.LETTER)
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    walk.work()
    (link,) = re.findall(r"(/asked/[\w-]+/)", "".join(messages(walk.mail)))
    by_link, by_code = walk.browser(None), walk.browser(walk.scheme)
    walk.page(by_code, "/answer/", code=actions.code_of(letter))
    for phone, path in ((by_link, link), (by_code, "/answer/changed/")):
        walk.page(phone, path)
        walk.page(phone, path, answer="")
        walk.page(phone, path, answer="yes")
        walk.page(phone, path, answer="no")
    walk.page(walk.browser(None), f"/asked/{43 * 'x'}/", expect=404)


@journey("My page and what I said")
def looks_at_their_own(walk: Walk) -> None:
    robin = reached_by_mail(someone("Robin"))
    here, platform = walk.browser(walk.scheme, robin), walk.browser(None, robin)
    walk.page(here, "/mine/")
    walk.page(platform, "/my/")
    with enter(walk.scheme):
        owner = staff(walk.scheme)[1]
        points = [said(somebody(robin))]
        for decision in Decision:
            points.append(said(somebody(robin)))
            published(points[-1], owner, decision)
        points.append(said(somebody(robin)))
        claimed(points[-1], owner)
    for kind in ("answer", "did_it_change", "question"):
        noticed(robin, kind=kind, scheme=walk.scheme)
    walk.page(platform, "/my/")
    walk.page(here, "/mine/")
    for point in points:
        walk.page(here, f"/mine/{point.pk}/")
    walk.page(here, f"/mine/{points[-1].pk}/changed/", answer="no")
    walk.page(here, f"/mine/{points[-1].pk}/website/")
    walk.page(here, f"/mine/{points[0].pk}/back/")
    walk.page(here, f"/mine/{points[0].pk}/back/", sure="yes")


@journey("My details and leaving")
def changes_their_details(walk: Walk) -> None:
    robin = someone("Robin")
    platform = walk.browser(None, robin)
    for path in ("details/", "name/", "sign-ins/", "email/", "password/new/", "erasure/"):
        walk.page(platform, f"/my/{path}")
    walk.page(platform, "/my/erasure/", sure="on")
    walk.page(walk.browser(None, someone("Jo", settled=False)), "/my/")


@journey("How we reach you")
def says_how_to_be_reached(walk: Walk) -> None:
    robin = reached_by_mail(someone("Robin"))
    choose_format(person=robin, format="easy", by=robin)
    platform = walk.browser(None, robin)
    for path in SAFE_PAGES:
        walk.page(platform, f"/my/contact/{path}")
    walk.page(platform, "/my/contact/letter/", letter_to="")
    walk.page(platform, "/my/mobile/")
    walk.page(platform, "/my/mobile/", number="12")
    walk.page(platform, "/my/mobile/", number="07700 900123")
    walk.page(platform, "/my/mobile/code/", code="1")


@journey("Signing in")
def signs_in(walk: Walk) -> None:
    robin = someone("Robin", password=PASSWORD)
    phone = walk.browser(None)
    for path in ("", "code/", "new/", "password/", "closed/"):
        walk.page(phone, f"/sign-in/{path}")
    walk.page(phone, "/sign-in/", login=robin.email, password="wrong and wrong")
    walk.page(phone, "/sign-in/code/", email=robin.email)
    walk.page(phone, "/sign-in/code/enter/", code="12")
    walk.page(walk.browser(None), "/sign-in/new/", email="new@example.org")
    walk.page(walk.browser(None), "/sign-in/password/", email=robin.email)
    walk.page(walk.browser(None, robin), "/sign-out/")


@journey("An invitation")
def is_invited(walk: Walk) -> None:
    phone = walk.browser(None)
    _, token = invited(walk.scheme, "robin@example.org")
    walk.page(phone, f"/invitations/{token}/")
    walk.page(phone, "/invitations/wrong/", expect=410)
    robin = someone("Robin", email="robin@example.org")
    known = walk.browser(None, robin)
    walk.page(known, f"/invitations/{token}/")


@journey("Privacy, accessibility and contact")
def reads_the_small_print(walk: Walk) -> None:
    for visitor in (walk.browser(walk.scheme), walk.browser(None)):
        for page in ("privacy", "accessibility", "contact"):
            walk.page(visitor, f"/about/{page}/")


@journey("What the service is, and how to take part")
def reads_about(walk: Walk) -> None:
    with enter(walk.scheme):
        home = HomePage.objects.get()
        home.add_child(instance=AboutPage(title="What we are", slug="what-we-are"))
        ways = [("way", {"listed": code, "name": "", "words": "", "how": ""}) for code in WAYS]
        home.add_child(instance=InvolvementPage(title="Get involved", slug="get-involved", ways=ways))
        home.add_child(instance=PeoplePage(title="People", slug="people"))
        home.add_child(instance=NewsIndexPage(title="News", slug="news"))
        event = an_event(getting_there="Bus 9 stops in front of the door.")
        address = event.get_url()
        EventIndexPage.objects.update(live=True)
        for notice in NoticePage.objects.filter(kind="cookies"):
            notice.body = [("paragraph", "<p>Ask any member of our staff.</p>")]
            notice.save_revision().publish()
    for path in ("/what-we-are/", "/get-involved/", "/people/", "/news/", "/events/", address, "/cookies/"):
        walk.page(walk.browser(walk.scheme), path)


@journey("A group that visits services")
def leads_a_group(walk: Walk) -> None:
    lead = someone("Lee")
    group = a_group("Voices", lead=lead)
    agreement, site = agreed(group, walk.scheme), walk.scheme.sites.earliest("name")
    own, phone = group.memberships.get(), walk.browser(None, lead)
    decision, resource = group_decided(agreement, lead), promised(agreement, walk.scheme)
    permission = let_in(agreement, site, lead)
    trained(own)
    conflict = works_there(own, site)
    kept = f"readiness/{own.pk}/"
    made = f"agreements/{agreement.pk}/"
    for page in (
        "", "invite/", f"seats/{own.pk}/", made, f"{made}decide/", f"{made}decisions/{decision.pk}/",
        f"{made}resources/{resource.pk}/", f"{made}sites/{site.pk}/", f"{made}permissions/{permission.pk}/end/",
        "readiness/", kept, f"{kept}training/add/", f"{kept}conflicts/add/", f"{kept}conflicts/{conflict.pk}/",
        f"{kept}lived-experience/", f"{kept}vetting/{site.pk}/", "peer-support/", "peer-support/add/",
    ):  # fmt: skip
        walk.page(phone, f"/groups/voices/{page}")
    walk.page(phone, "/visits/phones/")
    made_ready(lead)
    walk.page(phone, "/visits/phones/")


@journey("When something went wrong")
def goes_wrong(walk: Walk) -> None:
    walk.page(walk.browser(walk.scheme), "/nothing/", expect=404)
    request = RequestFactory().get("/")
    for view in (error_views.forbidden, error_views.bad_request, error_views.server_error):
        walk.template(view(request))
    strict = walk.browser(walk.scheme, enforce_csrf_checks=True)
    walk.page(strict, "/answer/", expect=403, code="x")


@journey("The messages")
def gets_messages(walk: Walk) -> None:
    robin = reached_by_mail(someone("Robin", password=PASSWORD))
    with enter(walk.scheme):
        point = said(somebody(robin, channel=Channel.EMAIL))
        decided(point, staff(walk.scheme)[1])
        walk.work()
        clock.set_to(clock.now() + timedelta(days=1), frozen=True)
        actions.claim_done(point=point, words="Done.", by=staff(walk.scheme)[0])
    phone = walk.browser(None)
    phone.post("/sign-in/code/", {"email": robin.email})
    phone.post("/sign-in/code/", {"email": "nobody@example.org"})
    phone.post("/sign-in/new/", {"email": robin.email})
    groups.invite(group=a_group("Voices"), email="member@example.org", seat="monitor", by=None)
    invited(walk.scheme, "colleague@example.org")
    walk.work()
    walk.read.extend(messages(walk.mail))


def messages(folder: Path) -> list[str]:
    """The words of every e-mail, without what machines read of it."""
    found = []
    for file in folder.glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        body = message.get_body()
        found.append(f"{message['Subject']}.\n{body.get_content() if body else ''}")
    return found
