"""Whatever the house: what the query lists is what the slow and obvious way finds, and that alone can be booked."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import time_machine
from django.db import transaction
from django.http import Http404
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.booking import book
from scheduling.models import Place
from scheduling.open_times import Wish, open_times
from scheduling.refusals import OpenTime, Refused

from .houses import KIND, Built, build, houses, instant_before, rules
from .slow_house import House, Rules

DAY = timedelta(days=1)
slow = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
tries = st.lists(st.tuples(st.integers(0, 3 * 24 * 12 - 1), st.booleans(), st.integers(0, 2)), min_size=2, max_size=5)


def place_of(asked: Rules) -> str:
    return Place.ROOM if asked.in_room else Place.VIDEO


def listed(built: Built, asked: Rules, span: Span, now: datetime) -> list[OpenTime]:
    wish = Wish(kind=built.kind, by=built.client, client=built.client, place=place_of(asked))
    return open_times(wish, span, now=now)


@given(drawn=houses(), asked=rules)
@settings(slow, max_examples=60)
def test_the_query_lists_what_the_slow_way_finds_in_any_house(db: None, drawn: tuple[House, date], asked: Rules) -> None:
    house, change = drawn
    first, last = change - DAY, change + DAY
    now = instant_before(first, house.zone)
    with transaction.atomic():
        built = build(house, asked, lead_hours=0, client_may_book=True)
        span = Span(instant_of(first, time(0), house.zone), instant_of(last + DAY, time(0), house.zone))
        found = listed(built, asked, span, now)
        transaction.set_rollback(True)
    expected = house.open(first, last, asked, now)
    order = {key: (key[0], built.people[key[1]].pk) for key in expected}
    assert [(one.start, built.number(one.therapist_id)) for one in found] == sorted(expected, key=lambda key: order[key])
    for one in found:
        fits = expected[one.start, built.number(one.therapist_id)]
        assert one.second_person_id is None if not asked.needs_second else built.number(one.second_person_id) in fits.seconds
        assert one.room_id is None if not asked.in_room else built.room_number(one.room_id) in fits.rooms


@given(drawn=houses(), asked=rules, lead=st.sampled_from([0, 7, 30]), chosen=tries)
@settings(slow, max_examples=40)
def test_what_is_listed_can_be_booked_by_deed_and_by_a_hand_made_post_and_nothing_else(
    db: None, drawn: tuple[House, date], asked: Rules, lead: int, chosen: list[tuple[int, bool, int]]
) -> None:
    house, change = drawn
    now = instant_before(change - DAY, house.zone)
    with time_machine.travel(now, tick=False), transaction.atomic():
        built = build(house, asked, lead_hours=lead, client_may_book=True)
        found = [(one.start, one.therapist_id) for one in listed(built, asked, Span(now, now + 4 * DAY), now)]
        for minute, from_list, who in chosen:
            wanted = (now + timedelta(hours=1, minutes=5 * minute), built.people[who % len(built.people)].pk)
            if from_list and found:
                wanted = found[minute % len(found)]
            therapist = Person.objects.get(pk=wanted[1])
            assert by_deed(built, asked, wanted[0], therapist) is (wanted in found)
            assert by_post(built, asked, wanted[0], therapist) is (wanted in found)
        transaction.set_rollback(True)


def by_deed(built: Built, asked: Rules, start: datetime, therapist: Person) -> bool:
    """Whether the deed books it. Taken back afterwards."""
    whom, how = built.client, place_of(asked)
    with transaction.atomic(), keyring():
        try:
            made = book(built.kind, start, therapist=therapist, place=how, by=whom, client=whom, key=uuid4())
        except (Refused, Http404):
            return False
        assert made.ends - made.starts == timedelta(minutes=asked.minutes)
        transaction.set_rollback(True)
    return True


def by_post(built: Built, asked: Rules, start: datetime, therapist: Person) -> bool:
    """Whether a form that nobody's page showed books it. Taken back afterwards."""
    web = Client()
    said = {"kind": KIND, "with": str(therapist.pk), "place": place_of(asked), "start": start.isoformat(), "key": str(uuid4())}
    with transaction.atomic():
        web.force_login(built.client)
        answer = web.post("/sessions/book/", said)
        transaction.set_rollback(True)
    assert answer.status_code in (302, 404, 422)
    return answer.status_code == 302
