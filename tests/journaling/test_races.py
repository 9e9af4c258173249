"""Two requests at once, on real connections."""

from functools import partial
from uuid import uuid4

import pytest

from journaling import drafts, writing
from journaling.drafts import Unfinished
from journaling.models import Draft, Entry, EntryRevision
from journaling.writing import Written
from tests.crowd import together
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_eight_times_at_once_makes_one_entry() -> None:
    rowan, key = make_pair()[0], uuid4()
    writing.keep(Written("First, so that there is a key."), key=uuid4(), by=rowan)
    together([lambda: writing.keep(Written("Once.", share="my_therapist"), key=key, by=rowan) for _ in range(8)])
    assert Entry.objects.filter(key=key).count() == 1
    assert not EntryRevision.objects.exists()


def test_first_saves_of_one_form_at_once_lose_no_words() -> None:
    rowan, key = make_pair()[0], uuid4()
    together([partial(drafts.save, Unfinished(key, text=f"version {number}"), by=rowan) for number in range(6)])
    assert {draft.text for draft in Draft.objects.all()} == {f"version {number}" for number in range(6)}


def test_changes_at_once_are_all_in_the_history_or_on_the_page() -> None:
    rowan = make_pair()[0]
    entry = writing.keep(Written("start"), key=uuid4(), by=rowan)
    together([partial(writing.edit, entry, "", f"change {number}", key=uuid4(), by=rowan) for number in range(6)])
    kept = {revision.text for revision in EntryRevision.objects.all()} | {Entry.objects.get().text}
    assert kept == {"start", *(f"change {number}" for number in range(6))}
