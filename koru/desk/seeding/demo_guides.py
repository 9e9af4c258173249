"""What the demo's client kept in guides: an intention, the evening after, and one begun that waits where it was left."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from journaling import library
from journaling.models import Entry, EntryPart, Intention, Walk
from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.models import Appointment

INTENTION = "Soft, and a little curious about the door."
MORNING = (
    (1, "d-arriving", "tired · curious\n\nLike early fog that hasn't decided yet."),
    (3, "d-one-sentence", INTENTION),
)
EVENING = (
    (3, "a1-body-now", "Body: chest (warm) · hands (heavy, tingling)\n\nA blanket would be kind."),
    (4, "a1-one-line", "quiet\n\nThe sound of the river was there the whole time."),
)
BEGUN = ((2, "a7-what-stayed", "That nobody hurried me. And the river, again, while I washed up."),)


def add_guides(client: Person, now: datetime) -> None:
    """Around the last session that took place."""
    met = Appointment.objects.dosing().filter(client=client, state=Appointment.State.MET).order_by("-during").first()
    if met is None or met.ended_at is None:
        return
    early = met.span.start - timedelta(hours=2)
    morning = walked(client, "morning-of", MORNING, early, done=True)
    Intention.objects.create(client=client, entry=morning, text=INTENTION, said_at=early)
    walked(client, "soft-landing", EVENING, met.ended_at + timedelta(hours=4), done=True)
    walked(client, "gathering", BEGUN, now - timedelta(hours=3), done=False)


def walked(client: Person, guide: str, said: tuple[tuple[int, str, str], ...], at: datetime, *, done: bool) -> Entry:
    """The entry of one walk with what was kept on it; left after its last words, or gone through to its end."""
    shelf, ended = library.load(), at + timedelta(minutes=6)
    entry = Entry.objects.create(
        client=client,
        title=shelf.guides[guide].title,
        text="\n\n".join(text for _, _, text in said),
        at=at,
        zone=client.zone,
        local_date=local_day(at, ZoneInfo(client.zone), client.day_starts),
        key=uuid4(),
    )
    for step, prompt, text in said:
        asked = shelf.prompts[prompt].text
        EntryPart.objects.create(
            entry=entry, client=client, step=step, prompt=prompt, asked=asked, text=text, key=uuid4(), kept_at=at
        )
    Walk.objects.create(
        client=client,
        guide=guide,
        entry=entry,
        at_step=said[-1][0] + 1,
        started_at=at,
        touched_at=ended,
        closed_at=ended if done else None,
    )
    return entry
