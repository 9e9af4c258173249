"""A practice was done: noted by one tap, said otherwise, taken out again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of

from . import doing as deeds
from .choosing import choices_of
from .forms import HelpedForm
from .models import PracticeDone
from .moments import title_of
from .pages import done_lately, what_helped
from .views import doing, found_or_404


@require_POST
@client_required
def done(request: HttpRequest, practice: str) -> HttpResponse:
    """One tap: it was done, and whether it helped."""
    found, client, form = found_or_404(practice), person_of(request), HelpedForm(request.POST)
    if not form.is_valid():
        return doing(request, client, found, form)
    said = form.cleaned_data
    row = deeds.done(found, said["helped"], by=client, key=said["key"])
    return redirect("practices:noted", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def noted(request: HttpRequest, done_id: UUID) -> HttpResponse:
    """What was said of it, to be said otherwise."""
    client = person_of(request)
    row, form = (
        get_object_or_404(PracticeDone.objects.of(client), pk=done_id),
        HelpedForm(request.POST if request.method == "POST" else None),
    )
    if request.method == "POST" and form.is_valid():
        deeds.say(row.pk, form.cleaned_data["helped"], by=client)
        return redirect("practices:noted", row.pk)
    context = {
        "row": row,
        "title": title_of(row.practice),
        "answers": PracticeDone.Helped.choices,
        "shares": choices_of(client).shares,
        "form": form,
    }
    return render(request, "practices/noted.html", context, status=422 if form.errors else 200)


@require_POST
@client_required
def remove(request: HttpRequest, done_id: UUID) -> HttpResponse:
    if not deeds.remove(done_id, by=person_of(request)):
        raise Http404
    messages.success(request, "Taken out. It is as if it had not been noted.")
    return redirect("practices:helped")


@require_safe
@client_required
def helped(request: HttpRequest) -> HttpResponse:
    """What helped, most often first; and what was done lately."""
    client = person_of(request)
    context = {"helped": what_helped(client), "lately": done_lately(client), "shares": choices_of(client).shares}
    return render(request, "practices/helped.html", context)
