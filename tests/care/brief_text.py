"""A brief as text, and a client with something of everything that it shows."""

from datetime import datetime, timedelta
from html.parser import HTMLParser
from uuid import uuid4

from django.utils import timezone

from journaling.aiming import say_where, set_goal
from journaling.goals import Goal, Whereabouts
from journaling.held import Passage
from journaling.models import Intention
from koru.care.noting import Noted, write
from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.sealing.keyring import keyring
from scheduling.models import Appointment
from tests.scheduling.agreed import agreed, turned
from tests.scheduling.routine import begun

from .world import appointment, check_in
from .world import write as written

BRIEF_QUERIES, WITHOUT_MEETING = 34, 32  # what is said of the next meeting needs two
VOID = {"input", "br", "img", "meta", "link", "hr"}
NOTE = "Ask about the brother: a canary of the writer's"


class Text(HTMLParser):
    """What stands in an element with some attribute, without its forms; notes of the therapist's own apart."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.text: list[str] = []
        self.notes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        what = next((name for name in ("data-brief", "data-notes") if name in names), "form" if tag == "form" else "")
        if tag not in VOID:
            self.path.append(what)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings say nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.path:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        if "data-brief" not in self.path or not data.strip() or "form" in self.path:
            return
        (self.notes if "data-notes" in self.path else self.text).append(" ".join(data.split()))


def text_of(page: str) -> Text:
    read = Text()
    read.feed(page)
    return read


def dosing_before(client: Person, therapist: Person, days: int) -> Appointment:
    span = Span.lasting(timezone.now() - timedelta(days=days), 150)
    return Appointment.objects.create(
        kind_id="dosing", client=client, therapist=therapist, place="video", during=span.range, before=0, after=0,
        padded=span.range, state="met", started_at=span.start, ended_at=span.end,
    )  # fmt: skip


def towards(
    client: Person, words: str = "Sleep most nights", said: tuple[str, ...] = ("Two nights", "Four", "Five nights")
) -> Goal:
    """A shared goal of some weeks, and what was said to it week by week."""
    goal = set_goal(words, "my_therapist", key=uuid4(), by=client)
    for week, one in enumerate(said):
        row = say_where(goal.pk, one, week + 2, key=uuid4(), by=client)
        Whereabouts.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(weeks=len(said) - week))
    Goal.objects.filter(pk=goal.pk).update(share="my_therapist", ask_at=None)
    return goal


def full(client: Person, therapist: Person, start: datetime | None = None) -> Appointment:
    """Something in every block, and a meeting tomorrow."""
    now = timezone.now()
    with keyring():
        dosing_before(client, therapist, 9)
        for day in range(1, 24):
            check_in(client, now - timedelta(days=day))
        pin = written(client, "bring_to_session", "The thing with my brother.", now - timedelta(days=2))
        Intention.objects.create(client=client, entry=pin, text="Soft, curious", said_at=now - timedelta(days=12))
        private = written(client, "only_me", "Words around a passage. Given words.", now - timedelta(days=3))
        given = {"key": uuid4(), "made_at": now - timedelta(days=3), "shared_at": now - timedelta(days=3)}
        Passage.objects.create(client=client, entry=private, text="Given words.", **given)
        kept = written(client, "my_therapist", "The lake held still.", now - timedelta(days=8))
        kept.prompt = "a1-one-line"
        kept.save()
        begun(client)
        towards(client)
    agreed(client, therapist, "Walk after lunch")
    turned(agreed(client, client, "Call my sister"), "done", client)
    with keyring(), open_record(client, by=therapist, why="notes") as record:
        write(Noted(NOTE, asks=True), record=record, key=uuid4(), by=therapist)
    return appointment(client, therapist, start or now + timedelta(hours=20))
