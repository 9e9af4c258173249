"""A blob opens where it belongs and nowhere else."""

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.sealing.envelope import CannotOpen, Place, key_of, seal, unseal

KEY = os.urandom(32)
KEY_ID = uuid4()
HOME = Place("journaling_entry", "text", str(uuid4()), str(uuid4()))


@given(st.binary(max_size=4000))
def test_what_was_sealed_opens_to_the_same_bytes(plain: bytes) -> None:
    blob = seal(plain, KEY, KEY_ID, HOME)
    assert unseal(blob, KEY, HOME) == plain
    assert len(blob) == len(plain) + 45
    assert key_of(blob) == KEY_ID


def test_every_single_bit_flip_is_refused() -> None:
    blob = seal(b"Nobody else reads this.", KEY, KEY_ID, HOME)
    for bit in range(len(blob) * 8):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            unseal(bytes(flipped), KEY, HOME)


@pytest.mark.parametrize("part", ["table", "column", "row", "owner"])
def test_a_blob_moved_elsewhere_is_refused(part: str) -> None:
    blob = seal(b"words", KEY, KEY_ID, HOME)
    with pytest.raises(CannotOpen):
        unseal(blob, KEY, replace(HOME, **{part: "elsewhere"}))


@given(st.binary(max_size=80))
def test_what_never_was_a_blob_is_refused(rubbish: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(rubbish, KEY, HOME)


def test_lengths_keep_neighbouring_names_apart() -> None:
    blob = seal(b"words", KEY, KEY_ID, Place("ab", "c", "d", "e"))
    with pytest.raises(CannotOpen):
        unseal(blob, KEY, Place("a", "bc", "d", "e"))
