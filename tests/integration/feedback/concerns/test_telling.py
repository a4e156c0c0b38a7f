"""Harm told on the page: once, with or without a name, and never kept out by how much else is told."""

import re

from django.test import RequestFactory

from audit.models import Entry
from people.models import Person
from tenants.feedback import actions, limits
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.integration.conftest import MakePerson
from tests.integration.feedback.concerns.steps import WORDS, ClientAt, form_of, the_concern, told


def test_sent_twice_it_is_one(client_at: ClientAt, scheme: Scheme) -> None:
    visitor = client_at(scheme)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    for _ in range(2):
        visitor.post("/tell-us/harm/", {"words": WORDS, "send": send})
    the_concern(scheme)


def test_sent_again_from_the_same_form_the_newest_word_on_who_they_are_counts(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    """Who goes back to add how to be reached, or to take their name away, has it changed; both ways."""
    robin = person()
    visitor = client_at(scheme, robin)
    form = form_of(visitor)
    visitor.post("/tell-us/harm/", form)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000", "show_me": "on"})
    found = the_concern(scheme)
    assert (found.reach_at, found.person_id) == ("07700 900000", robin.pk)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000", "show_me": "on"})
    visitor.post("/tell-us/harm/", form)
    found = the_concern(scheme)
    assert (found.reach_at, found.person_id) == ("", None)
    with enter(scheme):
        changes = Entry.objects.filter(what="changed how a concern says who it is from")
        assert {(entry.by, entry.subject) for entry in changes} == {(robin.pk, robin.pk), (None, robin.pk)}


def test_what_is_closed_is_not_changed_by_sending_it_again(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    visitor = client_at(scheme)
    form = form_of(visitor)
    visitor.post("/tell-us/harm/", form)
    with enter(scheme):
        concern = actions.take_up(concern=Concern.objects.get(), by=lead)
        actions.close_concern(concern=concern, what_was_done="Somebody went there.", by=lead)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000"})
    assert the_concern(scheme).reach_at == ""


def test_a_sign_in_that_ended_loses_the_name_with_a_word_and_not_the_concern(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    form = form_of(client_at(scheme, person())) | {"show_me": "on"}
    gone = client_at(scheme)
    again = gone.post("/tell-us/harm/", form | {"words": ""}).content.decode()
    assert '<input type="hidden" name="show_me" value="on"' in again
    thanks = gone.post("/tell-us/harm/", form)["Location"]
    assert the_concern(scheme).person_id is None
    page = gone.get(thanks).content.decode()
    assert "Your name was not sent" in page and 'href="/sign-in/?next=/tell-us/harm/"' in page
    assert "Your name was not sent" not in gone.get("/tell-us/harm/thanks/").content.decode()


def test_other_words_from_the_same_form_are_another_concern(client_at: ClientAt, scheme: Scheme) -> None:
    visitor = client_at(scheme)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    for words in (WORDS, "It happened again."):
        visitor.post("/tell-us/harm/", {"words": words, "send": send})
    with enter(scheme):
        assert {one.words for one in Concern.objects.all()} == {WORDS, "It happened again."}


def test_too_many_from_one_address_keep_their_words_and_are_told_to_call_999(
    client_at: ClientAt, scheme: Scheme
) -> None:
    visitor = client_at(scheme)
    for _ in range(limits.TELLINGS_AN_HOUR):
        told(visitor)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    answer = visitor.post("/tell-us/harm/", {"words": "It happened again.", "send": send})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "It happened again." in page and "We have not got this yet" in page and "call 999" in page
    with enter(scheme):
        assert not Concern.objects.filter(words="It happened again.").exists()


def test_whatever_else_is_told_the_box_for_harm_stays_open(client_at: ClientAt, scheme: Scheme) -> None:
    """A whole custody suite may share one address."""
    request = RequestFactory().get("/")
    with enter(scheme):
        while limits.may_tell(request):
            pass
    told(client_at(scheme))
    the_concern(scheme)


def test_nobody_is_named_who_did_not_tick_it(client_at: ClientAt, scheme: Scheme, person: MakePerson) -> None:
    robin = person()
    told(client_at(scheme, robin))
    assert the_concern(scheme).person_id is None
    assert not Entry.objects.about(robin.pk).exists()


def test_whoever_wants_to_be_known_is(client_at: ClientAt, scheme: Scheme, person: MakePerson, lead: Person) -> None:
    robin = person("Robin Sayle")
    told(client_at(scheme, robin), show_me="on")
    found = the_concern(scheme)
    assert found.person_id == robin.pk
    assert "Robin Sayle" in client_at(scheme, lead).get(f"/concerns/{found.pk}/").content.decode()


def test_no_words_are_an_error_in_plain_words(client_at: ClientAt, scheme: Scheme) -> None:
    page = client_at(scheme).post("/tell-us/harm/", {"reach_at": "At the corner shop"}).content.decode()
    assert "Write what you are worried about" in page and "At the corner shop" in page
