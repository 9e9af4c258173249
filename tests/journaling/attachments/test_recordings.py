"""A recording is told by its own bytes: what it is, how long, and that nothing hangs on behind it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journaling.attachments import refusals
from journaling.attachments.recordings import LARGEST, heard
from koru.ui import refused as said
from koru.ui.refused import Refused

from .files import fragmented_m4a, m4a, mp3, ogg, wav, webm

MADE: dict[str, Callable[[], bytes]] = {
    "audio/webm": lambda: webm(3),
    "audio/mp4": lambda: m4a(3),
    "audio/ogg": lambda: ogg(3),
    "audio/wav": lambda: wav(3),
    "audio/mpeg": lambda: mp3(115),
}


def refused(data: bytes, size: int | None = None) -> str:
    with pytest.raises(Refused) as failure:
        heard(data, len(data) if size is None else size)
    return str(failure.value)


@pytest.mark.parametrize("media_type", MADE)
def test_each_kind_is_known_with_its_length(media_type: str) -> None:
    data = MADE[media_type]()
    recording = heard(data, len(data))
    assert recording.media_type == media_type
    assert recording.seconds in (3, 4)


def test_what_browsers_record_in_fragments_is_counted_together() -> None:
    data = fragmented_m4a(7)
    assert heard(data, len(data)).seconds == 7


@pytest.mark.parametrize("make", [webm, m4a, fragmented_m4a, ogg])
def test_five_minutes_are_kept_and_six_are_not(make: Callable[[int], bytes]) -> None:
    data = make(300)
    assert heard(data, len(data)).seconds in (300, 301)
    assert refused(make(360)) == refusals.TOO_LONG


def test_a_head_that_tells_less_than_there_is_doesnt_shorten_it() -> None:
    assert refused(webm(400, told=3)) == refusals.TOO_LONG


def test_an_empty_one_and_one_that_is_too_large_are_refused_in_words() -> None:
    assert refused(b"") == said.NOTHING
    assert "10 MB" in refused(webm(1), LARGEST + 1)


@pytest.mark.parametrize("make", [webm, m4a, ogg, wav])
def test_a_cut_one_is_refused(make: Callable[[], bytes]) -> None:
    assert refused(make()[:-3]) == said.CUT


@pytest.mark.parametrize("make", [webm, fragmented_m4a])
def test_one_that_a_closed_tab_ended_is_kept_up_to_its_last_whole_part(make: Callable[[int], bytes]) -> None:
    data = make(9)
    for cut in range(1, 60):
        kept = heard(data[:-cut], len(data) - cut, unfinished=True)
        assert 8 <= kept.seconds <= 10
        assert heard(kept.data, len(kept.data)).seconds == kept.seconds


@pytest.mark.parametrize("behind", [b"PK\x03\x04" + bytes(40), b"<html><script>koru()</script></html>"])
@pytest.mark.parametrize("make", [webm, m4a, ogg, wav])
def test_another_file_hanging_on_behind_is_refused(make: Callable[[], bytes], behind: bytes) -> None:
    assert refused(make() + behind) in (refusals.NO_RECORDING, said.CUT)


@pytest.mark.parametrize("data", [webm(2, kind=1), m4a(2, handler=b"vide")])
def test_a_film_is_refused_as_one(data: bytes) -> None:
    assert refused(data) == refusals.FILM


@pytest.mark.parametrize("data", [b"<html>", b"%PDF-1.7", b"PK\x03\x04", b"\x00", b"MZ" * 40, b"RIFF\0\0\0\0AVI "])
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    assert refused(data) == refusals.NO_RECORDING


def test_where_it_was_recorded_is_left_out() -> None:
    data = m4a(2, place=b"canary +52.52+013.40/")
    kept = heard(data, len(data)).data
    assert b"canary" in data
    assert b"canary" not in kept
    assert len(kept) == len(data)


@pytest.mark.parametrize("make", MADE.values())
@given(bytes_=st.data())
def test_odd_bytes_are_kept_or_refused_never_a_fault(make: Callable[[], bytes], bytes_: st.DataObject) -> None:
    data = bytearray(make())
    for _ in range(bytes_.draw(st.integers(1, 6))):
        data[bytes_.draw(st.integers(0, len(data) - 1))] = bytes_.draw(st.integers(0, 255))
    cut = bytes(data[: bytes_.draw(st.integers(0, len(data)))])
    try:
        recording = heard(cut, len(cut))
    except Refused:
        return
    assert 0 < recording.seconds <= 305
