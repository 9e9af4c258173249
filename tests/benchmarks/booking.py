"""Many who book the same times at once, beside the same deeds one after the other: what waiting for each other costs."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.booking import book
from scheduling.models import AppointmentKind
from scheduling.open_times import Wish, open_times
from scheduling.refusals import Refused
from tests.crowd import together
from tests.people import make_client, make_staff

from .measuring import Result, at_least, seconds
from .open_times import practice

CROWD, TIMES, ROUNDS = 16, 12, 3
Share = list[tuple[Person, datetime]]


def under_contention() -> Result:
    """Answers a second, booked or refused: each of a crowd wants each time, on a connection each or all on one."""
    therapist, staff = practice(2, 30)[0], make_staff()
    kind = AppointmentKind.objects.get(pk="integration")
    many, one = [], []
    for _ in range(ROUNDS):
        many.append(_rate(kind, therapist, staff, CROWD))
        one.append(_rate(kind, therapist, staff, 1))
    return at_least("booking", "1/s", max(many), max(one), 0.5)


def _rate(kind: AppointmentKind, therapist: Person, staff: Person, connections: int) -> float:
    shares = _shares(_free(kind, therapist, staff), connections)
    had: list[int | Exception] = []
    took = seconds(lambda: had.extend(together([partial(_in_turn, kind, therapist, staff, share) for share in shares])))
    booked = sum(one for one in had if isinstance(one, int))
    if booked != TIMES:
        raise RuntimeError(f"{booked} of {TIMES} times were had: what was measured is not booking")
    return CROWD * TIMES / took


def _free(kind: AppointmentKind, therapist: Person, staff: Person) -> list[datetime]:
    """The next times that touch none of each other."""
    now, chosen = timezone.now(), [timezone.now()]
    wish = Wish(kind=kind, by=staff, therapists=(therapist.pk,))
    for found in open_times(wish, Span(now, now + timedelta(days=60)), now=now):
        if found.start >= chosen[-1] + timedelta(hours=1):
            chosen.append(found.start)
    return chosen[1 : TIMES + 1]


def _shares(starts: Sequence[datetime], connections: int) -> list[Share]:
    """Every client wants every time, each in an order of their own."""
    wanted = [[(client, start) for start in random.sample(starts, len(starts))] for client in _clients()]
    return [[one for share in wanted[number::connections] for one in share] for number in range(connections)]


def _clients() -> list[Person]:
    return [make_client() for _ in range(CROWD)]


def _in_turn(kind: AppointmentKind, therapist: Person, staff: Person, share: Share) -> int:
    return sum(_had(kind, therapist, staff, client, start) for client, start in share)


def _had(kind: AppointmentKind, therapist: Person, staff: Person, client: Person, start: datetime) -> bool:
    try:
        with keyring():
            book(kind, start, therapist=therapist, place="video", by=staff, client=client, key=uuid4())
    except Refused:
        return False
    return True
