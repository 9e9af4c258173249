"""A picture is drawn anew: upright, bare, of a size that fits; what can't be is refused before it costs anything."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from koru.ui import refused as said
from koru.ui.pictures import LARGEST, seen
from koru.ui.refused import Refused
from tests.journaling.attachments.files import moving, photo_with_place, picture


def refused(data: bytes, size: int | None = None) -> str:
    with pytest.raises(Refused) as failure:
        seen(data, len(data) if size is None else size)
    return str(failure.value)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_photo_is_turned_upright_and_bare() -> None:
    data = photo_with_place()
    kept = seen(data, len(data))
    assert b"canary" in data
    assert (kept.width, kept.height) == (40, 80)
    for made in (kept.data, kept.small):
        assert b"canary" not in made
        assert not opened(made).getexif()


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/jpeg"), ("WEBP", "image/jpeg")])
def test_each_kind_is_kept_as_one_that_every_browser_shows(kind: str, media_type: str) -> None:
    data = picture(kind)
    assert seen(data, len(data)).media_type == media_type


def test_a_telephones_photo_of_several_layers_is_its_first() -> None:
    data = moving("MPO")
    assert seen(data, len(data)).media_type == "image/jpeg"


def test_what_is_clear_stays_clear_and_a_drawing_stays_a_png() -> None:
    data = picture("PNG", mode="RGBA", colour="#2c664600")
    assert opened(seen(data, len(data)).data).mode == "RGBA"
    assert seen(data, len(data), drawn=True).media_type == "image/png"


def test_a_large_one_is_made_smaller_and_a_small_one_of_it_for_lists() -> None:
    data = picture("JPEG", (5000, 2500))
    kept = seen(data, len(data))
    assert (kept.width, kept.height) == (2400, 1200)
    assert opened(kept.small).size == (640, 320)


@pytest.mark.parametrize("kind", ["P", "L", "LA", "1", "I;16", "CMYK"])
def test_every_mode_of_colour_is_kept(kind: str) -> None:
    into = BytesIO()
    Image.new(kind, (30, 30)).save(into, "JPEG" if kind == "CMYK" else "PNG")
    assert seen(into.getvalue(), len(into.getvalue())).width == 30


def test_what_hangs_on_behind_a_picture_is_not_kept() -> None:
    data = picture("JPEG") + b"PK\x03\x04<script>koru()</script>"
    kept = seen(data, len(data))
    assert b"koru()" not in kept.data + kept.small


def bomb(width: int, height: int) -> bytes:
    """A PNG whose head tells of many more dots than it has bytes for."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(1000))) + part(b"IEND", b"")


@pytest.mark.parametrize("sides", [(50_000, 50_000), (40_001, 1000), (2_000_000, 2_000_000)])
def test_a_bomb_is_refused_by_its_head(sides: tuple[int, int]) -> None:
    assert refused(bomb(*sides)) == said.TOO_MANY_DOTS


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_one_is_refused(kind: str) -> None:
    assert refused(moving(kind)) == said.MOVING


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_one_is_refused(kind: str) -> None:
    data = picture(kind, (400, 400))
    assert refused(data[: len(data) // 2]) in (said.CUT, said.NO_PICTURE)


SVG = b'<?xml version="1.0"?><!-- koru --><svg xmlns="http://www.w3.org/2000/svg"><script>koru()</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(60)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", said.NOTHING),
        (SVG, said.DRAWN_BY_CODE),
        (HEIC, said.HEIC),
        (b"<html>", said.NO_PICTURE),
        (b"%PDF-1.7", said.NO_PICTURE),
        (b"GIF89a<script>koru()</script>", said.NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", said.NO_PICTURE),
    ],
)
def test_what_is_no_picture_is_refused_in_words_of_its_own(data: bytes, words: str) -> None:
    assert refused(data) == words


def test_one_that_is_too_large_is_refused_in_words() -> None:
    assert "5 MB" in refused(picture(), LARGEST + 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@given(bytes_=st.data())
def test_odd_bytes_are_kept_or_refused_never_a_fault(kind: str, bytes_: st.DataObject) -> None:
    data = bytearray(picture(kind))
    for _ in range(bytes_.draw(st.integers(1, 6))):
        data[bytes_.draw(st.integers(0, len(data) - 1))] = bytes_.draw(st.integers(0, 255))
    try:
        kept = seen(bytes(data), len(data))
    except Refused:
        return
    assert opened(kept.data).size == (kept.width, kept.height)
