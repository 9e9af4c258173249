"""Telephone numbers as networks write them: a plus, the country, 8 to 15 digits in all (ITU-T E.164). Pure.

Without a library of numbering plans: whether somebody has the number is found out by a code, not by its shape.
"""

import re
from unicodedata import decimal

DIGITS = re.compile(r"[1-9][0-9]{7,14}")
BETWEEN = frozenset(" ()-.‐‑–/\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
NORTH_AMERICA = frozenset({"US", "CA"})


class NotANumber(ValueError):
    """What was typed can't be a number of any country."""


class NoCountry(NotANumber):
    """The plus and the country in front are missing."""


def e164(typed: str, region: str) -> str:
    """ "+12125550100" from "+1 (212) 555-0100"; in North America also from "212 555 0100". Raises NotANumber."""
    signs = "".join(sign for sign in typed.strip() if sign not in BETWEEN)
    plus, digits = signs.startswith("+"), _digits(signs.removeprefix("+"))
    if not plus:
        digits = _with_country(digits, region)
    if not DIGITS.fullmatch(digits):
        raise NotANumber("eight to fifteen digits")
    return f"+{digits}"


def _digits(signs: str) -> str:
    if not all(sign.isdecimal() for sign in signs):
        raise NotANumber("something is no digit")
    return "".join(str(decimal(sign)) for sign in signs)


def _with_country(digits: str, region: str) -> str:
    national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if region not in NORTH_AMERICA or len(national) != 10 or national[0] in "01":
        raise NoCountry("begins with a plus")
    return f"1{national}"
