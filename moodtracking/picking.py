"""Which symptoms a client follows: picked by their therapist with them, retired by either."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing

from .item_sets import load
from .load import check_another_item
from .models import PickedSymptom


class CannotPick(ValueError):
    """The words say why."""


@neither
def pick(slug: str, *, record: Record, by: Person) -> PickedSymptom:
    """Follow a symptom from now on. `record` is the client's, opened by their therapist.

    Raises CannotPick when it isn't on the list, is followed already, or four are; TooMuch when a week would be too full.
    """
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise CannotPick("Symptoms are picked together with the therapist.")
    if f"symptom:{slug}" not in load().symptoms:
        raise CannotPick("Pick one of the symptoms shown.")
    return _picked(slug, record.client, by)


@transaction.atomic
def _picked(slug: str, client: Person, by: Person) -> PickedSymptom:
    Person.objects.select_for_update(no_key=True).filter(pk=client.pk).first()  # two picks at once take two places
    live = dict(PickedSymptom.objects.of(client).live().values_list("slug", "place"))
    if slug in live:
        raise CannotPick("This one is followed already.")
    free = set(range(1, PickedSymptom.PLACES + 1)) - set(live.values())
    if not free:
        raise CannotPick("Four are followed at once. Retire one first; its history stays.")
    check_another_item(client)
    return PickedSymptom.objects.create(client=client, slug=slug, place=min(free), picked_by=by)


@narrows
def retire(symptom_id: UUID, *, client: Person, by: Person) -> bool:
    """Stop asking; what was answered stays. Whether there was something to retire."""
    live = PickedSymptom.objects.of(client).live().filter(pk=symptom_id)
    return bool(live.update(retired_at=timezone.now(), retired_by=by))


def live_symptoms(client: Person) -> list[PickedSymptom]:
    return list(PickedSymptom.objects.of(client).live().order_by("place"))
