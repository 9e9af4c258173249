"""Who is on call by the clinic's own rule, and whether that holds at night (clinical.md 5.4)."""

from koru.people.models import Clinic, Person


def on_duty(clinic: Clinic) -> list[Person]:
    """Who is on call and who comes next, without those whose account is closed or who are no therapists any more."""
    named = [one for one in (clinic.on_call_id, clinic.next_on_call_id) if one]
    there = Person.objects.therapists().in_bulk(named) if named else {}
    return [there[one] for one in named if one in there]


def is_covered(clinic: Clinic) -> bool:
    """Whether somebody is told of what is urgent at any hour: then an hour counts at night too. Else it counts while open."""
    return clinic.is_covered and bool(on_duty(clinic))
