""" "Not this one": a practice isn't offered any more for a while, and can be had back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .models import PracticeAside, PracticePick

AWAY = timedelta(days=14)
A_TAP = timedelta(minutes=1)


@narrows
@transaction.atomic
def set_aside(practice: str, *, by: Person) -> None:
    """Don't offer it for fourteen days; the second time, not until the client comes to it. A pick of it is declined.

    A second tap within the minute is the same deed: it must not count as the second time.
    """
    now = timezone.now()
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not PracticeAside.objects.of(by).filter(practice=practice, at__gt=now - A_TAP).exists():
        PracticeAside.objects.create(client=by, practice=practice, at=now)
    PracticePick.objects.of(by).open().filter(practice=practice).order_by().update(declined_at=now)


@neither
def bring_back(practice: str, *, by: Person) -> bool:
    """Offer it again as if it had not been set aside. Whether it was."""
    return bool(PracticeAside.objects.of(by).filter(practice=practice).delete()[0])


def away(counted: Iterable[tuple[str, int, datetime]], now: datetime) -> frozenset[str]:
    """Those that aren't offered now, by how often each was set aside and when last. Pure."""
    return frozenset(practice for practice, times, last in counted if times > 1 or last > now - AWAY)
