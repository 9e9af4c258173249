"""A client who moves zone: their own row, and with it when their letters are due: of appointments, and those that recur."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from journaling.reminders import plan_prompts
from koru.people.models import Person
from koru.people.own_settings import tell_about
from koru.reminders.check_in_notes import replan_check_in
from moodtracking.measures.reminders import replan
from scheduling.reminders import replan_for
from scheduling.routine_notes import replan_notes
from scheduling.week_notes import replan_week_note


@transaction.atomic
def tell_about_oneself(person: Person, told: Mapping[str, str]) -> None:
    """Keep what a person says about themselves. In another zone, reminders not sent yet follow its clock."""
    moves = told["zone"] != person.zone
    tell_about(person, **told, by=person)
    if moves and person.is_client:
        _replan(Person.objects.get(pk=person.pk))


def _replan(client: Person) -> None:
    """Eight in the morning is eight where they are now."""
    replan_for(client)
    replan_check_in(client)
    replan_notes(client)
    replan_week_note(client)
    replan(client)
    plan_prompts(timezone.now(), client)
