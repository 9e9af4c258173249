"""A client who moves zone: their own row, and with it when the letters of their appointments are due."""

from collections.abc import Mapping

from django.db import transaction

from koru.people.models import Person
from koru.people.own_settings import tell_about
from scheduling.reminders import replan_for


@transaction.atomic
def tell_about_oneself(person: Person, told: Mapping[str, str]) -> None:
    """Keep what a person says about themselves. In another zone, reminders not sent yet follow its clock."""
    moves = told["zone"] != person.zone
    tell_about(person, **told, by=person)
    if moves and person.is_client:
        replan_for(Person.objects.get(pk=person.pk))
