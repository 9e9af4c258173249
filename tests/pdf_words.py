"""The words of a PDF that this house has made, as a reader would select them, a line for each line on paper."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.S)
STREAM = re.compile(rb"^(.*?)stream\n(.*)\nendstream", re.S)
FONT = re.compile(rb"/F(\d+) (\d+) 0 R")
PAIR = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|(\bBT\b)|\(((?:\\.|[^\\()])*)\)(?= ?(?:Tj|[-\d\s.]*(?:\(|\] ?TJ)))", re.S)
ESCAPED = re.compile(rb"\\(.)", re.S)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """All of it, page after page. What runs from the right comes in the order in which it is drawn: from the left."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {font: _letters(objects, int(number)) for body in objects.values() for font, number in FONT.findall(body)}
    pages = (body for body in objects.values() if b"/Type /Page\n" in body)
    contents = (int(re.findall(rb"/Contents (\d+) 0 R", page)[0]) for page in pages)
    return "\n".join(_shown(_stream(objects[number]), fonts) for number in contents)


def _stream(body: bytes) -> bytes:
    head, raw = STREAM.findall(body)[0]
    return zlib.decompress(raw) if b"/FlateDecode" in head else raw


def _letters(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    """What each glyph of a font stands for."""
    (table,) = re.findall(rb"/ToUnicode (\d+) 0 R", objects[font])
    pairs = PAIR.findall(_stream(objects[int(table)]).split(b"beginbfchar")[1])
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be", "replace") for glyph, sign in pairs}


def _shown(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> str:
    said, font = [], b""
    for chosen, begins, raw in SHOWN.findall(content):
        font = chosen or font
        if begins:
            said.append("\n")
        glyphs = ESCAPED.sub(lambda found: SIGNS.get(found[1], found[1]), raw)
        said += [fonts[font][glyphs[at : at + 2]] for at in range(0, len(glyphs), 2)]
    return re.sub(r"\n+", "\n", "".join(said)).strip()
