"""What people, pasted files and machines put into forms (RELIABILITY.md section 9)."""

from uuid import UUID

MARKUP = b"\"'><script>koru()</script><b data-koru>"
SHOWN_RAW = ("<script>koru()</script>", "<b data-koru>")

VALUES: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \t\n ",
    "100 kB": b"x" * 102_400,
    "NUL": b"Demo\x00Rowan",
    "controls": bytes(range(1, 32)),
    "a lone surrogate": b"Demo\xed\xa0\x80Rowan",
    "bytes that are no text": b"\xff\xfe\xfa",
    "right to left": "\u202eDemo\u202c \u05e9\u05dc\u05d5\u05dd".encode(),
    "emoji": "\U0001f33f\U0001f469\u200d\U0001f469\u200d\U0001f467".encode(),
    "combining": ("e" + "\u0301" * 40).encode(),
    "two lines": b"Demo\r\nBcc: all@example.org",
    "markup": MARKUP,
    "braces": b"{{ settings }}{% now %} %s %(x)s {0}",
    "a past time": b"2001-01-01T10:00:00+00:00",
    "a past day": b"2001-01-01",
    "a time in the gap": b"2027-03-14T02:30",
    "the end of time": b"9999-12-31T23:59:59-14:00",
    "the last day": b"9999-12-31",
    "no day": b"0000-00-00",
    "a foreign digit": "\u0663".encode(),
    "a large number": b"9" * 30,
    "1e9": b"1e9",
    "NaN": b"NaN",
    "less than nothing": b"-1",
    "somebody else's id": b"",
}
ELSE = "somebody else's id"


FOR_A_CHOICE = ("nothing", "a lone surrogate", "markup", "the end of time", "a large number", ELSE)


def values(foreign: UUID, *, chosen: bool) -> dict[str, bytes]:
    """All of it for what is typed; for what is picked or hidden one of each sort, since nobody types there."""
    all_of_it = {**VALUES, ELSE: str(foreign).encode()}
    return {what: all_of_it[what] for what in FOR_A_CHOICE} if chosen else all_of_it
