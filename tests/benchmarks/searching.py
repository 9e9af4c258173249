"""Looking through 2,000 entries of one's own, beside nothing but opening each and looking for the word."""

from datetime import datetime, timedelta
from functools import cache
from uuid import uuid4

from django.utils import timezone

from journaling.models import Entry, Search
from journaling.reading import sealed
from journaling.searching import found_by, look_for
from koru.people.models import Person
from koru.sealing.fields import open_blob
from koru.sealing.keyring import keyring
from tests.people import make_client

from .measuring import Result, at_most, in_turns
from .pages import answered
from .world import pair, signed_in

ENTRIES = 2_000
ROUNDS = 15
GOAL = 1_000.0
WORDS = "The river went on by itself and I sat with the window open, später an old song, and then a long quiet. " * 8
RARE, ODD = "heron", 90


@cache
def writer() -> Person:
    """A client with 2,000 entries of about 170 words, one in ninety with the rare word."""
    pair()  # the clinic, and somebody besides
    client, now = make_client(), timezone.now()
    with keyring():
        Entry.objects.bulk_create(_entry(client, back, now - timedelta(hours=back)) for back in range(ENTRIES))
    return client


def _entry(client: Person, back: int, at: datetime) -> Entry:
    text = WORDS + RARE if back % ODD == ODD - 1 else WORDS
    return Entry(client=client, title="A line", text=text, at=at, zone=client.zone, local_date=at.date(), key=uuid4())


def search() -> tuple[Result, Result]:
    return _all(), _first()


def _all() -> Result:
    """The whole journal for a word that isn't there: no patience ends it."""
    client = writer()
    with keyring():
        wanted = Search.objects.select_related("client").get(pk=look_for("nowhere", by=client).pk)
        ours, bare = in_turns(lambda: found_by(wanted, patience=60), lambda: _bare(client, "nowhere"), ROUNDS)
    return at_most("search", "ms", ours * 1000, bare * 1000, 4.0)


def _first() -> Result:
    """The page with the first hits, from the press of the button: the answer that names it, and the page itself."""
    browser = signed_in(writer())

    def looked_for() -> None:
        answered(browser, browser.post("/journal/search/", {"words": RARE})["Location"])

    ours, bare = in_turns(looked_for, lambda: answered(browser, "/bare/"), ROUNDS)
    ours, bare = ours * 1000, bare * 1000
    ratio = round(ours / bare, 3)
    return Result("search-first-hits", round(ours, 2), "ms", round(bare, 2), ratio, f"<= {GOAL:.0f} ms", ours <= GOAL)


def _bare(client: Person, word: str) -> int:
    text = sealed("text")
    rows = Entry.objects.written_by(client).values_list("id", "text")
    return sum(word in open_blob(bytes(blob), text.place_of(pk, client.pk)).lower() for pk, blob in rows)
