"""Pages of a client's routine, with one that is long due to be looked at, one that rests and one that was let go."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.quick_links import signed
from scheduling.keeping_routine import Said, begin, let_go, rest
from scheduling.models import Routine
from tests.days import this_day
from tests.reminders.letters import due_letter


def of_client(client: Person) -> list[str]:
    said = (begin(Said("the kettle is on", f"thing {number}"), key=uuid4(), by=client) for number in range(3))
    away, resting, gone = said
    rest(resting.pk, by=client)
    let_go(gone.pk, by=client)
    begin(Said("lunch is over", "another thing"), key=uuid4(), by=client)
    long_ago = {"since": timezone.now() - timedelta(days=9), "look_on": this_day() - timedelta(days=1)}
    Routine.objects.filter(client=client, place__isnull=False).update(**long_ago)
    own = [f"/routine/{away.pk}/", f"/routine/{away.pk}/smaller/", f"/routine/{away.pk}/notes/", f"/routine/{resting.pk}/again/"]
    return ["/routine/", "/routine/new/", "/routine/word/", *own]


def of_visitor(client: Person) -> list[str]:
    """What a note's link opens, without signing in."""
    routine = Routine.objects.filter(client=client, place__isnull=False)[0]
    return [f"/routine/note/{signed(due_letter(client, 'routine', due_at=timezone.now(), about=routine.pk).pk)}/"]
