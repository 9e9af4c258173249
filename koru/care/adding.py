"""Before a session a client adds a line to their brief, changes it or takes it away."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import either
from koru.people.models import Person
from scheduling.models import Appointment
from scheduling.resting import waits_for

from .models import AddedLine


@either
@transaction.atomic
def say(words: str, *, session: Appointment, by: Person) -> AddedLine | None:
    """One line a session: said again it takes the place of the first, without words it is gone.

    Within a day of a dosing session it waits, theirs alone, until they say it again.
    """
    if session.client_id != by.pk:
        raise Http404
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = AddedLine.objects.filter(client=by, session=session)
    if not words:
        mine.delete()
        return None
    line = mine.first() or AddedLine(client=by, session=session)
    line.words, line.said_at, line.ask_at = words, timezone.now(), waits_for(by, timezone.now())
    line.save()
    return line


def added_of(client: Person, session: Appointment | None) -> AddedLine | None:
    """As its client has it, waiting or not."""
    return AddedLine.objects.filter(client=client, session=session).first() if session else None
