"""Two requests at once, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from journaling import drafts, writing
from journaling.drafts import Unfinished
from journaling.models import Draft, Entry, EntryRevision
from journaling.writing import Written
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed: Callable[[int], object], times: int) -> None:
    """The deed by so many threads, all starting together."""
    start = Barrier(times)

    def run(number: int) -> None:
        start.wait()
        try:
            deed(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as threads:
        list(threads.map(run, range(times)))


def test_one_form_sent_eight_times_at_once_makes_one_entry() -> None:
    rowan, key = make_pair()[0], uuid4()
    writing.keep(Written("First, so that there is a key."), key=uuid4(), by=rowan)
    at_once(lambda number: writing.keep(Written("Once.", share="my_therapist"), key=key, by=rowan), 8)
    assert Entry.objects.filter(key=key).count() == 1
    assert not EntryRevision.objects.exists()


def test_first_saves_of_one_form_at_once_lose_no_words() -> None:
    rowan, key = make_pair()[0], uuid4()
    at_once(lambda number: drafts.save(Unfinished(key, text=f"version {number}"), by=rowan), 6)
    assert {draft.text for draft in Draft.objects.all()} == {f"version {number}" for number in range(6)}


def test_changes_at_once_are_all_in_the_history_or_on_the_page() -> None:
    rowan = make_pair()[0]
    entry = writing.keep(Written("start"), key=uuid4(), by=rowan)
    at_once(lambda number: writing.edit(entry, "", f"change {number}", key=uuid4(), by=rowan), 6)
    kept = {revision.text for revision in EntryRevision.objects.all()} | {Entry.objects.get().text}
    assert kept == {"start", *(f"change {number}" for number in range(6))}
