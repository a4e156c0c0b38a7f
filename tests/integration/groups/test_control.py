"""Control (S47): "sufficient resources transferred to enable decision making, and what they decide will happen".

What was handed over, what the group decided and whether it has happened; and which side says what of it.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions, queries
from groups.errors import AgreementOver, AlreadyAgreed, NoLongerOpen, OtherSide
from groups.models import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, GroupDecision
from groups.seats import Seat
from groups.sides import MAY_WRITE, Side, add, change
from kit import clock
from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tests.factories.groups import a_group, agreed, decided, promised, reported, seated, terms, typed
from tests.factories.people import someone
from tests.factories.schemes import works_at

WEB = "alongside_web"


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
def led(client_at, lead):
    return client_at(None, lead)


@pytest.fixture
def staff(client_at, scheme):
    worker = someone("Mo")
    works_at(scheme, worker.pk, role=Role.INVOLVEMENT_LEAD)
    return client_at(scheme, worker)


def own(agreement, more=""):
    return f"/groups/voices/agreements/{agreement.pk}/{more}"


def at_scheme(agreement, more=""):
    return f"/agreements/{agreement.pk}/{more}"


def a_decision(**more):
    today = clock.today()
    return {"what": "A peer worker starts in the court."} | typed("decided_on", today) | typed("due", today) | more


def a_report(**more):
    return {"state": "under_way", "words": "We look for her."} | typed("day", clock.today()) | more


# --- the terms


def test_staff_write_the_terms_and_members_read_them(staff, client_at, group, scheme):
    until = clock.today() + timedelta(days=200)
    assert staff.post("/agreements/make/", terms(group) | typed("until", until)).status_code == 302
    made = Agreement.objects.with_scheme(scheme.pk).get()
    helper = someone("Sue")
    seated(group, helper, seat=Seat.SUPPORTER)
    page = client_at(None, helper).get(own(made)).content.decode()
    for words in ("Involvement lead, involvement@example.org", "£250 for each visit", f"{until:%-d %B %Y}"):
        assert words in page and words in staff.get(at_scheme(made)).content.decode()


def test_an_agreement_ends_on_the_day_that_was_agreed_beforehand(client_at, group, lead, scheme):
    agreed(group, scheme, until=clock.today() + timedelta(days=10))
    place = client_at(scheme, lead)
    assert place.get("/group/").status_code == 200
    clock.set_to(clock.now() + timedelta(days=10))
    assert client_at(scheme, lead).get("/group/").status_code == 404


def test_an_agreement_gives_no_right_before_it_begins(client_at, staff, group, lead, scheme):
    later = agreed(group, scheme, since=clock.today() + timedelta(days=3))
    assert client_at(scheme, lead).get("/group/").status_code == 404
    assert "Voices" in staff.get("/agreements/").content.decode()
    assert client_at(None, lead).get(own(later)).status_code == 200
    clock.set_to(clock.now() + timedelta(days=3))
    assert client_at(scheme, lead).get("/group/").status_code == 200


def test_no_two_agreements_with_a_group_run_at_one_time(group, scheme, other_scheme):
    today = clock.today()
    first = agreed(group, scheme, until=today + timedelta(days=10))
    with pytest.raises(AlreadyAgreed):
        agreed(group, scheme, since=today + timedelta(days=9))
    agreed(group, other_scheme)
    agreed(group, scheme, since=today + timedelta(days=10))
    with pytest.raises(AlreadyAgreed):
        change_terms(first, scheme, until=None)
    change_terms(first, scheme, until=today + timedelta(days=5))


def change_terms(agreement, scheme, **more):
    given = {"until": None, "contact_role": "r", "contact_way": "w", "payment": "p"} | more
    return actions.change_terms(agreement=agreement, scheme=scheme, by=None, **given)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contact_way": "Mo"}, "Enter a work email address or a work telephone number"),
        ({"contact_way": "mo@"}, "Enter a work email address or a work telephone number"),
        ({"contact_role": ""}, "Enter the role of whom the group turns to"),
        ({"payment": ""}, "Say what you pay the group and when"),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, "Enter a date that is"),
    ],
)
def test_terms_that_cannot_be_are_sent_back_with_what_was_typed(wrong, said, staff, agreement):
    page = staff.post(at_scheme(agreement, "terms/"), terms() | {"payment": "£99 a day"} | wrong).content.decode()
    assert said in page and ("£99 a day" in page or "payment" in wrong)
    agreement.refresh_from_db()
    assert agreement.contact_role == ""


def test_an_agreement_that_is_still_to_begin_does_not_end_before_that(staff, group, scheme):
    later = agreed(group, scheme, since=clock.today() + timedelta(days=9))
    sent = terms() | typed("until", clock.today() + timedelta(days=3))
    assert "when it begins" in staff.post(at_scheme(later, "terms/"), sent).content.decode()
    later.refresh_from_db()
    assert later.until is None


def test_the_terms_are_changed_and_the_scheme_remembers_who_did(staff, agreement, scheme):
    assert "value=" in staff.get(at_scheme(agreement, "terms/")).content.decode()
    assert staff.post(at_scheme(agreement, "terms/"), terms()).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.contact_role, agreement.until) == ("Involvement lead", None)
    with enter(scheme):
        assert Entry.objects.filter(what="changed an agreement with a group").exclude(by=None).count() == 1


# --- what is handed over


def test_staff_write_down_what_they_hand_over_and_the_lead_says_when_it_came(staff, led, agreement):
    today = clock.today()
    money = {"kind": "money", "pounds": "5000", "words": "for a year"} | typed("agreed_on", today)
    assert staff.post(at_scheme(agreement, "resources/add/"), money).status_code == 302
    assert "Money: £5,000, for a year. Agreed on" in led.get(own(agreement)).content.decode()
    assert "It has not come yet." in staff.get(at_scheme(agreement)).content.decode()
    resource = AgreedResource.objects.under(agreement).get()
    assert led.post(own(agreement, f"resources/{resource.pk}/"), typed("received_on", today)).status_code == 302
    assert "It came on" in staff.get(at_scheme(agreement)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pounds": ""}, "Enter how many pounds"),
        ({"pounds": "0"}, "Enter 1 or more"),
        ({"kind": "time", "words": ""}, "Say in words what you hand over"),
        ({"kind": ""}, "Answer the question: What do you hand over?"),
    ],
)
def test_what_is_handed_over_says_how_much(wrong, said, staff, agreement):
    sent = {"kind": "money", "pounds": "5", "words": ""} | typed("agreed_on", clock.today()) | wrong
    assert said in staff.post(at_scheme(agreement, "resources/add/"), sent).content.decode()
    assert not AgreedResource.objects.under(agreement).exists()


def test_people_and_rooms_are_told_in_words_and_hold_no_sum(agreement, staff):
    sent = {"kind": "time", "pounds": "5", "words": "A day a week"} | typed("agreed_on", clock.today())
    staff.post(at_scheme(agreement, "resources/add/"), sent)
    assert AgreedResource.objects.under(agreement).get().pounds is None
    with pytest.raises(IntegrityError, match="resource_says_how_much"), transaction.atomic():
        AgreedResource.objects.create(agreement=agreement, kind="other", agreed_on=clock.today())


def test_what_has_come_is_not_taken_back_and_what_was_taken_back_does_not_come(staff, led, lead, agreement, scheme):
    came, gone = promised(agreement, scheme), promised(agreement, scheme, pounds=70)
    actions.receive_resource(resource=came, received_on=clock.today(), by=lead.pk)
    assert staff.post(at_scheme(agreement, f"resources/{came.pk}/take-back/")).status_code == 409
    assert staff.post(at_scheme(agreement, f"resources/{gone.pk}/take-back/")).status_code == 302
    page = led.post(own(agreement, f"resources/{gone.pk}/"), typed("received_on", clock.today())).content.decode()
    assert "The service took it back" in page
    assert "The service took it back" in led.get(own(agreement)).content.decode()
    with pytest.raises(NoLongerOpen):
        actions.withdraw_resource(resource=gone, scheme=scheme, by=None)


# --- what the group decides


def test_what_a_group_decides_stands_beside_what_the_scheme_reports_and_what_the_group_answers(staff, led, agreement):
    assert led.post(own(agreement, "decide/"), a_decision()).status_code == 302
    decision = GroupDecision.objects.under(agreement).get()
    assert "You have not reported on it yet" in staff.get(at_scheme(agreement)).content.decode()
    assert staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).status_code == 302
    page = led.get(own(agreement)).content.decode()
    assert "The service says: it is under way" in page and "We look for her." in page
    assert "The group has not said yet" in page
    assert led.post(own(agreement, f"decisions/{decision.pk}/"), {"answer": "partly"}).status_code == 302
    assert "The group says: it has partly happened" in staff.get(at_scheme(agreement)).content.decode()


def test_a_later_report_and_a_later_answer_stand_beside_the_earlier_ones(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    reported(decision, scheme, state="not_yet", words="No money yet.")
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    clock.set_to(clock.now() + timedelta(days=1))
    reported(decision, scheme, words="She began.")
    actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)
    for page in (
        led.get(own(agreement, f"decisions/{decision.pk}/")).content.decode(),
        staff.get(at_scheme(agreement, f"decisions/{decision.pk}/")).content.decode(),
    ):
        now, before = page.split("What was said before")
        assert "She began." in now and "No money yet." not in now and "No money yet." in before
        assert "The group says: yes, it has happened" in now


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"state": "done", **typed("day", clock.today() + timedelta(days=9))}, "If it is done, enter today"),
        ({"words": ""}, "Enter what has been done"),
        ({"state": ""}, "Answer the question: Has it happened?"),
    ],
)
def test_a_report_says_how_far_it_is_with_a_day_and_words(wrong, said, staff, lead, agreement):
    decision = decided(agreement, lead)
    assert said in staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report(**wrong)).content.decode()
    assert not DeliveryReport.objects.about(decision).exists()


def test_what_is_decided_is_to_happen_on_that_day_or_later(led, agreement):
    yesterday = clock.today() - timedelta(days=1)
    page = led.post(own(agreement, "decide/"), a_decision(**typed("due", yesterday))).content.decode()
    assert "or a later day" in page and "A peer worker starts in the court." in page
    assert not GroupDecision.objects.under(agreement).exists()


def test_the_group_alone_takes_a_decision_back_and_nobody_reports_on_it_then(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    assert led.post(own(agreement, f"decisions/{decision.pk}/take-back/")).status_code == 302
    assert "The group took this back" in staff.get(at_scheme(agreement)).content.decode()
    page = staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).content.decode()
    assert "The group took this decision back." in page
    with pytest.raises(NoLongerOpen):
        actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)


def test_a_decision_is_late_until_the_group_itself_says_that_it_has_happened(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    clock.set_to(clock.now() + timedelta(days=30))
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()
    clock.set_to(clock.now() + timedelta(days=1))
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="partly", by=lead.pk)
    for page in (staff.get(at_scheme(agreement)), led.get(own(agreement))):
        assert "This is late" in page.content.decode()
    actions.answer_delivery(decision=decision, answer="yes", by=lead.pk)
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()
    taken_back = decided(agreement, lead)
    clock.set_to(clock.now() + timedelta(days=40))
    actions.withdraw_decision(decision=taken_back, by=lead.pk)
    assert "This is late" not in staff.get(at_scheme(agreement)).content.decode()


def test_what_was_decided_outlives_the_agreement(staff, led, lead, agreement, scheme):
    decision = decided(agreement, lead)
    actions.end_agreement(agreement=agreement, scheme=scheme, by=None)
    assert "Ended" in led.get("/groups/voices/").content.decode()
    assert staff.post(at_scheme(agreement, f"decisions/{decision.pk}/"), a_report()).status_code == 302
    assert led.post(own(agreement, f"decisions/{decision.pk}/"), {"answer": "no"}).status_code == 302
    page = led.post(own(agreement, "decide/"), a_decision()).content.decode()
    assert "This agreement has ended. Nothing can be added to it." in page
    with pytest.raises(AgreementOver):
        promised(agreement, scheme)
    for page in ("terms/", "resources/add/", "end/"):
        assert staff.get(at_scheme(agreement, page)).status_code == 404


# --- the two sides


def test_each_field_is_one_sides_to_write():
    for model, sides in MAY_WRITE.items():
        written = [name for names in sides.values() for name in names]
        assert len(written) == len(set(written))
        assert {field.attname for field in model._meta.concrete_fields} - {"id"} == {
            model._meta.get_field(name.removesuffix("_id") if name == "group" else name).attname for name in written
        }


def test_neither_side_writes_what_is_the_others_to_say(lead, agreement, scheme):
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    for name in ("what", "due", "decided_on", "withdrawn_on"):
        with pytest.raises(OtherSide):
            change(Side.SCHEME, decision, **{name: None})
    with pytest.raises(OtherSide):
        add(Side.SCHEME, GroupDecision, what="Nothing")
    with pytest.raises(OtherSide):
        add(Side.SCHEME, DeliveryAnswer, answer="yes")
    with pytest.raises(OtherSide):
        change(Side.SCHEME, resource, received_on=clock.today())
    with pytest.raises(OtherSide):
        add(Side.GROUP, DeliveryReport, state="done")
    for name in ("until", "payment"):
        with pytest.raises(OtherSide):
            change(Side.GROUP, agreement, **{name: None})
    with pytest.raises(OtherSide):
        change(Side.GROUP, resource, pounds=1)


def test_whatever_staff_send_to_their_pages_the_decision_stays_as_the_group_made_it(staff, lead, agreement, scheme):
    """S47: the scheme cannot change, stop or delete it; all it can do is report."""
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    before = GroupDecision.objects.filter(pk=decision.pk).values().get()
    everything = a_decision(what="Nothing") | a_report() | {"answer": "yes", "withdrawn_on": "2026-01-01"}
    everything |= typed("received_on", clock.today())
    for more in ("", "terms/", "resources/add/", f"resources/{resource.pk}/take-back/", f"decisions/{decision.pk}/",
                 f"decisions/{decision.pk}/take-back/", "decide/", "end/"):  # fmt: skip
        for method in (staff.post, staff.put, staff.patch, staff.delete):
            method(at_scheme(agreement, more), everything)
    assert GroupDecision.objects.filter(pk=decision.pk).values().get() == before
    assert GroupDecision.objects.count() == 1
    assert not DeliveryAnswer.objects.about(decision).exists()
    resource.refresh_from_db()
    assert resource.received_on is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE groups_groupdecision SET what = 'Nothing'",
        "UPDATE groups_groupdecision SET due = '2030-01-01'",
        "DELETE FROM groups_groupdecision",
        "UPDATE groups_deliveryreport SET words = 'Done'",
        "DELETE FROM groups_deliveryreport",
        "UPDATE groups_deliveryanswer SET answer = 'yes'",
        "DELETE FROM groups_deliveryanswer",
        "UPDATE groups_agreedresource SET pounds = 1",
        "DELETE FROM groups_agreedresource",
    ],
)
def test_the_database_itself_lets_no_page_change_or_delete_what_was_said(statement, lead, agreement, scheme):
    decision = decided(agreement, lead)
    promised(agreement, scheme)
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        cursor.execute(statement)


# --- whose it is


PAGES = ["", "decide/", "resources/{resource}/", "decisions/{decision}/", "decisions/{decision}/take-back/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "who", ["stranger", "lead of another group", "former member", "staff", "national", "lead of a reference group"]
)
def test_who_has_no_seat_in_the_group_finds_nothing_of_its_agreements(
    page, who, client_at, person, group, lead, agreement, scheme
):
    other = someone("Otto")
    if who == "lead of another group":
        agreed(a_group("Others", lead=other), scheme)
    if who == "former member":
        actions.leave(membership=seated(group, other), by=other.pk)
    if who == "staff":
        works_at(scheme, other.pk, role=Role.MANAGER)
    if who == "national":
        other = person("Pam", national="programme_manager")
    if who == "lead of a reference group":
        a_group("Advisers", kind="reference", lead=other)
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    address = own(agreement, page.format(decision=decision.pk, resource=resource.pk))
    client = client_at(None, other)
    assert client.get(address).status_code in (404, 405)
    assert client.post(address, a_decision() | {"answer": "yes"}).status_code in (404, 405)
    assert GroupDecision.objects.get().withdrawn_on is None and not DeliveryAnswer.objects.exists()


@pytest.mark.parametrize("page", PAGES[1:])
@pytest.mark.parametrize("seat", [Seat.MONITOR, Seat.SUPPORTER])
def test_what_only_the_lead_says_others_of_the_group_do_not_find(page, seat, client_at, group, lead, agreement, scheme):
    other = someone("Max")
    seated(group, other, seat=seat)
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    client = client_at(None, other)
    shown = client.get(own(agreement))
    assert shown.status_code == 200
    for words in ("Write down a decision", "It has come", "Say whether it has happened"):
        assert words not in shown.content.decode()
    address = own(agreement, page.format(decision=decision.pk, resource=resource.pk))
    assert client.get(address).status_code in (404, 405)
    assert client.post(address, a_decision() | {"answer": "yes"}).status_code == 404


def test_nothing_of_one_agreement_is_found_by_way_of_another(led, staff, group, lead, agreement, scheme, other_scheme):
    others = a_group("Others", lead=lead)
    elsewhere, theirs = agreed(group, other_scheme), agreed(others, scheme)
    decision, resource = decided(elsewhere, lead), promised(elsewhere, other_scheme)
    for page in (f"decisions/{decision.pk}/", f"resources/{resource.pk}/"):
        assert led.get(own(agreement, page)).status_code == 404
    assert led.get(own(theirs)).status_code == 404
    assert staff.get(at_scheme(elsewhere)).status_code == 404
    for page in (f"decisions/{decision.pk}/", f"resources/{resource.pk}/take-back/"):
        assert staff.post(at_scheme(agreement, page), a_report()).status_code == 404
        assert staff.post(at_scheme(elsewhere, page), a_report()).status_code == 404
    assert queries.resources(agreement) == [] and queries.decisions(agreement) == []


@pytest.mark.parametrize("many", [1, 12])
def test_an_agreement_costs_the_same_for_any_number_of_decisions(many, led, staff, lead, agreement, scheme):
    for number in range(many):
        decision = decided(agreement, lead, f"Decision {number}")
        reported(decision, scheme)
        actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
        promised(agreement, scheme)
    for client, address, most in ((led, own(agreement), 16), (staff, at_scheme(agreement), 14)):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= most, (address, len(asked))


def test_both_sides_are_written_into_the_record_without_anybodys_words(staff, led, lead, agreement, scheme):
    decision, resource = decided(agreement, lead), promised(agreement, scheme)
    reported(decision, scheme)
    actions.answer_delivery(decision=decision, answer="no", by=lead.pk)
    actions.receive_resource(resource=resource, received_on=clock.today(), by=lead.pk)
    actions.withdraw_decision(decision=decision, by=lead.pk)
    ours = set(Entry.objects.filter(by=lead.pk).values_list("what", flat=True))
    assert {
        "wrote down what a group decided", "said whether a decision has happened",
        "said that something came from a scheme", "took back what a group decided",
    } <= ours  # fmt: skip
    with enter(scheme):
        theirs = set(Entry.objects.values_list("what", flat=True))
    assert {"agreed to hand something over to a group", "reported on what a group decided"} <= theirs
