"""Saving while a therapist types, on the pages that they fill in about a client: asked by the page's script.

Nothing of the record is read or shown: what is kept is the writer's own unfinished words. So there is no look to leave a
trace of; whether the two work with each other is asked each time all the same.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from koru.people.models import Person
from koru.privacy.standing import Standing, client_for
from koru.safety.plan_forms import TogetherForm
from koru.safety.plan_typing import saved, told

from .plan_forms import Autosaved
from .typing_plan import FORMS, Unfinished, save


@require_POST
def safety_plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The form of the safety plan; the last part only when it was on the page."""
    writer = request.user
    if not isinstance(writer, Person):
        return JsonResponse({"error": "signed out"}, status=401)
    form = TogetherForm(request.POST, {})
    form.is_valid()
    return told(form, saved(own_client(writer, client_id), form, None, by=writer))


@require_POST
def plan(request: HttpRequest, client_id: UUID, form_name: str) -> HttpResponse:
    """One form of the plan page, or of a note."""
    writer = request.user
    if not isinstance(writer, Person):
        return JsonResponse({"error": "signed out"}, status=401)
    client = own_client(writer, client_id)
    form = Autosaved(request.POST)
    form.full_clean()
    fields = {name: str(form.data.get(name, "")) for name in FORMS[form_name]}
    one = Unfinished(form_name, fields, form.cleaned_data["key"], form.cleaned_data["revision"])
    row = save(client, one, by=writer)
    if row is None:
        return JsonResponse({"kept": False, "revision": 0, "other": None})
    answer = {"kept": False, "revision": row.revision, "key": str(row.key), "saved_at": row.saved_at.isoformat(), "other": None}
    return JsonResponse(answer, status=200 if row.key == one.key else 409)


def own_client(writer: Person, client_id: UUID) -> Person:
    """Somebody whom this therapist works with now. Raises Http404 for anybody else."""
    client, standing = client_for(writer, client_id)
    if client is None or standing is not Standing.THERAPIST:
        raise Http404
    return client
