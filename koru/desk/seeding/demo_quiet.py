"""A client of the demo who is quieter than usual, has heard a hello, and had agreed that their therapist may know then."""

from datetime import timedelta

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.safety.quiet_hellos import KIND, WAIT, QuietChoice, QuietHello
from moodtracking.models import CheckIn

from .world import World


def add_quiet(world: World, client: Person) -> None:
    last = CheckIn.objects.written_by(client).order_by("-at").first()
    if last is None:
        return
    said = last.at + timedelta(days=6)
    QuietChoice.objects.create(
        client=client, says_hello=True, tells_after=WAIT, chosen_at=min(last.at, world.now) - timedelta(days=20)
    )
    hello = QuietHello.objects.create(client=client, last_sign=last.local_date, said_at=said)
    Letter.objects.create(
        kind=KIND,
        to=client,
        zone=client.zone,
        about=hello.pk,
        due_at=said,
        try_at=said,
        handed_at=said,
        sent_at=said,
        dedupe_key=f"{KIND}:{hello.pk}:0::{client.pk}:mail",
    )
