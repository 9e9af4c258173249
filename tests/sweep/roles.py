"""Who asks: what kind of person each role is, and whose things they reach."""

from .canaries import CONTACT, NAME, NOTE, PRIVATE, SHARED, TALK
from .lines import ADMIN, CLIENT, DESK, NOBODY, THERAPIST

KIND = {
    "anonymous": NOBODY,
    "deactivated": NOBODY,
    "client A": CLIENT,
    "client B": CLIENT,
    "therapist A": THERAPIST,
    "therapist B": THERAPIST,
    "left therapist": THERAPIST,
    "desk": DESK,
    "admin": ADMIN,
}
CHANGED = ("once client", "once therapist")  # their role is another one now
REACH = {"client A": "A", "client B": "B", "therapist A": "A", "therapist B": "B", "desk": "AB"}
READERS = {
    PRIVATE: {CLIENT},
    SHARED: {CLIENT, THERAPIST},
    CONTACT: {CLIENT, THERAPIST, DESK},
    NAME: {CLIENT, THERAPIST, DESK, ADMIN},
    TALK: {THERAPIST, DESK},
    NOTE: {THERAPIST},
}


def reaches(role: str, side: str, route: str) -> bool:
    """Whether things of that side are this role's to ask for, where the kind of page is theirs."""
    if route.startswith("admin/"):
        return KIND[role] == ADMIN
    if "calendar.ics" in route and KIND[role] == DESK:
        return False
    return side in REACH.get(role, "")


def may_read(role: str, level: str, side: str, route: str) -> bool:
    """Whether words of that level and side may stand in an answer. The link of a talk opens that talk for whoever has it.

    Who is asked to fetch somebody is told whom.
    """
    if level == NAME and side == "A" and route.startswith("pick-up/<"):
        return True
    if level == TALK and side == "A" and route.startswith("consultation/<"):
        return True
    if level == NAME and KIND[role] == ADMIN:
        return True
    return KIND[role] in READERS[level] and side in REACH.get(role, "")
