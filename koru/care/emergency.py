"""A record opened in an emergency: on the client's list at once, with notes to them, their therapist and all clinical leads."""

from django.db import transaction
from django.db.models import Q, QuerySet

from koru.moments.directions import neither
from koru.people.breaking_glass import break_glass, look_at_glass
from koru.people.models import Alliance, BrokenGlass, Person
from koru.privacy.standing import Standing, standing_of
from koru.privacy.trace import Look, write_trace
from koru.reminders.planning import Plan, Recipient, plan

TOLD, OWN_PAGE = "opened-in-emergency", "/settings/who-looked/#emergency"
COLLEAGUES, PAGE = "emergency-told", "/care/emergency/"


@neither  # see break_glass
@transaction.atomic
def open_in_emergency(client: Person, reason: str, *, by: Person) -> BrokenGlass:
    """Raises CannotBreakGlass."""
    glass = break_glass(client, reason, by=by)
    plan([Plan(kind=TOLD, to=Recipient.of(client), about=glass.pk, context={"path": OWN_PAGE}, asked=False)])
    told = (Recipient.of(one) for one in colleagues(client, by))
    plan(Plan(kind=COLLEAGUES, to=one, about=glass.pk, context={"path": PAGE}, asked=False) for one in told)
    write_trace([Look(client.pk, by.pk, Standing.GLASS.value, "glass broken", str(glass.pk), "emergency")])
    return glass


def colleagues(client: Person, by: Person) -> "QuerySet[Person]":
    """Who works with them, and all clinical leads; not who opened it."""
    works_with = Q(pk__in=Alliance.objects.current().filter(client=client).values("therapist"))
    return Person.objects.therapists().filter(works_with | Q(is_lead=True)).exclude(pk=by.pk).order_by("pk")


@neither
@transaction.atomic
def look_at(glass: BrokenGlass, *, by: Person) -> bool:
    """False: somebody had looked. Raises CannotBreakGlass."""
    first = look_at_glass(glass, by=by)
    if first:
        standing = standing_of(by, glass.client)
        role = Standing.LEAD if standing is Standing.NONE else standing
        write_trace([Look(glass.client_id, by.pk, role.value, "glass looked at", str(glass.pk), "emergency")])
    return first


def seen_by(person: Person) -> "QuerySet[BrokenGlass]":
    """One's own, and those of one's clients; a clinical lead sees all. Of the last three months."""
    own = Q(opened_by=person) | Q(client__in=Alliance.objects.of(person).values("client"))
    return BrokenGlass.objects.lately() if person.is_lead else BrokenGlass.objects.lately().filter(own)
