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
    "covering A": THERAPIST,
    "emergency A": THERAPIST,
    "desk": DESK,
    "admin": ADMIN,
}
CHANGED = ("once client", "once therapist")  # their role is another one now
REACH = {"client A": "A", "client B": "B", "therapist A": "A", "therapist B": "B", "desk": "AB"}
REACH |= {"covering A": "A", "emergency A": "A"}
A_FLAG = "care/flags/<uuid:flag_id>/"
A_RECORD = "care/<uuid:client_id>/"
ONLY_READ = {  # who covers, and who opened a record in an emergency (RELIABILITY.md 2)
    A_RECORD,
    A_RECORD + "brief/",
    A_RECORD + "brief/read/",
    A_RECORD + "charts/",
    A_RECORD + "entries/<uuid:entry_id>/",
    A_RECORD + "goals/",
    A_RECORD + "keeping-well/",
    A_RECORD + "notes/",
    A_RECORD + "measures/<uuid:response_id>/",
    A_RECORD + "passages/<uuid:passage_id>/",
    A_RECORD + "safety-plan/",
    A_RECORD + "safety-plan/picture/",
    A_RECORD + "sessions/<uuid:session_id>/around/",
    A_RECORD + "with/<uuid:attachment_id>/",
    A_RECORD + "with/<uuid:attachment_id>/file/",
    A_RECORD + "with/<uuid:attachment_id>/small/",
}
COVER_REACHES = ONLY_READ | {
    A_FLAG,
    A_FLAG + "seen/",
    A_FLAG + "done/",
    A_FLAG + "safety-plan/",
    "care/covering/<uuid:cover_id>/end/",
}
READERS = {
    PRIVATE: {CLIENT},
    SHARED: {CLIENT, THERAPIST},
    CONTACT: {CLIENT, THERAPIST, DESK},
    NAME: {CLIENT, THERAPIST, DESK, ADMIN},
    TALK: {THERAPIST, DESK},
    NOTE: {THERAPIST},
}

COVER_ONLY_READS = {A_RECORD + "notes/"}  # the page is there; writing on it isn't


def may_ask(role: str, verb: str, route: str) -> bool:
    """Whether a page that a role reaches is theirs by this verb too."""
    return not (role in ("covering A", "emergency A") and verb == "POST" and route in COVER_ONLY_READS)


def reaches(role: str, side: str, route: str) -> bool:
    """Whether things of that side are this role's to ask for, where the kind of page is theirs."""
    if route.startswith("admin/"):
        return KIND[role] == ADMIN
    if role == "covering A":
        return side == "A" and route in COVER_REACHES
    if role == "emergency A":
        return side == "A" and route in ONLY_READ
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
