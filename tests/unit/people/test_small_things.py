"""What needs no database: safe ways on, devices in words, messages, wordings."""

import pytest

from kit.mail import Subject
from people.devices import device
from people.hosts import origin_of, own_path
from people.mails import MAILS, mail_for
from people.models import Consent
from people.own_waiting import TEXTS
from people.wordings import WORDINGS


@pytest.mark.parametrize("path", ["/", "/staff/", "/mine/1/?a=b&c=d", "/sign-in/?next=/x/"])
def test_a_path_of_this_host_is_gone_on_to(path):
    assert own_path(path, "/elsewhere/") == path


@pytest.mark.parametrize(
    "address", [None, "", "staff/", "//evil.example", r"/\evil.example", "http://evil.example/", "javascript:1", "///x"]
)
def test_anything_else_is_not(address):
    assert own_path(address, "/default/") == "/default/"


def test_a_host_keeps_the_protocol_and_port_of_the_platform(settings):
    settings.PLATFORM_ORIGIN = "https://alongside.example"
    assert origin_of("a.alongside.example") == "https://a.alongside.example"
    settings.PLATFORM_ORIGIN = "http://alongside.localhost:8123"
    assert origin_of("a.alongside.localhost") == "http://a.alongside.localhost:8123"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0", "Windows computer, Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Linux computer, Firefox"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36", "Android phone or tablet, Chrome"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1", "Mac or iPad, Safari"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/120.0 Safari/537.36", "Chromebook, Chrome"),
        ("", "Computer"),
    ],
)
def test_a_device_is_named_as_people_know_it(said, words):
    assert device(said) == words


def test_every_message_has_a_neutral_subject_and_no_mark_left_open():
    for name in MAILS:
        subject, words = mail_for(name, {"code": "BCDF-GHJK", "signup_url": "S", "signin_url": "I"})
        assert subject in Subject
        assert "{" not in words and words.endswith("\n")


def test_every_purpose_has_its_words():
    assert set(WORDINGS) == set(Consent.Purpose)


def test_no_notice_shouts():
    assert not [text for text in TEXTS.values() if "!" in text]
