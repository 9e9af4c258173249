"""A client would like to come sooner: what was agreed about meeting less stands no more, and their therapists are told."""

from django.db import transaction

from koru.moments.directions import narrows
from koru.people import spacing
from koru.people.models import Alliance, Person
from koru.reminders.planning import Plan, Recipient, plan

KIND = "sooner-asked"


@narrows
@transaction.atomic
def come_sooner(*, by: Person) -> bool:
    """Ask for it: at once, whenever, without a reason. Twice is once. False where nobody works with them."""
    working = Alliance.objects.current().filter(client=by).select_related("therapist")
    therapists = [one.therapist for one in working]
    if not therapists:
        return False
    if asked := spacing.ask_sooner(by=by):
        context = {"path": f"/care/{by.pk}/plan/"}
        plan([Plan(KIND, Recipient.of(one), asked.pk, context=context, asked=False) for one in therapists])
    return True
