"""The keepsake: what is in it and what isn't, on its page, in its file and on paper."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journaling.gathering import chosen_of, left_out_of
from journaling.intentions import rest
from journaling.keepsakes import MOST, KeepsakePart, KeepsakeWords
from journaling.models import Entry, Intention
from journaling.writing import delete
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.care.world import signed_in, write
from tests.days import this_day
from tests.measures.test_outcomes import session
from tests.people.goodbyes import LETTER

from .keepsake_reading import file_of, page_of, paper_of, read, text_of
from .keepsakes import (
    AS_PAGE,
    AS_PDF,
    AT_FIRST,
    AT_LAST,
    CHOSEN,
    FIRST_GOAL,
    GOAL,
    INTENTION,
    KEEPSAKE,
    NEVER_CHOSEN,
    PARTS,
    SECRET,
    WORDS,
    finished,
    full,
    many,
    put_in,
    saying_goodbye,
)  # fmt: skip

pytestmark = pytest.mark.django_db
OF_A_PART = {
    "intentions": (INTENTION,),
    "goals": (GOAL, FIRST_GOAL, AT_FIRST, AT_LAST),
    "words": (CHOSEN,),
    "mood": ("Mood",),
    "measures": ("18 of 27", "7 of 27"),
    "sessions": ("1 session and 1 other meeting",),
    "letter": (LETTER,),
    "to-self": ("A letter that waits for you",),
}


def test_everything_is_in_it_but_no_word_that_was_not_chosen() -> None:
    client, therapist = full()
    put_in(client, CHOSEN)
    finished(client, therapist)
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        missing = [words for part in OF_A_PART.values() for words in part if words not in shown]
        assert not missing
        assert NEVER_CHOSEN not in shown
        assert SECRET not in shown
        assert "In between." not in shown


def test_nothing_of_the_journal_is_in_it_by_itself() -> None:
    client, _ = full()
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert CHOSEN not in shown
        assert NEVER_CHOSEN not in shown


@pytest.mark.parametrize("part", OF_A_PART)
def test_a_part_that_is_left_out_is_nowhere_and_the_rest_stays(part: str) -> None:
    client, therapist = full()
    put_in(client, CHOSEN)
    finished(client, therapist)
    answer = signed_in(client).post(PARTS, {"parts": [one for one in KeepsakePart.values if one != part]})
    assert answer.status_code == 302
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert not [words for words in OF_A_PART[part] if words in shown]
        others = (words for one, kept in OF_A_PART.items() if one != part for words in kept)
        assert not [words for words in others if words not in shown]


def test_what_goes_in_is_ticked_and_a_part_that_there_is_not_is_refused() -> None:
    client, _ = full()
    web = signed_in(client)
    ticks = [name for name, _ in read(web.get(KEEPSAKE).content.decode()).named].count("checked")
    assert ticks == len(KeepsakePart)
    web.post(PARTS, {"parts": ["goals", "mood"]})
    assert [name for name, _ in read(web.get(KEEPSAKE).content.decode()).named].count("checked") == 2
    answer = web.post(PARTS, {"parts": ["goals", "everything"]})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert left_out_of(client) == set(KeepsakePart.values) - {"goals", "mood"}


def test_sessions_are_counted_with_their_days_or_without() -> None:
    client, _ = full()
    year = str((this_day() - timedelta(days=60)).year)
    with_days = page_of(client).split("The times you came")[1]
    assert year in with_days.split("A letter that waits")[0]
    signed_in(client).post(PARTS, {"parts": ["sessions"]})
    assert page_of(client).endswith("The times you came 1 session and 1 other meeting.")


def test_the_letter_is_in_it_only_once_it_was_given() -> None:
    client, therapist = full()
    assert LETTER not in page_of(client)
    finished(client, therapist)
    assert LETTER in page_of(client)


def test_an_intention_that_rests_is_not_in_it() -> None:
    client, _ = full()
    rest(Intention.objects.get().pk, by=client)
    assert INTENTION not in page_of(client)


def test_a_paragraph_goes_in_alone_without_title_and_what_is_around_it() -> None:
    client, _ = saying_goodbye()
    with keyring():
        write(client, text="Before it.\n\nThe very words.\n\nAfter it.")
        Entry.objects.update(prompt="")
    put_in(client, "Before", "The very words.")
    for shown in (page_of(client), text_of(file_of(client)), paper_of(client)):
        assert "The very words." in shown
        assert "Before it." not in shown
        assert "After it." not in shown


def changed(entry: Entry, text: str) -> None:
    with keyring():
        row = Entry.objects.get(pk=entry.pk)
        row.text = text
        row.save(update_fields=["text"])


def test_an_entry_that_was_changed_reads_as_it_is_now_and_other_words_were_never_chosen() -> None:
    client, _ = saying_goodbye()
    with keyring():
        write(client, text="All of it.")
        write(client, text="One.\n\nTwo.\n\nThree.")
    whole, part = put_in(client, "All of it."), put_in(client, "One.", "One.", "Two.")
    changed(whole, "All of it, anew.")
    changed(part, "New at the top.\n\nOne.\n\nTwo, otherwise put.\n\nThree.")
    page = page_of(client)
    assert "All of it, anew." in page
    assert "One." in page
    assert "until you choose it again" in page
    for shown in (page, text_of(file_of(client)), paper_of(client)):
        assert "otherwise put" not in shown
        assert "New at the top" not in shown
        assert "Three." not in shown
    with keyring():
        assert len(chosen_of(Entry.objects.get(pk=part.pk))) == 1


def test_an_entry_that_was_removed_leaves_it_and_comes_back_with_it() -> None:
    client, _ = full()
    entry = put_in(client, CHOSEN)
    with keyring():
        delete(entry, by=client)
    assert CHOSEN not in page_of(client)
    assert CHOSEN not in paper_of(client)
    Entry.objects.filter(pk=entry.pk).update(deleted_at=None)
    assert CHOSEN in page_of(client)
    Entry.objects.filter(pk=entry.pk).delete()
    assert not KeepsakeWords.objects.exists()


def test_a_client_with_nothing_is_told_so_gently() -> None:
    client, _ = saying_goodbye()
    page = page_of(client)
    assert "There is nothing in it yet" in page
    assert client.display_name in page
    assert "There is nothing in it yet" in paper_of(client)
    assert "Room for your words" in signed_in(client).get(WORDS).content.decode()


def test_it_asks_the_database_as_often_however_much_there_is() -> None:
    client, _ = full()
    put_in(client, CHOSEN)
    many(client, 2)
    counts = [asked(client) for _ in range(2)]
    many(client, 12)
    for days in (30, 20):
        session(client, this_day() - timedelta(days=days))
    assert asked(client) == counts[-1]
    assert sum(counts[-1]) <= 120


def asked(client: Person) -> tuple[int, ...]:
    return tuple(queries(signed_in(client), path) for path in (KEEPSAKE, WORDS, AS_PAGE, AS_PDF))


def queries(browser: Client, path: str) -> int:
    browser.get("/help-now/")
    with CaptureQueriesContext(connection) as these:
        (browser.get if path in (KEEPSAKE, WORDS) else browser.post)(path)
    return len(these)


def test_no_more_entries_go_in_than_it_holds_and_that_is_said() -> None:
    client, _ = saying_goodbye()
    with keyring():
        KeepsakeWords.objects.bulk_create(
            KeepsakeWords(client=client, entry=write(client, text="One more.")) for _ in range(MOST)
        )
        over = write(client, text="One too many.")
    answer = signed_in(client).post(f"{WORDS}{over.pk}/", {"parts": ["all"]})
    assert answer.status_code == 422
    assert "Take one out first" in answer.content.decode()
    assert KeepsakeWords.objects.count() == MOST
