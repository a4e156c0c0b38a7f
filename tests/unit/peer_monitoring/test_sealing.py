"""The sealed format: what WebCrypto seals is opened, and nothing that was changed, moved, cut or meant for others."""

import base64
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from peer_monitoring import keys, sealing
from peer_monitoring.errors import NotOpened
from tests.sealing import sealer

MADE = json.loads((Path(__file__).parents[2] / "sealed_parts.json").read_text())
AT = "0b9a5d3e-4a52-4c3a-9a8a-6f6d1d2f7a11/record"
TEXT = b'{"told": "yes"}'
WRAPPED = 4 + 8 + 2


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "secrets" / "phones"


@pytest.fixture
def with_the_key_of_the_cases(folder):
    folder.mkdir(parents=True)
    private = load_der_private_key(base64.b64decode(MADE["pkcs8"]), None)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{MADE['key']}.pem").write_bytes(pem)


@pytest.mark.parametrize("case", MADE["cases"], ids=lambda case: case["address"].split("/")[1])
def test_what_webcrypto_sealed_is_opened(case, with_the_key_of_the_cases):
    assert sealing.opened(base64.b64decode(case["sealed"]), at=case["address"]) == case["text"].encode()


@pytest.mark.parametrize("case", MADE["cases"], ids=lambda case: case["address"].split("/")[1])
def test_what_was_moved_to_another_address_is_not_opened(case, with_the_key_of_the_cases):
    for other in ("", AT.replace("0b", "1b"), case["address"].upper(), f"{case['address']}/"):
        with pytest.raises(NotOpened, match="changed or cut"):
            sealing.opened(base64.b64decode(case["sealed"]), at=other)


def changed(sealed, at):
    return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda s: b"", "nothing that the app has sealed"),
        (lambda s: TEXT, "nothing that the app has sealed"),
        (lambda s: b"ALS2" + s[4:], "nothing that the app has sealed"),
        (lambda s: s[:4], "for another service"),
        (lambda s: s[:11], "for another service"),
        (lambda s: changed(s, 4), "for another service"),
        (lambda s: s[:4] + b"../../.." + s[12:], "for another service"),
        (lambda s: s[:12], "changed or cut"),
        (lambda s: s[:13], "changed or cut"),
        (lambda s: s[:12] + b"\x00\x00" + s[14:], "changed or cut"),
        (lambda s: s[:12] + b"\xff\xff" + s[14:], "changed or cut"),
        (lambda s: changed(s, 13), "changed or cut"),
        (lambda s: changed(s, WRAPPED), "changed or cut"),
        (lambda s: changed(s, WRAPPED + 384), "changed or cut"),
        (lambda s: s[: WRAPPED + 384], "changed or cut"),
        (lambda s: s[: WRAPPED + 384 + 5], "changed or cut"),
        (lambda s: s[: WRAPPED + 384 + 12], "changed or cut"),
        (lambda s: s[:-17], "changed or cut"),
        (lambda s: s[:-1], "changed or cut"),
        (lambda s: s + b"\x00", "changed or cut"),
        (lambda s: changed(s, len(s) - 1), "changed or cut"),
    ],
)
def test_what_is_not_as_it_was_sealed_is_refused_with_what_to_do(how, said):
    sealed = sealer()(TEXT, AT)
    assert sealing.opened(sealed, at=AT) == TEXT
    with pytest.raises(NotOpened, match=said) as refused:
        sealing.opened(how(sealed), at=AT)
    assert str(refused.value).endswith(("once more.", "tell whoever leads your group."))


@pytest.mark.parametrize("more", [{"nonce_length": 16}, {"key_length": 16}])
def test_other_lengths_than_those_of_the_format_are_refused(more):
    with pytest.raises(NotOpened, match="changed or cut"):
        sealing.opened(sealer(**more)(TEXT, AT), at=AT)


def test_what_was_sealed_for_an_older_key_still_opens_and_for_one_that_is_gone_not(folder):
    old, old_sealer = keys.public_key(), sealer()
    new = keys.make()
    assert keys.public_key() == new != old
    sealed = old_sealer(TEXT, AT)
    assert sealing.opened(sealed, at=AT) == TEXT
    next(folder.glob(f"*{old.name}.pem")).unlink()
    with pytest.raises(NotOpened, match="a key that is gone"):
        sealing.opened(sealed, at=AT)


def test_the_first_key_is_made_once_and_is_its_owners_alone(folder):
    assert keys.public_key() == keys.public_key()
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert load_private(file).key_size == 3072


def test_the_newest_key_stays_the_newest_in_a_copy_and_after_a_restore(folder):
    made = [keys.make() for _ in range(3)]
    for age, file in enumerate(keys.files_in(folder)):
        os.utime(file, (2_000_000_000 - age, 2_000_000_000 - age))
    assert keys.public_key() == made[-1]
    assert [keys.name_of(file) for file in keys.files_in(folder)] == [one.name for one in made]


def test_the_tenth_key_is_newer_than_the_ninth_and_the_ten_thousandth_too(folder):
    first = keys.make()
    (file,) = folder.iterdir()
    for number in (9, 9999):
        file = file.rename(folder / f"{number:04}-{first.name}.pem")
        newer = keys.make()
        assert keys.public_key() == newer
        next(folder.glob(f"*{newer.name}.pem")).unlink()


@pytest.mark.usefixtures("with_the_key_of_the_cases")
def test_a_key_from_before_they_had_numbers_opens_and_every_other_one_is_newer(folder):
    assert keys.public_key().name == MADE["key"]
    new = keys.make()
    os.utime(folder / f"{MADE['key']}.pem", (2_000_000_000, 2_000_000_000))
    assert keys.public_key() == new
    assert keys.private_key(MADE["key"]) is not None


def load_private(file):
    private = keys.private_key(keys.name_of(file))
    assert private is not None
    return private
