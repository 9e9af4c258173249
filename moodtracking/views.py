"""A client's check-ins: the page, each tap on it, and what was kept."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer
from scheduling.resting import waits_for

from . import checking_in, saving
from .following import following
from .forms import CheckInForm, NoteForm, as_initial
from .items_of import Own
from .models import CheckIn
from .page import about_notes, around, form_on, today_of, welcomes_back
from .reading import own_words_of, said, tag_words
from .side_effects import clinic_words


def mine(request: HttpRequest, check_in_id: UUID) -> CheckIn:
    return get_object_or_404(CheckIn.objects.written_by(person_of(request)).kept(), pk=check_in_id)


def check_in_page(request: HttpRequest, client: Person, *, light: bool = False) -> HttpResponse:
    """The page, and "Done" on it. `light`: what isn't asked of everybody is folded away."""
    followed = following(client)
    form = form_on(request, client, followed, light=light)
    saved = _saved(form, client) if form.is_bound and form.is_valid() else None
    if saved:
        return redirect(saved.next_path)
    form.offer(own_words_of(client))
    removed = _removed(client, request.GET.get("removed", ""))
    context = {
        **around(client),
        "today": today_of(client, followed.known),
        "removed": removed,
        "followed": followed,
        "welcome_back": welcomes_back(client),
        "light": light,
    }
    return answer(request, "moodtracking/check_in.html", form, context)


def _saved(form: CheckInForm, client: Person) -> saving.Saved | None:
    """Kept, or the form told why not, with everything still on it."""
    try:
        return saving.save(form.given, form.cleaned_data["key"], by=client)
    except checking_in.CannotChange as why:
        form.say(saving.WHY_NOT[type(why)], fresh_key=isinstance(why, checking_in.Removed))
        return None


def _removed(client: Person, named: str) -> CheckIn | None:
    """The check-in just removed, to offer it back."""
    try:
        return CheckIn.objects.written_by(client).filter(pk=UUID(named), deleted_at__isnull=False).first()
    except ValueError:
        return None


@require_POST
@client_required
def tap(request: HttpRequest) -> HttpResponse:
    """Everything on the page so far, kept without leaving it."""
    client = person_of(request)
    form = form_on(request, client, following(client))
    if form.is_valid():
        saved = _saved(form, client)
        if saved:
            return JsonResponse({"state": saved.words, "rough": saved.row.is_rough, "help": saved.help_path})
    elif form.is_blank:
        checking_in.take_back(form.cleaned_data["key"], by=client, turn=form.turn)
        return JsonResponse({"state": "", "rough": False, "help": ""})
    words = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"state": " ".join(words)}, status=422)


@require_safe
@client_required
def kept(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """One check-in as it was kept."""
    row = mine(request, check_in_id)
    context = {
        "said": list(said(row.answers, Own(row.client).told(row.answers))),
        "tags": tag_words(row),
        "saved": saving.Saved(row),
        "may_change": row.may_change(timezone.now()) and row.kind == CheckIn.Kind.DAILY,
        "row_zone": ZoneInfo(row.zone),
        "clinic_words": clinic_words(row),
        "show_waits": waits_for(row.client, timezone.now()) if row.held_at else None,
    }
    return render(request, "moodtracking/kept.html", {**around(row.client, row), **context})


@require_safe
@client_required
def edit(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """The page of a check-in over what was said; it posts to the same address as a fresh one."""
    row = mine(request, check_in_id)
    if row.kind != CheckIn.Kind.DAILY or not row.may_change(timezone.now()):
        return redirect("moodtracking:note", row.pk)
    form = form_on(request, row.client, following(row.client), row)
    form.offer(own_words_of(row.client))
    return answer(request, "moodtracking/check_in.html", form, around(row.client, row))


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def note(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Words to a check-in: at any time."""
    row = mine(request, check_in_id)
    form = NoteForm(request.POST if request.method == "POST" else None, initial=as_initial(row))
    if form.is_bound and form.is_valid():
        checking_in.change(row, form.given, by=row.client)
        return redirect("moodtracking:kept", row.pk)
    context = {"check_in": row, "row_zone": ZoneInfo(row.zone), **about_notes(row.client)}
    return answer(request, "moodtracking/note.html", form, context)
