"""Letters ready to fold: to whom they go, what stands in them, and that it was written down (S2, S15, S59, F4)."""

import io
import re
from collections.abc import Callable

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import codes
from people.actions import change_contact
from people.models import Person
from people.queries import ways_to
from tenants.feedback import actions
from tenants.feedback.errors import NoLetter
from tenants.feedback.models import Sayer, Told
from tenants.feedback.rules import Channel, Decision, Form, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import WORDS, decided, letter, said, slip, somebody
from tests.integration.conftest import MakePerson

Clients = Callable[..., Client]
ADDRESS = "Robin Example\n1 Long Lane\nWillowford\nWF1 1AA"
REVEALING = re.compile(r"liaison|diversion|custody|police|court|crime|offen|justice|ashmere l", re.IGNORECASE)
MILLIMETRE = 72 / 25.4


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return by_letter(person())


def by_letter(who: Person, to: str = ADDRESS) -> Person:
    change_contact(person=who, channel="letter", letter_to=to, by=who)
    return who


def letter_to(who: Person, owner: Membership, **round_: str) -> Told:
    return decided(said(somebody(who, channel=Channel.EMAIL)), owner, **round_).tellings.get()


def read(document: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def where(document: bytes) -> list[tuple[float, float, float, str]]:
    """Each piece of text of the first sheet: millimetres from the left and from the top, its size and its words."""
    page, found = pypdf.PdfReader(io.BytesIO(document)).pages[0], []

    def see(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((x / MILLIMETRE, 297 - y / MILLIMETRE, size * abs(tm[3] * cm[3]), text.strip()))

    page.extract_text(visitor_text=see)
    return found


def test_a_letter_is_tagged_and_says_where_it_goes_and_the_answer_and_nothing_that_was_said(
    inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    told = letter_to(robin, owner)
    made = actions.make_letter(told=told, scheme=inside, by=lead)
    words = read(made)
    root = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert all(part in words for part in (*ADDRESS.split("\n"), "We will.", told.round.answer, told.round.reason))
    assert "2 November 2026" in words
    assert WORDS not in words
    assert not REVEALING.search(words)
    assert inside.name not in words


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision.WILL, "By: Friday 1 January 2027"),
        (Decision.NOT_NOW, "We look again: Sunday 31 January 2027"),
    ],
)
def test_a_letter_says_by_what_day_or_when_it_is_looked_at_again_s59(
    decision: Decision, words: str, inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    told = letter_to(robin, owner, decision=decision)
    assert words in read(actions.make_letter(told=told, scheme=inside, by=lead))


@pytest.mark.parametrize("to", [ADDRESS, "\n".join(f"Line {n} of a long address" for n in range(1, 11))])
def test_only_the_address_shows_in_the_window_however_the_sheet_slips(
    to: str, inside: Scheme, owner: Membership, lead: Person, person: MakePerson
) -> None:
    told = letter_to(by_letter(person(), to), owner)
    pieces = where(actions.make_letter(told=told, scheme=inside, by=lead))
    # A DL envelope is 110 mm high and 220 mm wide, its window 35 by 90 mm, 20 mm from the left and 18 mm from below.
    seen = [(x, y, words) for x, y, _, words in pieces if x < 110 and 46 < y < 99]
    assert " ".join(words for _, _, words in seen).split() == to.split()
    assert all(20 <= x < 100 and 54 < y < 83 for x, y, _ in seen)
    assert min(y for _, y, _, words in pieces if "answer for you" in words) > 99


@pytest.mark.parametrize(("form", "size"), [(Form.PLAIN, 12), (Form.LARGE, 16)])
def test_a_letter_is_as_large_as_whoever_reads_it_needs_f4(
    form: Form, size: int, inside: Scheme, owner: Membership, lead: Person
) -> None:
    told = letter(owner)
    Told.objects.filter(pk=told.pk).update(form=form)
    pieces = where(actions.make_letter(told=told, scheme=inside, by=lead))
    assert {round(found) for _, _, found, words in pieces if told.round.answer[:20] in words} == {size}


def test_a_letter_in_easy_read_has_one_idea_beside_each_picture_and_waits_for_its_words(
    inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    told = letter_to(robin, owner)
    Told.objects.filter(pk=told.pk).update(form=Form.EASY)
    with pytest.raises(NoLetter):
        actions.make_letters(scheme=inside, by=lead)
    actions.write_easy_read(round_=told.round, what="A card is on the wall.", why="You asked for it.", by=lead)
    made = actions.make_letters(scheme=inside, by=lead)
    assert "A card is on the wall." in read(made) and "We will do this." in read(made)
    assert "A card on the wall says what happens next." not in read(made)
    assert {round(size) for _, _, size, words in where(made) if words.startswith("A card")} == {14}
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) <= 2


def test_who_has_a_slip_and_no_account_gets_a_letter_with_an_empty_window(
    inside: Scheme, owner: Membership, lead: Person
) -> None:
    made = actions.make_letter(told=letter(owner), scheme=inside, by=lead)
    assert not [words for x, y, _, words in where(made) if x < 110 and y < 99]
    assert "with the code on your slip" in read(made)


def test_that_a_letter_was_made_is_written_down_with_its_basis(
    inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    told = letter_to(robin, owner)
    actions.make_letter(told=told, scheme=inside, by=lead)
    entry = Entry.objects.get(what="made a letter with an answer")
    assert (entry.by, entry.operation, entry.basis) == (lead.pk, "disclose", "consent")
    assert (entry.subject, entry.thing_id) == (robin.pk, str(told.round.point_id))


def test_who_no_longer_wants_letters_gets_none_and_others_do(
    inside: Scheme, owner: Membership, lead: Person, robin: Person, person: MakePerson
) -> None:
    gone = letter_to(robin, owner)
    stays = letter_to(by_letter(person("Sam"), "Sam Other\n2 Short Street"), owner)
    change_contact(person=robin, channel="page", by=robin)
    with pytest.raises(NoLetter):
        actions.make_letter(told=gone, scheme=inside, by=lead)
    words = read(actions.make_letters(scheme=inside, by=lead))
    assert ("Sam Other" in words, "Robin" in words) == (True, False)
    assert list(Entry.objects.filter(what="made a letter with an answer").values_list("subject", flat=True)) == [
        stays.sayer.person_id
    ]


def test_who_wants_an_email_now_gets_no_letter_with_their_address_in_it(
    inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    told = letter_to(robin, owner)
    change_contact(person=robin, channel="email", by=robin)
    assert ways_to([robin.pk])[robin.pk].to == robin.email
    with pytest.raises(NoLetter):
        actions.make_letter(told=told, scheme=inside, by=lead)


def test_all_letters_are_one_paper_without_those_a_human_makes_first_and_those_in_the_post(
    inside: Scheme, owner: Membership, lead: Person
) -> None:
    waiting = [
        decided(said(slip(channel=Channel.LETTER)), owner, answer=f"Answer {n}.").tellings.get() for n in range(4)
    ]
    Told.objects.filter(pk=waiting[1].pk).update(form=Form.EASY)
    actions.post_letter(told=waiting[2], by=lead)
    made = actions.make_letters(scheme=inside, by=lead)
    words = read(made)
    assert [f"Answer {n}." in words for n in range(4)] == [True, False, False, True]
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 2
    assert Told.objects.get(pk=waiting[0].pk).state == TellingState.PENDING


def test_nobody_who_was_erased_is_written_to(inside: Scheme, owner: Membership, lead: Person) -> None:
    told = letter(owner)
    told.sayer.kind, told.sayer.slip, told.sayer.channel = "gone", "", Channel.PAGE
    told.sayer.save()
    with pytest.raises(NoLetter):
        actions.make_letters(scheme=inside, by=lead)


def test_a_long_answer_goes_on_and_the_next_letter_begins_on_a_sheet_of_its_own(
    inside: Scheme, owner: Membership, lead: Person
) -> None:
    for answer in ("A long word. " * 150, "Short."):
        decided(said(slip(channel=Channel.LETTER)), owner, answer=answer)
    pages = [page.extract_text() for page in pypdf.PdfReader(
        io.BytesIO(actions.make_letters(scheme=inside, by=lead))
    ).pages]  # fmt: skip
    shown = [("There is an answer" in page, "Page 2" in page) for page in pages]
    assert shown in ([(True, False), (False, True), (True, False)], [(True, False), (True, False), (False, True)])


def test_letters_cost_the_same_for_any_number(
    inside: Scheme, owner: Membership, lead: Person, person: MakePerson
) -> None:
    cost = []
    for first, last in ((0, 1), (1, 6)):
        for n in range(first, last):
            letter_to(by_letter(person(f"Person {n}")), owner)
        with CaptureQueriesContext(connection) as asked:
            actions.make_letters(scheme=inside, by=lead)
        cost.append(len(asked))
    assert cost[0] == cost[1]
    assert Entry.objects.filter(what="made a letter with an answer").count() == 7


def test_the_ways_of_several_people_are_those_of_each(robin: Person, person: MakePerson) -> None:
    sam, _ = person("Sam"), by_letter(person("Alex"))
    assert {pk: way.to for pk, way in ways_to([robin.pk, sam.pk, None]).items()} == {robin.pk: ADDRESS}


def test_staff_save_a_letter_or_all_of_them_and_then_say_that_it_is_in_the_post(
    scheme: Scheme, inside: Scheme, owner: Membership, lead: Person, robin: Person, client_at: Clients
) -> None:
    told, desk = letter_to(robin, owner), client_at(scheme, lead)
    page = desk.get(f"/points/tellings/{told.pk}/").content.decode()
    assert f'action="/points/tellings/{told.pk}/letter/"' in page
    one = desk.post(f"/points/tellings/{told.pk}/letter/")
    assert one["Content-Disposition"] == 'attachment; filename="letter-2026-11-02.pdf"'
    assert one["Cache-Control"] == "no-store"
    assert 'action="/points/tellings/letters/"' in desk.get("/points/tellings/").content.decode()
    everything = desk.post("/points/tellings/letters/")
    assert everything["Content-Disposition"] == 'attachment; filename="letters-2026-11-02.pdf"'
    desk.post(f"/points/tellings/{told.pk}/", {"what": "posted"})
    assert desk.post(f"/points/tellings/{told.pk}/letter/").status_code == 404
    assert desk.post("/points/tellings/letters/")["Location"] == "/points/tellings/"
    assert "/points/tellings/letters/" not in desk.get("/points/tellings/").content.decode()


def test_staff_read_that_somebody_wants_no_letters_any_more(
    scheme: Scheme, inside: Scheme, owner: Membership, lead: Person, robin: Person, client_at: Clients
) -> None:
    told, desk = letter_to(robin, owner), client_at(scheme, lead)
    change_contact(person=robin, channel="page", by=robin)
    assert desk.post(f"/points/tellings/{told.pk}/letter/")["Location"] == f"/points/tellings/{told.pk}/"
    page = desk.get(f"/points/tellings/{told.pk}/").content.decode()
    assert "They do not want letters now" in page
    assert "/letter/" not in page
    with enter(scheme):
        assert not Entry.objects.filter(what="made a letter with an answer").exists()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SAFEGUARDING_LEAD])
def test_only_who_tells_people_makes_letters(
    role: Role, scheme: Scheme, inside: Scheme, owner: Membership, person: MakePerson, client_at: Clients
) -> None:
    told, desk = letter(owner), client_at(scheme, person(role=role, at=scheme))
    assert desk.post(f"/points/tellings/{told.pk}/letter/").status_code == 404
    assert desk.post("/points/tellings/letters/").status_code == 404


def test_an_answer_that_a_newer_one_replaced_is_in_no_letter(inside: Scheme, owner: Membership, lead: Person) -> None:
    point = said(slip(channel=Channel.LETTER))
    first = decided(point, owner, answer="The first answer.")
    decided(point, owner, answer="The second answer.", replaces=first)
    words = read(actions.make_letters(scheme=inside, by=lead))
    assert ("The first answer." in words, "The second answer." in words) == (False, True)


def test_a_letter_without_an_address_is_found_by_the_number_in_the_schemes_own_records(
    inside: Scheme, owner: Membership, lead: Person, client_at: Clients
) -> None:
    """Two letters are told apart by it, and nothing of it shows in the window."""
    first, second = letter(owner), letter(owner)
    numbers = [told.sayer.reference for told in (first, second)]
    addresses = ["/points/tellings/", f"/points/tellings/{first.pk}/", f"/points/{first.round.point_id}/"]
    assert numbers[0] != numbers[1] and all(re.fullmatch(r"\d{4} \d{4} \d{4}", number) for number in numbers)
    words = read(actions.make_letters(scheme=inside, by=lead)).replace("\u00a0", " ")
    assert all(f"Reference: {number}" in words for number in numbers)
    with enter("public"):
        desk = client_at(inside, lead)
        listed, one, point = (desk.get(address).content.decode() for address in addresses)
    assert all(f"Number {number}." in listed for number in numbers)
    assert f"beside the number {numbers[0]}" in one and numbers[0] in point


def test_one_slip_has_one_number_whatever_is_said_with_it(inside: Scheme) -> None:
    code = codes.new_code()
    first, second = (said(slip(code=code, channel=Channel.LETTER)).sayers.get() for _ in range(2))
    assert first.reference == second.reference
    assert first.reference.replace(" ", "") not in (first.slip, code)


def test_a_letter_with_an_address_needs_no_number(
    inside: Scheme, owner: Membership, lead: Person, robin: Person
) -> None:
    assert "Reference" not in read(actions.make_letter(told=letter_to(robin, owner), scheme=inside, by=lead))


def test_a_slip_of_the_pen_in_the_number_of_an_address_is_nobodys_number() -> None:
    """Staff keep it beside an address in their own records: a wrong one must not lead to somebody else."""
    numbers = {Sayer(slip=codes.fingerprint(codes.new_code())).reference for _ in range(300)}
    assert len(numbers) == 300 and all(re.fullmatch(r"\d{4} \d{4} \d{4}", number) for number in numbers)
    for number in sorted(numbers)[:30]:
        figures = number.replace(" ", "")
        assert int(figures) % 97 == 1
        wrong = {figures[:at] + other + figures[at + 1 :] for at in range(12) for other in "0123456789"}
        wrong |= {figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :] for at in range(11)}
        assert not any(int(one) % 97 == 1 for one in wrong - {figures})
