"""Telling who sits in, and who doesn't any more."""

from dataclasses import replace

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, Recipient, plan

from .letter_words import Telling
from .models import Appointment
from .telling import CHANGED, word_of_person


def tell_who_sits_in(appointment: Appointment, before: Person | None, *, but: Person) -> None:
    """Who sits in from now on; and who did `before`, unless they hadn't been told of it yet. Not `but`, whose own deed it is."""
    now = timezone.now()
    coming = Letter.objects.filter(UNSENT, about=appointment.pk, kind=CHANGED, handed_at=None, context__variant="given")
    of_others = coming.exclude(to=appointment.therapist_id)
    unknown = of_others.filter(to=before).exists()
    of_others.update(withdrawn_at=now, withdrawn_why="somebody else sits in")
    telling, moment = Telling.of(appointment), now.isoformat(timespec="seconds")
    for person, variant in ((appointment.second_person, "given"), (None if unknown else before, "cancelled")):
        if person and person != but:
            letters = word_of_person(telling, {}, Recipient.of(person), variant)
            plan(replace(one, offset=f"{variant} {moment}") for one in letters)  # who is named anew is told anew
