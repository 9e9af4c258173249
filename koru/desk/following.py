"""What the desk notes about a request, and until when it may rest: sealed with the request's key, the client's once they join."""

from datetime import date
from uuid import UUID

from koru.moments.directions import neither
from koru.people.models import Person
from scheduling.alone import deed
from scheduling.models import ConsultationRequest, RequestNote


@neither
@deed
def note_down(request: ConsultationRequest, words: str, come_back_on: date | None, *, by: Person, key: UUID) -> None:
    """Keep a note, and the day on which the request comes back to the top. Without words: the day alone. Twice is as once."""
    current = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    current.come_back_on = come_back_on
    current.owner = current.owner or by
    current.save(update_fields=["come_back_on", "owner"])
    if words and not RequestNote.objects.filter(pk=key, request=current).exists():
        RequestNote.objects.create(pk=key, request=current, sealed_for=current.client_id or current.pk, text=words, by=by)


@neither
@deed
def take_over(request: ConsultationRequest, *, by: Person) -> None:
    """It is theirs to see to from now on."""
    ConsultationRequest.objects.filter(pk=request.pk).update(owner=by)


def keep_what_was_said(request: ConsultationRequest, client: Person) -> None:
    """All that was said becomes the client's: sealed anew with their key. Done again, it goes on with what is left."""
    for note in RequestNote.objects.filter(request=request).exclude(sealed_for=client.pk).select_for_update():
        words = note.text
        note.sealed_for, note.text = client.pk, words
        note.save(update_fields=["sealed_for", "text"])
    if request.note:
        RequestNote.objects.create(request=request, sealed_for=client.pk, text=request.note, at=request.made_at)
        request.note = ""
        request.save(update_fields=["note"])
    if request.phone and not client.phone:
        client.phone = request.phone
        client.save(update_fields=["phone"])
