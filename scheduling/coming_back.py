"""The way back after a goodbye: one tap, and the desk knows that somebody would like to talk."""

from uuid import uuid4

from django.utils import timezone

from koru.moments.directions import narrows
from koru.people.models import Person

from .alone import deed
from .consultation import Talk, tell_the_desk, written
from .models import ConsultationRequest, Place

State = ConsultationRequest.State
NOTE = "Was here before, said goodbye, and would like to talk again."


@narrows
@deed
def ask_to_come_back(*, by: Person) -> ConsultationRequest:
    """A request for a free talk, with nothing to fill in. Asked twice while it waits, it is one."""
    client = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    waits = asked_to_come_back(client)
    if waits:
        return waits
    talk = Talk(timezone.now(), Place.PHONE, client.display_name, client.email, client.zone, client.phone, NOTE)
    request = written(talk, uuid4(), State.NEW)
    tell_the_desk(request)
    return request


def asked_to_come_back(client: Person) -> ConsultationRequest | None:
    """The request that still waits for a talk or its outcome, however they asked for it; with an open one they needn't ask."""
    found: ConsultationRequest | None = ConsultationRequest.objects.open().filter(email__iexact=client.email).first()
    return found


def came_back(client: Person) -> None:
    """Somebody works with them again: what they asked for has come about. In the transaction of what began it."""
    ConsultationRequest.objects.open().filter(email__iexact=client.email).update(state=State.INVITED)
