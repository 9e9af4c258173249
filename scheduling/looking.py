"""What a client looks for on the booking page: which kind, with whom, how, in which week. Read from an address or a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404

from koru.people.models import Clinic, Person

from .choosing import Clock, length_words, monday_of
from .models import AppointmentKind, BookingWish, Place
from .open_times import Wish
from .terms import readiness

USUAL = ("dosing", "preparation", "integration", "follow-up")
PLACE_WORDS = {Place.VIDEO: "By video", Place.PHONE: "By phone", Place.ROOM: "In a room"}
ANYONE = "anyone"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Looking:
    """`number` stands for the kind in addresses, where its name has no place.

    With `anyone`, times of all therapists are looked for, `therapist` being the one who comes first at equal times.
    """

    client: Person
    kinds: Sequence[AppointmentKind]
    kind: AppointmentKind
    therapists: Sequence[Person]
    therapist: Person | None
    place: str
    monday: date | None
    day: date | None = None
    anyone: bool = False

    @property
    def number(self) -> int:
        return self.kinds.index(self.kind)

    @property
    def length(self) -> str:
        return length_words(self.kind.minutes)

    @property
    def link(self) -> str:
        """An address of this page that a week can be added to."""
        return f"?{urlencode(self._said())}&"

    def _said(self) -> dict[str, object]:
        return {"for": self.number, "place": self.place} | ({"with": self.with_whom} if self.therapist else {})

    @property
    def with_whom(self) -> str:
        """As addresses and forms say it."""
        return ANYONE if self.anyone else str(self.therapist.pk) if self.therapist else ""

    @property
    def names(self) -> dict[UUID, str]:
        """Whose a time is, where that has to be said."""
        return {one.pk: one.display_name for one in self.therapists} if self.anyone else {}

    @property
    def wish(self) -> Wish:
        several = self.therapists if self.anyone else [self.therapist] if self.therapist else []
        with_whom = tuple(one.pk for one in several)
        return Wish(kind=self.kind, by=self.client, client=self.client, therapists=with_whom, place=self.place)


def clock_for(wish: Wish, reader: Person, clinic: Clinic) -> Clock:
    """In a room the clinic's clock leads, for a call the reader's; the other one follows."""
    own, clinics = ZoneInfo(reader.zone), ZoneInfo(clinic.zone)
    leading, other = (clinics, own) if wish.in_room else (own, clinics)
    return Clock(leading, other, wish.kind.minutes)


def looking(client: Person, said: Mapping[str, str]) -> Looking:
    """From `kind` (a slug, forms) or `for` (a number, addresses), `with`, `place`, `week`, `day`. What isn't there: 404."""
    kinds = sorted(AppointmentKind.objects.filter(client_may_book=True), key=_place_in_plan)
    kind = _kind(kinds, client, said)
    therapists = own_therapists(client)
    named = said.get("with", "")
    return Looking(
        client=client,
        kinds=kinds,
        kind=kind,
        therapists=therapists,
        therapist=_therapist(therapists, "" if named == ANYONE else named),
        place=place_said(kind, said.get("place", "")),
        monday=monday_said(said.get("week", "")),
        day=day_said(said.get("day", "")),
        anyone=named == ANYONE and len(therapists) > 1,
    )


def place_said(kind: AppointmentKind, said: str) -> Place:
    """The place named, where the kind may have it; else its usual one. What is no place: 404."""
    if said and said not in Place.values:
        raise Http404
    return Place(said) if said in kind.places else kind.places[0]


def places_to_pick(kind: AppointmentKind) -> list[tuple[str, str]]:
    """What there is to choose from, with words; nothing where there is no choice."""
    return [(place.value, PLACE_WORDS[place]) for place in kind.places] if len(kind.places) > 1 else []


def own_therapists(client: Person) -> list[Person]:
    """Those who work with the client now, the longest first."""
    alliances = client.alliances.current().filter(therapist__is_active=True)
    return [alliance.therapist for alliance in alliances.select_related("therapist").order_by("since")]


def looking_again(wish: BookingWish) -> Looking:
    """What was wished for, looked for once more."""
    return looking(wish.client, {"kind": wish.kind_id, "with": str(wish.therapist_id), "place": wish.place})


def _place_in_plan(kind: AppointmentKind) -> tuple[int, str]:
    """What most come for first; kinds that the clinic has added last."""
    return (USUAL.index(kind.slug) if kind.slug in USUAL else len(USUAL)), kind.slug


def _kind(kinds: Sequence[AppointmentKind], client: Person, said: Mapping[str, str]) -> AppointmentKind:
    if "kind" in said:
        found = [kind for kind in kinds if kind.slug == said["kind"]]
    elif "for" in said:
        found = [kind for number, kind in enumerate(kinds) if str(number) == said["for"]]
    else:
        found = [kind for kind in kinds if readiness(kind, client)[1] is None] or list(kinds)
    if not found:
        raise Http404
    return found[0]


def _therapist(therapists: Sequence[Person], named: str) -> Person | None:
    if not named:
        return therapists[0] if therapists else None
    found = [one for one in therapists if str(one.pk) == named]
    if not found:
        raise Http404
    return found[0]


def monday_said(week: str) -> date | None:
    """The Monday of a day named in an address."""
    day = day_said(week)
    return monday_of(day) if day else None


def day_said(words: str) -> date | None:
    """A day named in an address; nothing for what is no day, or centuries away."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def as_uuid(value: str) -> UUID:
    """An id out of an address; one that is none is nobody's: 404."""
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None
