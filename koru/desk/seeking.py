"""What the desk looks for on its booking page: for whom, which kind, with whom, where. Read from an address or a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from scheduling.choosing import Clock
from scheduling.looking import monday_said, own_therapists, place_said
from scheduling.models import Appointment, AppointmentKind, ConsultationRequest, Room
from scheduling.open_times import Wish
from scheduling.sitting_in import who_may_sit_in

Row = TypeVar("Row", bound=Model)
VISITORS_KIND = "consultation"


@dataclass(frozen=True, slots=True)
class Seeking:
    """`number` stands for the kind in addresses, where its name has no place."""

    by: Person
    client: Person | None
    asked: ConsultationRequest | None
    kinds: Sequence[AppointmentKind]
    kind: AppointmentKind
    therapists: Sequence[Person]
    therapist: Person | None
    place: str
    rooms: Sequence[Room]
    room: Room | None
    seconds: Sequence[Person]
    second: Person | None
    monday: date | None

    @property
    def name(self) -> str:
        """For whom, empty while nobody is chosen."""
        return self.client.display_name if self.client else self.asked.name if self.asked else ""

    @property
    def number(self) -> int:
        return self.kinds.index(self.kind)

    @property
    def said(self) -> dict[str, str]:
        """All that is chosen, as an address or a form says it again."""
        chosen = {"client": self.client, "request": self.asked, "with": self.therapist, "room": self.room}
        chosen["second"] = self.second
        ids = {name: str(row.pk) for name, row in chosen.items() if row}
        return {**ids, "for": str(self.number), "place": self.place}

    @property
    def link(self) -> str:
        return f"?{urlencode(self.said)}&"

    @property
    def ways(self) -> list[tuple[AppointmentKind, str]]:
        """Each kind, and this page with it: who sits in is chosen for one kind alone."""
        said = {name: value for name, value in self.said.items() if name != "second"}
        return [(kind, f"?{urlencode({**said, 'for': str(number)})}#first-open") for number, kind in enumerate(self.kinds)]

    @property
    def wish(self) -> Wish:
        with_whom = (self.therapist.pk,) if self.therapist else ()
        return Wish(
            kind=self.kind,
            by=self.by,
            client=self.client,
            therapists=with_whom,
            place=self.place,
            room=self.room.pk if self.room else None,
            second_person=self.second.pk if self.second else None,
        )

    @property
    def clock(self) -> Clock:
        return Clock(clinic_zone(), ZoneInfo(self.by.zone), self.kind.minutes)


def seeking(by: Person, said: Mapping[str, str]) -> Seeking:
    """From `client` or `request`, `for` (a number), `with`, `place`, `room`, `second`, `week`. What isn't there: 404."""
    client = _named(Person.objects.clients(), said.get("client", ""))
    asked = None if client else _named(ConsultationRequest.objects.all(), said.get("request", ""))
    kinds = list(AppointmentKind.objects.order_by("-minutes", "slug"))
    kind = _kind(kinds, said.get("for", ""), asked)
    therapists = list(Person.objects.therapists().order_by("display_name", "pk"))
    therapist = _of(therapists, said.get("with", "")) or _usual(client, therapists)
    rooms = list(Room.objects.filter(is_open=True))
    seconds = [one for one in who_may_sit_in(kind) if one != therapist]
    return Seeking(
        by=by,
        client=client,
        asked=asked,
        kinds=kinds,
        kind=kind,
        therapists=therapists,
        therapist=therapist,
        place=place_said(kind, said.get("place", "")),
        rooms=rooms,
        room=_of(rooms, said.get("room", "")),
        seconds=seconds,
        second=next((one for one in seconds if str(one.pk) == said.get("second")), None),
        monday=monday_said(said.get("week", "")),
    )


def again_link(appointment: Appointment, kind: str = "", week: date | None = None) -> str:
    """Where the desk finds another time of the same kind (or of `kind`) for the same client; empty for a visitor."""
    if appointment.client_id is None:
        return ""
    kinds = list(AppointmentKind.objects.order_by("-minutes", "slug").values_list("pk", flat=True))
    number = kinds.index(kind or appointment.kind_id)
    said = {"client": appointment.client_id, "for": number, "with": appointment.therapist_id}
    said |= {"week": week} if week else {}
    return f"{reverse('desk:book')}?{urlencode(said)}"


def _named(rows: QuerySet[Row], words: str) -> Row | None:
    if not words:
        return None
    found = rows.filter(pk=_uuid(words)).first()
    if found is None:
        raise Http404
    return found


def _of(rows: Sequence[Row], words: str) -> Row | None:
    if not words:
        return None
    found = next((row for row in rows if row.pk == _uuid(words)), None)
    if found is None:
        raise Http404
    return found


def _uuid(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Http404 from None


def _kind(kinds: Sequence[AppointmentKind], number: str, asked: ConsultationRequest | None) -> AppointmentKind:
    """A visitor can have the free talk only."""
    if asked or not number:
        found = [kind for kind in kinds if kind.slug == VISITORS_KIND] if asked else kinds
    else:
        found = [kind for place, kind in enumerate(kinds) if str(place) == number]
    if not found:
        raise Http404
    return found[0]


def _usual(client: Person | None, therapists: Sequence[Person]) -> Person | None:
    own = own_therapists(client) if client else []
    return next(iter(own or therapists), None)
