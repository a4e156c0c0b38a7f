"""Mail: nothing in it gives anybody away, and sending twice gives one message."""

import email
import email.policy

import pytest

from kit import mail
from kit.channels import files


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.DEFAULT_FROM_EMAIL = "Alongside <no-reply@alongside.example>"
    return settings.EMAIL_FILE_PATH


def send(**changes):
    return mail.send(
        **{"key": "told-1", "to": "sam@example.org", "subject": mail.Subject.ANSWER, "words": "Sign in.\n"} | changes
    )


def the_only_message(folder):
    (path,) = folder.iterdir()
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def test_a_message_is_plain_text_from_a_neutral_sender(folder):
    sent = send(words="There is an answer.\nSign in to read it – at any time.\n")

    message = the_only_message(folder)
    assert message["From"] == "Alongside <no-reply@alongside.example>"
    assert message["To"] == "sam@example.org"
    assert message["Subject"] == "There is an answer for you"
    assert message["Message-ID"] == f"<{sent.reference}@alongside.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "There is an answer.\nSign in to read it – at any time.\n"


def test_sending_with_the_same_key_twice_leaves_one_message(folder):
    assert send() == send()
    assert len(list(folder.iterdir())) == 1


def test_another_key_is_another_message(folder):
    assert send(key="told-1") != send(key="told-2")
    assert len(list(folder.iterdir())) == 2


def test_the_message_id_does_not_show_the_key(folder):
    assert "told-1" not in send(key="told-1").reference


@pytest.mark.parametrize(
    "subject",
    ["Your custody visit", "", "There is an answer for you\nBcc: a@example.org", "there is an answer for you"],
)
def test_a_subject_of_ones_own_is_refused(folder, subject):
    with pytest.raises(mail.RevealingSubject):
        send(subject=subject)
    assert not folder.exists()


@pytest.mark.parametrize("subject", list(mail.Subject))
def test_no_subject_reveals_what_the_service_is(subject):
    revealing = {"liaison", "diversion", "police", "custody", "court", "offend", "mental", "scheme", "service"}
    assert not {word for word in revealing if word in subject.lower()}


@pytest.mark.parametrize(
    "to",
    [
        "sam@example.org\nBcc: other@example.org",
        "sam@example.org\r\nSubject: hello",
        "sam@example.org, other@example.org",
        "Sam <sam@example.org>",
        "sam",
        "",
    ],
)
def test_an_address_that_is_not_exactly_one_address_is_refused(folder, to):
    with pytest.raises(mail.BadAddress, match="not an e-mail address"):
        send(to=to)
    assert not folder.exists()


def test_words_cannot_add_a_header(folder):
    send(words="Hello\nBcc: other@example.org\n\nGoodbye")

    message = the_only_message(folder)
    assert message["Bcc"] is None


def test_only_the_service_can_read_the_files(folder):
    send()

    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_a_message_is_found_whole_or_not_at_all(folder, monkeypatch):
    send(words="the first")
    seen = []

    def look_then_write(path, *args):
        seen.extend(one.read_bytes() for one in folder.glob("*.eml"))
        return written(path, *args)

    written = files.Path.write_bytes
    monkeypatch.setattr(files.Path, "write_bytes", look_then_write)
    send(words="the second")

    assert len(seen) == 1
    assert b"the first" in seen[0]
    assert the_only_message(folder).get_content().strip() == "the second"
