"""A client with a goodbye that is open, and months of a life to gather."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from journaling.gathering import WHOLE, choose
from journaling.goals import Goal, GoalBefore, Whereabouts
from journaling.models import Entry, Intention, LetterToSelf
from journaling.passages import paragraphs
from koru.people.models import Alliance, Person
from koru.people.parting import end_well
from koru.sealing.keyring import keyring
from moodtracking.measures.models import Assignment
from tests.care.world import appointment, check_in, make_pair, write
from tests.days import this_day
from tests.measures.test_outcomes import fill, session
from tests.people.goodbyes import opened, said

KEEPSAKE = "/goodbye/keepsake/"
PARTS, WORDS, AS_PAGE, AS_PDF = (f"{KEEPSAKE}{one}/" for one in ("parts", "words", "as-page", "as-pdf"))
INTENTION, GOAL, FIRST_GOAL = "To be a little softer.", "Sleep through most nights", "Sleep at all"
AT_FIRST, AT_LAST = "Two nights of seven.", "Five of seven, and calmer."
CHOSEN, NEVER_CHOSEN, SECRET = "The river was loud today.", "Something that nobody keeps.", "Words for later, still shut."


def saying_goodbye() -> tuple[Person, Person]:
    """Nothing yet but the goodbye, which was opened."""
    client, therapist = make_pair()
    Alliance.objects.filter(client=client).update(since=timezone.now() - timedelta(days=200))
    opened(client, therapist)
    return client, therapist


def full() -> tuple[Person, Person]:
    """Something for each part, and two entries of which none is chosen."""
    client, therapist = saying_goodbye()
    with keyring():
        held = this_day() - timedelta(days=60)
        session(client, held)
        appointment(client, therapist, timezone.now() - timedelta(days=50), state="met")
        entry = write(client, text=INTENTION, at=timezone.now() - timedelta(days=70))
        at = datetime.combine(held, datetime.min.time(), UTC) - timedelta(days=1)
        Intention.objects.create(client=client, entry=entry, text=INTENTION, said_at=at)
        _goal(client)
        for days in (90, 89, 88, 20, 3):
            check_in(client, timezone.now() - timedelta(days=days))
        for days, total in ((80, 18), (10, 7)):
            fill(client, "phq-9", total, this_day() - timedelta(days=days), form="standard")
        Assignment.objects.filter(client=client).update(schedule="monthly")
        write(client, "only_me", CHOSEN, timezone.now() - timedelta(days=40))
        write(client, "my_therapist", NEVER_CHOSEN, timezone.now() - timedelta(days=30))
        LetterToSelf.objects.create(client=client, text=SECRET, opens_on=this_day() + timedelta(days=90), key=uuid4())
    return client, therapist


def _goal(client: Person) -> None:
    goal = Goal.objects.create(client=client, words=GOAL, share="only_me", place=1, key=uuid4())
    GoalBefore.objects.create(client=client, goal=goal, words=FIRST_GOAL)
    for days, words, number in ((60, AT_FIRST, 2), (30, "In between.", 4), (5, AT_LAST, 5)):
        at = timezone.now() - timedelta(days=days)
        Whereabouts.objects.create(client=client, goal=goal, words=words, number=number, key=uuid4(), at=at)


def put_in(client: Person, text: str, *parts: str) -> Entry:
    """Choose all of the entry that begins so, or those of its paragraphs."""
    with keyring():
        entry: Entry = next(one for one in Entry.objects.written_by(client) if one.text.startswith(text))
        names = [one.name for one in paragraphs(entry.text) if one.text in parts]
        choose(entry, names or [WHOLE], by=client)
    return entry


def finished(client: Person, therapist: Person) -> None:
    """The goodbye, to its end: the letter is the client's."""
    with keyring():
        end_well(said(opened(client, therapist)), by=therapist)


def many(client: Person, count: int) -> None:
    """A long time of it: entries, check-ins, and words that are chosen."""
    with keyring():
        for number in range(count):
            at = timezone.now() - timedelta(days=2, hours=number)
            write(client, text=f"Day {number} of many.\n\nAnd more of it.", at=at)
            put_in(client, f"Day {number} of many.", *(("And more of it.",) if number % 2 else ()))
            check_in(client, at)
            _goal_more(client, number)


def _goal_more(client: Person, number: int) -> None:
    for goal in Goal.objects.of(client):
        at = timezone.now() - timedelta(days=4, hours=number)
        Whereabouts.objects.create(client=client, goal=goal, words=f"Then {number}.", key=uuid4(), at=at)
