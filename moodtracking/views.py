"""A client's check-ins: the page, each tap on it, and what was kept."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import checking_in, saving
from .checking_in import CannotChange
from .forms import CheckInForm, NoteForm, as_initial
from .models import CheckIn
from .page import around, form_on, today_of
from .picking import retire
from .reading import said, tag_words, therapists_of

PAGE = "moodtracking/check_in.html"


def mine(request: HttpRequest, check_in_id: UUID) -> CheckIn:
    return get_object_or_404(CheckIn.objects.written_by(person_of(request)).kept(), pk=check_in_id)


@client_required
def check_in(request: HttpRequest) -> HttpResponse:
    """The page, and "Done" on it."""
    client = person_of(request)
    form = form_on(request, client)
    if form.is_bound and form.is_valid():
        saved = _saved(form, client)
        if saved:
            return redirect(saved.next_path)
    return _page(request, form, client)


def _saved(form: CheckInForm, client: Person) -> saving.Saved | None:
    """Kept, or the form told why not, with everything still on it."""
    try:
        return saving.save(form.given, form.cleaned_data["key"], by=client)
    except CannotChange as why:
        form.say(saving.WHY_NOT[type(why)], fresh_key=isinstance(why, checking_in.Removed))
        return None


def _page(request: HttpRequest, form: CheckInForm, client: Person, row: CheckIn | None = None) -> HttpResponse:
    named = _named(request, "removed")
    removed = CheckIn.objects.written_by(client).filter(pk=named, deleted_at__isnull=False).first() if named else None
    today = [] if row else today_of(client)
    return answer(request, PAGE, form, {**around(client, row), "today": today, "removed": removed})


def _named(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


@require_POST
@client_required
def tap(request: HttpRequest) -> HttpResponse:
    """Everything on the page so far, kept without leaving it."""
    client = person_of(request)
    form = form_on(request, client)
    if form.is_valid():
        saved = _saved(form, client)
        if saved:
            return JsonResponse({"state": saved.words, "rough": saved.is_rough, "help": saved.help_path})
    elif form.is_blank:
        checking_in.take_back(form.cleaned_data["key"], by=client)
        return JsonResponse({"state": "", "rough": False, "help": ""})
    words = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"state": " ".join(words)}, status=422)


@require_GET
@client_required
def kept(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """One check-in as it was kept."""
    row = mine(request, check_in_id)
    context = {
        **around(row.client, row),
        "said": list(said(row.answers)),
        "tags": tag_words(row),
        "saved": saving.Saved(row, wants_help=False),
        "may_change": row.may_change(timezone.now()),
        "row_zone": ZoneInfo(row.zone),
    }
    return render(request, "moodtracking/kept.html", context)


@require_GET
@client_required
def edit(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """The page of a check-in over what was said; it posts to the same address as a fresh one."""
    row = mine(request, check_in_id)
    if not row.may_change(timezone.now()):
        return redirect("moodtracking:note", row.pk)
    return _page(request, form_on(request, row.client, row), row.client, row)


@client_required
def note(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Words to a check-in: at any time."""
    row = mine(request, check_in_id)
    form = NoteForm(request.POST if request.method == "POST" else None, initial=as_initial(row))
    if form.is_bound and form.is_valid():
        checking_in.change(row, form.given, by=row.client)
        return redirect("moodtracking:kept", row.pk)
    context = {"check_in": row, "therapists": therapists_of(row.client), "row_zone": ZoneInfo(row.zone)}
    return answer(request, "moodtracking/note.html", form, context)


@require_POST
@client_required
def remove(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    row = mine(request, check_in_id)
    checking_in.remove(row, by=row.client)
    return redirect(f"{reverse('moodtracking:check_in')}?removed={row.pk}")


@require_POST
@client_required
def bring_back(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    client = person_of(request)
    row = get_object_or_404(CheckIn.objects.written_by(client), pk=check_in_id)
    checking_in.bring_back(row, by=client)
    return redirect("moodtracking:kept", row.pk)


@require_POST
@client_required
def stop_asking(request: HttpRequest, symptom_id: UUID) -> HttpResponse:
    """The client no longer wants to be asked about a symptom."""
    client = person_of(request)
    retire(symptom_id, client=client, by=client)
    return redirect("moodtracking:check_in")
