"""When each reader wants no letters, fetched for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from koru.moments.spans import Span

from .devices import working
from .models import Hush, Preferences
from .quiet import Rest
from .text_numbers import reachable

Chosen = Mapping[UUID, Preferences]


def chosen_by(people: Iterable[UUID]) -> Chosen:
    """The preferences of those of them who have any, with what reaches them. One query."""
    devices, numbers = (reaching.filter(person=OuterRef("pk")) for reaching in (working(), reachable()))
    return Preferences.objects.annotate(has_device=Exists(devices), has_number=Exists(numbers)).in_bulk(list(people))


def rests_of(zones: Mapping[UUID, str], chosen: Chosen | None = None) -> dict[UUID, Rest]:
    """The rest of each person named, by their zone. Two queries, however many they are; one if preferences are at hand."""
    chosen = chosen_by(zones) if chosen is None else chosen
    hushes: dict[UUID, list[Span]] = defaultdict(list)
    for hush in Hush.objects.filter(person__in=list(zones), during__endswith__gt=Now()):
        hushes[hush.person_id].append(Span.of_range(hush.during))
    return {person: rest_of(ZoneInfo(zone), chosen.get(person), hushes[person]) for person, zone in zones.items()}


def rest_of(zone: ZoneInfo, chosen: Preferences | None, hushes: list[Span]) -> Rest:
    if chosen is None:
        return Rest(zone, hushes=tuple(hushes))
    return Rest(zone, chosen.quiet_from, chosen.quiet_until, tuple(hushes))
