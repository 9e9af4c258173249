"""Recordings and pictures to send, sound and odd, made here byte by byte."""

import math
import struct
import wave
from io import BytesIO
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), colour: str = "#2c6646", **more: Any) -> bytes:
    into = BytesIO()
    Image.new(more.pop("mode", "RGB"), size, colour).save(into, kind, **more)
    return into.getvalue()


def moving(kind: str = "GIF") -> bytes:
    into = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("#2c6646", "#93452a", "#524c80")]
    frames[0].save(into, kind, save_all=True, append_images=frames[1:], duration=100)
    return into.getvalue()


def photo_with_place() -> bytes:
    """Held upright by a telephone that notes where it is and what it is called."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Demo canary camera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", (80, 40), exif=exif)


def wav(seconds: float = 2, rate: int = 8000) -> bytes:
    into = BytesIO()
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(bytes(128 + int(60 * math.sin(at / 9)) for at in range(int(seconds * rate))))
    return into.getvalue()


def element(name: str, body: bytes, *, open_end: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if open_end else (len(body) | 1 << 56).to_bytes(8, "big")
    return bytes.fromhex(name) + size + body


def webm(seconds: float = 2, *, kind: int = 2, each: float = 0.5, told: float = 0) -> bytes:
    """As a browser records it: no length in its head, a cluster of open end for each second or so."""
    track = element("AE", element("D7", b"\x01") + element("83", bytes([kind])) + element("86", b"A_OPUS"))
    length = element("4489", struct.pack(">d", told * 1000)) if told else b""
    clusters = b""
    for second in range(math.ceil(seconds)):
        times = [at for at in range(0, 1000, int(each * 1000)) if second + at / 1000 <= seconds]
        blocks = b"".join(element("A3", b"\x81" + struct.pack(">h", at) + b"\x80" + b"sound" * 9) for at in times)
        clusters += element("1F43B675", element("E7", (second * 1000).to_bytes(4, "big")) + blocks, open_end=second % 2 == 0)
    info = element("1549A966", element("2AD7B1", (1_000_000).to_bytes(3, "big")) + length)
    head = element("1A45DFA3", element("4282", b"webm"))
    return head + element("18538067", info + element("1654AE6B", track) + clusters, open_end=True)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a(seconds: int = 2, *, handler: bytes = b"soun", place: bytes = b"+52.5200+013.4050/") -> bytes:
    """Written at once, with a note of where it was."""
    media = box(b"mdhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(4))
    track = box(b"trak", box(b"mdia", media, box(b"hdlr", bytes(8), handler, bytes(13))))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", track, box(b"udta", place)) + box(b"mdat", b"sound" * 50)


def fragmented_m4a(seconds: int = 2) -> bytes:
    """Written while it is recorded: the head knows no length, each fragment holds a second."""
    media = box(b"mdhd", bytes(12), struct.pack(">II", 1000, 0), bytes(4))
    track = box(b"trak", box(b"mdia", media, box(b"hdlr", bytes(8), b"soun", bytes(13))))
    default = box(b"mvex", box(b"trex", bytes(12), struct.pack(">I", 20), bytes(8)))
    run = box(b"trun", struct.pack(">II", 0, 50))
    each_own = box(b"trun", struct.pack(">II", 0x100, 2), struct.pack(">II", 600, 400))
    fragments = b""
    for second in range(seconds):
        part = box(b"traf", box(b"tfhd", bytes(8)), run if second % 2 else each_own)
        fragments += box(b"moof", part) + box(b"mdat", b"sound")
    return box(b"ftyp", b"iso5\0\0\0\0") + box(b"moov", track, default) + fragments


def ogg(seconds: float = 2) -> bytes:
    """Opus in Ogg: two head packets and one page whose place says how long all of it is."""

    def page(packet: bytes, place: int, number: int, flags: int) -> bytes:
        lengths = [*([255] * (len(packet) // 255)), len(packet) % 255]
        head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, place, 7, number, 0, len(lengths))
        return head + bytes(lengths) + packet

    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"koru" + struct.pack("<I", 0)
    sound = page(b"sound" * 20, int(seconds * 48000), 2, 4)
    return page(head, 0, 0, 2) + page(tags, 0, 1, 0) + sound


def mp3(frames: int = 80) -> bytes:
    """Silent frames of 26 ms, 128 kbit/s at 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames
