"""The alphabet of text messages (GSM 03.38): how much room words take in it, and words brought into it. Pure.

A name is said whole or not at all: of what this alphabet lacks, accents go and marks are dropped, but a letter without a
likeness takes the whole name with it. Nothing ever becomes a question mark.
"""

from unicodedata import category, normalize

BASIC = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")  # each takes the room of two
LIKE = {
    "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "ʻ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "‐": "-", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "OE", "ı": "i",
    "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "ng", "Ŋ": "Ng", "ẞ": "SS",
}  # fmt: skip


class NotSayable(ValueError):
    """A letter or digit has no likeness in this alphabet."""


def units(words: str) -> int:
    """How much room they take: one for most signs, two for a few. Raises NotSayable."""
    if odd := set(words) - BASIC - EXTENDED:
        raise NotSayable(f"{len(odd)} signs are not in the alphabet of text messages")
    return len(words) + sum(sign in EXTENDED for sign in words)


def brought(words: str) -> str:
    """The words in this alphabet, on one line. Raises NotSayable."""
    return " ".join("".join(_sign(sign) for sign in normalize("NFC", " ".join(words.split()))).split())


def said(words: str, instead: str, most: int) -> str:
    """A name in this alphabet; another one where it can't be said, takes more room than that, or is none."""
    try:
        found = brought(words)
    except NotSayable:
        return instead
    return found if found and units(found) <= most else instead


def _sign(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    if sign in LIKE:
        return LIKE[sign]
    parts = [part for part in normalize("NFKD", sign) if part != sign]
    found = "".join(_sign(part) for part in parts)
    if not found and category(sign)[0] in "LN":
        raise NotSayable("a letter has no likeness in the alphabet of text messages")
    return found
