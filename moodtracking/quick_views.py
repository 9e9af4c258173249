"""A check-in from a note's link, without sign-in and without scripts: GET shows, POST keeps."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.reminders.models import Letter
from koru.reminders.quick_links import note_behind
from koru.ui.forms import answer

from . import saving
from .checking_in import CannotChange
from .item_sets import load
from .quick import key_of, let_in, may_add, note_of, too_often
from .quick_forms import QuickForm

BUSY = "Please wait a minute, then send it again. Your taps are still here."
PAGE = "moodtracking/quick.html"


@require_safe
def follow(request: HttpRequest, link: str) -> HttpResponse:
    """The link itself: changes a short cookie for it, and no row. Mail scanners may follow it as often as they like."""
    note = note_behind(link, timezone.now())
    if note is None or not may_add(note, timezone.now()):
        return _rests(request)
    return let_in(redirect("moodtracking:quick"), link)


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """The three questions, always blank: what was answered is never shown here."""
    now = timezone.now()
    note = note_of(request, now)
    if note is None or not may_add(note, now):
        return _rests(request)
    form = QuickForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and too_often(request, note):
        return render(request, PAGE, {"form": form, "words": load().words, "busy": BUSY}, status=429)
    saved = _saved(form, note) if form.is_bound and form.is_valid() else None
    if request.accepts("text/html"):
        return _onward(saved) if saved else answer(request, PAGE, form, {"words": load().words})
    return _told(form, saved)


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """After "Done": that it is saved, and no word of what."""
    note = note_of(request, timezone.now())
    if note is None:
        return _rests(request)
    may_change = may_add(note, timezone.now())
    return render(request, "moodtracking/quick_kept.html", {"words": load().words, "may_change": may_change})


def _saved(form: QuickForm, note: Letter) -> saving.Saved | None:
    if note.to is None:
        return None
    try:
        return saving.save(form.given, key_of(note), by=note.to)
    except CannotChange as why:  # removed in the app meanwhile, in another tab
        form.add_error(None, saving.WHY_NOT[type(why)])
        return None


def _onward(saved: saving.Saved) -> HttpResponse:
    """Help first, where an answer asks for it; the page of it that needs no sign-in."""
    return redirect("safety:help_now" if saved.help_path else "moodtracking:quick_kept")


def _told(form: QuickForm, saved: saving.Saved | None) -> HttpResponse:
    """A tap kept without leaving the page."""
    if saved:
        help_path = reverse("safety:help_now") if saved.help_path else ""
        return JsonResponse({"state": saved.words, "rough": saved.row.is_rough, "help": help_path})
    words = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"state": " ".join(words)}, status=422)


def _rests(request: HttpRequest) -> HttpResponse:
    """Used, too old, or made up: the same words, so that they tell nothing."""
    return render(request, "moodtracking/quick_rests.html", status=404)
