"""The one lock of all booking: what passes by itself is tried again, a wait too long becomes a sentence."""

from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from scheduling.alone import LOCK, TRIES, deed
from scheduling.refusals import Crowded

pytestmark = pytest.mark.django_db(transaction=True)


class Shaky:
    """Fails in the database with a given code, a given number of times."""

    def __init__(self, code: str, times: int) -> None:
        self.code, self.times, self.tried = code, times, 0

    def __call__(self) -> int:
        self.tried += 1
        if self.tried <= self.times:
            with connection.cursor() as cursor:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '{self.code}'; END $$")
        return self.tried


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_deadlock_or_a_failed_serialization_is_tried_again(code: str) -> None:
    assert deed(Shaky(code, TRIES - 1).__call__)() == TRIES


def test_after_three_tries_it_is_raised() -> None:
    shaky = Shaky("40P01", 9)
    with pytest.raises(OperationalError):
        deed(shaky.__call__)()
    assert shaky.tried == TRIES


def test_inside_a_larger_transaction_nothing_is_tried_again() -> None:
    shaky = Shaky("40001", 1)
    with pytest.raises(OperationalError), transaction.atomic():
        deed(shaky.__call__)()
    assert shaky.tried == 1


def test_a_wait_too_long_becomes_a_sentence() -> None:
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            held.set()
            done.wait(20)
        connection.close()

    other = Thread(target=hold)
    other.start()
    held.wait(10)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(Crowded, match="try again"):
            deed(Shaky("40P01", 0).__call__)()
    finally:
        done.set()
        other.join()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
