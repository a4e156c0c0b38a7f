"""Tokens that stand in links."""

import hashlib
import re
from uuid import uuid4

from kit import tokens


def test_tokens_carry_256_bits_and_may_stand_in_an_address():
    made = {tokens.new_token() for _ in range(1000)}

    assert len(made) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in made)


def test_a_key_has_one_token_that_only_this_installation_can_work_out(settings):
    key = uuid4()
    token = tokens.token_for(key)

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert token == tokens.token_for(key) != tokens.token_for(uuid4())
    settings.SECRET_KEY = "another"
    assert tokens.token_for(key) != token


def test_only_the_fingerprint_of_a_token_needs_to_be_stored():
    assert tokens.fingerprint("abc") == hashlib.sha256(b"abc").hexdigest()
    assert tokens.fingerprint(tokens.new_token()) != tokens.fingerprint(tokens.new_token())
