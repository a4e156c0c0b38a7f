"""People for every role, in invented names, at addresses that belong to nobody."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from alongside.demo import agreed, visits
from alongside.demo.apps import give_app
from groups.models import Group, GroupMembership
from groups.seats import Seat, ordinary
from people import actions as accounts
from people.models import Consent, Person, SafeContact
from tenants.schemes import actions as staff
from tenants.schemes.models import Scheme
from tenants.schemes.rights import NationalRoleName, Role

DOMAIN = "example.org"

STAFF_NAMES = {
    Role.MANAGER: ("Amara Quill", "Bryn Tarrow", "Cleo Marsh", "Dev Larkin"),
    Role.INVOLVEMENT_LEAD: ("Edie Thorne", "Femi Rook", "Gwen Alder", "Hari Stokes"),
    Role.PRACTITIONER: ("Isla Penn", "Jonah Wick", "Kiran Vale", "Lena Frost"),
    Role.STR_WORKER: ("Milo Reed", "Nadia Crane", "Omar Field", "Priya Holt"),
    Role.SAFEGUARDING_LEAD: ("Quinn Hale", "Rosa Dunn", "Seth Moor", "Tess Wray"),
    Role.EDITOR: ("Uma Finch", "Viv Sparrow", "Wes Heron", "Yara Swift"),
}
NATIONAL_NAMES = {
    NationalRoleName.ANALYST: "Zadie Brook",
    NationalRoleName.PROGRAMME_MANAGER: "Abel Stone",
    NationalRoleName.OPERATOR: "Bea Winter",
}
SERVICE_USERS = {"jo": "Jo Merrow", "sam": "Sam Tolley", "ash": "Ash Pell", "lou": "Lou Garrow"}
GROUP_LEAD, GROUP_MEMBER = "Nell Harker", "Robin Sayle"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of what the start prints: who it is, where they go, and the address they sign in with."""

    who: str
    address: str
    email: str


class Cast:
    """The demonstration's people, made with one password that was hashed once."""

    def __init__(self, password: str) -> None:
        self.password, self.hash = password, make_password(password)
        self.sign_ins: list[SignIn] = []

    def add(self, name: str, email: str) -> Person:
        """Somebody with an account who has agreed to keep it."""
        person = accounts.add_person(email=f"{email}@{DOMAIN}", name=name)
        Person.objects.filter(pk=person.pk).update(password=self.hash)
        accounts.give_consent(person=person, purpose=Consent.Purpose.ACCOUNT, by=person)
        return person

    def works(self, name: str, email: str) -> Person:
        """The same for somebody who works here: they have an app that shows codes."""
        person = self.add(name, email)
        give_app(person, password=self.password)
        return person

    def show(self, who: str, person: Person, address: str) -> None:
        """Print this sign-in at the start."""
        self.sign_ins.append(SignIn(who, address, str(person.email)))

    def staff_of(self, scheme: Scheme, number: int) -> dict[Role, Person]:
        """One person for each role at a scheme."""
        made = {}
        for role, names in STAFF_NAMES.items():
            person = self.works(names[number], f"{role.value.replace('_', '-')}.{scheme.slug}")
            staff.give_role(scheme=scheme, person_id=person.pk, role=role, by=None)
            made[role] = person
        return made

    def national(self) -> None:
        """National staff and whoever runs the service."""
        for role, name in NATIONAL_NAMES.items():
            person = self.works(name, role.value.replace("_", "-"))
            staff.give_national_role(person_id=person.pk, role=role, by=None)
            self.show(role.label, person, "")

    def service_users(self) -> dict[str, Person]:
        """People who use, or used, a service; one of them is told by e-mail."""
        made = {key: self.add(name, key) for key, name in SERVICE_USERS.items()}
        accounts.change_contact(
            person=made["sam"], channel=SafeContact.Channel.EMAIL, words_in_messages=False, by=made["sam"]
        )
        return made

    def groups(self, *schemes: Scheme) -> Group:
        """A user-led group with agreements, which goes on visits, and a reference group with members from several
        schemes; returns the first."""
        lead, member = self.add(GROUP_LEAD, "lead.voices"), self.add(GROUP_MEMBER, "member.voices")
        voices = Group.objects.create(
            name="Nether Voices", slug="nether-voices", kind=Group.Kind.USER_LED,
            purpose="We have been through it ourselves. We visit, we listen, and we say what we find.",
        )  # fmt: skip
        circle = Group.objects.create(
            name="Four Areas Reference Group", slug="four-areas", kind=Group.Kind.REFERENCE,
            purpose="People from four areas who read papers together and say what is missing.",
        )  # fmt: skip
        for group in (voices, circle):
            GroupMembership.objects.create(group=group, person_id=lead.pk, seat=Seat.LEAD)
            GroupMembership.objects.create(group=group, person_id=member.pk, seat=ordinary(group.kind))
        for scheme in schemes:
            agreed.agree(voices, scheme, lead=lead.pk)
        agreed.make_ready(voices, schemes[0])
        agreed.keep_a_register(voices, lead=lead.pk)
        visits.ask(voices, lead=lead.pk)
        self.show("Group lead", lead, "")
        self.show("Group member", member, "")
        return voices
