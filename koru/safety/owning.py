"""Whose a flag is: the client's therapist, or whoever stands in. Nobody is without."""

from collections.abc import Collection, Iterator
from uuid import UUID

from koru.people.clinic import the_clinic
from koru.people.models import Alliance, Cover, Person, Role

from .duty import on_duty


class NobodyThere(RuntimeError):
    """The clinic has no account that could look at anything: nobody could have invited this client."""


def owner_for(client: Person, away: Collection[UUID] = ()) -> Person:
    """The client's therapist; away or none: who covers for them, a clinical lead, who is on call, any therapist, in the end
    whoever works here.

    `away` are those who aren't there today. When all of them are away, the first of that order has it all the same.
    """
    candidates = list(_in_order(client))
    if not candidates:
        raise NobodyThere
    return next((one for one in candidates if one.pk not in away), candidates[0])


def _in_order(client: Person) -> Iterator[Person]:
    allied = Alliance.objects.current().filter(client=client, therapist__is_active=True, therapist__role=Role.THERAPIST)
    yield from (alliance.therapist for alliance in allied.select_related("therapist").order_by("since", "pk"))
    yield from covering(client)
    yield from Person.objects.leads()
    yield from on_duty(the_clinic())
    yield from Person.objects.therapists().order_by("joined_at", "pk")
    yield from Person.objects.filter(is_active=True, role__in=[Role.ADMIN, Role.STAFF]).order_by("role", "joined_at", "pk")


def covering(client: Person) -> list[Person]:
    """Those who cover for the client's therapist now: told of a flag as the therapist is."""
    covers = Cover.objects.current().filter(client=client, therapist__is_active=True, therapist__role=Role.THERAPIST)
    return [cover.therapist for cover in covers.select_related("therapist").order_by("given_at", "pk")]
