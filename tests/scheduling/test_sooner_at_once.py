"""Many at once: one freed time, one who has it; and what is offered is nobody else's by any other way."""

from collections.abc import Callable
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.answering_sooner import accept_sooner, pass_sooner
from scheduling.models import Appointment, AppointmentChange, SoonerOffer, SoonerWish
from scheduling.offering_sooner import offer_freed_times
from scheduling.waiting import Waits, wait_for_sooner
from tests.crowd import together

from .practice import NOON, kind_of, make_practice
from .sooner import Line, line_of
from .test_crowds import overlaps

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 50


@pytest.fixture
def line(clock: Callable[[str], time_machine.Traveller]) -> Line:
    clock(NOON)
    return line_of(make_practice())


def says_yes(made: SoonerOffer, who: Person) -> Callable[[], Appointment]:
    return partial(accept_sooner, made.pk, by=who)


def tick() -> int:
    return offer_freed_times(timezone.now())


def test_fifty_clocks_at_once_make_one_offer(line: Line) -> None:
    line.free()
    answers = together([tick] * CROWD)
    assert sum(one for one in answers if isinstance(one, int)) == 1
    assert SoonerOffer.objects.count() == Appointment.objects.filter(state="held").count() == 1


def test_of_fifty_who_say_yes_at_once_one_wins_once(line: Line) -> None:
    """The one it was offered to, from many windows; and everybody else with the offer's address in hand."""
    line.free()
    with keyring():
        tick()
    (made,) = SoonerOffer.objects.all()
    others = [line.second, line.owner, line.practice.client]
    answers = together([says_yes(made, who) for who in [line.first] * 20 + others * 10])
    assert len(answers) == CROWD
    assert {one.pk for one in answers if isinstance(one, Appointment)} == {line.appointments[line.first].pk}
    assert AppointmentChange.objects.filter(what="moved").count() == 1
    assert overlaps() == 0


def test_yes_and_the_next_in_line_and_a_booking_at_once_never_meet(line: Line) -> None:
    line.free()
    with keyring():
        tick()
    (made,) = SoonerOffer.objects.all()
    stranger = line.somebody()
    wait_for_sooner(Waits(kind=kind_of("dosing")), by=stranger)

    def books() -> Appointment:
        return line.practice.book(line.freed.starts, client=stranger, by=stranger)

    acts: list[Callable[[], object]] = [
        partial(accept_sooner, made.pk, by=line.first),
        partial(pass_sooner, made.pk, by=line.first),
    ]
    together([*acts * 8, *[tick] * 8, *[books] * 8])
    assert overlaps() == 0
    there = Appointment.objects.filter(during__startswith=line.freed.starts, state__in=["booked", "held"])
    assert there.count() == 1
    assert SoonerOffer.objects.filter(answer="").count() <= SoonerWish.objects.filter(ended_at=None).count()
