""" "Not now": a note comes again later today or tomorrow, as its reader chose, by the link under it or in the inbox."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.walltime import instant_of
from koru.people.models import Person

from .kinds import kind
from .models import Letter
from .planning import UNSENT, Plan, Recipient, plan
from .quiet import settled
from .resting import rests_of

TODAY, TOMORROW = "today", "tomorrow"
LATER = timedelta(hours=3)
LASTS = timedelta(days=7)  # how long the link under a letter may be used


def times_for(letter: Letter, now: datetime) -> dict[str, datetime]:
    """When a note may come again: in three hours, if that is today; tomorrow at its own hour. After quiet hours, if in them.

    Empty: it is another's kind, its link is too old, or it was taken back.
    """
    about, person = kind(letter.kind), letter.to
    if not about.later or person is None or letter.withdrawn_at or not letter.due_at - LASTS < now < letter.due_at + LASTS:
        return {}
    zone, rest = ZoneInfo(person.zone), rests_of({person.pk: person.zone})[person.pk]
    today = now.astimezone(zone).date()
    tomorrow = today + timedelta(days=1)
    hour = letter.due_at.astimezone(zone).time()
    soon, next_day = now + LATER, settled(instant_of(tomorrow, hour, zone), None, about, rest)
    each = {TODAY: (today, settled(soon, None, about, rest)), TOMORROW: (tomorrow, next_day)}
    return {name: at for name, (day, at) in each.items() if at and at.astimezone(zone).date() == day and at >= soon}


@transaction.atomic
def put_off(letter: Letter, which: str) -> datetime | None:
    """Let a note come again then, and not before. Chosen anew, the later word counts. None: there is no such time."""
    now = timezone.now()
    at = times_for(letter, now).get(which)
    if at is None or letter.to is None:
        return None
    Letter.objects.filter(to=letter.to, kind=letter.kind, about=letter.about, read_at=None).update(read_at=now)
    ahead = Letter.objects.filter(UNSENT, to=letter.to, kind=letter.kind, about=letter.about, handed_at=None)
    ahead.filter(put_off=True).delete()
    ahead.filter(dedupe_key__startswith=letter.stem).update(withdrawn_at=now, withdrawn_why="put off")
    plan([_again(letter, letter.to, at, which)])
    return at


def comes_again(letter: Letter) -> datetime | None:
    """When a note that was put off comes. None: it wasn't, or it has come."""
    ahead = Letter.objects.filter(UNSENT, to=letter.to, kind=letter.kind, about=letter.about, put_off=True)
    return ahead.order_by("due_at").values_list("due_at", flat=True).first()


def _again(letter: Letter, person: Person, at: datetime, which: str) -> Plan:
    useful = letter.not_after - letter.due_at if letter.not_after else None
    return Plan(
        kind=letter.kind,
        to=Recipient.of(person),
        about=letter.about,
        revision=letter.revision,
        due_at=at,
        not_after=at + useful if useful else None,
        offset=f"{which} {at.astimezone(ZoneInfo(person.zone)).date().isoformat()}",
        context=letter.context,
        token=letter.token,
        put_off=True,
    )
