"""A goodbye as the client sees it: the steps while it is open; afterwards the letter, what is theirs, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from journaling.models import LetterToSelf
from koru.people import parting
from koru.people.clinic import the_clinic
from koru.people.endings import OF_THE_THERAPIST, Ending, EndingStep, StepName
from koru.people.models import Person
from koru.people.parting import CannotPart
from koru.people.permissions import client_required, person_of
from scheduling.coming_back import ask_to_come_back, asked_to_come_back
from scheduling.coming_sooner import come_sooner


@require_safe
@client_required
def goodbye(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    ending = newest_of(client)
    said = {row.name: row for row in EndingStep.objects.filter(ending=ending).select_related("by")}
    page = {
        "ending": ending,
        "steps": [(name, said.get(name), name not in OF_THE_THERAPIST) for name in StepName],
        "farewell": parting.farewell_to(client),
        "to_self": LetterToSelf.objects.of(client).filter(opened_at=None).first(),
        "clinic": the_clinic(),
        "asked": asked_to_come_back(client) if ending.ended_at else None,
    }
    return render(request, "today/goodbye.html", page)


@require_POST
@client_required
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """`outcome` is done or declined; what isn't the client's to say is met with words."""
    client = person_of(request)
    try:
        parting.take_step(newest_of(client), slug, request.POST.get("outcome", ""), by=client)
    except CannotPart as reason:
        messages.warning(request, str(reason))
    return redirect("today:goodbye")


@require_POST
@client_required
def come_back(request: HttpRequest) -> HttpResponse:
    """One tap: the desk knows. Where somebody works with them, it is a wish to come sooner."""
    client = person_of(request)
    newest_of(client)
    if not come_sooner(by=client):
        ask_to_come_back(by=client)
        messages.success(request, "The clinic knows that you would like to talk. Somebody gets in touch with you.")
    return redirect("today:goodbye")


def newest_of(client: Person) -> Ending:
    """The goodbye that is open, or the last one. Raises Http404 for somebody who has none."""
    found: Ending | None = Ending.objects.of(client).first()
    if found is None:
        raise Http404
    return found
