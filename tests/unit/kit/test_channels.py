"""One key is one message, by whichever way it goes; GOV.UK Notify is a small one of our own, asked over HTTP."""

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from kit import channels
from kit.channels import BadAddress, Outcome, TryLater
from tests import fake_notify

NUMBER = "+447700900123"


@pytest.fixture
def notify(settings):
    with fake_notify.running() as running:
        for name, value in running.settings.items():
            setattr(settings, name, value)
        yield running


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def text(**changes):
    return channels.send_text(
        **{"key": "told:1", "to": "07700 900123", "words": "There is an answer for you."} | changes
    )


def mail(**changes):
    wanted = {"key": "told:1", "to": "sam@example.org", "subject": "There is an answer for you", "words": "Look."}
    return channels.send_email(**wanted | changes)


def test_a_text_goes_to_the_number_with_its_words_and_a_mark_of_its_key(notify):
    assert text().outcome == Outcome.ACCEPTED
    (sent,) = notify.sent
    assert (sent["to"], sent["body"]) == (NUMBER, "There is an answer for you.")
    assert sent["reference"] == channels.reference("told:1")
    assert "told" not in sent["reference"]


def test_an_email_goes_with_its_subject(notify):
    mail()
    (sent,) = notify.sent
    assert (sent["to"], sent["subject"], sent["body"]) == ("sam@example.org", "There is an answer for you", "Look.")


@pytest.mark.parametrize("send", [text, mail])
def test_the_same_key_is_sent_once(notify, send):
    send()
    assert send().outcome == Outcome.DELIVERED
    assert len(notify.sent) == 1


def test_what_was_taken_before_the_line_broke_is_not_sent_again(notify):
    notify.swallows = 1
    with pytest.raises(TryLater):
        text()
    text()
    assert len(notify.sent) == 1


def test_a_carrier_that_is_down_is_for_later(notify):
    notify.broken = True
    with pytest.raises(TryLater):
        text()
    notify.broken = False
    text()
    assert len(notify.sent) == 1


def test_a_wrong_key_or_template_is_for_later_since_it_can_be_mended(notify, settings):
    settings.NOTIFY_TEXT_TEMPLATE = "another"
    with pytest.raises(TryLater):
        text()
    settings.NOTIFY_KEY = fake_notify.KEY[:-1] + "1"
    with pytest.raises(TryLater):
        mail()
    assert notify.sent == []


def test_an_address_that_notify_refuses_is_bad_for_good(notify):
    with pytest.raises(BadAddress):
        mail(to="sam@localhost")


def test_a_number_that_is_no_mobile_is_refused_before_anything_is_asked(notify):
    with pytest.raises(BadAddress, match="mobile number"):
        text(to="0161 496 0000")


def test_how_a_message_ended_can_be_asked(notify):
    assert channels.outcome(mark=channels.reference("told:1")) is None
    notify.bounces.add(NUMBER)
    mark = text().reference
    assert channels.outcome(mark=mark) == Outcome.FAILED


def test_without_notify_a_text_is_one_file_that_only_the_service_reads(folder):
    text()
    text()
    (file,) = folder.iterdir()
    assert file.read_text() == f"To: {NUMBER}\n\nThere is an answer for you."
    assert file.stat().st_mode & 0o077 == 0
    assert channels.outcome(mark=channels.reference("told:1")) is None


def test_in_production_texts_go_only_where_somebody_carries_them(settings):
    assert channels.can_text()
    settings.ALONGSIDE_MODE = "production"
    assert not channels.can_text()
    settings.NOTIFY_KEY, settings.NOTIFY_TEXT_TEMPLATE = fake_notify.KEY, fake_notify.TEXT_TEMPLATE
    assert channels.can_text()


class Refuses(BaseEmailBackend):
    """A mail server that takes nothing for one address."""

    code = 550

    def send_messages(self, email_messages):
        from smtplib import SMTPRecipientsRefused

        raise SMTPRecipientsRefused({email_messages[0].to[0]: (self.code, b"no such mailbox")})


class RefusesForNow(Refuses):
    code = 451


@pytest.mark.parametrize(("server", "error"), [("Refuses", BadAddress), ("RefusesForNow", TryLater)])
def test_a_mail_server_refuses_for_good_or_for_now(settings, server, error):
    settings.EMAIL_BACKEND = f"{__name__}.{server}"
    with pytest.raises(error):
        mail()
