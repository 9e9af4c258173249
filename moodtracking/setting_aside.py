"""The deeds around a question about what went together: not this one again, or all of them after all."""

from django.db import transaction

from koru.moments.directions import neither
from koru.people.models import Person

from .models import SetAside


@neither
@transaction.atomic
def set_aside(code: str, *, by: Person) -> None:
    """For good; twice is as once."""
    SetAside.objects.bulk_create([SetAside(client=by, code=code)], ignore_conflicts=True)


@neither
@transaction.atomic
def show_again(*, by: Person) -> None:
    SetAside.objects.filter(client=by).delete()


def aside_of(client: Person) -> frozenset[str]:
    return frozenset(SetAside.objects.filter(client=client).values_list("code", flat=True))
